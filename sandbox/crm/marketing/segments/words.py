"""A condition in words: one sentence in which nobody can overlook an "or"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext
from markupsafe import Markup, escape

from sandbox.crm.marketing.segments.fields import SegmentField, fields_of
from sandbox.crm.marketing.segments.tree import ALL, ANY, Condition, Group, tree_of, tree_of_part

if TYPE_CHECKING:
    from sandbox.crm.marketing.segments.models import Segment, SegmentPart

Fields = dict[str, SegmentField]


def kinds() -> list[tuple[str, str]]:
    """What a segment may be of."""
    return [("contact", _("Contacts")), ("company", _("Companies")), ("lead", _("Leads"))]


def matches() -> list[tuple[str, str]]:
    """How parts are joined."""
    return [(ALL, _("all of these hold")), (ANY, _("any of these is enough"))]


def operator_words() -> dict[str, Any]:
    """The operators as a form offers them."""
    return {
        "any_of": pgettext("operator", "is one of"),
        "none_of": pgettext("operator", "is none of"),
        "yes": pgettext("operator", "yes"),
        "no": pgettext("operator", "no"),
        "at_least": pgettext("operator", "this or more"),
        "at_most": pgettext("operator", "this or less"),
        "within": pgettext("operator", "in the last so many days"),
        "not_within": pgettext("operator", "not in the last so many days"),
        "contains": pgettext("operator", "contains"),
        "filled": pgettext("operator", "is filled in"),
        "empty": pgettext("operator", "is empty"),
    }


def how_many(kind: str, number: int) -> str:
    """A count of records, in words."""
    if kind == "contact":
        return ngettext("%(num)d contact", "%(num)d contacts", number)
    if kind == "company":
        return ngettext("%(num)d company", "%(num)d companies", number)
    return ngettext("%(num)d lead", "%(num)d leads", number)


def sentence_of(segment: Segment) -> Markup:
    """Who belongs to a segment: “Contacts: industry is Law firm **and** (tag is … **or** …)”."""
    if segment.fixed:
        return escape(_("A fixed list: it changes only when somebody adds or removes a member."))
    return sentence(segment.of, tree_of(segment))


def sentence(kind: str, tree: Group) -> Markup:
    """The same for a condition that is not saved yet."""
    said = _joined(tree, fields_of(kind), outermost=True)
    if not said:
        everybody = {"contact": _("All contacts."), "company": _("All companies.")}
        return escape(everybody.get(kind, _("All leads.")))
    frame = {
        "contact": _("Contacts: %(rule)s.", rule="%(rule)s"),
        "company": _("Companies: %(rule)s.", rule="%(rule)s"),
    }.get(kind, _("Leads: %(rule)s.", rule="%(rule)s"))
    return Markup(escape(frame)) % {"rule": said}  # noqa: S704  (the frame is ours, the rule is escaped)


def sentence_of_part(part: SegmentPart) -> str:
    """One part in plain words."""
    return str(said_of(tree_of_part(part), part.segment.of).striptags())


def said_of(part: Group | Condition, kind: str, fields: Fields | None = None) -> Markup:
    """One part, with its joining words set off."""
    known = fields if fields is not None else fields_of(kind)
    return _joined(part, known, outermost=True) if isinstance(part, Group) else _said(part, known)


def _joined(group: Group, fields: Fields, *, outermost: bool = False) -> Markup:
    said = [_joined(part, fields) if isinstance(part, Group) else _said(part, fields) for part in group.parts]
    said = [one for one in said if one]
    joint = pgettext("conditions", "and") if group.match == ALL else pgettext("conditions", "or")
    inner = Markup(' <strong class="joint {}">{}</strong> ').format(group.match, joint).join(said)
    return inner if outermost or len(said) < 2 else Markup("({})").format(inner)


def _said(condition: Condition, fields: Fields) -> Markup:
    field = fields.get(condition.field)
    if field is None:
        return escape(_("a field that is no longer there (%(field)s)", field=condition.field))
    said = field.said(condition.operator, condition.values)
    return escape(said if said[1:2].isupper() else said[:1].lower() + said[1:])

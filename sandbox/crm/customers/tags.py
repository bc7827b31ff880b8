"""Tags of a card: words of the company's dictionary, put on and taken off."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import Stamped, stamp_change, stamp_new
from sandbox.extensions import Base, db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.ledger import ActionForm, action
from sandbox.ledger.fields import TextField, dictionary_options
from sandbox.spaces import Colleague, current_space, ref

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 60


class Tag(Stamped, Base):
    """A word of the dictionary on one card."""

    __tablename__ = "tags"
    __record__ = "tag"
    __table_args__ = (CheckConstraint("(company_id IS NULL) <> (contact_id IS NULL)", name="of_one"),)
    __derived__ = {"on": ("reference", ("company", "contact"))}

    code: Mapped[str] = mapped_column(String(LONGEST), index=True)
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company, back_populates="tags")
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact, back_populates="tags")

    @property
    def title(self) -> str:
        """The word in the company's language."""
        company = current_space().company
        return company.label("tags", self.code, company.language)

    @property
    def on(self) -> Company | Contact:
        """The card that it stands on."""
        card = self.company or self.contact
        assert card is not None  # noqa: S101  (held by the table)
        return card


class TagForm(ActionForm):
    """A word of the dictionary, as people type it."""

    tag = TextField(_l("Tag"), required=True, longest=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = ", ".join(str(title) for _code, title in dictionary_options("tags"))
        self.tag.description = _("The dictionary has: %(words)s.", words=words)


def code_of_tag(typed: str) -> str:
    """The code of what was typed, by code or title; `unknown_tag` names the nearest right one."""
    known = dict(_spellings())
    code = known.get(fold(typed))
    if code is not None:
        return code
    near = get_close_matches(fold(typed), list(known), 1, 0.5)
    if near:
        right = current_space().company.label("tags", known[near[0]], current_space().company.language)
        raise Refused(
            "unknown_tag",
            _(
                "There is no tag “%(typed)s”. The nearest one is “%(tag)s”: use that one.",
                typed=typed,
                tag=right,
            ),
        )
    words = ", ".join(str(title) for _code, title in dictionary_options("tags"))
    raise Refused(
        "unknown_tag",
        _("There is no tag “%(typed)s”. The dictionary has: %(words)s.", typed=typed, words=words),
    )


def put_tag(card: Company | Contact, code: str, by: Colleague | None, at: datetime) -> Tag | None:
    """Put a tag on a card, unless it is there already."""
    if any(tag.code == code for tag in card.tags):
        return None
    tag = Tag(code=code)
    setattr(tag, str(card.__record__), card)
    stamp_new(tag, by, at)
    db.session.add(tag)
    return tag


@action(
    "tag.add",
    on=(Company, Contact),
    makes=Tag,
    event="added",
    right="customers",
    form=TagForm,
    icon="tag",
    title=_l("Add a tag"),
    says=_l("%(by)s added the tag %(made)s"),
    shown=lambda card: card.deleted_at is None,
    guards_version=False,
    refusals=("unknown_tag", "tag_here"),
)
def add_tag(card: Company | Contact, *, tag: str, by: Colleague, at: datetime) -> Tag:
    """Put a tag of the dictionary on a card."""
    made = put_tag(card, code_of_tag(tag), by, at)
    if made is None:
        raise Refused("tag_here", _("This tag is on the card already."))
    stamp_change(card, by, at)
    return made


@action(
    "tag.take_off",
    on=(Company, Contact),
    event="taken_off",
    right="customers",
    form=TagForm,
    icon="tag-off",
    title=_l("Take a tag off"),
    says=_l("%(by)s took the tag “%(tag)s” off"),
    shown=lambda card: card.deleted_at is None and bool(card.tags),
    guards_version=False,
    refusals=("unknown_tag", "tag_not_here"),
)
def take_tag_off(card: Company | Contact, *, tag: str, by: Colleague, at: datetime) -> None:
    """Take a tag off a card by its name."""
    code = code_of_tag(tag)
    found = next((one for one in card.tags if one.code == code), None)
    if found is None:
        raise Refused("tag_not_here", _("This tag is not on the card."))
    remove_tag(found, by=by, at=at)


@action(
    "tag.remove",
    on=Tag,
    event="removed",
    right="customers",
    icon="x",
    title=_l("Take the tag off"),
    says=_l("%(by)s took the tag %(record)s off"),
    guards_version=False,
)
def remove_tag(tag: Tag, *, by: Colleague, at: datetime) -> None:
    """Take a tag off its card."""
    card = tag.on
    stamp_change(card, by, at)
    db.session.delete(tag)
    db.session.flush()
    db.session.refresh(card, ["tags"])


def _spellings() -> Iterator[tuple[str, str]]:
    for code, title in current_space().company.entries("tags"):
        yield from ((fold(code), code), (fold(title.en), code), (fold(title.ru), code))

"""The pages of mailings: the list, one with its audience line by line, its recipients, the returns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.timeline import tellers, timeline_of
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import tabs
from sandbox.crm.marketing.mailings.audience import Audience, audience_of
from sandbox.crm.marketing.mailings.models import DRAFT, SENT, Mailing, MailingRecipient, MailingSegment
from sandbox.crm.marketing.mailings.queries import (
    Figures,
    figures_of,
    finding,
    list_mailings,
    list_recipients,
    list_returns,
    told_of_letters,
)
from sandbox.crm.marketing.mailings.rules import needs_of
from sandbox.crm.marketing.mailings.words import (
    BADGES,
    OUTCOME_BADGES,
    fate_words,
    lines,
    mailing_states,
    outcomes,
    reactions,
)
from sandbox.crm.marketing.messages.placeholders import pieces
from sandbox.crm.marketing.messages.queries import first_of, gap_said, gaps_of
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.places import way_back
from sandbox.extensions import db
from sandbox.ledger.offers import Offer, offer_to_create, offers_for
from sandbox.spaces import current_space, every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import moment, percent
from sandbox.web.respond import page, see_other

blueprint = Blueprint("mailings", __name__, url_prefix="/s/<int:space>")
_LISTS = selectinload(Mailing.lists).joinedload(MailingSegment.segment).selectinload(Segment.parts)
BESIDE_MAILING = (joinedload(Mailing.template), joinedload(Mailing.campaign), _LISTS)
tellers.append(told_of_letters)
PER_PAGE = 25
MAIN = ("mailing.send", "mailing.schedule", "mailing.advance", "mailing.run_out")
END = ("mailing.take_back", "mailing.cancel", "mailing.edit")


@dataclass(frozen=True)
class Line:
    """One line of the equation: its sign, its words, how many, and where they are read by name."""

    code: str
    sign: str
    words: str
    count: int
    url: str | None


@blueprint.get("/mailings")
@allow(in_space)
def mailings(space: int) -> Response:
    """All mailings of the space."""
    return list_page(
        list_mailings(),
        title=_("Mailings"),
        label=_("Views of mailings"),
        create=offer_to_create("mailing.create"),
        views=(
            (_("All mailings"), {}),
            (_("Mine"), {"owner": "me"}),
            (_("Drafts"), {"status": "draft"}),
            (_("Scheduled"), {"status": "scheduled"}),
        ),
        empty=(
            "mail-forward",
            _("No mailings yet"),
            _(
                "A mailing takes a template and a segment, "
                "and shows line by line who will get it and who will not."
            ),
        ),
    )


@blueprint.get("/mailings/<int:n>")
@allow(in_space)
def mailing(space: int, n: int) -> Response:
    """One mailing: whom it goes to and whom not, what it says, and what came of it."""
    one = fetch(Mailing, n, deleted=True, options=BESIDE_MAILING)
    figures = figures_of([one])[one.id] if one.is_frozen else None
    audience = audience_of(one.segments) if figures is None else None
    first = one.segments[0] if one.lists else None
    reader = first_of(first)
    g.way_back = way_back(one)
    return page(
        "marketing/mailings/mailing.html",
        record=one,
        actions=laid_out(one, MAIN, END, apart=("mailing.add_segment",)),
        add=next((offer for offer in offers_for(one) if offer.code == "mailing.add_segment"), None),
        equation=_equation(one, audience, figures),
        figures=figures,
        finding=finding(figures) if figures else None,
        results=_results(one, figures) if figures else [],
        needs=needs_of(one, audience) if audience is not None and one.status == DRAFT else [],
        lists=[(each, _buttons(each, one)) for each in one.lists],
        sizes=audience.sizes if audience is not None else {},
        gaps=[gap_said(gap) for gap in gaps_of(one.text, first)] if first and not one.is_frozen else [],
        reader=reader,
        subject=pieces(one.text[0], reader) if reader else [],
        body=pieces(one.text[1], reader) if reader else [],
        facts=_facts(one),
        state=(dict(mailing_states())[one.status], *BADGES[one.status]),
        is_due=one.is_due(current_space().now()),
        lines=timeline_of(one, "changes", None)[0],
    )


@blueprint.get("/mailings/<int:n>/audience")
@allow(in_space)
def audience(space: int, n: int) -> Response:
    """Who stands behind the lines of a mailing that has not gone out: computed as it stands now."""
    one = fetch(Mailing, n)
    if one.is_frozen:
        kept = urlencode({"line": request.args["line"]}) if "line" in request.args else ""
        return see_other(url_for("mailings.recipients", space=space, n=n) + (f"?{kept}" if kept else ""))
    known = dict(lines())
    asked = request.args.get("line", "")
    targets = [target for target in audience_of(one.segments).targets if asked in ("", target.line)]
    number = max(1, request.args.get("page", 1, type=int))
    shown = targets[(number - 1) * PER_PAGE : number * PER_PAGE]
    return page(
        "marketing/mailings/audience.html",
        record=one,
        rows=[(target, card) for target, card in zip(shown, _cards(shown), strict=True) if card],
        total=len(targets),
        first=(number - 1) * PER_PAGE + 1 if shown else 0,
        last=(number - 1) * PER_PAGE + len(shown) if shown else 0,
        before=_page_address(number - 1) if number > 1 else None,
        after=_page_address(number + 1) if number * PER_PAGE < len(targets) else None,
        asked=known.get(asked),
        words=known,
        tabs=tabs(
            (_("All targets"), {}),
            *((words[:1].upper() + words[1:], {"line": code}) for code, words in lines()),
        ),
    )


@blueprint.get("/mailings/<int:n>/recipients")
@allow(in_space)
def recipients(space: int, n: int) -> Response:
    """Everybody who was a target of a mailing that went out, and what became of each letter."""
    one = fetch(Mailing, n)
    found = list_recipients(one)
    return page(
        "marketing/mailings/recipients.html",
        record=one,
        found=found,
        buttons={row.id: offers_for(row) for row in found.rows},
        tabs=tabs(
            (_("All targets"), {}),
            (_("Sent"), {"line": SENT}),
            (_("Returns to be processed"), {"returns": "open"}),
            *((words[:1].upper() + words[1:], {"did": code}) for code, words in reactions()),
        ),
        line_words=dict(lines()),
        outcome_words=dict(outcomes()),
        badges=OUTCOME_BADGES,
        fate_words=fate_words,
    )


@blueprint.get("/returns")
@allow(in_space)
def returns(space: int) -> Response:
    """The letters that came back, with what the servers said, to be processed."""
    found = list_returns()
    return page(
        "marketing/mailings/returns.html",
        found=found,
        buttons={row.id: [_back_here(offer) for offer in offers_for(row)] for row in found.rows},
        tabs=tabs((_("To be processed"), {"state": "open"}), (_("All returns"), {})),
        outcome_words=dict(outcomes()),
        badges=OUTCOME_BADGES,
    )


@blueprint.get("/mailing_recipients/<int:n>")
@allow(in_space)
def recipient(space: int, n: int) -> Response:
    """A recipient is read among those of the mailing."""
    one = fetch(MailingRecipient, n)
    return see_other(url_for("mailings.recipients", space=space, n=one.mailing.n) + f"#{one.key}")


@blueprint.get("/mailing_segments/<int:n>")
@allow(in_space)
def mailing_segment(space: int, n: int) -> Response:
    """A segment of a mailing is read on the mailing's page."""
    return see_other(url_for("mailings.mailing", space=space, n=fetch(MailingSegment, n).mailing.n))


def _equation(one: Mailing, audience: Audience | None, figures: Figures | None) -> list[Line]:
    """Targets − who falls out, line by line = to be sent; once it went out, as it was settled."""
    counts = figures.lines if figures else audience.lines if audience else {}
    total = figures.targets if figures else len(audience.targets) if audience else 0
    here = url_for(
        "mailings.recipients" if figures else "mailings.audience", space=current_space().id, n=one.n
    )
    found = [Line("targets", "", _("targets: members of the segments"), total, here if total else None)]
    for code, words in lines():
        sign = "=" if code == SENT else "−"
        said = _("sent") if code == SENT and figures else words
        found.append(Line(code, sign, said, counts[code], f"{here}?line={code}" if counts[code] else None))
    return found


def _results(one: Mailing, figures: Figures) -> list[tuple[str, int, str, str | None]]:
    """What came of the letters: words, how many, which share, and where they are read by name."""
    here = url_for("mailings.recipients", space=current_space().id, n=one.n)
    said = dict(outcomes())
    rows = [
        (pgettext("letters", "Delivered"), figures.delivered, figures.sent, "outcome=delivered"),
        (_("Pressed a link"), figures.clicked, figures.delivered, "did=clicked"),
        (_("Opened, which proves no reading"), figures.opened, figures.delivered, "did=opened"),
        (_("Opted out by it"), figures.opted_out, figures.delivered, "did=opted_out"),
        (said["hard_bounce"].capitalize(), figures.hard, figures.sent, "outcome=hard_bounce"),
        (said["gave_up"].capitalize(), figures.gave_up, figures.sent, "outcome=gave_up"),
        (said["soft_bounce"].capitalize(), figures.soft, figures.sent, "outcome=soft_bounce"),
        (said["waiting"].capitalize(), figures.waiting, figures.sent, "outcome=waiting"),
    ]
    return [
        (words, count, percent(count / of) if of else "", f"{here}?{asked}" if count else None)
        for words, count, of, asked in rows
    ]


def _facts(one: Mailing) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [(_("Subject"), one.text[0])]
    if one.campaign:
        facts.append((_("Campaign"), one.campaign.title))
    if one.send_at and not one.started_at:
        facts.append((_("Goes out"), moment(one.send_at)))
    if one.started_at:
        facts.append((_("Went out"), moment(one.started_at)))
    if one.finished_at:
        facts.append((_("Finished"), moment(one.finished_at)))
    if one.cancelled_at:
        facts.append((_("Called off"), f"{moment(one.cancelled_at)}: {one.cancel_reason}"))
    return facts


def _cards(targets: list[Any]) -> list[Any]:
    found: dict[tuple[str, int], Any] = {}
    for kind, model in (("contact", Contact), ("company", Company)):
        ids = [target.id for target in targets if target.kind == kind]
        if ids:
            query = every(model).where(model.id.in_(ids))
            found.update({(kind, card.id): card for card in db.session.scalars(query)})
    return [found.get((target.kind, target.id)) for target in targets]


def _buttons(each: MailingSegment, one: Mailing) -> list[Offer]:
    asked = urlencode({"return_to": f"/s/{current_space().id}/mailings/{one.n}"})
    return [replace(offer, url=f"{offer.url}?{asked}") for offer in offers_for(each)]


def _back_here(offer: Offer) -> Offer:
    asked = urlencode({"return_to": f"/s/{current_space().id}/returns?state=open"})
    return replace(offer, url=f"{offer.url}?{asked}")


def _page_address(number: int) -> str:
    kept = {name: request.args[name] for name in ("line",) if name in request.args}
    return f"{request.path}?{urlencode({**kept, 'page': number})}"

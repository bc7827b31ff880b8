"""Mailings as lists and pages ask for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext
from sqlalchemy import case, func
from sqlalchemy.orm import joinedload

from sandbox.crm.columns import Cell, Column, badge_column, day_column, person_column, title_column
from sandbox.crm.communications.timeline import Told
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import Filter, Listed, code_filter, listed, owner_filter, without_views
from sandbox.crm.marketing.mailings.models import (
    DELIVERED,
    GAVE_UP,
    HARD,
    LINES,
    SENT,
    SOFT,
    WAITING,
    Mailing,
    MailingRecipient,
    MailingSegment,
)
from sandbox.crm.marketing.mailings.words import (
    BADGES,
    fate_words,
    lines,
    mailing_states,
    outcomes,
    reactions,
)
from sandbox.crm.marketing.messages.placeholders import filled
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.extensions import db
from sandbox.spaces import InSpace, every
from sandbox.web.formatting import moment, number, percent

SHOWN_ON_CARD = 10


@dataclass(frozen=True)
class Figures:
    """What became of a mailing's letters; opens are told and count as nothing."""

    targets: int
    lines: dict[str, int]
    waiting: int
    delivered: int
    soft: int
    gave_up: int
    hard: int
    opened: int
    clicked: int
    opted_out: int
    unprocessed: int

    @property
    def sent(self) -> int:
        """How many it was sent to."""
        return self.lines[SENT]


@lists(Mailing)
def list_mailings() -> Listed:
    """The page of mailings that the address asks for, the newest first."""
    states, figures = dict(mailing_states()), _figures_of_page()
    columns = (
        title_column(_("Mailing"), Mailing, sub=lambda one: one.text[0]),
        badge_column(
            _("State"), "status", Mailing.status, lambda one: (states[one.status], *BADGES[one.status])
        ),
        Column(
            _("Goes out"), "send", Mailing.send_at, css="aside nowrap", cell=lambda one: moment(one.send_at)
        ),
        _figure_column(_("Sent of targets"), "sent_of", figures, _sent_of, css="aside"),
        _figure_column(
            pgettext("letters", "Delivered"), "delivered", figures, lambda told: told.delivered, css="minor"
        ),
        _figure_column(_("Pressed a link"), "clicked", figures, lambda told: told.clicked, css="minor"),
        person_column(_("Owner"), css="last", edits=""),
        day_column(_("Created"), "created", "created_at", Mailing.created_at, css="last"),
    )
    filters = (
        owner_filter(Mailing, g.colleague),
        code_filter("status", _("State"), Mailing.status, mailing_states()),
    )
    options = (joinedload(Mailing.owner), joinedload(Mailing.template))
    return listed(among(Mailing), Mailing, columns=columns, filters=filters, sort="-created", options=options)


def _figures_of_page() -> Callable[[Listed], dict[int, Figures]]:
    """The figures of the mailings on a page, asked for once for all of its columns."""
    held: dict[int, Figures] = {}

    def figures(found: Listed) -> dict[int, Figures]:
        if not held:
            held.update(figures_of(found.rows))
        return held

    return figures


def _figure_column(label: Any, key: str, figures: Any, figure: Any, **more: Any) -> Column:
    """A figure of what became of a mailing's letters, empty before it goes out."""

    def cells(found: Listed) -> Cell:
        told = figures(found)

        def cell(one: Mailing) -> Any:
            value = figure(told[one.id]) if one.is_frozen else None
            return number(value) if isinstance(value, int) else value

        return cell

    return Column(label, key, num=True, cells=cells, **more)


def _sent_of(told: Figures) -> str:
    return _("%(sent)s of %(targets)s", sent=number(told.sent), targets=number(told.targets))


def list_recipients(mailing: Mailing) -> Listed:
    """The page of a mailing's targets, each with its line and what became of the letter."""
    columns = (
        Column(_("Recipient"), "id", MailingRecipient.id),
        Column(_("E-mail"), "email", MailingRecipient.email, css="aside"),
        Column(_("Segment"), css="minor"),
        Column(_("Line")),
        Column(_("What became of it")),
    )
    filters = (
        code_filter("line", _("Line"), MailingRecipient.line, lines()),
        code_filter("outcome", _("Outcome"), MailingRecipient.outcome, outcomes()),
        Filter("did", _("What they did"), reactions(), _did),
        Filter("returns", _("Returns"), [("open", _("to be processed"))], lambda _codes: to_process()),
    )
    query = every(MailingRecipient).where(MailingRecipient.mailing_id == mailing.id)
    options = (
        joinedload(MailingRecipient.contact),
        joinedload(MailingRecipient.company),
        joinedload(MailingRecipient.segment),
        joinedload(MailingRecipient.mailing),
    )
    with without_views():
        return listed(query, MailingRecipient, columns=columns, filters=filters, sort="id", options=options)


def list_returns() -> Listed:
    """The letters of all mailings that came back and wait for somebody's verdict."""
    columns = (
        Column(_("Recipient")),
        Column(_("E-mail"), css="aside"),
        Column(_("What the server said")),
        Column(_("Mailing"), css="minor"),
        Column(_("Came back"), "came", MailingRecipient.bounced_at, css="minor"),
        Column(_("What can be done")),
    )
    states = [("open", _("to be processed")), ("done", _("processed"))]
    filters = (
        Filter("state", _("State"), states, _returned),
        code_filter("outcome", _("Outcome"), MailingRecipient.outcome, [*outcomes()][3:]),
    )
    query = every(MailingRecipient).where(MailingRecipient.bounced_at.is_not(None))
    options = (
        joinedload(MailingRecipient.contact),
        joinedload(MailingRecipient.company),
        joinedload(MailingRecipient.mailing),
    )
    with without_views():
        return listed(
            query, MailingRecipient, columns=columns, filters=filters, sort="-came", options=options
        )


def to_process() -> Any:
    """The clause for letters that came back and wait for a verdict."""
    return MailingRecipient.outcome.in_((HARD, GAVE_UP)) & MailingRecipient.processed_at.is_(None)


def figures_of(mailings: Sequence[Mailing]) -> dict[int, Figures]:
    """The figures of mailings by their ids, in one statement."""
    row, told = MailingRecipient, func.count
    asked = {
        "targets": told(),
        **{f"line_{line}": told(case((row.line == line, 1))) for line in LINES},
        **{code: told(case((row.outcome == code, 1))) for code in (WAITING, DELIVERED, SOFT, GAVE_UP, HARD)},
        "opened": told(row.opened_at),
        "clicked": told(row.clicked_at),
        "opted_out": told(row.opted_out_at),
        "unprocessed": told(case((to_process(), 1))),
    }
    query = every(row).where(row.mailing_id.in_([one.id for one in mailings]))
    columns = [column.label(name) for name, column in asked.items()]
    rows = db.session.execute(
        query.with_only_columns(row.mailing_id, *columns).group_by(row.mailing_id)
    ).all()
    found = {each.mailing_id: _figures(each._mapping) for each in rows}
    nothing = _figures(dict.fromkeys(asked, 0))
    return {one.id: found.get(one.id, nothing) for one in mailings}


def finding(figures: Figures) -> str:
    """What came of a mailing, in one sentence that does not take an open for a success."""
    if not figures.delivered and figures.waiting:
        return ngettext("%(num)d letter is on its way.", "%(num)d letters are on their way.", figures.waiting)
    delivered = ngettext(
        "%(num)d letter of %(sent)s was delivered",
        "%(num)d letters of %(sent)s were delivered",
        figures.delivered,
        sent=figures.sent,
    )
    pressed = ngettext("%(num)d person pressed a link", "%(num)d people pressed a link", figures.clicked)
    share = percent(figures.clicked / figures.delivered) if figures.delivered else percent(0)
    return _(
        "%(delivered)s; %(pressed)s, %(share)s of those.", delivered=delivered, pressed=pressed, share=share
    )


def mailings_by(segment_id: int) -> list[Mailing]:
    """The mailings that go to a segment, the newest first."""
    query = (
        every(Mailing)
        .join(MailingSegment, MailingSegment.mailing_id == Mailing.id)
        .where(MailingSegment.segment_id == segment_id)
    )
    return list(db.session.scalars(query.order_by(Mailing.id.desc()).limit(8)))


def mailings_of_template(template_id: int) -> list[Mailing]:
    """The mailings that go by a template, the newest first."""
    query = every(Mailing).where(Mailing.template_id == template_id)
    return list(db.session.scalars(query.order_by(Mailing.id.desc()).limit(8)))


def told_of_letters(record: InSpace) -> list[Told]:
    """The letters that a card was sent by mailings, for its timeline."""
    if not isinstance(record, Contact | Company):
        return []
    mine = getattr(MailingRecipient, f"{record.__record__}_id") == record.id
    query = every(MailingRecipient).where(mine, MailingRecipient.line == SENT)
    letters = db.session.scalars(
        query.options(joinedload(MailingRecipient.mailing))
        .order_by(MailingRecipient.id.desc())
        .limit(SHOWN_ON_CARD)
    )
    return [
        Told(
            icon="mail-forward",
            title=_("Mailing “%(mailing)s”: %(fate)s", mailing=one.mailing.title, fate=fate_words(one)),
            at=one.mailing.started_at or one.mailing.created_at,
            text=filled(one.mailing.subject, record) if one.mailing.subject else None,
            contact=one.outcome == DELIVERED,
            id=f"letter-{one.n}",
        )
        for one in letters
    ]


def _figures(row: Any) -> Figures:
    return Figures(
        targets=row["targets"],
        lines={line: row[f"line_{line}"] for line in LINES},
        waiting=row[WAITING],
        delivered=row[DELIVERED],
        soft=row[SOFT],
        gave_up=row[GAVE_UP],
        hard=row[HARD],
        opened=row["opened"],
        clicked=row["clicked"],
        opted_out=row["opted_out"],
        unprocessed=row["unprocessed"],
    )


def _did(codes: list[str]) -> Any:
    columns = [getattr(MailingRecipient, f"{code}_at") for code in codes]
    return func.coalesce(*columns).is_not(None) if len(columns) > 1 else columns[0].is_not(None)


def _returned(codes: list[str]) -> Any:
    if len(codes) > 1:
        return MailingRecipient.id.is_not(None)
    return to_process() if codes[0] == "open" else MailingRecipient.processed_at.is_not(None)

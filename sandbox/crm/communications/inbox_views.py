"""The page of the inbox: what needs me, apart from the news."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from sandbox.crm.communications.inbox import Inbox, News, inbox_of
from sandbox.crm.communications.inbox_models import InboxMark
from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.queries import Light, light_of
from sandbox.crm.communications.questions import Waiting
from sandbox.crm.communications.words import INBOX_ICONS, INBOX_KINDS, inbox_words
from sandbox.crm.lists import tabs
from sandbox.crm.record_page import led_back
from sandbox.ledger import registry
from sandbox.ledger.hushing import Hushed
from sandbox.ledger.offers import Offer, offer, offer_to_create, offers_for
from sandbox.spaces import fetch
from sandbox.spaces.access import in_space, works_here
from sandbox.web.access import allow
from sandbox.web.formatting import moment
from sandbox.web.respond import here_address, page, see_other

blueprint = Blueprint("inbox", __name__, url_prefix="/s/<int:space>")
VIEWS = ("needs", "news", "aside")
SHOWN = 60  # of what waits: nobody reads more at once, and hundreds make a page that is slow to open
# What an item of the inbox offers; the rest of what may be done stands on its record.
_OFFERED = (
    "mention.answer",
    "mention.set_task",
    "task.finish",
    "meeting.hold",
    "task.reschedule",
    "meeting.move",
)
_OF_LEADS = ("handover.accept", "handover.return", "lead.take", "call.log")
_OF_CASES = ("case.answer", "case.take", "case.close")
# What waits because of a paper is acted upon on the paper.
_ON_PAPER = {
    "approval": ("document.approve", "document.return", "offer.approve", "offer.return"),
    "exchange": ("document.correct", "document.reply"),
}
_OF_NEWS = ("task.set", "note.write")


@dataclass(frozen=True)
class Item:
    """One thing in the inbox as the page draws it."""

    waiting: Waiting
    icon: str
    light: Light | None
    offers: list[Offer]
    more: list[Offer]
    why: str | None = None


@blueprint.get("/inbox")
@allow(in_space)
def inbox(space: int) -> Response:
    """What needs me, or the news, or what I put aside."""
    view = request.args.get("view", "needs")
    view = view if view in VIEWS else "needs"
    found = inbox_of(g.colleague) if g.colleague is not None else Inbox()
    g.how_much_waits = len(found.waiting)  # the rail need not count again
    shown = None if "all" in request.args else SHOWN
    of_view: dict[str, list[Any]] = {"needs": found.waiting, "aside": found.aside, "news": found.news}
    return page(
        "communications/inbox.html",
        view=view,
        waiting=_grouped([_item(one) for one in found.waiting[:shown]]) if view == "needs" else [],
        aside=_grouped([_item(one, mark) for one, mark in found.aside[:shown]]) if view == "aside" else [],
        news=_all_news(found.news[:shown]) if view == "news" else [],
        how_many=len(of_view[view]),
        left=len(of_view[view]) - len(of_view[view][:shown]),
        tabs=_tabs(found, view),
        switches=[(word, kind not in found.off) for kind, word in _words()],
        choose=_led_back(offer_to_create("inbox.choose")),
        read_all=_led_back(offer_to_create("inbox.read_all")) if found.waiting or found.news else None,
    )


@blueprint.get("/mentions/<int:n>")
@allow(in_space)
def mention(space: int, n: int) -> Response:
    """A question is read on the page of the record on which it was asked."""
    asked = fetch(Mention, n)
    return see_other(f"/s/{space}/{asked.on.__table__.name}/{asked.on.n}#activity-{asked.activity.n}")


def _tabs(found: Inbox, view: str) -> list[dict[str, Any]]:
    drawn = tabs((_("Needs me"), {}), (_("News"), {"view": "news"}), (_("Set aside"), {"view": "aside"}))
    counts = (len(found.waiting), len(found.news), len(found.aside))
    return [
        {**tab, "count": count, "active": code == view}
        for code, tab, count in zip(VIEWS, drawn, counts, strict=True)
    ]


def _words() -> list[tuple[str, Any]]:
    words = inbox_words()
    return [(kind, words[kind]) for kind in INBOX_KINDS]


def _grouped(items: list[Item]) -> list[tuple[Any, list[Item]]]:
    """The items by the record they are about, in the order of the most urgent of each."""
    order: dict[Any, int] = {}
    for item in items:
        order.setdefault(item.waiting.on, len(order))
    ordered = sorted(items, key=lambda item: order[item.waiting.on])
    return [(on, list(group)) for on, group in groupby(ordered, key=lambda item: item.waiting.on)]


def _item(one: Waiting, mark: InboxMark | None = None) -> Item:
    light = light_of(one.row) if one.kind == "task" else None
    offers = [each for each in offers_for(one.row) if each.code in _OFFERED + _OF_CASES]
    if one.kind in _ON_PAPER:
        offers = [each for each in offers_for(one.on) if each.code in _ON_PAPER[one.kind]]
    if one.kind == "lead":
        offers = [each for each in offers_for(one.row) if each.code in _OF_LEADS]
    if one.kind == "instruction" and _may_communicate():
        offers = [offer(registry["instruction.acknowledge"], one.on)]
    is_read = mark is not None and mark.read_at
    # whoever asks waits until somebody answers: a lead can be put off, and not be done with by reading
    codes = ("inbox.snooze",) if is_read or one.row.__record__ == "lead" else ("inbox.snooze", "inbox.read")
    marking = [offer(registry[code], one.row) for code in codes if type(one.row) in registry[code].on]
    if not _may_communicate():
        marking = []
    why = None
    if mark is not None:
        why = _("put off until %(when)s", when=moment(mark.snoozed_until)) if not mark.read_at else None
        why = why or _("read, still open")
    back = here_address()
    return Item(
        one,
        INBOX_ICONS.get(one.kind, "point"),
        light,
        [led_back(each, back) for each in offers],
        [led_back(each, back) for each in marking],
        why,
    )


def _all_news(shown: list[News]) -> list[dict[str, Any]]:
    hushed = Hushed(event for news in shown for event in news.events)
    return [_news(one, hushed) for one in shown]


def _news(news: News, hushed: Hushed) -> dict[str, Any]:
    offers = [one for one in offers_for(news.record) if one.code in _OF_NEWS]
    followed = news.record.owner_id != g.colleague.id
    codes = ("inbox.read", "inbox.snooze", *(("record.unfollow",) if followed else ()))
    marking = [offer(registry[code], news.record) for code in codes] if _may_communicate() else []
    back = here_address()
    shown = news.events[:5]
    return {
        "record": news.record,
        "followed": followed,
        "lines": [(registry[one.action].icon, hushed.sentence(one), one.at) for one in shown],
        "older": max(0, len(news.events) - 5),
        "offers": [led_back(one, back) for one in offers],
        "marking": [led_back(one, back) for one in marking],
    }


def _led_back(one: Offer | None) -> Offer | None:
    return led_back(one, here_address()) if one is not None else None


def _may_communicate() -> bool:
    return g.colleague is not None and works_here() and offer_to_create("inbox.read_all") is not None

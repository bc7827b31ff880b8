"""The pages of offers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.timeline import stories, timeline_of
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import word
from sandbox.crm.places import way_back
from sandbox.crm.sales.offers.models import WAITING, Offer, OfferLine
from sandbox.crm.sales.offers.queries import list_offers, told_of_offers, versions_of
from sandbox.crm.sales.offers.rules import limit_of
from sandbox.crm.sales.offers.sheets import page_count, page_of, pdf_of
from sandbox.crm.sales.offers.words import BADGES, offer_states
from sandbox.ledger.offers import Offer as Button
from sandbox.ledger.offers import offer_to_create, offers_for
from sandbox.spaces import current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import moment, money, percent, weekday
from sandbox.web.respond import asks_part, attachment, fragment, page, see_other

LANGUAGES = ("en", "ru")
blueprint = Blueprint("offers", __name__, url_prefix="/s/<int:space>")
stories.append(told_of_offers)


@blueprint.get("/offers")
@allow(in_space)
def offers(space: int) -> Response:
    """All offers of the space."""
    found = list_offers()
    total = found.sums["total"] or 0
    return list_page(
        found,
        title=_("Offers"),
        label=_("Views of offers"),
        create=offer_to_create("offer.create"),
        views=(
            (_("All offers"), {}),
            (_("My offers"), {"owner": "me"}),
            (_("Waiting for approval"), {"state": WAITING}),
            (_("Out with customers"), {"state": "sent"}),
            (_("Expired offers"), {"state": "expired"}),
        ),
        lead=ngettext("%(num)d offer, %(sum)s", "%(num)d offers, %(sum)s", found.total, sum=money(total))
        if found.total
        else None,
        foot=ngettext("Sum of %(num)d offer", "Sum of all %(num)d offers", found.total),
        empty=(
            "file-dollar",
            _("No offers yet"),
            _("An offer is built on a deal, with lines from the price list."),
        ),
    )


@blueprint.get("/offers/<int:n>")
@allow(in_space)
def offer(space: int, n: int) -> Response:
    """One offer: its lines, its sums, who allowed the discount, and what the customer said."""
    one = fetch(Offer, n, deleted=True)
    g.way_back = way_back(one)
    today = current_space().today()
    state = one.state(today)
    lines, _older = timeline_of(one, "changes", None)
    here = url_for("offers.offer", space=space, n=one.n)
    return page(
        "sales/offers/offer.html",
        record=one,
        actions=laid_out(
            one, ("offer.add_line", "offer.send", "offer.accept", "offer.approve", "document.invoice"), ENDS
        ),
        buttons={line.id: _buttons(line, here) for line in one.lines} if one.is_being_written else {},
        facts=_facts(one),
        lines=lines,
        versions=versions_of(one),
        state=(dict(offer_states())[state], *BADGES[state]),
        states=dict(offer_states()),
        badges=BADGES,
        today=today,
        vat_word=vat_word(),
        limit=limit_of(one.owner) if one.owner else None,
        pages_address=url_for("offers.pages", space=space, n=one.n),
        pdf_addresses=[
            (language, url_for("offers.pdf", space=space, n=one.n, language=language))
            for language in _own_first()
        ],
    )


@blueprint.get("/offers/<int:n>/pages")
@allow(in_space)
def pages(space: int, n: int) -> Response:
    """The pages of an offer as its customer gets them: a part of its page, or a page of its own."""
    one, language = fetch(Offer, n, deleted=True), _language()
    drawn: dict[str, Any] = {
        "record": one,
        "count": page_count(one, language),
        "address": lambda number: url_for(
            "offers.page_image", space=space, n=n, number=number, language=language
        ),
        "download": url_for("offers.pdf", space=space, n=n, language=language),
    }
    if asks_part():
        return fragment("sales/offers/_pages_of.html", **drawn)
    return page("sales/offers/pages.html", **drawn)


@blueprint.get("/offers/<int:n>/pages/<int:number>.png")
@allow(in_space)
def page_image(space: int, n: int, number: int) -> Response:
    """One page of an offer as an image."""
    image = page_of(fetch(Offer, n, deleted=True), _language(), number)
    return send_file(image, mimetype="image/png", max_age=0)


@blueprint.get("/offers/<int:n>/pdf")
@allow(in_space)
def pdf(space: int, n: int) -> Response:
    """An offer as a PDF to send, in the company's language or in the one that the address names."""
    name, content = pdf_of(fetch(Offer, n, deleted=True), _language())
    return attachment(content, "application/pdf", name)


def _own_first() -> list[str]:
    """The languages of papers, the company's own first."""
    own = current_space().company.language
    return sorted(LANGUAGES, key=lambda one: one != own)


def _language() -> str:
    """The language that a paper is asked for in: one of ours, the company's unless it is named."""
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else current_space().company.language


@blueprint.get("/offer_lines/<int:n>")
@allow(in_space)
def line(space: int, n: int) -> Response:
    """A line is read on the page of its offer."""
    return see_other(url_for("offers.offer", space=space, n=fetch(OfferLine, n).offer.n))


ENDS = ("offer.request_approval", "offer.recall", "offer.return", "offer.decline", "offer.revise")


def vat_word() -> str:
    """What the company calls its tax."""
    return word("offer.vat", _("VAT"))


def _buttons(line: OfferLine, here: str) -> list[Button]:
    """A line's buttons, which lead back to the offer."""
    return [replace(one, url=f"{one.url}?return_to={here}") for one in offers_for(line)]


def _facts(offer: Offer) -> list[tuple[str, Any]]:
    rate = percent(offer.vat_rate / 100, exact=True)
    tax = _("%(rate)s, in the prices", rate=rate) if offer.vat_included else _("%(rate)s, on top", rate=rate)
    facts: list[tuple[str, Any]] = [
        (_("Price list"), offer.price_list.name),
        (vat_word(), tax),
        (_("Discount"), percent(offer.discount / 100, exact=True) if offer.discount else None),
        (_("Valid until"), weekday(offer.valid_until)),
    ]
    if offer.asked_by and offer.asked_at:
        facts.append((_("Approval asked"), f"{offer.asked_by.name}, {moment(offer.asked_at)}"))
    if offer.approved_by and offer.approved_at:
        facts.append((_("Approved by"), f"{offer.approved_by.name}, {moment(offer.approved_at)}"))
    if offer.sent_at:
        facts.append((_("Sent on"), moment(offer.sent_at)))
    if offer.answered_at:
        facts.append((_("Answered on"), moment(offer.answered_at)))
    if offer.decline_note:
        facts.append((_("What the customer said"), offer.decline_note))
    return facts

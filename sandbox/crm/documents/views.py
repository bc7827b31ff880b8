"""The pages of papers: the list, a paper with its versions, and a version as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from sandbox.crm.documents.approval_models import Delegation, Visa
from sandbox.crm.documents.closing_actions import late_days
from sandbox.crm.documents.exchanging import last_sending
from sandbox.crm.documents.files import file_of
from sandbox.crm.documents.models import GENERATED, ISSUED, RETURNED, Document, Version
from sandbox.crm.documents.payments import payments_of
from sandbox.crm.documents.previews import page_of, pdf_of, preview_of
from sandbox.crm.documents.queries import beside_records, list_documents, open_document
from sandbox.crm.documents.reading import Reading, reading_of
from sandbox.crm.documents.routes import (
    answer_to_remarks,
    deputies,
    is_late,
    planned_stops,
    routes_of,
    stops_of,
    waiting_for,
)
from sandbox.crm.documents.words import BADGES, document_states, variant_word, vat_word
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import label, own_facts
from sandbox.crm.record_page import beside, led_back, record_page
from sandbox.kernel.errors import NotFound
from sandbox.ledger.offers import Offer, offer_to_create, offers_for
from sandbox.spaces import current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import date_long, money, percent
from sandbox.web.respond import asks_part, attachment, fragment, here_address, page, see_other

blueprint = Blueprint("documents", __name__, url_prefix="/s/<int:space>")
beside.append(beside_records)
DECIDE = ("document.approve", "document.return")
MAIN = (
    *DECIDE,
    "document.record_payment",
    "document.reply",
    "document.correct",
    "document.send",
    "document.next_answer",
    "document.invoice",
    "document.close",
    "document.submit",
    "document.remind",
    "document.sign",
    "document.receive",
    "document.upload",
    "document.rewrite",
)


@blueprint.get("/documents")
@allow(in_space)
def documents(space: int) -> Response:
    """All papers of the space."""
    found = list_documents()
    return list_page(
        found,
        title=_("Documents"),
        label=_("Views of documents"),
        create=offer_to_create("document.create"),
        views=(
            (_("All documents"), {}),
            (_("Mine"), {"owner": "me"}),
            (_("In approval"), {"status": "in_approval"}),
            (_("Ending soon"), {"until": "ending"}),
            (_("Original missing"), {"origin": "no-original"}),
            (_("Invoices"), {"kind": "invoice"}),
            (_("Overdue invoices"), {"payment": "overdue"}),
        ),
        foot=ngettext("Sum of %(num)d document", "Sum of all %(num)d documents", found.total),
        empty=(
            "file-text",
            _("No documents yet"),
            _("A document is written from the cards of a deal and its company."),
        ),
    )


@blueprint.get("/invoices")
@allow(in_space)
def invoices(space: int) -> Response:
    """Invoices are papers of a kind, in the list of all papers."""
    return see_other(url_for("documents.documents", space=space, kind="invoice"))


@blueprint.get("/approvals")
@allow(in_space)
def approvals(space: int) -> Response:
    """What waits for the visa of the colleague whom one plays, and who stands in for whom."""
    me = g.colleague
    now = current_space().now()
    lines = [_waiting(visa, instead, now) for visa, instead in (waiting_for(me) if me else [])]
    known = deputies()
    return page(
        "documents/approvals.html",
        lines=lines,
        deputies=known,
        ends={one.id: offers_for(one) for one in known},
        create=offer_to_create("delegation.create"),
    )


@blueprint.get("/delegations")
@allow(in_space)
def delegations(space: int) -> Response:
    """Deputies stand beside what waits for a visa."""
    return see_other(url_for("documents.approvals", space=space))


@blueprint.get("/delegations/<int:n>")
@allow(in_space)
def delegation(space: int, n: int) -> Response:
    """One deputy, among the others."""
    return see_other(url_for("documents.approvals", space=space) + f"#{fetch(Delegation, n).key}")


@blueprint.get("/documents/<int:n>")
@allow(in_space)
def document(space: int, n: int) -> Response:
    """One paper: its text, its versions, and what happened to it."""
    one = open_document(n)
    reading, today = reading_of(one), current_space().today()
    approval, returned = (None, None) if one.has_lines else routes_of(one)
    return record_page(
        "documents/document.html",
        one,
        main=tuple(dict.fromkeys(("document.upload", *MAIN))) if one.status == RETURNED else MAIN,
        end=("document.annul",),
        facts=_facts(one),
        state=(document_states()[one.state(today)], *BADGES[one.state(today)]),
        today=today,
        vat_word=vat_word(),
        payments=payments_of(one) if one.kind == "invoice" else [],
        sending=last_sending(one) if one.kind == "closing" else None,
        buttons=line_buttons(one),
        soon=current_space().company.documents.renewal_days,
        reading=reading,
        approval=approval,
        returned=returned,
        answer=answer_to_remarks(one, approval) if approval and returned else None,
        stops=stops_of(approval) if approval else [],
        planned=planned_stops(one) if approval is None and not one.incoming else [],
        mine=approval is not None and g.colleague is not None and approval.created_by_id == g.colleague.id,
        ways=_ways(one, reading),
        pages_address=_pages_address(one, reading),
        pdf_address=_pdf_address(one, reading),
        file_address=lambda version: url_for("documents.file", space=space, n=one.n, version=version.number),
    )


@blueprint.get("/documents/<int:n>/file")
@allow(in_space)
def file(space: int, n: int) -> Response:
    """A version as a file to keep: the current one, unless the address names another."""
    name, media, content = file_of(_version(n))
    return attachment(content, media, name)


@blueprint.get("/documents/<int:n>/pages")
@allow(in_space)
def pages(space: int, n: int) -> Response:
    """The pages of a version as images: a part of the paper's page, or a page of its own."""
    version = _version(n)
    drawn: dict[str, Any] = {
        "preview": preview_of(version),
        "record": version.document,
        "address": lambda number: url_for(
            "documents.page_image", space=space, n=n, number=number, version=version.number
        ),
        "download": url_for("documents.file", space=space, n=n, version=version.number),
    }
    if asks_part():
        return fragment("documents/_pages_of.html", **drawn)
    return page("documents/pages.html", **drawn)


@blueprint.get("/documents/<int:n>/pages/<int:number>.png")
@allow(in_space)
def page_image(space: int, n: int, number: int) -> Response:
    """One page of a version as an image; a version never changes, so it may be kept."""
    answer = send_file(page_of(_version(n), number), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@blueprint.get("/documents/<int:n>/pdf")
@allow(in_space)
def pdf(space: int, n: int) -> Response:
    """A version that was written here, as a PDF to keep."""
    name, content = pdf_of(_version(n))
    return attachment(content, "application/pdf", name)


def _version(n: int) -> Version:
    """The version that the address asks for: the current one, unless it names another; else NotFound."""
    one = fetch(Document, n, deleted=True)
    version = one.version_of(request.args.get("version", one.current, type=int))
    if version is None:
        raise NotFound("the version")
    return version


def _waiting(visa: Visa, instead: Delegation | None, now: datetime) -> dict[str, Any]:
    """A line of what waits: the visa, whom one stands in for, whether it is late, and the two ways out."""
    back = urlencode({"return_to": here_address()})
    offers = [one for one in offers_for(visa.approval.document) if one.code in DECIDE]
    return {
        "visa": visa,
        "instead": instead,
        "late": is_late(visa, now),
        "offers": [replace(one, url=f"{one.url}?{back}") for one in offers],
    }


def _facts(one: Document) -> list[tuple[str, Any]]:
    facts = [
        (_("Type"), label("document_types", one.type)),
        (_("Number"), one.number),
        (_("Date"), date_long(one.date)),
        (_("Signs for the customer"), one.contact.title if one.contact else None),
        (_("Valid until"), date_long(one.valid_until)),
        (_("Status of the document"), variant_word(one)),
        (_("Supplied on"), date_long(one.supplied_on)),
        (_("Made out late"), late_word(one)),
        (_("To be paid by"), date_long(one.due_on)),
        (_("Part of the whole"), percent(one.part / 100, exact=True) if one.part is not None else None),
        (_("Paid"), money(one.paid) if one.paid else None),
        (_("Left to pay"), money(one.left) if one.left else None),
        (_("Signed on"), date_long(one.signed_on)),
        (_("Original received"), date_long(one.received_on)),
        (_("Annulled because"), one.annul_reason),
        *own_facts("document", one),
    ]
    always = (_("Type"), _("Number"), _("Date"))
    return [(name, value) for name, value in facts if value or name in always]


def late_word(one: Document) -> str | None:
    """By how much a closing document came later than the law asks; None where it did not."""
    late = late_days(one)
    return ngettext("by %(num)d day", "by %(num)d days", late) if late else None


def line_buttons(one: Document) -> dict[int, list[Offer]]:
    """The buttons of a correction's lines, which lead back to it; nothing on any other paper."""
    if one.status != ISSUED or one.base is None or one.kind != "closing" or one.base.kind != "closing":
        return {}
    here = url_for("documents.document", space=current_space().id, n=one.n)
    return {line.id: [led_back(each, here) for each in offers_for(line)] for line in one.lines}


def _pages_address(one: Document, reading: Reading | None) -> str | None:
    """Where the pages of the version that is read are drawn; None where its text is read."""
    if reading is None or not reading.as_pages:
        return None
    return url_for("documents.pages", space=current_space().id, n=one.n, version=reading.version.number)


def _pdf_address(one: Document, reading: Reading | None) -> str | None:
    """Where the version that is read is a PDF; None for an uploaded one, which is a file already."""
    if reading is None or reading.version.form != GENERATED:
        return None
    return url_for("documents.pdf", space=current_space().id, n=one.n, version=reading.version.number)


def _ways(one: Document, reading: Reading | None) -> list[dict[str, Any]]:
    """The version that is read as pages and as text, and its difference from the one before."""
    if reading is None or not reading.has_text:
        return []
    number = reading.version.number
    here = url_for("documents.document", space=current_space().id, n=one.n)
    found = [
        {
            "label": _("Pages of version %(n)s", n=number),
            "url": f"{here}?version={number}&as=pages",
            "active": reading.as_pages,
        },
        {
            "label": _("Text of version %(n)s", n=number),
            "url": f"{here}?version={number}&as=text",
            "active": reading.other is None and not reading.as_pages,
        },
    ]
    before = one.version_of(number - 1)
    if before is not None and before.text is not None:
        against = reading.other.number if reading.other else before.number
        found.append(
            {
                "label": _("Changes since version %(n)s", n=against),
                "url": f"{here}?version={number}&against={against}",
                "active": reading.other is not None,
            }
        )
    return found

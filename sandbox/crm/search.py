"""One search over all records: by name, number, e-mail, tax number, or a phone in any spelling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _
from sqlalchemy import and_, bindparam, func, literal_column, or_, select, union_all
from sqlalchemy.orm import joinedload

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.documents.models import Document
from sandbox.crm.documents.words import document_states
from sandbox.crm.lists import words_asked
from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.crm.marketing.campaigns.words import campaign_states
from sandbox.crm.marketing.mailings.models import Mailing
from sandbox.crm.marketing.mailings.words import mailing_states
from sandbox.crm.marketing.messages.models import MessageTemplate
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.marketing.segments.words import kinds as segment_kinds
from sandbox.crm.sales.catalogue.models import Product
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.offers.models import Offer as OfferRecord
from sandbox.crm.sales.offers.words import offer_states
from sandbox.crm.sight import closed_to
from sandbox.extensions import db
from sandbox.kernel.phones import search_needles
from sandbox.spaces import current_space, every, kept
from sandbox.spaces.access import in_space
from sandbox.spaces.finding import ESCAPE, holding
from sandbox.web.access import allow
from sandbox.web.formatting import moment, money, phone
from sandbox.web.respond import fragment, page

blueprint = Blueprint("search", __name__, url_prefix="/s/<int:space>")
SHOWN = 8


@dataclass
class Group:
    """What was found of one kind of record: the first few, and how many there are."""

    title: str
    icon: str
    rows: list[tuple[Any, str]]
    total: int
    more: str


@blueprint.get("/search")
@allow(in_space)
def search(space: int) -> Response:
    """Everything in the space that holds the words of `?q=`."""
    words = words_asked()
    return page("crm/search.html", words=words, groups=found_groups(words) if words else [])


@blueprint.get("/find")
@allow(in_space)
def find(space: int) -> Response:
    """A few records of each kind that hold the words of `?q=`, for the palette."""
    words = words_asked()
    return fragment("crm/_found.html", groups=found_groups(words, shown=3) if words else [])


def found_groups(words: str, shown: int = SHOWN) -> list[Group]:
    """What holds the words, by kind; nothing of the kinds that the job role works without."""
    kinds: tuple[tuple[Any, str, str, str], ...] = (
        (Company, _("Companies"), "building", "customers.companies"),
        (Contact, _("Contacts"), "user", "customers.contacts"),
        (Lead, _("Leads"), "user-question", "sales.leads"),
        (Deal, _("Deals"), "briefcase", "sales.deals"),
        (Campaign, _("Campaigns"), "speakerphone", "campaigns.campaigns"),
        (OfferRecord, _("Offers"), "file-dollar", "offers.offers"),
        (Product, _("Products"), "box", "catalogue.products"),
        (Mailing, _("Mailings"), "mail-forward", "mailings.mailings"),
        (Segment, _("Segments"), "filter", "segments.segments"),
        (MessageTemplate, _("Message templates"), "template", "messages.templates"),
        (Document, _("Documents"), "file-text", "documents.documents"),
    )
    closed = closed_to(g.colleague.job_role) if g.colleague is not None else frozenset()
    kinds = tuple(kind for kind in kinds if kind[0].__record__ not in closed)
    hits = _hits([kind[0] for kind in kinds], words, shown)
    groups = []
    for model, title, icon, endpoint in kinds:
        if ids := hits[model]:
            found = db.session.scalars(_rows_of(model), {"ids": [id for id, _total in ids]})
            by_id = {row.id: row for row in found}
            rows = [(by_id[id], about(by_id[id])) for id, _total in ids]
            more = url_for(endpoint, space=current_space().id, q=words)
            groups.append(Group(title, icon, rows, ids[0][1], more))
    return groups


# What a row shows of other records.
_BESIDE: dict[Any, tuple[Any, ...]] = {
    Contact: (joinedload(Contact.company).load_only(Company.name),),
    Deal: (joinedload(Deal.company).load_only(Company.name), joinedload(Deal.stage)),
    OfferRecord: (joinedload(OfferRecord.deal),),
    Document: (joinedload(Document.company).load_only(Company.name),),
}


@cache
def _rows_of(model: Any) -> Any:
    """The statement for the rows of a kind, with a place for their ids."""
    ids: Any = bindparam("ids", expanding=True)
    return kept(every(model).where(model.id.in_(ids)).options(*_BESIDE.get(model, ())))


def _hits(models: list[Any], words: str, shown: int) -> dict[Any, list[tuple[int, int]]]:
    """The ids of the first of each kind that hold the words, each with how many there are: one question."""
    ways = search_needles(words, current_space().company.country)
    shape = tuple(len(way) for way in ways)
    sought = dict(zip(chain(*_places(shape)), map(holding, chain(*ways)), strict=True))
    found: dict[Any, list[tuple[int, int]]] = {model: [] for model in models}
    for kind, id, total in db.session.execute(_question(tuple(models), shape, shown), sought):
        found[models[kind]].append((id, total))
    return found


def _places(shape: tuple[int, ...]) -> list[list[str]]:
    """The names under which the needles of each way are bound."""
    return [[f"needle{way}_{place}" for place in range(needles)] for way, needles in enumerate(shape)]


@lru_cache(maxsize=64)
def _question(models: tuple[Any, ...], shape: tuple[int, ...], shown: int) -> Any:
    """The statement for so many kinds and ways of so many needles each, with places for the needles."""

    def of(kind: int, model: Any) -> Any:
        holds = [
            and_(*(model.search_key.like(bindparam(place), escape=ESCAPE) for place in way))
            for way in _places(shape)
        ]
        # not the column itself: in the order of its index every row would be looked up, held or not
        name = func.coalesce(model.sort_key, "")
        hits: Any = (
            literal_column(str(kind)).label("kind"),
            model.id.label("id"),
            func.count().over().label("total"),
            func.row_number().over(order_by=(name, model.id)).label("place"),
        )
        return select(*hits).where(model.deleted_at.is_(None), or_(*holds))

    every_hit = union_all(*(of(kind, model) for kind, model in enumerate(models))).subquery()
    first = select(every_hit.c.kind, every_hit.c.id, every_hit.c.total).where(every_hit.c.place <= shown)
    return kept(first.order_by(every_hit.c.kind, every_hit.c.place))


def about(record: Any) -> str:
    """A line that tells namesakes apart."""
    if isinstance(record, Deal):
        facts = [record.company.title if record.company else None, record.stage.title, money(record.amount)]
    elif isinstance(record, OfferRecord):
        state = dict(offer_states())[record.state(current_space().today())]
        facts = [record.deal.title, state, money(record.total, record.currency)]
    elif isinstance(record, Product):
        facts = [record.code, record.unit]
    elif isinstance(record, Document):
        facts = [
            record.company.title,
            document_states()[record.state(current_space().today())],
            money(record.amount),
        ]
    elif isinstance(record, Mailing):
        facts = [dict(mailing_states())[record.status], moment(record.send_at) if record.send_at else None]
    elif isinstance(record, Segment):
        facts = [dict(segment_kinds())[record.of], record.note]
    elif isinstance(record, MessageTemplate):
        facts = [record.subject]
    elif isinstance(record, Campaign):
        facts = [record.tag, dict(campaign_states())[record.status]]
    elif isinstance(record, Company):
        facts = [record.inn, phone(record.phone), record.email]
    elif isinstance(record, Contact):
        facts = [record.company.title if record.company else None, phone(record.phone), record.email]
    else:
        facts = [phone(record.phone), record.email]
    return " · ".join(fact for fact in facts if fact)

"""One search over all records: by name, number, e-mail, tax number, or a phone in any spelling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _
from sqlalchemy import and_, bindparam, func, literal_column, or_, select, union_all
from sqlalchemy.orm import joinedload, load_only

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
from sandbox.crm.sales.pipelines import Stage
from sandbox.crm.sight import closed_to
from sandbox.extensions import db
from sandbox.kernel.phones import search_needles
from sandbox.spaces import current_space, kept
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
    found = _found(tuple(kind[0] for kind in kinds), words, shown)
    groups = []
    for model, title, icon, endpoint in kinds:
        if rows := found[model]:
            told, total = [(record, about(record)) for record, _total in rows], rows[0][1]
            more = url_for(endpoint, space=current_space().id, q=words) if total > len(told) else ""
            groups.append(Group(title, icon, told, total, more))
    return groups


# What a line shows of a record, and of another beside it; the rest of the row stays where it is.
_SHOWN: dict[Any, tuple[Any, ...]] = {
    Company: (Company.name, Company.inn, Company.phone, Company.email),
    Contact: (Contact.first_name, Contact.middle_name, Contact.last_name, Contact.phone, Contact.email),
    Lead: (Lead.name, Lead.company_name, Lead.phone, Lead.email),
    Deal: (Deal.title, Deal.amount),
    Campaign: (Campaign.name, Campaign.tag, Campaign.status),
    OfferRecord: (
        OfferRecord.number,
        OfferRecord.edition,
        OfferRecord.status,
        OfferRecord.valid_until,
        OfferRecord.total,
        OfferRecord.currency,
    ),
    Product: (Product.name, Product.code, Product.unit),
    Mailing: (Mailing.name, Mailing.status, Mailing.send_at),
    Segment: (Segment.name, Segment.of, Segment.note),
    MessageTemplate: (MessageTemplate.name, MessageTemplate.subject),
    Document: (
        Document.type,
        Document.number,
        Document.status,
        Document.due_on,
        Document.amount,
        Document.deleted_at,
    ),
}
_BESIDE: dict[Any, tuple[Any, ...]] = {
    Contact: ((Contact.company, (Company.name,)),),
    Deal: ((Deal.company, (Company.name,)), (Deal.stage, (Stage.titles,))),
    OfferRecord: ((OfferRecord.deal, (Deal.title,)),),
    Document: ((Document.company, (Company.name,)),),
}


def _found(models: tuple[Any, ...], words: str, shown: int) -> dict[Any, list[tuple[Any, int]]]:
    """The first of each kind that hold the words, each with how many of the kind there are: one question."""
    ways = search_needles(words, current_space().company.country)
    shape = tuple(len(way) for way in ways)
    sought = dict(zip(chain(*_places(shape)), map(holding, chain(*ways)), strict=True))
    found: dict[Any, list[tuple[Any, int]]] = {model: [] for model in models}
    for kind, total, *records in db.session.execute(_question(models, shape, shown), sought):
        found[models[kind]].append((records[kind], total))
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
    question = select(every_hit.c.kind, every_hit.c.total, *models).select_from(every_hit)
    for kind, model in enumerate(models):
        its_own = and_(every_hit.c.kind == literal_column(str(kind)), model.id == every_hit.c.id)
        question = question.outerjoin(model, its_own).options(load_only(*_SHOWN[model]))
        for way, columns in _BESIDE.get(model, ()):
            question = question.options(joinedload(way).load_only(*columns))
    first = question.where(every_hit.c.place <= literal_column(str(shown)))
    return kept(first.order_by(every_hit.c.kind, every_hit.c.place))


def _word(states: Callable[[], Any], code: str) -> str:
    """The word for a state; all words of its kind are looked up once for the page."""
    known = g.setdefault("words_of_states", {})
    if states not in known:
        known[states] = dict(states())
    return str(known[states][code])


def about(record: Any) -> str:
    """A line that tells namesakes apart."""
    if isinstance(record, Deal):
        facts = [record.company.title if record.company else None, record.stage.title, money(record.amount)]
    elif isinstance(record, OfferRecord):
        state = _word(offer_states, record.state(current_space().today()))
        facts = [record.deal.title, state, money(record.total, record.currency)]
    elif isinstance(record, Product):
        facts = [record.code, record.unit]
    elif isinstance(record, Document):
        facts = [
            record.company.title,
            _word(document_states, record.state(current_space().today())),
            money(record.amount),
        ]
    elif isinstance(record, Mailing):
        facts = [_word(mailing_states, record.status), moment(record.send_at) if record.send_at else None]
    elif isinstance(record, Segment):
        facts = [_word(segment_kinds, record.of), record.note]
    elif isinstance(record, MessageTemplate):
        facts = [record.subject]
    elif isinstance(record, Campaign):
        facts = [record.tag, _word(campaign_states, record.status)]
    elif isinstance(record, Company):
        facts = [record.inn, phone(record.phone), record.email]
    elif isinstance(record, Contact):
        facts = [record.company.title if record.company else None, phone(record.phone), record.email]
    else:
        facts = [phone(record.phone), record.email]
    return " · ".join(fact for fact in facts if fact)

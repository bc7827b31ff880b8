"""The records a scenario lays out, whole even where it names only what matters, and its made-up values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sandbox.crm import Activity, Company, Contact, Deal, Lead, Stage
from sandbox.crm.communications.models import ABOUT
from sandbox.crm.customers.companies import make_company
from sandbox.crm.customers.contacts import make_contact
from sandbox.crm.record import stamp_new
from sandbox.crm.sales.deal_making import make_deal
from sandbox.crm.sales.lead_actions import make_lead
from sandbox.crm.sales.pipelines import first_pipeline
from sandbox.extensions import db
from sandbox.seeding import phrases
from sandbox.seeding.addresses import compose_domain, compose_email
from sandbox.seeding.chance import Chance
from sandbox.seeding.fakes import FAKES, Faked
from sandbox.seeding.ideas import compose_deal
from sandbox.seeding.names import compose_firm_name
from sandbox.seeding.paper_givens import given_document, given_offer
from sandbox.seeding.people import PersonName, compose_person
from sandbox.seeding.talk_givens import given_case, given_instruction, given_mention
from sandbox.spaces import Colleague, InSpace, current_space, every, first
from sandbox.spaces.company import CompanyFile

Values = dict[str, Any]


class CompanyFakes:
    """Makes believable values in the company's language: `fake: company` of a scenario's given records.

    A first name, a last name and an e-mail asked for one after another belong to one person.
    """

    def __init__(self, company: CompanyFile, random: Random, *, nasty: float = 0.0) -> None:
        # Difficult names are left to the volume data and the proof: people read given records aloud.
        self.chance = Chance(random, company, nasty=nasty)
        self._faked = Faked(self.chance)
        self._person: PersonName | None = None
        self._used: set[str] = set()

    def make(self, word: str) -> object:
        """A value for `fake: <word>`; ValueError names the words there are."""
        if word not in FAKES:
            raise ValueError(f"{word} cannot be made up: choose {', '.join(FAKES)}")
        if word == "person":
            return self._next_person("person").name
        if word == "first_name":
            return self._of_person(word).first
        if word == "last_name":
            return self._of_person(word).last
        if word == "email" and self._person is not None and "email" not in self._used:
            person = self._of_person(word)
            return compose_email(self.chance, person, compose_domain(self.chance, person.last))
        return self._faked.make(word)

    def _of_person(self, part: str) -> PersonName:
        if self._person is None or part in self._used:
            return self._next_person(part)
        self._used.add(part)
        return self._person

    def _next_person(self, part: str) -> PersonName:
        self._person = compose_person(self.chance)
        # after a whole name, a first or a last one is somebody else's
        self._used = {"person", "first_name", "last_name"} if part == "person" else {part}
        return self._person


def make_given(type_: str, values: Mapping[str, Any], by: Colleague, at: datetime) -> InSpace:
    """A record of a scenario with what it leaves out filled in sensibly; joins the running action.

    `values` are fields by name, records as rows, a stage by its code. What stays empty in real life stays
    empty; what a record cannot do without (a deal's company, an activity's subject) is made or chosen.
    """
    makers: dict[str, Any] = {
        "company": _company,
        "contact": _contact,
        "lead": _lead,
        "deal": _deal,
        "activity": _activity,
        "mention": lambda said, *_who: given_mention(said, by, at, _chance(at), _activity),
        "case": lambda said, *_who: given_case(said, by, at, _chance(at), _company),
        "offer": lambda said, *_who: given_offer(said, by, at, _chance(at), _deal),
        "document": lambda said, *_who: given_document(said, by, at, _chance(at), _deal),
        "instruction": lambda said, *_who: given_instruction(said, by, at, _chance(at)),
    }
    if type_ not in makers:
        raise ValueError(f"{type_} cannot be given: choose {', '.join(makers)}")
    fields, custom = _apart(values)
    fields = {name: _settled(name, value) for name, value in fields.items()}
    row: Any = makers[type_](fields, by, at)
    if custom:
        row.custom = {**(row.custom or {}), **custom}
    db.session.flush()
    made: InSpace = row
    return made


def _company(values: Values, by: Colleague, at: datetime) -> Company:
    fields = dict(values)
    name = fields.pop("name", None) or compose_firm_name(_chance(at))
    return make_company(name=name, by=by, at=at, **fields)


def _contact(values: Values, by: Colleague, at: datetime) -> Contact:
    fields = dict(values)
    if not fields.get("first_name"):
        person = compose_person(_chance(at))
        fields["first_name"] = person.first
        fields.setdefault("last_name", person.last)
    return make_contact(by=by, at=at, **fields)


def _lead(values: Values, by: Colleague, at: datetime) -> Lead:
    fields = dict(values)
    fields["name"] = fields.get("name") or compose_person(_chance(at)).name
    lead = make_lead(by=by, at=at, **fields)
    if lead.status != "new" and lead.first_response_at is None:
        lead.first_response_at = at
    return lead


def _deal(values: Values, by: Colleague, at: datetime) -> Deal:
    fields = dict(values)
    stage = fields.pop("stage", None) or _stage_of(fields.pop("status", "open"))
    company, contact = fields.pop("company", None), fields.pop("contact", None)
    company = company or (contact.company if contact is not None else None) or _company({}, by, at)
    contact = contact or _contact_of(company) or _contact({"company": company}, by, at)
    title = fields.pop("title", None) or _idea(at)
    deal = make_deal(stage=stage, title=title, company=company, contact=contact, by=by, at=at, **fields)
    if deal.status == "won":
        deal.won_at = deal.won_at or at
    elif deal.status == "lost":
        deal.lost_at = deal.lost_at or at
    return deal


def _activity(values: Values, by: Colleague, at: datetime) -> Activity:
    fields = dict(values)
    on = fields.pop("on", None) or next((fields[name] for name in ABOUT if fields.get(name)), None)
    for name in ABOUT:
        fields.pop(name, None)
    kind = fields.get("kind") or "task"
    is_done, is_cancelled = fields.pop("done", None), fields.pop("cancelled", None)
    due = fields.pop("due", None)
    fields.pop("open", None)
    if due is not None:
        space = current_space()
        fields["due_at"] = datetime.combine(due, space.company.working_hours.ends, space.zone)
    activity = Activity(**{**fields, "kind": kind})
    activity.on = on if on is not None else _company({}, by, at)
    if activity.subject is None and kind in ("task", "meeting"):
        activity.subject = phrases.task_subject(_chance(at), "qualification") or kind
    is_past = kind in ("note", "email") or (kind == "call" and activity.due_at is None)
    if is_done or (is_done is None and is_past):
        activity.done_at = activity.done_at or at
    elif activity.due_at is None:
        activity.due_at = at + timedelta(days=1)
    if is_cancelled:
        activity.cancelled_at = activity.cancelled_at or at
    if activity.assignee is None:
        activity.assignee = by
    stamp_new(activity, by, at)
    db.session.add(activity)
    return activity


def _apart(values: Mapping[str, Any]) -> tuple[Values, Values]:
    """The house's fields, and the company's own (`custom.vehicles`)."""
    fields = {name: value for name, value in values.items() if not name.startswith("custom.")}
    custom = dict(fields.pop("custom", None) or {})
    for name, value in values.items():
        if name.startswith("custom."):
            plain = float(value) if isinstance(value, Decimal) else value
            plain = int(plain) if isinstance(plain, float) and plain.is_integer() else plain
            custom[name.removeprefix("custom.")] = getattr(plain, "isoformat", lambda plain=plain: plain)()
    return fields, custom


def _settled(name: str, value: Any) -> Any:
    if name == "stage" and isinstance(value, str):
        stage = first(every(Stage).where(Stage.code == value).order_by(Stage.id))
        if stage is None:
            raise ValueError(f"there is no stage {value}")
        return stage
    return value


def _stage_of(status: str) -> Stage:
    return first_pipeline().stage_of(status)


def _contact_of(company: Company) -> Contact | None:
    return first(every(Contact).where(Contact.company_id == company.id).order_by(Contact.id))


def _idea(at: datetime) -> str:
    chance = _chance(at)
    return compose_deal(chance, chance.company.pipeline().open_stages[0]).title


def _chance(at: datetime) -> Chance:
    """Chance that is the same whenever the same record is laid out at the same place of a space."""
    space = current_space()
    return Chance(f"{space.seed}:{space.next_n}:{at.isoformat()}", space.company, nasty=0)

"""A small space of a shipped company with its colleagues and pipeline, and ways to act in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.crm import (
    Activity,
    Campaign,
    Company,
    Contact,
    Deal,
    Lead,
    Offer,
    PriceList,
    Product,
    Stage,
    WebForm,
    make_catalogue,
    make_pipelines,
    make_powers,
)
from sandbox.crm.sales.catalogue.queries import usual_price_list
from sandbox.extensions import db
from sandbox.kernel.clock import at_work
from sandbox.kernel.errors import Refused
from sandbox.ledger import acting, perform, registry
from sandbox.ledger.perform import Done
from sandbox.spaces import Casting, Colleague, Recipe, Space, every, first, inside
from sandbox.spaces.company import load_company
from sandbox.web.unit_of_work import unit_of_work

SEEDS = Path(__file__).parent.parent.parent / "seeds"
TODAY = date(2026, 3, 18)


@dataclass(frozen=True)
class Laying:
    """The action under which a test lays out its rows."""

    code: str = "test.lay_out"
    event: str = "test.laid_out"


def make_space(
    company: str = "office-supply", kind: str = "attempt", rules: dict[str, str] | None = None
) -> Space:
    """A space of a company with its colleagues and pipelines; its clock stands at 10:00 of `TODAY`."""
    text = load_company(SEEDS / f"{company}.yaml").text
    for old, new in (rules or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    with unit_of_work() as session:
        recipe = Recipe(digest=f"{abs(hash(text)):064x}", code=company, text=text)
        if session.get(Recipe, recipe.digest) is None:
            session.add(recipe)
            session.flush()
        file = session.get(Recipe, recipe.digest).company  # type: ignore[union-attr]
        space = Space(
            kind=kind,
            recipe_digest=recipe.digest,
            seed=1,
            day=TODAY,
            created_at=datetime(2026, 3, 18, 9, tzinfo=UTC),
            clock_shown=at_work(TODAY, file.timezone),
        )
        session.add(space)
        session.flush()
        with inside(space), acting(Laying(), by=None, at=space.now(), origin="seed"):
            for one in file.people:
                session.add(
                    Colleague(
                        code=one.code,
                        name=one.name,
                        email=one.email,
                        job_role=one.job_role,
                        department=one.department,
                    )
                )
            session.flush()
            make_pipelines(file)
            make_catalogue(file, TODAY, space.now())
            make_powers(file, TODAY, space.now())
        return space


class Desk:
    """Somebody at work in a space: every call is one action in a unit of work of its own."""

    def __init__(self, space: Space, role: str = "sales-manager") -> None:
        self.space = space
        self.role = role
        self.later = timedelta()

    @property
    def me(self) -> Colleague:
        """The colleague who works here."""
        found = first(every(Colleague).where(Colleague.job_role == self.role).order_by(Colleague.id))
        assert found is not None
        return found

    @property
    def steward(self) -> Desk:
        """The desk of whoever answers for the cards of this space."""
        steward = Desk(self.space, "data-steward")
        steward.later = self.later
        return steward

    def cast(self, role: str) -> None:
        """Let everybody who plays in this space play a colleague of another job role."""
        n = Desk(self.space, role).me.n
        with unit_of_work() as session:
            for casting in session.query(Casting).filter_by(space_id=self.space.id):
                casting.colleague_n = n

    @property
    def now(self) -> datetime:
        """The space's time, moved on by `later`."""
        return self.space.now() + self.later

    def do(self, code: str, on: Any = None, **values: Any) -> Done:
        """Perform an action with the values of its form."""
        with unit_of_work():
            return perform(code, on, values, by=self.me, at=self.now)

    def send(self, code: str, on: Any = None, **typed: str) -> dict[str, list[str]]:
        """What the action's form says of what was typed; nothing where it is right."""
        from werkzeug.datastructures import MultiDict

        form = registry[code].form.filled(MultiDict(typed))
        form.validate()
        return {name: [str(error) for error in errors] for name, errors in form.errors.items()}

    def company(self, name: str = "Maple Dental", **fields: Any) -> Company:
        """A company, whatever it resembles."""
        return _made(self.do("company.create", name=name, anyway=True, **fields))

    def contact(self, first_name: str = "Anna", last_name: str = "Lee", **fields: Any) -> Contact:
        """A contact, whomever it resembles."""
        said = {"first_name": first_name, "last_name": last_name, "anyway": True, **fields}
        return _made(self.do("contact.create", **said))

    def lead(self, name: str = "Anna Lee", **fields: Any) -> Lead:
        """A new lead."""
        return _made(self.do("lead.create", name=name, anyway=True, **fields))

    def deal(self, title: str = "Paper for a year", **fields: Any) -> Deal:
        """An open deal in the first stage; a close date that has passed was typed while it was ahead."""
        day = fields.get("close_date")
        if day is None or day >= self.now.astimezone(self.space.zone).date():
            return _made(self.do("deal.create", title=title, **fields))
        deal = _made(self.do("deal.create", title=title, **{**fields, "close_date": None}))
        self.lay(deal, close_date=day)
        return deal

    def lay(self, record: Any, **fields: Any) -> None:
        """Let a record stand as no action would leave it today."""
        with unit_of_work(), acting(Laying(), by=None, at=self.now, origin="seed"):
            for name, value in fields.items():
                setattr(record, name, value)

    def price_list(self, code: str) -> PriceList:
        """A price list by its code."""
        found = first(every(PriceList).where(PriceList.code == code))
        assert found is not None
        return found

    def product(self, code: str) -> Product:
        """A product by its code."""
        found = first(every(Product).where(Product.code == code))
        assert found is not None
        return found

    def offer(self, deal: Deal | None = None, quantity: int = 1, **fields: Any) -> Offer:
        """A draft with one line of the first product of the usual list."""
        today = self.space.today()
        usual = usual_price_list(today)
        assert usual is not None
        said = {"price_list": usual, "valid_until": today + timedelta(days=14), **fields}
        offer = _made(self.do("offer.create", deal=deal or self.deal(), **said))
        product = offer.price_list.prices[0].product
        self.do("offer.add_line", offer, product=product, quantity=quantity)
        return offer

    def campaign(self, name: str = "Spring paper", tag: str = "spring-paper", **fields: Any) -> Campaign:
        """A planned campaign with its days and its budget; whoever works here must be able to `market`."""
        today = self.space.today()
        said = {"type": "search", "begins_on": today, "ends_on": today + timedelta(days=30), "budget": 5000}
        return _made(self.do("campaign.create", name=name, tag=tag, **{**said, **fields}))

    def web_form(self, name: str = "Ask for a price", *, published: bool = True, **fields: Any) -> WebForm:
        """A form with phone, e-mail and request, both consents, and sellers in turn; built by a marketer."""
        said = {
            "ask_phone": "asked",
            "ask_email": "asked",
            "ask_need": "asked",
            "personal_text": "pd-2025",
            "advertising_text": "ads-2023",
            "routing": "round_robin",
        }
        made = _made(self.do("web_form.create", name=name, **{**said, **fields}))
        if published:
            self.do("web_form.publish", made)
        return made

    def stage(self, code: str) -> Stage:
        """A stage by its code."""
        found = first(every(Stage).where(Stage.code == code))
        assert found is not None
        return found

    def activities(self, **fields: Any) -> list[Activity]:
        """The activities with these fields, in the order in which they were made."""
        return list(db.session.scalars(every(Activity).filter_by(**fields).order_by(Activity.id)))


def refused(desk: Desk, code: str, on: Any = None, **values: Any) -> str:
    """The code with which a rule turned the action down; every refusal has its sentence."""
    with pytest.raises(Refused) as refusal:
        desk.do(code, on, **values)
    assert str(refusal.value.message)
    assert refusal.value.code in registry[code].refusals
    return refusal.value.code


def _made(done: Done) -> Any:
    return done.record

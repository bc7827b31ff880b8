"""Writes the past of a space: steps in the order of their time, each with the event that tells of it.

A space of 300 records has a thousand events, one of 30,000 a hundred thousand: they are put together in
memory and written table by table, in the very shape in which `acting` writes them one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.crm import (
    Activity,
    Address,
    Campaign,
    CampaignCost,
    Case,
    Company,
    Consent,
    Contact,
    Deal,
    Document,
    Handover,
    Instruction,
    Lead,
    Mailing,
    MessageTemplate,
    Offer,
    OfferLine,
    RoutingRule,
    Segment,
    Submission,
    Suppression,
    WebForm,
)
from sandbox.crm.record import Record, Stamped
from sandbox.ledger import Event, registry
from sandbox.ledger.fields import json_value
from sandbox.ledger.images import Fact, columns_of, encode
from sandbox.spaces import BLOCK, Colleague, InSpace, Space
from sandbox.spaces.bulk import add_rows, next_number
from sandbox.spaces.mixin import refs

_SHOWN: dict[type[InSpace], tuple[str, ...]] = {
    Company: ("name", "inn", "ogrn", "phone", "email", "website"),
    Contact: ("first_name", "middle_name", "last_name", "phone", "email"),
    Lead: ("name", "company_name", "phone", "email"),
    Deal: ("title",),
    Activity: ("kind", "subject"),
    Case: ("number", "subject"),
    Document: ("type", "number"),
    Instruction: ("name", "body"),
    Address: ("value",),
    Consent: ("purpose",),
    Offer: ("number", "edition"),
    OfferLine: ("name",),
    Segment: ("name",),
    MessageTemplate: ("name", "subject"),
    Suppression: ("value",),
    Mailing: ("name",),
    Campaign: ("name", "tag"),
    WebForm: ("name", "address"),
    Submission: ("sent",),
    RoutingRule: ("code",),
    Handover: ("status",),
    CampaignCost: ("what",),
}
"""The fields that a record's title and its keys are made of."""


class Row:
    """A row to be: its fields by the name of the column, another row where a column refers to one."""

    __slots__ = ("fields", "model", "n", "parts", "title")

    def __init__(self, model: type[InSpace], **fields: Any) -> None:
        self.model = model
        self.fields = fields
        self.n = 0
        self.title = ""
        self.parts: list[Row] = []  # made together with it: its addresses, its tags

    def __getitem__(self, name: str) -> Any:
        return self.fields.get(name)


@dataclass(frozen=True)
class Step:
    """One action of the past: what it made and what it changed."""

    at: datetime
    action: str
    by: Colleague
    record: Row
    made: Sequence[Row] = ()
    changes: Sequence[tuple[Row, Mapping[str, Any]]] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


class Scribe:
    """Takes the steps of all stories in any order, and writes them in the order of their time."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.steps: list[Step] = []
        self.rows: dict[str, list[Row]] = {}
        self.events: list[dict[str, Any]] = []
        self._next = 0

    def tell(
        self,
        at: datetime,
        action: str,
        by: Colleague,
        record: Row,
        *,
        made: Sequence[Row] = (),
        changes: Sequence[tuple[Row, Mapping[str, Any]]] = (),
        **values: Any,
    ) -> None:
        """Add a step; `values` are those of the action's form."""
        self.steps.append(Step(at, action, by, record, made, changes, values))

    def write(self) -> None:
        """Write rows and events; a row is made before it is referred to, or ValueError is raised."""
        self._next = next_number(self.space)
        for step in sorted(self.steps, key=lambda step: step.at):
            self._run(step)
        block = self.space.id * BLOCK
        written = {name: [self._as_stored(row, block) for row in rows] for name, rows in self.rows.items()}
        written[Event.__table__.name] = self.events
        add_rows(self.space, written, self._next)

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _run(self, step: Step) -> None:
        n = self._number()
        made = [part for row in step.made for part in (row, *with_addresses(row))]
        for row in made:
            row.n = self._number()
        facts = [self._make(row, n, step) for row in made]
        facts += [self._change(row, dict(new), n, step) for row, new in step.changes]
        values = {name: told(value) for name, value in step.values.items()}
        if step.made and step.record not in step.made and registry[step.action].makes is not None:
            values.setdefault("made", told(step.made[0]))
        self.events.append(
            {
                "id": self.space.id * BLOCK + n,
                "space_id": self.space.id,
                "version": 0,
                "action": step.action,
                "code": registry[step.action].event,
                "record_table": step.record.model.__table__.name,
                "record_n": step.record.n,
                "record_title": step.record.title,
                "by_id": step.by.id,
                "person_id": None,
                "at": step.at,
                "origin": "seed",
                "values": values,
                "facts": facts,
                "undoes": None,
            }
        )

    def _make(self, row: Row, version: int, step: Step) -> Fact:
        row.fields["version"] = version
        if issubclass(row.model, Stamped):
            by = row.fields.get("created_by_id") or step.by
            row.fields.update(created_at=step.at, changed_at=step.at, created_by_id=by, changed_by_id=by)
        if issubclass(row.model, Record):
            row.fields.setdefault("owner_id", step.by)
        _make_keys(row)
        table = row.model.__table__
        self.rows.setdefault(table.name, []).append(row)
        return {"table": table.name, "n": row.n, "old": None, "new": _image(row)}

    def _change(self, row: Row, new: dict[str, Any], version: int, step: Step) -> Fact:
        if not row.n:
            raise ValueError(f"{step.action} at {step.at} comes before its {row.model.__name__}")
        before = dict(row.fields)
        row.fields.update(new, version=version)
        if issubclass(row.model, Stamped):
            row.fields.update(changed_at=step.at, changed_by_id=step.by)
        if new.keys() & set(_SHOWN.get(row.model, ())):
            _make_keys(row)
        columns = {column.name: column for column in columns_of(row.model.__table__)}
        changed = [name for name in columns if row.fields.get(name) != before.get(name)]
        return {
            "table": row.model.__table__.name,
            "n": row.n,
            "old": {name: _encoded(columns[name], before.get(name)) for name in changed},
            "new": {name: _encoded(columns[name], row.fields[name]) for name in changed},
        }

    def _as_stored(self, row: Row, block: int) -> dict[str, Any]:
        table = row.model.__table__
        stored: dict[str, Any] = {"id": block + row.n, "space_id": self.space.id}
        for column in columns_of(table):
            stored[column.name] = row.fields.get(column.name)
        for column in refs(table):
            other = stored[column.name]
            stored[column.name] = block + other.n if other is not None else None
        return stored


def with_addresses(card: Row) -> list[Row]:
    """The parts of a card, its phone and its e-mail before them as the primary addresses."""
    if card.model not in (Company, Contact):
        return card.parts
    mine = {f"{card.model.__record__}_id": card}
    mobile = "mobile" if card.model is Contact else "work"
    primary = [
        Row(Address, kind=kind, type=type_, value=card[kind], is_primary=True, **mine)
        for kind, type_ in (("phone", mobile), ("email", "work"))
        if card[kind] and not any(part["kind"] == kind and part["is_primary"] for part in card.parts)
    ]
    card.parts = [*primary, *card.parts]
    return card.parts


def told(value: Any) -> Any:
    """A value as an event keeps it."""
    if isinstance(value, Row):
        return {"type": value.model.__record__, "n": value.n, "title": value.title}
    return json_value(value)


def _make_keys(row: Row) -> None:
    if row.model not in _SHOWN:
        return
    shown: Any = row.model(**{name: row.fields.get(name) for name in _SHOWN[row.model]})
    company = row.fields.get("company_id")
    if row.model in (Deal, Case, Document) and company is not None:
        shown.company = Company(name=company["name"])
    if row.model in (Company, Contact):
        shown.addresses = [Address(value=part["value"]) for part in row.parts if part.model is Address]
    if row.model is Offer:
        deal = row.fields["deal_id"]
        shown.deal = Deal(title=deal["title"], company=Company(name=deal["company_id"]["name"]))
    if row.model is Submission:
        shown.web_form = WebForm(name=row.fields["web_form_id"]["name"])
    if row.model is Handover:
        lead = row.fields["lead_id"]
        shown.lead = Lead(name=lead["name"], company_name=lead["company_name"])
        shown.to = row.fields["to_id"]
    if row.model is RoutingRule:
        shown.colleague = row.fields["colleague_id"]
    row.title = str(shown.title)
    if isinstance(shown, Record):
        shown.make_keys()
        row.fields.update(search_key=shown.search_key, sort_key=shown.sort_key)


def _image(row: Row) -> dict[str, Any]:
    return {
        column.name: _encoded(column, row.fields.get(column.name))
        for column in columns_of(row.model.__table__)
    }


def _encoded(column: Any, value: Any) -> Any:
    if isinstance(value, Row | InSpace):
        if not value.n:
            raise ValueError(f"{column} refers to a row that is not there yet")
        return value.n
    return encode(column, value)

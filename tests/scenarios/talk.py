"""The words the tests of scenarios speak: a small vocabulary, a world laid out from a file, plain fakes."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sandbox.scenarios import (
    Action,
    Binding,
    Do,
    Field,
    PlainVocabulary,
    PlainWorld,
    RecordKey,
    RecordType,
    Reference,
    Scenario,
    lay_out,
    load_scenario,
    resolve,
)

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 5, 5, 10, 0, tzinfo=ZoneInfo("Europe/Moscow"))  # a Tuesday
OUTCOMES = ("reached", "no_answer", "callback", "wrong_number")
STAGES = ("new", "qualification", "offer", "negotiation")


def fields(**kinds: str | Field) -> dict[str, Field]:
    """Fields by name, from their kinds."""
    return {name: kind if isinstance(kind, Field) else Field(name, kind) for name, kind in kinds.items()}


def choice(name: str, *codes: str, required: bool = False) -> Field:
    """A field that takes one of the codes."""
    return Field(name, "choice", choices=codes, required=required)


def to(name: str, *types: str) -> Field:
    """A field that leads to a record."""
    return Field(name, "reference", types=types)


STATUS = choice("status", "open", "won", "lost")
KIND = choice("kind", "task", "call", "meeting", "email", "note")
COMPANY = fields(
    name="text", inn="text", phone="phone", email="email", source=choice("source", "website", "call")
)
CONTACT = fields(
    first_name="text", last_name="text", phone="phone", email="email", company=to("company", "company")
)
LEAD = fields(
    name="text", company_name="text", phone="phone", email="email", budget="money", created="datetime"
)
DEAL = fields(
    title="text",
    company=to("company", "company"),
    contact=to("contact", "contact"),
    amount="money",
    stage=choice("stage", *STAGES),
    close_date="date",
    status=STATUS,
    owner=to("owner", "colleague"),
    open=Field("open", "bool", reads=("status",)),
)
ACTIVITY = fields(
    kind=KIND,
    subject="text",
    note="longtext",
    outcome=choice("outcome", *OUTCOMES),
    due="datetime",
    done="bool",
    open="bool",
    on=to("on", "deal", "lead", "company"),
    assignee=to("assignee", "colleague"),
)
TALKED_OF = ("deal", "lead", "company")

VOCABULARY = PlainVocabulary(
    types={
        "company": RecordType("company", {**COMPANY, "owner": to("owner", "colleague")}, "companies"),
        "contact": RecordType("contact", CONTACT, "contacts"),
        "lead": RecordType("lead", LEAD, "leads"),
        "deal": RecordType("deal", DEAL, "deals"),
        "activity": RecordType("activity", ACTIVITY, "activities"),
        "colleague": RecordType("colleague", fields(name="text"), "colleagues"),
    },
    actions={
        action.code: action
        for action in (
            Action(
                "call.log",
                "call.logged",
                fields(
                    outcome=choice("outcome", *OUTCOMES, required=True),
                    direction=choice("direction", "in", "out"),
                    note="longtext",
                ),
                TALKED_OF,
                "activity",
                {"kind": "call", "done": True, "open": False},
            ),
            Action(
                "task.set",
                "task.set",
                fields(subject=Field("subject", "text", required=True), due="datetime", kind=KIND),
                TALKED_OF,
                "activity",
                {"kind": "task", "done": False, "open": True},
            ),
            Action("deal.create", "deal.created", {**DEAL}, (), "deal", {"status": "open"}),
            Action("deal.move", "deal.moved", fields(stage=choice("stage", *STAGES)), ("deal",)),
            Action(
                "deal.edit",
                "deal.edited",
                fields(amount="money", company=to("company", "company")),
                ("deal",),
            ),
            Action(
                "deal.win",
                "deal.won",
                fields(amount="money", close_date="date"),
                ("deal",),
                refusals=frozenset({"not_open", "not_paid"}),
            ),
        )
    },
    roles=("sales-manager", "head-of-sales"),
    stages=STAGES,
    pages=("leads", "deals"),
    fakes=("company", "first_name", "last_name", "phone", "email"),
    labels={
        "en": {
            "call.log": "Log a call",
            "task.set": "Set a task",
            "deal": "Deal",
            "activity": "Activity",
            "activity.kind=task": "Task",
            "activity.done=no": "not done yet",
        },
        "ru": {
            "call.log": "Записать звонок",
            "task.set": "Поставить задачу",
            "deal": "Сделка",
            "company": "Компания",
            "activity.kind=task": "Задача",
            "activity.done=no": "ещё не выполнено",
            "activity.subject": "Что сделать",
            "activity.due": "Срок",
            "deal.amount": "Сумма",
            "deal.company": "Компания",
            "deal.stage": "Этап",
            "deal.stage=qualification": "Квалификация",
        },
    },
)


class Fakes:
    """Names with what names can bring: apostrophes, quotes, long Cyrillic words, е and ё."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def make(self, word: str) -> object:
        """A value for `fake:`."""
        made: Mapping[str, tuple[str, ...]] = {
            "company": ("O'Neill & Sons", "ООО «Ромашка»", "Northwind West", "Сверхдальнеперевозки Ёлкина"),
            "first_name": ("Anna", "Пётр", "D'Arcy"),
            "last_name": ("Smith", "Ковалёв", "O'Brien"),
            "phone": (f"+7912345{self.random.randint(1000, 9999)}",),
            "email": ("a@example.com",),
        }
        return self.random.choice(made[word])


def write(folder: Path, text: str, name: str = "sales/sample.yaml") -> Path:
    """A scenario file in a folder of its own."""
    path = folder / "scenarios" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> Scenario:
    """The scenario that a text says."""
    return load_scenario(write(folder, text), VOCABULARY, folder / "scenarios")


HEAD = """\
title: {en: Sample, ru: Пример}
area: sales
role: sales-manager
process: lead-to-deal
operation: sample
level: basic
minutes: 5
story: {en: A story., ru: Рассказ.}
"""


class Play:
    """A scenario being played on a plain world, through moves that do what the actions would."""

    def __init__(self, scenario: Scenario, seed: int = 1, language: str = "en") -> None:
        self.scenario, self.language = scenario, language
        self.world = PlainWorld(NOW)
        self.bindings: dict[str, Binding] = {"me": self._lay("colleague", {"name": "Tanya"})}
        for one in lay_out(scenario.given, Fakes(seed), Random(seed), NOW, language):
            values = {
                name: self.bindings[value.name].key if isinstance(value, Reference) else value
                for name, value in one.values.items()
            }
            self.bindings[one.name] = self._lay(one.type, values)

    def key(self, name: str) -> RecordKey:
        """The record behind a name."""
        return self.bindings[name].key

    def perform(self, move: Do, **instead: object) -> RecordKey | None:
        """Does what the move's action would; `instead` replaces values of it, `on` the record."""
        done = resolve(move, self.bindings, self.world, self.language)
        values = {**done.values, **{name: value for name, value in instead.items() if name != "on"}}
        on = instead.get("on", done.on)
        return self.act(done.action, on if isinstance(on, RecordKey) else None, values)

    def act(self, code: str, on: RecordKey | None = None, values: Mapping[str, object] | None = None, **more):
        """Performs an action of the vocabulary by its declaration."""
        action, values = VOCABULARY.actions[code], dict(values or {})
        if not action.makes:
            return self.world.act(code, action.event, on, values, sets=values, **more)
        made = {**action.fixed, **values, **({"on": on} if on else {})}
        made = {name: value for name, value in made.items() if name in VOCABULARY.types[action.makes].fields}
        return self.world.act(code, action.event, on, values, makes=(action.makes, made), **more)

    def walk(self, *steps: int) -> None:
        """Performs the moves of the steps, counted from 0."""
        for index in steps:
            for move in self.scenario.steps[index].do:
                if isinstance(move, Do):
                    self.perform(move)

    def _lay(self, type_: str, values: Mapping[str, object]) -> Binding:
        key = self.world.lay(type_, **values)
        return Binding(key.type, key.n, dict(values))

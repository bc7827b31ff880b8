"""What people write in a CRM: requests, notes of calls, tasks, by stage and outcome."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sandbox.seeding.chance import Chance

_FOLDER = Path(__file__).parent


@cache
def _stock(language: str, company: str) -> dict[str, Any]:
    """The sentences of a language, with those of a company when it has some."""
    stock = _read(_FOLDER / f"{language}.yaml")
    own = _FOLDER / f"{company}.yaml"
    return _joined(stock, _read(own)) if own.is_file() else stock


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    return read


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, dict):
        return {
            key: _joined(one[key], other[key])
            if key in one and key in other
            else one.get(key, other.get(key))
            for key in [*one, *(key for key in other if key not in one)]
        }
    return [*other, *one]


def _said(chance: Chance, *path: str, contact: str = "") -> str:
    found: Any = _stock(chance.language, chance.company.code)
    for word in path:
        found = found.get(word, {})
    return str(chance.pick(found)).replace("{contact}", contact) if found else ""


def request(chance: Chance) -> str:
    """What a lead asks for."""
    return _said(chance, "requests")


def call_note(chance: Chance, stage: str, outcome: str, contact: str) -> str:
    """What was said in a call at this stage; with an outcome of the kind `missed`, why nothing was."""
    entry = chance.company.entry("call_outcomes", outcome)
    if entry and entry.kind == "missed":
        return _said(chance, "missed", outcome) or _said(chance, "missed", "no-answer")
    return _said(chance, "calls", stage, outcome, contact=contact) or _said(
        chance, "calls", stage, "reached", contact=contact
    )


def task_subject(chance: Chance, stage: str) -> str:
    """What is to be done for a deal at this stage."""
    return _said(chance, "tasks", stage)


def task_result(chance: Chance) -> str:
    """How a finished task came out."""
    return _said(chance, "task_results")


def meeting(chance: Chance) -> tuple[str, str]:
    """The subject of a meeting and its result."""
    found = chance.pick(_stock(chance.language, chance.company.code)["meetings"])
    return found["subject"], found["result"]


def mail(chance: Chance, stage: str) -> tuple[str, str]:
    """The subject of an e-mail at this stage and a line about it."""
    found = chance.pick(_stock(chance.language, chance.company.code)["mails"][stage])
    return found["subject"], found["note"]


def note(chance: Chance) -> str:
    """What colleagues should know about a customer."""
    return _said(chance, "notes")


def next_step(chance: Chance, stage: str) -> str:
    """The next step of a deal at this stage; nothing for a closed one."""
    return _said(chance, "next_steps", stage)


def lost_note(chance: Chance, reason: str) -> str:
    """Why a deal was lost, in words; nothing when the stock has none for the reason."""
    return _said(chance, "lost", reason)


def reject_note(chance: Chance, reason: str) -> str:
    """Why a lead was rejected, in words; nothing when the stock has none for the reason."""
    return _said(chance, "rejected", reason)


def question(chance: Chance) -> str:
    """What one colleague asks another about a customer."""
    return _said(chance, "questions")


def colleague_note(chance: Chance) -> str:
    """What a colleague leaves on a record that is not theirs."""
    return _said(chance, "colleague_notes")


def case(chance: Chance, type_: str) -> dict[str, str]:
    """What a case of a type is about: subject, the customer's text, the answer, and what stays inside."""
    stock = _stock(chance.language, chance.company.code)["cases"]
    found: dict[str, str] = chance.pick(stock.get(type_) or stock[min(stock)])
    return found


def instructions(chance: Chance) -> list[dict[str, str]]:
    """The firm's instructions: name and text, in their order."""
    found: list[dict[str, str]] = _stock(chance.language, chance.company.code)["instructions"]
    return found

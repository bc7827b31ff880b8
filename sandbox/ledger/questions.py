"""How areas speak with each other without knowing each other: questions before a change, listeners on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.kernel.errors import Refused

Listener = Callable[..., None]


@dataclass(frozen=True)
class Reason:
    """One reason why not: a refusal's code and its sentence."""

    code: str
    message: object


class Question:
    """Something an area must ask of others: before a change, such as `may_win(deal)`, they say why not.

    A question that looks for something else than reasons, such as `waits_for(colleague)`, is only asked.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.answers: list[Callable[..., Iterable[Any]]] = []

    def answered_by(self, answer: Callable[..., Iterable[Any]]) -> None:
        """Add somebody who answers; only `wiring` calls this. Twice the same is once."""
        if answer not in self.answers:
            self.answers.append(answer)

    def ask(self, *subject: Any, **details: Any) -> list[Any]:
        """All reasons why not, or all that was found, in the order in which the answers are wired."""
        return [reason for answer in self.answers for reason in answer(*subject, **details)]

    def insist(self, *subject: Any, **details: Any) -> None:
        """Refuse with the first reason, if there is one."""
        for reason in self.ask(*subject, **details):
            raise Refused(reason.code, reason.message)


_during: dict[str, list[Listener]] = defaultdict(list)
_after: list[Listener] = []


def during(event: str, listener: Listener) -> None:
    """Run `listener(record, draft)` inside the action: its rows join the event, its fault fails it."""
    if listener not in _during[event]:
        _during[event].append(listener)


def after(listener: Listener) -> None:
    """Run `listener(event)` in a savepoint once the event is written: its fault never loses the work."""
    if listener not in _after:
        _after.append(listener)


def listeners_during(event: str) -> list[Listener]:
    """Who joins this event."""
    return _during.get(event, [])


def listeners_after() -> list[Listener]:
    """Who hears of every event once it is written."""
    return _after


_refusals: list[Listener] = []


def on_refusal(listener: Listener) -> None:
    """Run `listener(space, action, record, values, refusal)` after a refused action was rolled back."""
    if listener not in _refusals:
        _refusals.append(listener)


def hear_refusal(*refused: Any) -> None:
    """Tell those who keep refusals as evidence; each writes in a transaction of its own."""
    for listener in _refusals:
        listener(*refused)

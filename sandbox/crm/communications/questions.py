"""What communications ask of other areas; wiring says who answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.ledger import Question

# may_see.ask(colleague, record): reasons why a colleague may not open a record
may_see = Question("may_see")

# waits_for.ask(colleague): what else waits for a colleague, each a Queue, such as papers to approve
waits_for = Question("waits_for")


@dataclass(frozen=True)
class Queue:
    """One kind of thing that waits for a colleague: the rows of `model` that fit `clause`.

    As clauses all queues are counted in one query, and only one that is not empty is asked to `tell`.
    `covers` selects the ids of tasks that say the same. Both may depend on the job role and its company; for
    the colleague and the time they hold the places of `asking`, since the count is kept as a statement.
    """

    model: Any
    kind: str
    clause: Any
    tell: Callable[[], Iterable[Waiting]]
    covers: Any = None


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a colleague: `row` is what it is, `on` the record it is about.

    `kind` is one of `words.INBOX_KINDS`; `due` is when it should be done, `by` who asks for it.
    """

    kind: str
    row: Any
    on: Any
    title: str
    at: datetime
    text: str | None = None
    by: str | None = None
    due: datetime | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from everything else that waits: its table and its number."""
        return self.row.__table__.name, self.row.n

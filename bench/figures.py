"""The figures of a bench: times, queries and, as a ratio of the same run, what bounds them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event

LATEST = Path(__file__).parent / "latest.json"


@dataclass(frozen=True)
class Figure:
    """One thing measured; `ratio` compares it with its yardstick of the same run.

    `limit` bounds the ratio or, where there is none, the queries; None: a figure without a bound.
    """

    name: str
    p50_ms: float
    p95_ms: float
    queries: int | None = None
    ratio: float | None = None
    limit: float | None = None

    @property
    def holds(self) -> bool:
        """Whether it stays within its limit."""
        bounded = self.ratio if self.ratio is not None else self.queries
        return self.limit is None or bounded is None or bounded <= self.limit


def figure(
    name: str,
    work: Callable[[], Any],
    *,
    against: Callable[[], Any] | None = None,
    limit: float | None = None,
    rounds: int = 21,
    engine: Engine | None = None,
) -> Figure:
    """Measure `work`, turn about with its yardstick, so that a noisy moment hits both; one round warms up."""
    mine, theirs = [], []
    for turn in range(rounds + 1):
        took, yard = _seconds(work), _seconds(against) if against else 0.0
        if turn:
            mine.append(took)
            theirs.append(yard)
    counted = None
    if engine is not None:
        with counting(engine) as seen:
            work()
        counted = len(seen)
    ratio = round(median(mine) / median(theirs), 2) if against else None
    return Figure(name, _ms(median(mine)), _ms(quantiles(mine, n=20)[-1]), counted, ratio, limit)


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database in the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SET ", "SELECT set_config")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures as lines for a terminal; what is over its limit is marked."""
    yield f"{'':2}{'':44}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'ratio':>8}{'limit':>8}"
    for one in figures:
        mark = " " if one.holds else "✗"
        cells = (one.queries, one.ratio, one.limit)
        rest = "".join(
            f"{'' if cell is None else f'{cell:g}':>{width}}"
            for cell, width in zip(cells, (9, 8, 8), strict=True)
        )
        yield f"{mark} {one.name:<44}{one.p50_ms:>9.1f}{one.p95_ms:>9.1f}{rest}"


def write(figures: Iterable[Figure], path: Path = LATEST) -> None:
    """Keep the figures of this run, a list of objects."""
    path.write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n")


def _seconds(work: Callable[[], Any]) -> float:
    began = perf_counter()
    answer = work()
    took = perf_counter() - began
    if getattr(answer, "status_code", 200) not in (200, 303):
        raise RuntimeError(f"a page answered {answer.status_code}: what is measured must work")
    return took


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)

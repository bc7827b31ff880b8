"""The sums of the review: by stage, by owner and by month of closing, out of one question."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func
from sqlalchemy.orm import joinedload

from sandbox.crm.sales.attention import (
    FLAGS,
    UNDATED,
    flag_clause,
    month_clause,
    month_words,
)
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.pipelines import Pipeline, Stage
from sandbox.extensions import db
from sandbox.spaces import Colleague, every

NOTHING = Decimal(0)
SHOWN = 40


@dataclass
class Line:
    """Deals taken together: how many, what they are worth, weighted by stage, and how many ask for a hand."""

    count: int = 0
    amount: Decimal = NOTHING
    weighted: Decimal = NOTHING
    flags: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FLAGS, 0))

    def take(self, part: Part) -> None:
        """Add the deals of a part."""
        self.count += part.count
        self.amount += part.amount
        self.weighted += part.amount * part.probability / 100
        for flag, number in part.flags.items():
            self.flags[flag] += number


@dataclass(frozen=True)
class Part:
    """The deals of one owner in one stage that should close in one month."""

    stage_id: int
    probability: int
    owner_id: int | None
    month: str
    count: int
    amount: Decimal
    flags: dict[str, int]


@dataclass(frozen=True)
class Review:
    """The pipeline as it stands: the whole, and its lines by stage, by owner and by month."""

    whole: Line
    by_stage: list[tuple[Stage, Line]]
    by_owner: list[tuple[Colleague | None, Line]]
    by_month: list[tuple[str, str, Line]]


def review_of(pipeline: Pipeline) -> Review:
    """All open deals of a pipeline, added up three ways."""
    parts = _parts(pipeline)
    whole = Line()
    for part in parts:
        whole.take(part)
    stages = _added(parts, lambda part: part.stage_id)
    owners = _added(parts, lambda part: part.owner_id)
    months = _added(parts, lambda part: part.month)
    people = {one.id: one for one in db.session.scalars(every(Colleague).order_by(Colleague.name))}
    by_owner: list[tuple[Colleague | None, Line]] = [
        (one, owners[one.id]) for one in people.values() if one.id in owners
    ]
    if None in owners:
        by_owner.append((None, owners[None]))
    return Review(
        whole,
        [(stage, stages.get(stage.id, Line())) for stage in pipeline.open_stages],
        by_owner,
        [(code, words, months.get(code, Line())) for code, words in month_words()],
    )


def needing_a_hand(pipeline: Pipeline, flag: str) -> list[Deal]:
    """The open deals of which a flag is true, the largest first."""
    query = _open(pipeline).where(flag_clause(flag))
    query = query.options(joinedload(Deal.company), joinedload(Deal.owner), joinedload(Deal.stage))
    return list(db.session.scalars(query.order_by(Deal.amount.desc().nulls_last(), Deal.id).limit(SHOWN)))


def _parts(pipeline: Pipeline) -> list[Part]:
    codes = [code for code, _words in month_words()]
    month = case(*((month_clause(code), code) for code in codes), else_=UNDATED).label("month")
    flags = [func.sum(case((flag_clause(flag), 1), else_=0)) for flag in FLAGS]
    found = db.session.execute(
        _open(pipeline)
        .with_only_columns(
            Deal.stage_id,
            Stage.probability,
            Deal.owner_id,
            month,
            func.count(),
            func.sum(Deal.amount),
            *flags,
        )
        .group_by(Deal.stage_id, Stage.probability, Deal.owner_id, month)
    )
    return [
        Part(stage, share, owner, code, count, amount or NOTHING, dict(zip(FLAGS, numbers, strict=True)))
        for stage, share, owner, code, count, amount, *numbers in found
    ]


def _open(pipeline: Pipeline) -> Select[Any]:
    open_deals = every(Deal).join(Stage, Deal.stage_id == Stage.id)
    return open_deals.where(Stage.pipeline_id == pipeline.id, Stage.type == "open")


def _added(parts: list[Part], key: Callable[[Part], Hashable]) -> dict[Any, Line]:
    found: dict[Any, Line] = {}
    for part in parts:
        found.setdefault(key(part), Line()).take(part)
    return found

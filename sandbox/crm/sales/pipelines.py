"""The way of a deal as rows: pipelines, their stages, and how long a deal stood in each."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import get_locale
from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from sandbox.columns import Json, UtcDateTime
from sandbox.extensions import Base, db
from sandbox.spaces import InSpace, every, kept, ref
from sandbox.spaces.company import CompanyFile


class Pipeline(InSpace, Base):
    """The stages of a deal, in their order."""

    __tablename__ = "pipelines"

    code: Mapped[str] = mapped_column(String(60))
    titles: Mapped[dict[str, str]] = mapped_column(Json)
    position: Mapped[int] = mapped_column(Integer)
    stages: Mapped[list[Stage]] = relationship("Stage", back_populates="pipeline", order_by="Stage.position")

    @property
    def title(self) -> str:
        """The pipeline's name in the reader's language."""
        return _in_language(self.titles)

    @property
    def open_stages(self) -> list[Stage]:
        """The stages that a deal goes through before it is won or lost."""
        return [stage for stage in self.stages if stage.type == "open"]

    def stage_of(self, type_: str) -> Stage:
        """The first stage of a type: open, won or lost; a company file always has one."""
        return next(stage for stage in self.stages if stage.type == type_)


class Stage(InSpace, Base):
    """One stage: how probable a deal is there, and what must be filled in before it may go on."""

    __tablename__ = "stages"
    __table_args__ = (CheckConstraint("type IN ('open', 'won', 'lost')", name="type"),)

    pipeline_id: Mapped[int] = ref("pipelines.id", nullable=False)
    pipeline: Mapped[Pipeline] = relationship(Pipeline, back_populates="stages")
    code: Mapped[str] = mapped_column(String(60), index=True)
    titles: Mapped[dict[str, str]] = mapped_column(Json)
    position: Mapped[int] = mapped_column(Integer)
    probability: Mapped[int] = mapped_column(Integer)
    type: Mapped[str] = mapped_column(String(6))
    exit: Mapped[list[str]] = mapped_column(Json)
    may_skip: Mapped[bool]

    @property
    def title(self) -> str:
        """The stage's name in the reader's language."""
        return _in_language(self.titles)

    @property
    def is_open(self) -> bool:
        """Whether deals in it are still being worked on."""
        return self.type == "open"


class StageSpan(InSpace, Base):
    """A stretch of time that a deal spent in a stage; the last one is open-ended."""

    __tablename__ = "stage_spans"

    deal_id: Mapped[int] = ref("deals.id", nullable=False)
    stage_id: Mapped[int] = ref("stages.id", nullable=False)
    stage: Mapped[Stage] = relationship(Stage)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def make_pipelines(company: CompanyFile) -> list[Pipeline]:
    """Lay out the company's pipelines with their stages as rows; inside an action (seeding), flushes."""
    made = []
    for place, line in enumerate(company.pipelines):
        pipeline = Pipeline(code=line.code, titles=line.title.model_dump(), position=place)
        db.session.add(pipeline)
        db.session.flush()
        for number, stage in enumerate(line.stages):
            db.session.add(
                Stage(
                    pipeline=pipeline,
                    code=stage.code,
                    titles=stage.title.model_dump(),
                    position=number,
                    probability=int(stage.probability),
                    type=stage.type,
                    exit=list(stage.exit),
                    may_skip=company.may_skip(stage),
                )
            )
        db.session.flush()
        made.append(pipeline)
    return made


def first_pipeline() -> Pipeline:
    """The pipeline in which a deal begins unless another is chosen."""
    return db.session.scalars(every(Pipeline).order_by(Pipeline.position).limit(1)).one()


def all_pipelines() -> list[Pipeline]:
    """Every pipeline with its stages, in one query; while the list is held, no stage is asked for again."""
    return list(db.session.scalars(_with_stages()).unique())


@cache
def _with_stages() -> Any:
    return kept(every(Pipeline).options(joinedload(Pipeline.stages)).order_by(Pipeline.position))


def _in_language(titles: dict[str, str]) -> str:
    locale = get_locale()
    return titles.get(locale.language if locale else "en") or titles["en"]

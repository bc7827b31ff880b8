"""Questions to colleagues by `@name`: who is meant, and what has come of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.questions import may_see
from sandbox.crm.record import Stamped, stamp_new
from sandbox.extensions import Base, db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.spaces import Colleague, every, ref

# An @ inside a word belongs to an e-mail address.
_MARK = re.compile(r"(?<![\w.@])@(?=\w)")
_WORD = re.compile(r"[\w'’-]+(?: [\w'’-]+)?")


class Mention(Stamped, Base):
    """A colleague who was asked in a note; open until they answer or make a task of it."""

    __tablename__ = "mentions"
    __record__ = "mention"
    __derived__ = {
        "answered": ("bool", ("answered_at",)),
        "open": ("bool", ("answered_at", "task_id")),
    }

    activity_id: Mapped[int | None] = ref("activities.id", nullable=False)
    activity: Mapped[Activity] = relationship(Activity, foreign_keys=[activity_id])
    colleague_id: Mapped[int | None] = ref("colleagues.id", nullable=False)
    colleague: Mapped[Colleague] = relationship(Colleague, foreign_keys=[colleague_id])
    asked_by_id: Mapped[int | None] = ref("colleagues.id")
    asked_by: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[asked_by_id])
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_id: Mapped[int | None] = ref("activities.id")
    answer: Mapped[Activity | None] = relationship(Activity, foreign_keys=[answer_id])
    task_id: Mapped[int | None] = ref("activities.id")
    task: Mapped[Activity | None] = relationship(Activity, foreign_keys=[task_id])

    @property
    def title(self) -> str:
        """Who asked whom."""
        asker = self.asked_by.name if self.asked_by else _("The system")
        return _("%(asker)s asked %(colleague)s", asker=asker, colleague=self.colleague.name)

    @property
    def on(self) -> Any:
        """The record on which the question was asked."""
        return self.activity.on

    @property
    def answered(self) -> bool:
        """Whether the colleague has answered."""
        return self.answered_at is not None

    @property
    def is_open(self) -> bool:
        """Whether the question still waits: neither answered nor made a task."""
        return self.answered_at is None and self.task_id is None

    @property
    def open(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_open


def ask(colleagues: Iterable[Colleague], activity: Activity, by: Colleague, at: datetime) -> list[Mention]:
    """Ask each of the colleagues once; refused with `cannot_see` for one who may not open the record."""
    asked = []
    for colleague in dict.fromkeys(colleagues):
        if colleague.id == by.id:
            continue
        may_see.insist(colleague, activity.on)
        mention = Mention(activity=activity, colleague=colleague, asked_by=by)
        stamp_new(mention, by, at)
        db.session.add(mention)
        asked.append(mention)
    return asked


def named_in(text: str | None) -> list[Colleague]:
    """The colleagues whom a text names by `@`; refused with `nobody_named` when it names nobody known."""
    marks = list(_MARK.finditer(text or ""))
    if not marks or not text:
        return []
    people = list(db.session.scalars(every(Colleague).order_by(Colleague.id)))
    return [_meant(text[mark.end() :], people) for mark in marks]


def asks_colleague(text: str | None) -> Colleague | None:
    """The first colleague whom a text asks by `@`, if it asks one: such words are for colleagues."""
    marks = [fold(text[mark.end() :]) for mark in _MARK.finditer(text or "")] if text else []
    if not marks:
        return None
    people = list(db.session.scalars(every(Colleague).order_by(Colleague.id)))
    return next(
        (one for rest in marks for one in people for name in fold(one.name).split() if _begins(rest, name)),
        None,
    )


def _begins(rest: str, name: str) -> bool:
    return re.match(rf"{re.escape(name)}\b", rest) is not None


def _meant(rest: str, people: Sequence[Colleague]) -> Colleague:
    """Whom the words after an `@` mean: the whole name, else a given or a family name that one has."""
    written = _WORD.match(rest)
    words = written[0] if written else rest
    folded = fold(words)
    whole = [one for one in people if folded == fold(one.name) or folded.startswith(fold(one.name) + " ")]
    first = folded.split(" ")[0].rstrip(".,-")
    part = [one for one in people if first in fold(one.name).split(" ")]
    for found in (whole, part):
        if len(found) == 1:
            return found[0]
    if part:
        sentence = _(
            "Several colleagues are called %(name)s. Write the whole name.", name=words.split(" ")[0]
        )
        raise Refused("nobody_named", sentence)
    raise Refused(
        "nobody_named",
        _("There is no colleague called %(name)s. Choose the name in the list below the note.", name=words),
    )

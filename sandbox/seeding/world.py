"""The firm while its past is made up: who works there, what day it is, and when things happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.crm import Stage
from sandbox.crm.sales.pipelines import Pipeline
from sandbox.extensions import db
from sandbox.kernel.clock import working_day
from sandbox.seeding.chance import Chance
from sandbox.seeding.scribe import Scribe
from sandbox.spaces import Colleague, Space, every
from sandbox.spaces.company_parts import Volume

if TYPE_CHECKING:
    from sandbox.seeding.campaigning import CampaignBook
    from sandbox.seeding.forming import FormBook
    from sandbox.seeding.offering import OfferBook
    from sandbox.seeding.passing import PassBook

MINUTE = timedelta(minutes=1)


class World:
    """What every story needs to know of the space that is being filled."""

    offers: OfferBook
    campaigns: CampaignBook
    forms: FormBook
    passing: PassBook

    def __init__(self, space: Space) -> None:
        self.space = space
        self.company = space.company
        self.chance = Chance(f"{self.company.code}:{space.seed}", self.company)
        self.belongings = self.chance.beside("belongings")
        self.scribe = Scribe(space)
        self.now = space.clock_shown
        self.today = space.day
        self.zone = space.zone
        self.volume: Volume = self.company.volume(space.volume)
        self.colleagues = list(db.session.scalars(every(Colleague).order_by(Colleague.id)))
        self.pipeline = db.session.scalars(every(Pipeline).order_by(Pipeline.position).limit(1)).one()
        self.stages: list[Stage] = list(self.pipeline.stages)
        self.open_stages = [stage for stage in self.stages if stage.is_open]
        self.sellers = self.having("sell", but="lead") or self.having("sell") or self.colleagues
        self.heads = self.having("lead") or self.sellers
        self.told = 0  # activities so far

    def having(self, right: str, but: str = "") -> list[Colleague]:
        """The colleagues whose job role has a right, and not the other one."""
        rights = {one.id: self.company.rights(one.job_role) for one in self.colleagues}
        return [one for one in self.colleagues if right in rights[one.id] and but not in rights[one.id]]

    def trap(self, kind: str) -> int:
        """How often a trap is planted here: the file counts for a small space."""
        small = self.company.volume("small").companies
        counts = [trap.count for trap in self.company.traps if trap.kind == kind]
        return sum(counts) * max(1, self.volume.companies // max(1, small))

    def day(self, back: float) -> date:
        """The working day so many days ago."""
        return working_day(self.today - timedelta(days=int(back)))

    def ahead(self, days: int) -> date:
        """The working day in so many days."""
        return self.not_weekend(self.today + timedelta(days=days))

    def not_weekend(self, day: date) -> date:
        """`day` itself, or the Monday after it: nobody is given work for a Sunday."""
        return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day

    def seasonal(self, nearest: int, farthest: int) -> float:
        """How many days ago something began: more begins in the busy months of the firm."""
        places = [self.chance.random.uniform(nearest, farthest) for _ in range(4)]
        return self.chance.weighted(
            places, [float(self.company.season(self.day(one).month)) for one in places]
        )

    def moments(self, count: int, first: float, last: float) -> list[datetime]:
        """So many moments at work between `first` and `last` days ago, each later than the one before."""
        between = [self.chance.random.uniform(last, first) for _ in range(max(0, count - 2))]
        backs = sorted([first, *between, last], reverse=True)[:count]
        found: list[datetime] = []
        for moment in sorted(self._at_work(self.day(back)) for back in backs):
            found.append(max(moment, found[-1] + 3 * MINUTE) if found else moment)
        # what was pushed beyond this morning moves back again, in its order
        limit = self.now - 15 * MINUTE
        for place in range(len(found) - 1, -1, -1):
            found[place] = min(found[place], limit)
            limit = found[place] - MINUTE
        return found

    def _at_work(self, day: date) -> datetime:
        hours = self.company.working_hours
        begins = datetime.combine(day, hours.begins, self.zone)
        ends = datetime.combine(day, hours.ends, self.zone) - timedelta(minutes=30)
        ends = min(ends, self.now.astimezone(self.zone) - 20 * MINUTE)
        minutes = max(1, int((ends - begins) / MINUTE))
        return (begins + self.chance.number(0, minutes) * MINUTE).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """When work ends on a day: what is due on it is due by then."""
        return datetime.combine(day, self.company.working_hours.ends, self.zone).astimezone(UTC)

    def date_of(self, moment: datetime) -> date:
        """The day of a moment where the firm is."""
        return moment.astimezone(self.zone).date()

    def starts(self, day: date) -> datetime:
        """When a meeting on a day begins: at a full hour between eleven and four."""
        return datetime.combine(day, time(self.chance.number(11, 16)), self.zone).astimezone(UTC)

    def outcome(self, kind: str) -> str:
        """A result of a call of this kind: reached or missed."""
        entries = self.company.dictionaries.call_outcomes
        codes = [entry.code for entry in entries if entry.kind == kind] or [entries[0].code]
        return self.chance.weighted(codes, [1 / (1 + 2 * place) for place in range(len(codes))])

    def custom(self, record: str) -> dict[str, Any] | None:
        """Values for the firm's own fields of a record."""
        found: dict[str, Any] = {}
        for field in self.company.fields_of(record):
            if field.type == "number":
                low, high = field.between or (1, 100)
                found[field.code] = self.chance.number(int(low), int(high))
            elif field.type == "choice":
                found[field.code] = self.chance.pick([choice.code for choice in field.choices])
            elif field.type == "bool":
                found[field.code] = self.chance.happens(0.4)
            elif field.type == "date":
                found[field.code] = self.ahead(self.chance.number(5, 60)).isoformat()
        return found or None

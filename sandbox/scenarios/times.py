"""Words for time, always told from the space's own day."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from sandbox.scenarios.values import Moment, Span

_UNITS = "minute|hour|day|week|month"
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1, "now": 0}
_SPAN = re.compile(rf"(\d{{1,4}}) ({_UNITS})s?")
_MOMENT = re.compile(
    rf"(?P<day>today|tomorrow|yesterday|now)(?: at (?P<at1>\d\d?:\d\d))?"
    rf"|in (?P<ahead>\d{{1,4}} (?:{_UNITS})s?)(?: at (?P<at2>\d\d?:\d\d))?"
    rf"|(?P<back>\d{{1,4}} (?:{_UNITS})s?) ago(?: at (?P<at3>\d\d?:\d\d))?"
)
EXAMPLES = ("today", "tomorrow", "yesterday", "now", "in 3 days", "2 hours ago", "tomorrow at 15:00")


def read_span(words: str) -> Span | None:
    """`7 days` as a span, or None when it is not one."""
    found = _SPAN.fullmatch(" ".join(words.split()))
    return Span(int(found[1]), found[2]) if found else None


def read_moment(words: str) -> Moment | None:
    """`tomorrow`, `in 3 days`, `2 hours ago`, each also `at 15:00`; None when it is none of these."""
    words = " ".join(words.split())
    found = _MOMENT.fullmatch(words)
    if not found:
        return None
    clock = found["at1"] or found["at2"] or found["at3"]
    if clock and not _is_a_time(clock):
        return None
    if found["day"]:
        days = _DAYS[found["day"]]
        span = Span(abs(days), "day") if found["day"] != "now" else None
        return Moment(found["day"], span, -1 if days < 0 else 1, clock)
    return Moment(words, read_span(found["ahead"] or found["back"]), 1 if found["ahead"] else -1, clock)


def point(moment: Moment, now: datetime) -> datetime:
    """The exact time a moment means; a day without a time of day keeps the time of now."""
    result = shift(now, moment.span, moment.sign) if moment.span else now
    if moment.clock:
        hours, minutes = map(int, moment.clock.split(":"))
        result = datetime.combine(result.date(), time(hours, minutes), tzinfo=now.tzinfo)
    return result


def day_or_point(moment: Moment, now: datetime) -> date | datetime:
    """The day a moment means when it names no time of day; otherwise the exact time."""
    result = point(moment, now)
    return result.date() if moment.is_a_whole_day else result


def shift(start: datetime, span: Span, sign: int = 1) -> datetime:
    """A time a span later (or earlier); a month keeps the day of the month where the month has it."""
    amount = sign * span.amount
    if span.unit != "month":
        return start + timedelta(**{f"{span.unit}s": amount})
    months = start.year * 12 + start.month - 1 + amount
    year, month = divmod(months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))


def day_of(value: date | datetime, now: datetime) -> date:
    """The day of a date, or the day a time falls on in the company's zone."""
    return value.astimezone(now.tzinfo).date() if isinstance(value, datetime) else value


def _is_a_time(clock: str) -> bool:
    hours, minutes = map(int, clock.split(":"))
    return hours < 24 and minutes < 60

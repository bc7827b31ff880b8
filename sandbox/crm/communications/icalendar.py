"""Meetings as an iCalendar file (RFC 5545): folded lines, moments in UTC, a stable UID for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sandbox.crm.communications.models import Activity
from sandbox.spaces import current_space

MIME = "text/calendar; charset=utf-8"
_OCTETS = 75


def calendar_file(meetings: Iterable[Activity], name: str, host: str) -> str:
    """The file with these meetings; `host` is the address of its records, such as `https://crm.example`."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rehearsal//CRM//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        f"X-WR-TIMEZONE:{current_space().company.timezone}",
    ]
    for meeting in meetings:
        if meeting.due_at is not None:
            lines += _event(meeting, meeting.due_at, host)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def uid_of(meeting: Activity) -> str:
    """What stays the same for a meeting whatever becomes of it."""
    space = current_space()
    return f"meeting-{meeting.n}-{space.id}@{space.company.domain}"


def _event(meeting: Activity, starts: datetime, host: str) -> list[str]:
    on = meeting.on
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid_of(meeting)}",
        f"DTSTAMP:{_moment(meeting.changed_at)}",
        f"LAST-MODIFIED:{_moment(meeting.changed_at)}",
        f"SEQUENCE:{meeting.version}",
        f"DTSTART:{_moment(starts)}",
        f"DTEND:{_moment(meeting.ends_at or starts)}",
        f"SUMMARY:{_text(meeting.title)}",
        f"STATUS:{'CANCELLED' if meeting.cancelled else 'CONFIRMED'}",
    ]
    said = "\n".join(words for words in (on.title, meeting.note, meeting.result) if words)
    lines.append(f"DESCRIPTION:{_text(said)}")
    lines.append(f"URL:{host}/s/{current_space().id}/{on.__table__.name}/{on.n}")
    if meeting.assignee is not None:
        lines.append(f"ORGANIZER;CN={_parameter(meeting.assignee.name)}:mailto:{meeting.assignee.email}")
    if meeting.remind_at is not None and meeting.is_open:
        lines += _alarm(meeting, starts - meeting.remind_at)
    return [*lines, "END:VEVENT"]


def _alarm(meeting: Activity, before: timedelta) -> list[str]:
    minutes = max(0, int(before.total_seconds() // 60))
    title = _text(meeting.title)
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", f"TRIGGER:-PT{minutes}M", "END:VALARM"]


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """A text with what means something to the format escaped (RFC 5545, 3.3.11)."""
    clean = "".join(mark for mark in value.replace("\r\n", "\n") if mark == "\n" or mark.isprintable())
    for mark in ("\\", ";", ","):
        clean = clean.replace(mark, f"\\{mark}")
    return clean.replace("\n", "\\n")


def _parameter(value: str) -> str:
    """A parameter's value, quoted; it cannot hold a quote itself."""
    clean = "".join(mark for mark in value if mark.isprintable() and mark != '"')
    return f'"{clean}"'


def _folded(line: str) -> str:
    """A line of at most 75 octets, the rest on lines that begin with a space; no letter is cut in two."""
    pieces, piece, room = [], b"", _OCTETS
    for mark in line:
        octets = mark.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", _OCTETS - 1  # the leading space takes one
        piece += octets
    return "\r\n ".join(part.decode() for part in [*pieces, piece])

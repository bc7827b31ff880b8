"""vCards: contacts as other programs give and take them (RFC 6350, and 3.0 as most programs write it)."""

from __future__ import annotations

import quopri
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.crm.customers.models import Contact

COLUMNS = ["Last name", "First name", "Middle name", "Company", "Position", "Phone", "E-mail"]


def cards_of(text: str) -> tuple[list[str], list[list[str]]]:
    """The cards of a file as rows under columns that an import knows."""
    rows, card = [], None
    for line in _unfolded(text):
        name, params, value = _taken_apart(line)
        if name == "BEGIN":
            card = dict.fromkeys(COLUMNS, "")
        elif name == "END" and card is not None:
            rows.append([card[column] for column in COLUMNS])
            card = None
        elif card is not None:
            _take(card, name, _decoded(value, params))
    return COLUMNS, rows


def _take(card: dict[str, str], name: str, value: str) -> None:
    if name == "N":
        parts = [_plain(part) for part in _split(value)] + [""] * 3
        card["Last name"], card["First name"], card["Middle name"] = parts[:3]
    elif name == "FN" and not card["First name"]:
        card["First name"] = _plain(value)
    elif name == "ORG":
        card["Company"] = _plain(_split(value)[0])
    elif name == "TITLE":
        card["Position"] = _plain(value)
    elif name == "TEL" and not card["Phone"]:
        card["Phone"] = _plain(value).removeprefix("tel:")
    elif name == "EMAIL" and not card["E-mail"]:
        card["E-mail"] = _plain(value)


def written(contacts: Iterable[Contact]) -> str:
    """Contacts as vCards 3.0, the primary phone and e-mail first."""
    lines: list[str] = []
    for one in contacts:
        name = ";".join(
            _escaped(part) for part in (one.last_name, one.first_name, one.middle_name, None, None)
        )
        lines += ["BEGIN:VCARD", "VERSION:3.0", f"N:{name}", f"FN:{_escaped(one.title)}"]
        if one.company is not None:
            lines.append(f"ORG:{_escaped(one.company.name)}")
        if one.position:
            lines.append(f"TITLE:{_escaped(one.position)}")
        for address in sorted(one.addresses, key=lambda each: not each.is_primary):
            if address.is_masked or address.invalid:
                continue
            kind = "TEL" if address.kind == "phone" else "EMAIL"
            use = {"mobile": "CELL", "personal": "HOME"}.get(address.type, "WORK")
            preferred = ",PREF" if address.is_primary else ""
            lines.append(f"{kind};TYPE={use}{preferred}:{_escaped(address.value)}")
        lines.append("END:VCARD")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _unfolded(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if line[:1] in (" ", "\t") and lines:
            lines[-1] += line[1:]
        elif lines and lines[-1].endswith("=") and "QUOTED-PRINTABLE" in lines[-1].upper():
            lines[-1] = lines[-1][:-1] + line
        else:
            lines.append(line)
    return lines


def _folded(line: str) -> list[str]:
    """A line of at most 75 bytes, its rest in lines that begin with a space."""
    parts, part = [], ""
    for mark in line:
        if len((part + mark).encode()) > 74:
            parts.append(part)
            part = " "
        part += mark
    return [*parts, part]


def _taken_apart(line: str) -> tuple[str, str, str]:
    head, _colon, value = line.partition(":")
    name, _semicolon, params = head.partition(";")
    return name.rpartition(".")[2].upper(), params.upper(), value


def _decoded(value: str, params: str) -> str:
    if "QUOTED-PRINTABLE" in params:
        return quopri.decodestring(value.encode("ascii", "replace")).decode("utf-8", "replace")
    return value


def _split(value: str) -> list[str]:
    return value.replace("\\;", "\0").split(";")


def _plain(value: str) -> str:
    text = value.replace("\0", ";").replace("\\n", " ").replace("\\N", " ")
    return text.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\").strip()


def _escaped(value: str | None) -> str:
    text = (value or "").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r", "").replace("\n", "\\n")

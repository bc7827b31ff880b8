"""A file somebody brought, read into columns and rows; what is hostile or too large is refused."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.customers.importing.vcards import cards_of
from sandbox.kernel.errors import Refused

ENCODINGS = ("utf-8", "utf-16", "cp1251")
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
MOST_BYTES, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5 * 1024 * 1024, 5000, 60, 4000
MOST_UNPACKED, MOST_PARTS = 60 * 1024 * 1024, 500
_SAMPLE = 20


@dataclass(frozen=True)
class Sheet:
    """The rows of a file under their columns; `first_line` is the line of the first row in the file."""

    columns: list[str]
    rows: list[list[str]]
    encoding: str | None = None
    separator: str | None = None
    first_line: int = 2


def read(content: bytes, encoding: str | None = None, separator: str | None = None) -> Sheet:
    """Read a file by what it is; encoding and separator are detected unless they are given."""
    if len(content) > MOST_BYTES:
        raise Refused("file_too_large", _("The file is larger than 5 MB: split it into smaller ones."))
    if not content.strip():
        raise Refused("file_empty", _("The file is empty."))
    if content[:4] == b"PK\x03\x04":
        return _checked(*_workbook(content))
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused("old_workbook", _("This is an old XLS file: save it as XLSX or CSV and upload that."))
    used = encoding or detect_encoding(content)
    text = _decoded(content, used)
    if text.lstrip().upper().startswith("BEGIN:VCARD"):
        return _checked(*cards_of(text), encoding=used)
    name = separator or detect_separator(text)
    lines = list(_lines(text, SEPARATORS[name]))
    if not lines:
        raise Refused("file_empty", _("The file is empty."))
    return _checked(lines[0], lines[1:], encoding=used, separator=name)


def detect_encoding(content: bytes) -> str:
    """UTF-16 by its mark or its small bytes, UTF-8 where it is that, else the old Cyrillic one."""
    # in UTF-16 every second byte of Latin is 0 and of Cyrillic 4: no text has so many of these
    below = sum(byte < 9 for byte in content[:200])
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or below > len(content[:200]) // 4:
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def detect_separator(text: str) -> str:
    """The separator that cuts the first lines into the most columns, the same number in each."""

    def worth(name: str) -> tuple[float, int]:
        widths = [len(line) for line in _lines("\n".join(text.splitlines()[:_SAMPLE]), SEPARATORS[name])]
        if not widths or widths[0] < 2:
            return (0.0, 0)
        return (sum(width == widths[0] for width in widths) / len(widths), widths[0])

    return max(SEPARATORS, key=worth)


def _decoded(content: bytes, encoding: str) -> str:
    name = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        name = "utf-16-le" if content[1:2] < b"\x09" else "utf-16-be"
    try:
        return content.decode(name).replace("\x00", "")
    except (UnicodeDecodeError, LookupError):
        raise Refused(
            "bad_encoding", _("The file is not written in this encoding: choose another one.")
        ) from None


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell.strip() for cell in line):
                yield [cell.strip() for cell in line]
    except csv.Error:
        raise Refused(
            "not_a_table", _("The file cannot be read as a table: look for a stray quotation mark.")
        ) from None


def _workbook(content: bytes) -> tuple[list[str], list[list[str]]]:
    from openpyxl import load_workbook  # heavy: only for whoever brings a workbook

    _insist_on_harmless(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book.worksheets[0]
        rows: list[list[str]] = []
        for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
            cells = [_cell(value) for value in row]
            if any(cells):
                rows.append(cells)
            if len(rows) > MOST_ROWS + 1:
                break
    except Refused:
        raise
    except Exception:
        raise Refused("not_a_table", _("The workbook cannot be read: save it anew as XLSX or CSV.")) from None
    if not rows:
        raise Refused("file_empty", _("The file is empty."))
    width = max(len([cell for cell in rows[0] if cell]), 1)
    width = max((place + 1 for place, cell in enumerate(rows[0]) if cell), default=width)
    return rows[0][:width], [row[:width] for row in rows[1:]]


def _insist_on_harmless(content: bytes) -> None:
    """Refuse an archive that unpacks into far more than it is, before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise Refused("not_a_table", _("The workbook cannot be read: save it anew as XLSX or CSV.")) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("zip_bomb", _("The workbook unpacks into far too much: it is not read."))
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Refused("not_a_table", _("This archive is no workbook: upload XLSX, CSV or a vCard."))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _checked(columns: list[str], rows: list[list[str]], **told: Any) -> Sheet:
    if len(columns) > MOST_COLUMNS:
        raise Refused(
            "too_many_columns", _("The file has more than 60 columns: take out those you do not need.")
        )
    if len(rows) > MOST_ROWS:
        raise Refused("too_many_rows", _("The file has more than 5,000 rows: split it into smaller ones."))
    if not rows:
        raise Refused("file_empty", _("The file has a line of headings and no rows."))
    width = len(columns)
    even = [[cell[:LONGEST_CELL] for cell in (row + [""] * width)[:width]] for row in rows]
    named = [name[:80] or _("Column %(number)s", number=place + 1) for place, name in enumerate(columns)]
    return Sheet(named, even, **told)

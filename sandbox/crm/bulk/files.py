"""Records of a list as a file: the columns that are shown, a row for each record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from openpyxl import Workbook
from openpyxl.styles import Font

from sandbox.crm.columns import Column
from sandbox.crm.lists import Listed
from sandbox.crm.wording import language
from sandbox.extensions import db
from sandbox.spaces import BLOCK, current_space

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK = 500
_SEPARATORS = {"ru": ";"}
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def written(found: Listed, numbers: list[int] | None, format: str) -> bytes:
    """The list as a file; only the records with these numbers where some are given."""
    columns = [column for column in found.columns if column.key]
    heads = [str(_plain(column.label)) for column in columns]
    rows = _rows(found, columns, numbers)
    return _csv(heads, rows) if format == "csv" else _xlsx(heads, rows)


def _rows(found: Listed, columns: list[Column], numbers: list[int] | None) -> Iterator[list[Any]]:
    query = found.query_of_all.options(*(one.loads for one in columns if one.loads is not None))
    if numbers is not None:
        base = current_space().id * BLOCK
        query = query.where(found.model.id.in_([base + n for n in numbers]))
    begin = 0
    while True:
        found.rows = list(db.session.scalars(query.offset(begin).limit(CHUNK)))
        cells = [column.value or column.draws(found) for column in columns]
        yield from ([_plain(cell(row)) for cell in cells] for row in found.rows)
        if len(found.rows) < CHUNK:
            return
        begin += CHUNK
        db.session.expunge_all()


def _plain(value: Any) -> Any:
    """A value as a table program takes it: numbers and days as themselves, the rest as text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or isinstance(value, Decimal | int | float | date):
        return value
    return str(value.striptags() if isinstance(value, Markup) else value)


def _csv(heads: list[str], rows: Iterator[list[Any]]) -> bytes:
    out = io.StringIO()
    write = csv.writer(out, delimiter=_SEPARATORS.get(language(), ","), lineterminator="\r\n")
    write.writerow(heads)
    for row in rows:
        write.writerow([_typed(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def _typed(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal | float) and language() == "ru":
        return str(cell).replace(".", ",")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y") if language() == "ru" else cell.isoformat()
    # a table program would take a text that begins so for a formula
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else str(cell)


def _xlsx(heads: list[str], rows: Iterator[list[Any]]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if cell.data_type == "f":  # what begins with "=" is a text here
                cell.data_type = "s"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

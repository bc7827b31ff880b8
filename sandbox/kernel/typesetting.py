"""Sheets of paper: what stands on one as plain data, and the same as a PDF or as images of its pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst

SOURCE = Path(__file__).with_name("sheet.typ")
TITLE, HEADING, TEXT, TABLE, SUMS, SIGNS = "title", "heading", "text", "table", "sums", "signs"
# A page of 210 mm at this many dots an inch is about 1,150 dots wide: sharp at twice its usual size.
PPI = 140


@dataclass(frozen=True)
class Block:
    """One thing on a sheet: a text of a style, or rows of cells; of a table the first row is its head."""

    style: str
    text: str = ""
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Sheet:
    """A paper: its language, what stands over it and under each page, and its blocks one under another."""

    language: str
    title: str
    head: Sequence[str]
    blocks: Sequence[Block]
    footer: str = ""
    note: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def as_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF file with its fonts inside."""
    made: bytes = typst.compile(_source(), sys_inputs=_given(sheet), format="pdf")
    return made


def as_pages(sheet: Sheet) -> list[bytes]:
    """The sheet as PNG images, one for each page."""
    made = typst.compile(_source(), sys_inputs=_given(sheet), format="png", ppi=PPI)
    return [made] if isinstance(made, bytes) else list(made)


def _source() -> bytes:
    return SOURCE.read_bytes()


def _given(sheet: Sheet) -> dict[str, str]:
    # data, never markup: nothing that somebody typed is read as an instruction
    return {"sheet": json.dumps(asdict(sheet), ensure_ascii=False)}

"""A version of a paper as a sheet that can be printed: from the template and its details, or from a DOCX."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.table import Table
from flask_babel import force_locale
from flask_babel import gettext as _

from sandbox.crm.documents.models import DOCX, GENERATED, Version
from sandbox.crm.documents.writing import HEADING, LINES, TITLE, environment
from sandbox.crm.letterhead import letterhead
from sandbox.kernel.typesetting import HEADING as HEADING_BLOCK
from sandbox.kernel.typesetting import TABLE, TEXT, Block, Sheet
from sandbox.kernel.typesetting import TITLE as TITLE_BLOCK
from sandbox.spaces import current_space

MOST_BLOCKS = 3000
SET = (GENERATED, DOCX)
"""The forms of version that are set as sheets; a PDF has its pages already."""


def sheet_of(version: Version, content: bytes | None) -> Sheet:
    """A generated version on the firm's letterhead, or text and tables of an uploaded DOCX (`content`)."""
    company = current_space().company
    document = version.document
    with force_locale(company.language):
        footer = _("%(document)s, version %(n)s", document=document.title, n=version.number)
        head = letterhead(company) if version.form == GENERATED else []
    blocks = _of_template(version) if content is None else _of_docx(content)
    return Sheet(company.language, document.title, head, list(blocks)[:MOST_BLOCKS], footer)


def _of_template(version: Version) -> Iterator[Block]:
    said, details = version.document.said, version.filled or {}
    template = said.template if said is not None and said.template is not None else version.text or ""
    write = environment(escaping=False)
    for line in template.strip().splitlines():
        if line.strip() == LINES:
            yield Block(TABLE, rows=[tuple(row) for row in details.get("lines") or []])
            continue
        text = write.from_string(line).render({**details, "lines": ""}).strip()
        if text.startswith(HEADING):
            yield Block(HEADING_BLOCK, text.removeprefix(HEADING))
        elif text.startswith(TITLE):
            yield Block(TITLE_BLOCK, text.removeprefix(TITLE))
        elif text:
            yield Block(TEXT, text)


def _of_docx(content: bytes) -> Iterator[Block]:
    """Paragraphs, headings and tables; pictures and fonts stay in the file itself."""
    for block in docx.Document(BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in block.rows]
            widest = max((len(row) for row in rows), default=0)
            if widest:
                yield Block(TABLE, rows=[(*row, *[""] * (widest - len(row))) for row in rows])
            continue
        text = block.text.strip()
        style = str(getattr(block.style, "name", "") or "")
        if text and style == "Title":
            yield Block(TITLE_BLOCK, text)
        elif text:
            yield Block(HEADING_BLOCK if style.startswith("Heading") else TEXT, text)

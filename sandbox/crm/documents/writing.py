"""From a template and the details to a text, and from the same to a DOCX file.

A template has one paragraph a line; `#` begins the title and `##` a heading. A text that was written keeps
these marks, so that a page can draw it and two versions can be compared paragraph by paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

LINES = "{{ lines }}"
TITLE, HEADING = "# ", "## "


def environment(*, escaping: bool) -> ImmutableSandboxedEnvironment:
    """Where templates are filled: they may name details and nothing else; XML is escaped in a file."""
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=escaping)


def written(template: str, details: Mapping[str, Any]) -> str:
    """The template as a text with every detail in its place."""
    lines = list(details.get("lines") or [])
    told = "\n".join(" · ".join(str(cell) for cell in row) for row in lines)
    return environment(escaping=False).from_string(template).render({**details, "lines": told}).strip()


def as_docx(template: str, details: Mapping[str, Any]) -> bytes:
    """The same as a DOCX file; lines stand in a table."""
    filled = DocxTemplate(BytesIO(template_docx(template)))
    filled.render({**details}, jinja_env=environment(escaping=True), autoescape=True)
    made = BytesIO()
    filled.save(made)
    return made.getvalue()


@lru_cache(maxsize=64)
def template_docx(template: str) -> bytes:
    """A template as a DOCX file with its placeholders, as docxtpl fills it."""
    paper = docx.Document()
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    for line in template.strip().splitlines():
        if line.strip() == LINES:
            _table(paper)
        elif line.startswith(HEADING):
            paper.add_heading(line.removeprefix(HEADING), level=1)
        elif line.startswith(TITLE):
            paper.add_heading(line.removeprefix(TITLE), level=0)
        else:
            paper.add_paragraph(line)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def _table(paper: Any) -> None:
    """A table with a row for each line: what, how many, at which price, for how much."""
    table = paper.add_table(rows=3, cols=4, style="Table Grid")
    table.rows[0].cells[0].text = "{%tr for row in lines %}"
    for place, cell in enumerate(table.rows[1].cells):
        cell.text = f"{{{{ row[{place}] }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"

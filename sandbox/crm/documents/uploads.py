"""Files that people upload: what they really are, and the text in them."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from flask_babel import gettext as _

from sandbox.crm.documents.models import DOCX, PDF
from sandbox.crm.documents.writing import HEADING, TITLE
from sandbox.kernel.errors import Refused
from sandbox.kernel.uploads import Upload

ENDINGS = (DOCX, PDF)
MEDIA = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PDF: "application/pdf",
}
# A file of 5 MB must not unfold into more than this, nor hold more parts.
MOST_UNFOLDED, MOST_PARTS = 60 * 1024 * 1024, 2000
LONGEST_TEXT = 200_000


def read_upload(upload: Upload) -> tuple[str, str | None]:
    """What kind of file it is, and its text (None where it has none to read); Refused with `bad_file`."""
    if upload.content.startswith(b"%PDF-"):
        _insist_on_name(upload, PDF)
        return PDF, None
    if upload.content.startswith(b"PK\x03\x04"):
        _insist_on_name(upload, DOCX)
        return DOCX, _text_of_docx(upload.content)
    raise Refused("bad_file", _("This is neither a Word document nor a PDF, whatever its name says."))


def _insist_on_name(upload: Upload, kind: str) -> None:
    if not upload.name.casefold().endswith(f".{kind}"):
        raise Refused(
            "bad_file", _("The name of the file says one thing and its content another. Save it anew.")
        )


def _text_of_docx(content: bytes) -> str:
    broken = Refused(
        "bad_file", _("This Word document cannot be read. Open it, save it anew as DOCX, and try again.")
    )
    try:
        with ZipFile(BytesIO(content)) as parts:
            held = parts.infolist()
            if len(held) > MOST_PARTS or sum(part.file_size for part in held) > MOST_UNFOLDED:
                raise Refused(
                    "bad_file", _("This file unfolds into too much. Save it anew without pictures.")
                )
            names = {part.filename for part in held}
        if any(name.casefold().endswith("vbaproject.bin") for name in names):
            raise Refused("bad_file", _("This file holds macros. Save it as a plain DOCX."))
        paper = docx.Document(BytesIO(content))
        lines = [_line(block) for block in paper.iter_inner_content()]
    except (
        BadZipFile,
        PackageNotFoundError,
        SyntaxError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        raise broken from None
    return "\n".join(line for line in lines if line.strip())[:LONGEST_TEXT]


def _line(block: object) -> str:
    if isinstance(block, Table):
        rows = (" · ".join(" ".join(cell.text.split()) for cell in row.cells) for row in block.rows)
        return "\n".join(rows)
    text = " ".join(str(getattr(block, "text", "")).split())
    style = str(getattr(getattr(block, "style", None), "name", "") or "")
    if not text:
        return ""
    if style == "Title":
        return TITLE + text
    return HEADING + text if style.startswith("Heading") else text

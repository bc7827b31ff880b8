"""The pages of a version as images, and a version that was written here as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sandbox.crm.documents.files import file_of
from sandbox.crm.documents.models import DOCX, GENERATED, Version
from sandbox.crm.documents.sheets import sheet_of
from sandbox.kernel import pdf_pages
from sandbox.kernel.errors import NotFound
from sandbox.kernel.typesetting import as_pages, as_pdf
from sandbox.spaces import current_space
from sandbox.version import __version__
from sandbox.web.page_images import count_of, key_of, page_image


@dataclass(frozen=True)
class Preview:
    """How a version is looked at: so many pages; none where it cannot be drawn. `simplified`: text only."""

    version: Version
    count: int
    simplified: bool = False


def preview_of(version: Version) -> Preview:
    """The pages of a version, drawn where nobody has looked at them yet."""
    try:
        count = count_of(_key(version), lambda: _drawn(version))
    except (pdf_pages.Unreadable, NotFound, ValueError, RuntimeError):
        count = 0
    return Preview(version, count, simplified=version.form == DOCX)


def page_of(version: Version, number: int) -> Path:
    """The file of a page, from 1; NotFound where there is none."""
    preview_of(version)
    found = page_image(_key(version), number)
    if found is None:
        raise NotFound(f"page {number}")
    return found


def pdf_of(version: Version) -> tuple[str, bytes]:
    """A version as a PDF with the name of its file: written here, or uploaded as one; NotFound for a DOCX."""
    if version.form == DOCX:
        raise NotFound("a PDF of it")
    name, _media, content = file_of(version)
    if version.form != GENERATED:
        return name, content
    return name.removesuffix(".docx") + ".pdf", as_pdf(sheet_of(version, None))


def _drawn(version: Version) -> list[bytes]:
    if version.form == GENERATED:
        return as_pages(sheet_of(version, None))
    _name, _media, content = file_of(version)
    return as_pages(sheet_of(version, content)) if version.form == DOCX else pdf_pages.images_of(content)


def _key(version: Version) -> str:
    """A version never changes; what draws it may, from one release to the next."""
    if version.digest is not None and version.form != DOCX:
        return key_of(__version__, version.digest)
    space = current_space()
    title = version.document.title
    return key_of(
        __version__, space.recipe_digest, title, str(version.number), version.text or "", version.digest or ""
    )

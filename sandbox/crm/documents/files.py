"""A version as a file."""

from __future__ import annotations

import re

from sandbox.crm.documents.models import DOCX, GENERATED, StoredFile, Version
from sandbox.crm.documents.uploads import MEDIA
from sandbox.crm.documents.writing import as_docx
from sandbox.extensions import db
from sandbox.kernel.errors import NotFound

_UNSAFE = re.compile(r"[^\w.-]+")


def file_of(version: Version) -> tuple[str, str, bytes]:
    """Its name, media type and bytes; NotFound where the bytes are gone."""
    if version.form == GENERATED:
        said = version.document.said
        if said is None or said.template is None:
            raise NotFound("the template")
        stem = _UNSAFE.sub("-", f"{version.document.number}-v{version.number}").strip("-")
        return f"{stem}.docx", MEDIA[DOCX], as_docx(said.template, version.filled or {})
    kept = db.session.get(StoredFile, version.digest)
    if kept is None:
        raise NotFound(f"file {version.digest}")
    return version.file_name or "document", MEDIA[version.form], kept.content

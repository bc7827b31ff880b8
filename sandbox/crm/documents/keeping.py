"""Files that people uploaded go with the last space that holds a version of them."""

from __future__ import annotations

from sqlalchemy import delete, exists, select

from sandbox.crm.documents.models import StoredFile, Version
from sandbox.spaces import across
from sandbox.web.unit_of_work import unit_of_work


def forget_files() -> int:
    """Throw away the bytes that no version of any space refers to; returns how many files went."""
    with across("documents: files that no space holds any more"), unit_of_work() as session:
        held = exists(select(Version.id).where(Version.digest == StoredFile.digest))
        gone = list(session.scalars(select(StoredFile.digest).where(~held)))
        for digest in gone:
            session.execute(delete(StoredFile).where(StoredFile.digest == digest))
        return len(gone)

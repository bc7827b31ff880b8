"""Numbers of papers: by the rule of their type, without gaps and never twice."""

from __future__ import annotations

from sqlalchemy import func, select

from sandbox.crm.documents.models import Document
from sandbox.extensions import db
from sandbox.spaces.company_documents import DocumentType


def take_number(document: Document, said: DocumentType) -> None:
    """Give the paper the next number of its type; whoever writes in a space does so alone, so it is free."""
    year = document.date.year if said.by_year else 0
    last = db.session.scalar(
        select(func.max(Document.serial)).where(Document.type == said.code, Document.year == year)
    )
    document.year, document.serial = year, (last or 0) + 1
    document.number = said.numbered(document.serial, document.date.year)

"""Which kinds of record a job role opens: what the company file closes stays closed, on every way in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from sandbox.kernel.errors import Refused
from sandbox.ledger import registry
from sandbox.ledger.questions import Reason
from sandbox.spaces import Colleague, InSpace, Space, current_space


def closed_to(job_role: str) -> frozenset[str]:
    """The words of the kinds of record that a job role does not open."""
    role = current_space().company.role(job_role)
    return frozenset(role.closed) if role else frozenset()


def is_closed(model: type[InSpace]) -> bool:
    """Whether whoever is played here works without a kind of record; nobody does where nobody is played."""
    colleague = g.get("colleague")
    return colleague is not None and model.__record__ in closed_to(colleague.job_role)


def job_role_opens(colleague: Colleague, record: Any) -> Iterator[Reason]:
    """Why a colleague may not open a record: their job role works without this kind."""
    if record.__record__ in closed_to(colleague.job_role):
        yield Reason(
            "cannot_see",
            _(
                "%(colleague)s may not open this record, and would not see the question. "
                "Ask somebody whose job role works with it.",
                colleague=colleague.name,
            ),
        )


def insist_on_sight(_space: Space) -> None:
    """Refuse the pages of a kind of record that the colleague's job role does not open."""
    colleague = g.get("colleague")
    table = str(request.path).partition("/s/")[2].split("/")[1:2]
    closed = closed_to(colleague.job_role) if colleague is not None and table else frozenset()
    if closed and (model := registry.tables().get(table[0])) is not None and model.__record__ in closed:
        raise Refused(
            "closed_kind", _("Your job role works without these records. Ask a colleague who has them.")
        )

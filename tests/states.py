"""What a test finds in its database: states made once a session, copied for each test that names one.

`@pytest.mark.state("…")` names it; a test that asks for the cast starts with it, any other with empty tables.
A state is a function that adds to its parent's rows, in an app context; add one where many tests would
otherwise spend their time on laying out the same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sandbox.seeding.templates import template_for
from tests.cast import make_cast
from tests.database import EMPTY


class State(NamedTuple):
    """What a state stands on, and what it adds."""

    parent: str
    fill: Callable[[], object]


def open_company() -> None:
    """Lay out today's template of the English company: free practice and attempts are clones of it."""
    template_for("office-supply")


def open_companies() -> None:
    """Lay out today's templates of both companies, for those who clone many spaces of each."""
    for code in ("office-supply", "fuel-cards"):
        template_for(code)


STATES = {
    "cast": State(EMPTY, make_cast),
    "company": State("cast", open_company),
    "companies": State(EMPTY, open_companies),
}

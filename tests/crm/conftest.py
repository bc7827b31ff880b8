"""A desk in a fresh space of each shipped company."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.spaces import inside
from tests.factories.crm import Desk, make_space


@pytest.fixture
def desk(app: Any) -> Iterator[Desk]:
    """A sales manager of the office supply firm, at work."""
    yield from _at("office-supply", app)


@pytest.fixture
def russian_desk(app: Any) -> Iterator[Desk]:
    """A sales manager of the fuel card firm, at work."""
    yield from _at("fuel-cards", app)


def _at(company: str, app: Any) -> Iterator[Desk]:
    with app.test_request_context("/"):
        space = make_space(company)
        with inside(space):
            yield Desk(space)

"""The pictures of the documentation: the pages they show are found by the ways that stand on the screen."""

from __future__ import annotations

import pytest

from sandbox.play.cli import TAKERS
from tests.browser.conftest import NewPage

pytestmark = pytest.mark.state("company")

SHOWN = {
    "tanya": ["home", "deal", "board"],
    "oleg": ["inbox", "offer", "document", "campaign"],
    "vera": ["desk"],
    "boris": ["readiness"],
}


@pytest.mark.parametrize("who", TAKERS)
def test_every_page_that_is_shown_is_found(new_page: NewPage, who: str) -> None:
    assert [name for name, _height in TAKERS[who](new_page(who))] == SHOWN[who]

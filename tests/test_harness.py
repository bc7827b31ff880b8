"""The fixtures themselves: a page with a fault is seen, a test starts on its own data."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from sandbox.extensions import db
from sandbox.people.models import Person
from tests.cast import Cast
from tests.conftest import SignIn
from tests.factories.people import make_person
from tests.pages import faults_of_page

GOOD = """<html lang="en"><head><title>Deals</title></head><body><h1>Deals</h1>
<label for="q">Search</label><input id="q" name="q"><button>Find</button></body></html>"""


def test_a_good_page_has_no_faults() -> None:
    assert faults_of_page(BeautifulSoup(GOOD, "html.parser")) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("<title>Deals</title>", "<title> </title>", "no title"),
        (' lang="en"', "", "language"),
        ("<h1>Deals</h1>", "", "0 first headings"),
        ("<h1>Deals</h1>", "<h1>A</h1><h1>B</h1>", "2 first headings"),
        ("<h1>", '<h1 id="q">', "'q' is there 2 times"),
        ('<label for="q">Search</label>', "", "no label"),
        ("<button>Find</button>", "<button><svg></svg></button>", "no words"),
    ],
)
def test_a_fault_of_a_page_is_found(right: str, wrong: str, fault: str) -> None:
    faults = faults_of_page(BeautifulSoup(GOOD.replace(right, wrong), "html.parser"))
    assert any(fault in found for found in faults), faults


@pytest.mark.both_databases
@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_the_next_does_not_find(
    turn: int, db_session: object, database_kind: str
) -> None:
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
    make_person()
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1


@pytest.mark.both_databases
def test_the_cast_is_there_for_a_test_that_asks(cast: Cast, database_kind: str) -> None:
    assert cast.tanya.name == "Tanya Belova"


def test_two_clients_are_two_people_even_inside_a_context(sign_in: SignIn, db_session: object) -> None:
    tanya, vera = sign_in("tanya"), sign_in("vera")
    for _turn in range(2):
        assert "Tanya" in tanya.get("/settings", follow_redirects=True).text
        assert "Vera" in vera.get("/settings", follow_redirects=True).text

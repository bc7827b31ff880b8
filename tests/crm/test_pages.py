"""The pages of the practice CRM as a person reads them: lists, records, board, tasks and search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import event

from sandbox.extensions import db
from sandbox.ledger import undo
from sandbox.spaces import Casting, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, make_space

MOST_QUERIES = 10
LISTS = ("deals", "leads", "companies", "contacts", "activities")
Look = Callable[..., BeautifulSoup]


@pytest.fixture
def desk(app: Any, cast: Any) -> Iterator[Desk]:
    """Tanya's own space, where she plays a sales manager."""
    with app.test_request_context("/"):
        space = make_space("office-supply", kind="free")
        with unit_of_work():
            db.session.refresh(space)
            space.person_id = cast.tanya.id
        with inside(space):
            desk = Desk(space)
            me, tanya = desk.me.n, cast.tanya.id
            with unit_of_work() as session:
                session.add(Casting(space_id=space.id, person_id=tanya, colleague_n=me))
            yield desk


@pytest.fixture
def look(desk: Desk, visit: Any, sign_in: Any) -> Look:
    """A page of Tanya's space: `look("deals?q=paper")`."""
    tanya, space = sign_in("tanya"), desk.space.id

    def looked(end: str, status: int = 200, **options: Any) -> BeautifulSoup:
        return visit(f"/s/{space}/{end}", by=tanya, status=status, **options)

    return looked


def opened(page: BeautifulSoup) -> list[str]:
    """The keys of the records that the page's body links to, in order."""
    main = page.find(id="main")
    assert main is not None
    return [str(link["data-open"]) for link in main.select("[data-open]")]


def words(page: Tag) -> str:
    """The text of the page in one line."""
    return " ".join(page.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split())


def fill(desk: Desk, count: int) -> None:
    """Companies with a contact, a deal, a lead and a task each."""
    for number in range(count):
        company = desk.company(f"Maple Dental {number}")
        contact = desk.contact("Anna", f"Lee {number}", company=company)
        deal = desk.deal(f"Paper {number}", company=company, contact=contact, amount=Decimal(100))
        desk.lead(f"Mark Hill {number}")
        desk.do(
            "task.set", deal, subject=f"Call {number}", due=desk.space.today() + timedelta(days=number % 3)
        )


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_page_asks_the_database_as_often_for_thirty_rows_as_for_three(
    kind: str, desk: Desk, look: Look, app: Any
) -> None:
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement) if statement.lstrip().upper().startswith("SELECT") else None

    event.listen(db.engine, "before_cursor_execute", count)
    fill(desk, 3)
    asked.clear()
    look(kind)
    few = len(asked)
    fill(desk, 27)
    asked.clear()
    look(kind)
    assert len(asked) == few <= MOST_QUERIES, "\n".join(asked)


@pytest.mark.both_databases
def test_a_list_shows_twenty_five_rows_and_the_rest_on_the_next_page(desk: Desk, look: Look) -> None:
    for number in range(27):
        desk.deal(f"Paper {number}", amount=Decimal(10))
    first, second = look("deals"), look("deals?page=2")
    assert len(opened(first)) == 25 and len(opened(second)) == 2
    assert not set(opened(first)) & set(opened(second))
    assert "1–25 of 27" in words(first)
    assert "27 deals, $270" in words(first) and "27 deals, $270" in words(second)


def test_a_page_beyond_the_last_is_the_last(desk: Desk, look: Look) -> None:
    deal = desk.deal()
    assert opened(look("deals?page=99")) == [deal.key]


@pytest.mark.both_databases
def test_deals_are_filtered_by_several_stages_and_by_owner(desk: Desk, look: Look) -> None:
    mine = desk.deal("Mine", stage=desk.stage("new"))
    desk.role = "head-of-sales"
    other = desk.deal("Other", stage=desk.stage("offer"))
    assert set(opened(look("deals?stage=new&stage=offer"))) == {mine.key, other.key}
    assert opened(look("deals?stage=offer")) == [other.key]
    assert opened(look("deals?owner=me")) == [mine.key]
    assert len(opened(look("deals?stage=nonsense&owner=nobody&sort=nonsense&page=x"))) == 2


@pytest.mark.both_databases
def test_deals_are_sorted_by_amount_with_those_without_one_last(desk: Desk, look: Look) -> None:
    small, none, large = (desk.deal(f"Deal {n}", amount=n and Decimal(n)) for n in (5, None, 90))
    assert opened(look("deals?sort=-amount")) == [large.key, small.key, none.key]
    assert opened(look("deals?sort=amount")) == [small.key, large.key, none.key]


def test_a_close_date_that_has_passed_stands_in_red_and_nothing_else_does(desk: Desk, look: Look) -> None:
    late = desk.deal("Late", close_date=desk.space.today() - timedelta(days=1))
    desk.deal("In time", close_date=desk.space.today())
    page = look("deals")
    marked = page.select("#main tbody .is-bad")
    assert [words(one) for one in marked] == ["17 Mar"]
    assert marked[0].find("svg") and marked[0].find_parent("tr")["id"] == late.key  # type: ignore[index]
    assert "<" not in words(page.select_one("#main tbody"))  # type: ignore[arg-type]


def test_an_empty_list_offers_to_make_the_first_record(look: Look) -> None:
    page = look("leads")
    assert page.select_one('#main .empty [data-action="lead.create"]')


def test_a_list_where_nothing_matches_offers_to_take_the_filters_off(desk: Desk, look: Look) -> None:
    desk.lead("Anna Lee")
    page = look("leads?q=zzz")
    link = page.select_one("#main .empty a")
    assert link is not None and str(link["href"]).endswith("/leads")


def test_a_list_says_what_is_next_with_the_earliest_open_activity(desk: Desk, look: Look) -> None:
    deal, bare = desk.deal("Planned"), desk.deal("Bare")
    desk.do("task.set", deal, subject="Later", due=desk.space.today() + timedelta(days=5), kind="call")
    desk.do("task.set", deal, subject="Sooner", due=desk.space.today())
    text = words(look("deals"))
    assert "Task today" in text and "nothing planned" in text
    assert {deal.key, bare.key} == set(opened(look("deals")))


def test_a_deals_page_tells_what_happened_what_is_next_and_what_can_be_done(desk: Desk, look: Look) -> None:
    company = desk.company()
    deal = desk.deal("Paper for a year", company=company, amount=Decimal(48600))
    desk.do("call.log", deal, outcome="reached", note="Forty cartons by Friday.", direction="out")
    desk.do("task.set", deal, subject="Send the offer", due=desk.space.today())
    page = look(f"deals/{deal.n}")
    text = words(page)
    assert "$48,600" in text and "Forty cartons by Friday." in text and "Send the offer" in text
    assert company.key in opened(page)
    offered = {str(one["data-action"]) for one in page.select(f'[data-record="{deal.key}"]')}
    assert {"call.log", "task.set", "deal.move", "deal.win", "deal.lose", "note.write"} <= offered
    assert page.select_one('[data-action="task.finish"]')
    assert page.select_one('.stages [aria-current="step"]')


def test_the_timeline_is_narrowed_to_calls_or_changes(desk: Desk, look: Look) -> None:
    deal = desk.deal()
    desk.do("call.log", deal, outcome="reached", note="Rang her", direction="out")
    desk.do("note.write", deal, note="Pays late")
    calls, changes = words(look(f"deals/{deal.n}?show=calls")), words(look(f"deals/{deal.n}?show=changes"))
    assert "Rang her" in calls and "Pays late" not in calls
    assert "Rang her" not in changes and "added the deal" in changes


def test_a_company_shows_its_people_and_deals(desk: Desk, look: Look) -> None:
    company = desk.company()
    contact, deal = desk.contact(company=company), desk.deal(company=company)
    assert {contact.key, deal.key} <= set(opened(look(f"companies/{company.n}")))
    assert {company.key} <= set(opened(look(f"contacts/{contact.n}")))


@pytest.mark.both_databases
def test_the_board_counts_and_sums_each_stage_and_moves_by_a_menu(desk: Desk, look: Look) -> None:
    stage, offer = desk.stage("new"), desk.stage("offer")
    deal = desk.deal("One", stage=stage, amount=Decimal(300))
    desk.deal("Two", stage=stage, amount=Decimal(500))
    page = look("deals/board")
    column = page.select_one('[data-stage="new"]')
    assert column is not None and "$800" in words(column) and len(column.select("[data-card]")) == 2
    moves = [
        str(one["href"]) for one in column.select(f'[data-action="deal.move"][data-record="{deal.key}"]')
    ]
    assert any(f"/deals/{deal.n}/move?stage={offer.n}" in address for address in moves)
    assert not any(f"stage={stage.n}&" in address for address in moves)


def test_moving_from_the_board_leads_back_to_the_board(desk: Desk, look: Look) -> None:
    deal, offer = desk.deal(), desk.stage("offer")
    page = look(f"deals/{deal.n}/move?stage={offer.n}&return_to=/s/{desk.space.id}/deals/board")
    form = page.select_one('form[data-form="deal.move"]')
    assert form is not None
    chosen, back = form.select_one("option[selected]"), form.select_one('[name="return_to"]')
    assert chosen is not None and chosen["value"] == str(offer.n)
    assert back is not None and back["value"] == f"/s/{desk.space.id}/deals/board"


@pytest.mark.both_databases
def test_tasks_are_listed_with_the_most_urgent_first(desk: Desk, look: Look) -> None:
    deal = desk.deal()
    desk.do("task.set", deal, subject="Later", due=desk.space.today() + timedelta(days=3))
    desk.do("task.set", deal, subject="Sooner", due=desk.space.today())
    text = words(look("activities"))
    assert text.index("Sooner") < text.index("Later")
    assert "Later" not in words(look("activities?when=today"))


@pytest.mark.parametrize(
    "typed",
    ["2025550143", "(202) 555-0143", "+1 202 555 01 43", "555-0143", "maple", "dental MAPLE", "a@maple"],
)
def test_a_company_is_found_by_name_address_and_phone_in_any_spelling(
    typed: str, desk: Desk, look: Look
) -> None:
    company = desk.company("Maple Dental", phone="+12025550143", email="a@maple.example")
    desk.company("Oak Printers", phone="+12025550177")
    found = look("search", query_string={"q": typed})
    assert opened(found) == [company.key]


@pytest.mark.both_databases
def test_a_search_groups_what_it_finds_and_says_when_there_is_nothing(desk: Desk, look: Look) -> None:
    company = desk.company("Maple Dental")
    deal = desk.deal("Maple chairs", company=company)
    assert opened(look("search?q=maple")) == [company.key, deal.key]
    assert "Nothing was found" in words(look("search?q=%25"))


def test_the_short_list_of_the_search_says_how_many_more_there_are(desk: Desk, sign_in: Any) -> None:
    for number in range(5):
        desk.company(f"Maple Dental {number}")
    answer = sign_in("tanya").get(f"/s/{desk.space.id}/find?q=maple")
    rows = BeautifulSoup(answer.get_data(as_text=True), "html.parser").select("[role=option]")
    assert len(rows) == 4
    assert rows[-1].get_text(strip=True) == "2 more like this"
    assert str(rows[-1]["data-href"]).endswith("/companies?q=maple")


def test_a_search_does_not_reach_into_another_space(desk: Desk, look: Look) -> None:
    elsewhere = make_space("office-supply", kind="attempt")
    with inside(elsewhere):
        Desk(elsewhere).company("Hidden Harbour")
    assert opened(look("search?q=hidden")) == []
    assert opened(look("companies")) == []


def test_the_way_into_a_space_leads_to_its_deals(desk: Desk, sign_in: Any) -> None:
    answer = sign_in("tanya").get(f"/s/{desk.space.id}/")
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"/s/{desk.space.id}/deals")


def test_oleg_finds_nothing_in_tanyas_space(desk: Desk, visit: Any, sign_in: Any) -> None:
    deal = desk.deal()
    for end in (*LISTS, "deals/board", "search?q=paper", f"deals/{deal.n}", f"deals/{deal.n}/win"):
        visit(f"/s/{desk.space.id}/{end}", by=sign_in("oleg"), status=404)


@pytest.mark.parametrize("width", ["dialog", "page"])
def test_an_actions_form_opens_in_the_dialog_and_as_a_page(
    width: str, desk: Desk, sign_in: Any, look: Look
) -> None:
    deal = desk.deal()
    address = f"/s/{desk.space.id}/deals/{deal.n}/call/log"
    headers = {"HX-Request": "true", "HX-Target": "dialog#dialog"} if width == "dialog" else {}
    page = BeautifulSoup(sign_in("tanya").get(address, headers=headers).get_data(as_text=True), "html.parser")
    form = page.select_one(f'form[data-form="call.log"][data-record="{deal.key}"]')
    assert form is not None and form.select_one("[data-submit]") and form.select_one('[name="outcome"]')
    assert (page.html is None) == (width == "dialog")


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "end",
    [
        "deals?q=%00",
        "search?q=%00%ff",
        "deals?page=99999999999999999999",
        "events?before=99999999999999999999",
    ],
)
def test_nonsense_in_the_address_is_no_fault(end: str, desk: Desk, look: Look) -> None:
    desk.deal()
    look(end)


@pytest.mark.parametrize("name", ["vera", "anna"])
def test_who_looks_over_tanyas_shoulder_sees_her_pages(
    name: str, desk: Desk, visit: Any, sign_in: Any
) -> None:
    deal = desk.deal("Paper for a year")
    for end in (*LISTS, "deals/board", f"deals/{deal.n}"):
        visit(f"/s/{desk.space.id}/{end}", by=sign_in(name))


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("companies/create", "Create company"),
        ("deals/create", "Create deal"),
        ("leads/create", "Create lead"),
    ],
)
def test_the_button_of_a_form_is_a_verb(page: str, word: str, look: Look) -> None:
    button = look(page).select_one("form[data-form] [data-submit] .rest-word")
    assert button and button.get_text() == word


def test_a_form_speaks_the_companys_own_words(look: Look) -> None:
    assert "Order value" in words(look("deals/create"))
    assert "Yearly budget" in words(look("leads/create"))


def test_a_contact_and_a_deal_are_begun_from_the_card_with_it_filled_in(desk: Desk, look: Look) -> None:
    firm = desk.company()
    anna = desk.contact("Anna", "Lee", company=firm)

    def filled(place: str, code: str) -> dict[str, str]:
        begin = look(place).select_one(f".begins [data-action='{code}']")
        assert begin is not None
        form = look(str(begin["href"]).partition(f"/s/{desk.space.id}/")[2])
        return {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden]")}

    assert filled(f"companies/{firm.n}", "contact.create")["company"] == str(firm.n)
    assert filled(f"companies/{firm.n}", "deal.create")["company"] == str(firm.n)
    deal = filled(f"contacts/{anna.n}", "deal.create")
    assert (deal["company"], deal["contact"]) == (str(firm.n), str(anna.n))
    desk.steward.do(
        "contact.withdraw", anna, purpose="personal_data", day=desk.space.today(), how="By letter"
    )
    assert look(f"contacts/{anna.n}").select(".begins") == []


def test_what_happened_to_a_masked_person_is_told_without_their_name(desk: Desk, look: Look) -> None:
    anna = desk.contact("Anna", "Lee", phone="+12025550143", email="anna@maple.example")
    assert "Anna Lee" in look(f"contacts/{anna.n}").get_text()
    desk.later = timedelta(minutes=5)
    desk.steward.do(
        "contact.withdraw", anna, purpose="personal_data", day=desk.space.today(), how="By letter"
    )
    told = look(f"contacts/{anna.n}").get_text()
    assert "Lee" not in told and "555-0143" not in told
    assert f"{desk.me.name}: “New contact”, the details are masked" in told


def test_no_page_of_events_and_no_news_names_a_masked_person(desk: Desk, look: Look) -> None:
    company = desk.company("Maple Dental")
    lead = desk.lead("Anna Lee", company_name="Maple Dental", phone="+12025550143")
    desk.do("lead.qualify", lead, need="Paper", budget=None)
    anna = desk.contact("Anna", "Lee", phone="+12025550143", company=company)
    desk.do("lead.convert", lead, company=company, title="Paper", amount=None)
    Desk(desk.space, "head-of-sales").do("contact.edit", anna, first_name="Anna", last_name="Leeman")
    twin = desk.contact("Ann", "Leeward", phone="+12025550199", company=company)
    desk.steward.do("contact.merge", anna, other=twin)
    pages = ("events", "inbox?view=news", f"companies/{company.n}", "contacts?deleted=1", "leads")
    assert all("Lee" in look(name).get_text() for name in pages[:2])
    desk.later = timedelta(minutes=5)
    by_letter = {"day": desk.space.today(), "how": "By letter"}
    masked = desk.steward.do("contact.withdraw", anna, purpose="personal_data", **by_letter)
    for name in pages:
        told = look(name).get_text()
        assert "Lee" not in told and "anna@" not in told and "555-01" not in told, name
    assert "“New contact”, the details are masked" in look("events").get_text()
    with unit_of_work():
        undo([masked.event], by=desk.me, at=desk.now)
    assert "Leeward" in look("events").get_text()

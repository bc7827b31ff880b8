"""A messy file is looked at first, its rows are accounted for, and nothing hostile is read."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask_babel import force_locale
from openpyxl import Workbook

from sandbox.crm import Company, Contact, Lead
from sandbox.crm.customers.importing.converting import DAY_FIRST, MONTH_FIRST, guess_order
from sandbox.crm.customers.importing.kinds import kinds
from sandbox.crm.customers.importing.models import DONE, FAILED, Upload
from sandbox.crm.customers.importing.reading import MOST_BYTES, MOST_ROWS, read
from sandbox.crm.customers.importing.running import Run
from sandbox.crm.customers.importing.vcards import written
from sandbox.crm.customers.importing.working import do, forget_purged
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import Event, undo
from sandbox.people import Person
from sandbox.spaces import every, fetch
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk

TABLE = "Компания;ИНН;Телефон\nКедр;7707083893;8 916 000-04-18\nСосна;;+7 (916) 000-04-19\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found(app: Any, encoding: str, separator: str) -> None:
    with app.test_request_context("/"):
        sheet = read(TABLE.replace(";", separator).encode(encoding))
    assert sheet.columns == ["Компания", "ИНН", "Телефон"]
    assert sheet.rows[0] == ["Кедр", "7707083893", "8 916 000-04-18"]


def _workbook(*rows: list[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (70 * 1024 * 1024))
    return out.getvalue()


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file_empty"),
        (b"name;phone\n", "file_empty"),
        (b"x" * (MOST_BYTES + 1), "file_too_large"),
        (b"name\n" + b"a\n" * (MOST_ROWS + 1), "too_many_rows"),
        (";".join("abc" for _ in range(70)).encode() + b"\n1", "too_many_columns"),
        (b"\xd0\xcf\x11\xe0rest", "old_workbook"),
        (b"PK\x03\x04 no archive", "not_a_table"),
    ],
)
def test_what_is_no_table_or_too_much_is_refused(app: Any, content: bytes, why: str) -> None:
    with app.test_request_context("/"), pytest.raises(Refused) as refusal:
        read(content)
    assert refusal.value.code == why


def test_an_archive_that_unpacks_into_far_too_much_is_not_unpacked(app: Any) -> None:
    for content, why in ((_bomb(), "zip_bomb"), (_archive(), "not_a_table")):
        with app.test_request_context("/"), pytest.raises(Refused) as refusal:
            read(content)
        assert refusal.value.code == why


def test_a_workbook_is_read_like_a_table(app: Any) -> None:
    with app.test_request_context("/"):
        sheet = read(
            _workbook(["Name", "INN", "Since"], ["Maple", 7707083893, date(2026, 2, 3)], [None, None])
        )
    assert sheet.rows == [["Maple", "7707083893", "2026-02-03"]]


def test_the_order_of_dates_is_seen_in_them() -> None:
    assert guess_order([["03/04/2026"], ["13/04/2026"]], MONTH_FIRST) == DAY_FIRST
    assert guess_order([["03/04/2026"], ["04/13/2026"]], DAY_FIRST) == MONTH_FIRST
    assert guess_order([["03/04/2026"]], MONTH_FIRST) == MONTH_FIRST


def _brought(desk: Desk, kind: str, text: str | bytes, **said: Any) -> Upload:
    """A file that waits to be imported, brought by the head of sales where the desk is not another's."""
    bringer = Desk(desk.space, "head-of-sales") if desk.role == "sales-manager" else desk
    content = text if isinstance(text, bytes) else text.encode()
    sheet = read(content)
    with unit_of_work() as session:
        person = session.query(Person).filter_by(email="importer@test.example").one_or_none() or Person(
            name="Importer",
            email="importer@test.example",
            password_hash="x",
            has_temporary_password=False,
            role="trainee",
            search_key="importer",
            created_at=desk.now,
        )
        session.add(person)
        session.flush()
        file = Upload(
            space_id=desk.space.id,
            person_id=person.id,
            colleague_n=bringer.me.n,
            kind=kind,
            name="export.csv",
            content=content,
            digest=str(hash(content)),
            encoding=sheet.encoding,
            separator=sheet.separator,
            date_order=said.pop("date_order", DAY_FIRST),
            mapping=kinds[kind].guess(sheet.columns),
            policy=said.pop("policy", "skip"),
            again=said.pop("again", False),
            status="waiting",
            created_at=desk.now,
        )
        session.add(file)
        session.flush()
        return file


def _done(desk: Desk, *arguments: Any, **said: Any) -> Upload:
    number = _brought(desk, *arguments, **said).id
    do(number)
    return db.session.get_one(Upload, number)


MESSY = """Название;ИНН;КПП;Телефон;Эл. почта;Отрасль;Метки
Кедр;7707083893;773601001;8 916 000-04-18;kassa@kedr.example;Строительство;ключевой клиент
Сосна;7707083839;;+7 916 000-04-19;;;
Ель;;;12;;;
Берёза;;;8 (916) 000-04-20;berezka@;;
Клён;;;+7 916 000 04 21;;Стройка века;
Дуб;;;+7 916 000 04 22;;;Ключевой клеент
=cmd|' /C calc'!A0;;;;;;
;;;+7 916 000 04 23;;;
ООО «Кедр»;7707083893;773601001;;;;
Лира;;;+7 916 000 04 24;;;
"""


@pytest.mark.both_databases
def test_every_row_is_accounted_for_with_its_cause(russian_desk: Desk) -> None:
    file = _done(russian_desk, "companies", MESSY)
    assert file.status == DONE and file.content is None
    assert file.counts == {"rows": 10, "created": 2, "updated": 0, "rejected": 8}
    assert file.rejected is not None
    causes = {row["line"]: row["cause"] for row in file.rejected}
    for line, words in {
        3: "changed places",
        4: "not a phone",
        5: "not an e-mail",
        6: "not in the dictionary",
        7: "There is no tag",
        8: "formula",
        9: "no name",
        10: "here already",
    }.items():
        assert words in causes[line], (line, causes[line])
    cedar = db.session.scalars(every(Company).where(Company.name == "Кедр")).one()
    assert (cedar.phone, cedar.industry) == ("+79160000418", "construction")
    assert [tag.code for tag in cedar.tags] == ["key-account"]


@pytest.mark.both_databases
def test_an_import_leaves_one_event_and_one_undo_takes_it_back(russian_desk: Desk) -> None:
    desk = russian_desk
    desk.company("Лира")
    before = {table: rows for table, rows in images(desk.space).items() if table != "events"}
    file = _done(desk, "companies", MESSY, policy="update")
    events = [event for event in db.session.scalars(every(Event)) if event.action == "import.run"]
    assert [event.n for event in events] == [file.event_n]
    assert events[0].values["created"] + events[0].values["updated"] + events[0].values["rejected"] == 10
    with unit_of_work():
        undo(events, by=desk.me, at=desk.now)
    assert {table: rows for table, rows in images(desk.space).items() if table != "events"} == before


def test_the_same_file_is_not_imported_twice(russian_desk: Desk) -> None:
    _done(russian_desk, "companies", TABLE)
    twice = _done(russian_desk, "companies", TABLE)
    assert twice.status == "failed" and "imported already" in (twice.fault or "")
    again = _done(russian_desk, "companies", TABLE, again=True)
    assert again.counts == {"rows": 2, "created": 0, "updated": 0, "rejected": 2}


def test_an_import_that_was_undone_may_be_done_again(russian_desk: Desk) -> None:
    first = _done(russian_desk, "companies", TABLE)
    with unit_of_work():
        undo([fetch(Event, first.event_n or 0)], by=russian_desk.me, at=russian_desk.now)
    again = _done(russian_desk, "companies", TABLE)
    assert again.counts == {"rows": 2, "created": 2, "updated": 0, "rejected": 0}


def test_files_of_a_purged_space_go_with_it(russian_desk: Desk) -> None:
    _done(russian_desk, "companies", TABLE)
    forget_purged()
    assert db.session.scalars(db.select(Upload)).all()
    with unit_of_work():
        db.session.get_one(type(russian_desk.space), russian_desk.space.id).status = "purged"
    forget_purged()
    assert not db.session.scalars(db.select(Upload)).all()


def test_a_card_that_is_here_is_filled_in_and_keeps_its_opt_out(desk: Desk) -> None:
    company = desk.company("Maple Dental", email="desk@maple.example")
    desk.do("address.opt_out", company.addresses[0])
    text = "Name,Email,Phone,Website\nMaple Dental,desk@maple.example,(202) 555-0143,maple.example\n"
    file = _done(desk, "companies", text, policy="update")
    assert file.counts == {"rows": 1, "created": 0, "updated": 1, "rejected": 0}
    company = fetch(Company, company.n)
    assert (company.website, company.phone) == ("maple.example", "+12025550143")
    assert company.addresses[0].opted_out


def test_another_family_name_is_another_person_and_quotes_are_nested(russian_desk: Desk) -> None:
    desk = russian_desk
    desk.company("ООО «Кедр»")
    text = (
        "ФИО;Компания\n"
        "Вершинин Игорь Сергеевич;Кедр\n"
        "Трошин Игорь Сергеевич;Кедр\n"
        "Вершинина Игорь Сергеевич;Кедр\n"
        "Лапин Пётр;ООО «Сосна»\n"
    )
    with force_locale("ru"):
        rejected = _done(desk, "contacts", text).rejected or []
    assert [row["line"] for row in rejected] == [4, 5]
    assert "«ООО „Сосна“»" in rejected[1]["cause"]


def test_near_names_are_left_to_a_person_and_made_when_told_so(desk: Desk) -> None:
    desk.company("Maple Dental West")
    text = "Name\nMaple Dental East\n"
    file = _done(desk, "companies", text)
    assert file.rejected and "Nearly the same" in file.rejected[0]["cause"]
    assert _done(desk, "companies", text + "\n", policy="create").counts["created"] == 1  # type: ignore[index]


PEOPLE = """ФИО;Компания;Телефон;Дата согласия
Котова Анна Петровна;Кедр;8 916 000-04-18;03.02.2026
Лев Зимин;Неизвестная;;
Пётр Котов;Кедр;8 916 000-04-25;12.04.2026
"""


def test_people_are_linked_to_companies_and_their_consents_dated(russian_desk: Desk) -> None:
    company = russian_desk.company("ООО «Кедр»")
    file = _done(russian_desk, "contacts", PEOPLE)
    assert file.counts == {"rows": 3, "created": 1, "updated": 0, "rejected": 2}
    anna = db.session.scalars(every(Contact)).one()
    assert (anna.first_name, anna.middle_name, anna.last_name) == ("Анна", "Петровна", "Котова")
    assert anna.company is company
    assert [one.given_on for one in anna.consents] == [date(2026, 2, 3)]
    assert file.rejected is not None
    assert "no company" in file.rejected[0]["cause"]
    assert "right order" in file.rejected[1]["cause"]  # day and month swapped


def test_a_masked_person_does_not_come_back_with_a_file(desk: Desk) -> None:
    anna = desk.contact("Anna", "Lee", email="anna@maple.example")
    desk.steward.do(
        "contact.withdraw", anna, purpose="personal_data", day=desk.space.today(), how="By letter"
    )
    file = _done(desk, "contacts", "Name,Email\nAnna Lee,anna@maple.example\n", policy="create")
    assert file.rejected and "withdrew" in file.rejected[0]["cause"]


def test_vcards_go_out_and_come_back(desk: Desk) -> None:
    company = desk.company("Maple; Dental, Inc.")
    anna = desk.contact("Anna", "Lee", company=company, phone="+12025550143", email="anna@maple.example")
    card = written([anna])
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    desk.do("contact.delete", anna)
    file = _done(desk, "contacts", card)
    assert file.counts is not None and file.counts["created"] == 1
    again = db.session.scalars(every(Contact)).one()
    assert (again.title, again.phone, again.email) == ("Anna Lee", "+12025550143", "anna@maple.example")
    assert again.company is company


REPEATED = """Фамилия;Имя;Телефон
Кленова;Анна;8 916 000-04-30
Кленова;Анна;+7 (916) 000-04-30
Дубов;Иван;8 916 000-04-31
"""


def test_what_is_foreseen_is_what_comes_also_for_rows_that_repeat_each_other(russian_desk: Desk) -> None:
    file = _brought(russian_desk, "contacts", REPEATED)
    run, sheet = Run(file, russian_desk.me, russian_desk.now), file.sheet()
    foreseen = [run.foresee(run.converter.convert(n, cells)) for n, cells in enumerate(sheet.rows, 2)]
    assert [bool(cause) for cause in foreseen] == [False, True, False] and "line 2" in foreseen[1]
    do(file.id)
    assert file.counts == {"rows": 3, "created": 2, "updated": 0, "rejected": 1}


LEADS = """Контакт;Компания;Телефон;Почта;Источник;Бюджет;Запрос
Вера Соснина;ООО «Бор»;8 916 000-04-40;;Выставка;1 050 000,50;Двадцать карт
Вера С.;;+7 916 000-04-40;;;;
Игорь Ясень;;;yasen@bor.example;Сарафанное радио;;
Пётр Липа;;;lipa@bor.example;;много;
;ООО «Ива»;;iva@bor.example;;;
"""


@pytest.mark.both_databases
def test_leads_come_from_a_file_and_whoever_asks_twice_is_one(russian_desk: Desk) -> None:
    file = _done(russian_desk, "leads", LEADS)
    assert file.counts == {"rows": 5, "created": 1, "updated": 0, "rejected": 4}
    lead = db.session.scalars(every(Lead)).one()
    assert (lead.name, lead.company_name, lead.source) == ("Вера Соснина", "ООО «Бор»", "exhibition")
    assert (lead.phone, lead.budget, lead.status) == ("+79160000440", Decimal("1050000.50"), "new")
    causes = {row["line"]: row["cause"] for row in file.rejected or []}
    for line, words in {3: "here already", 4: "not in the dictionary", 5: "Not a sum", 6: "no name"}.items():
        assert words in causes[line], (line, causes[line])
    more = "Контакт;Телефон;Запрос\nВера Соснина;8 916 000-04-40;Уже тридцать карт\n"
    assert (_done(russian_desk, "leads", more, policy="update").counts or {})["updated"] == 1
    assert (lead.need, lead.company_name) == ("Уже тридцать карт", "ООО «Бор»")


def test_leads_are_brought_by_those_who_sell(russian_desk: Desk) -> None:
    steward = Desk(russian_desk.space, "data-steward")
    file = _done(steward, "leads", LEADS)
    assert file.status == FAILED and "job role" in (file.fault or "")
    assert _done(steward, "contacts", REPEATED).status == DONE

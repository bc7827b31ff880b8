"""Papers have numbers without gaps, texts from the cards, and versions of which none ever changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest

from sandbox.crm import Company, Document
from sandbox.crm.documents.comparing import compared
from sandbox.crm.documents.files import file_of
from sandbox.crm.documents.uploads import read_upload
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.uploads import Upload
from sandbox.ledger import registry, undo
from sandbox.ledger.models import Event
from sandbox.spaces import every, first
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import TODAY, Desk, refused

pytestmark = pytest.mark.both_databases
INN = "9798012347"


def whole_deal(desk: Desk, **fields: Any) -> Any:
    """A deal whose cards have everything that a contract asks for."""
    russian = desk.space.company.country == "RU"
    name = "Кедровый тракт" if russian else "Maple Dental"
    ids = {"inn": INN, "kpp": "970701001"} if russian else {"inn": "31-0045678"}
    known = first(every(Company).where(Company.name == name))
    company = known or desk.company(name, address="1 Elm Street", **ids)
    contact = desk.contact(company=company, position="Director")
    return desk.deal(company=company, contact=contact, amount=Decimal(48600), **fields)


def contract(desk: Desk, **fields: Any) -> Document:
    """A contract for such a deal, written from the template."""
    said = {"type": "contract", "date": TODAY, "amount": Decimal(48600), **fields}
    desk.do("document.draft", whole_deal(desk), **said)
    found = db.session.scalars(every(Document).order_by(Document.id.desc())).first()
    assert found is not None
    return found


def word_file(*lines: str) -> bytes:
    """A DOCX file with these paragraphs."""
    paper, made = docx.Document(), BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(made)
    return made.getvalue()


def test_numbers_follow_the_rule_of_their_type_without_gaps(desk: Desk) -> None:
    numbers = [contract(desk).number for _ in range(3)]
    assert numbers == ["SA-2026-0001", "SA-2026-0002", "SA-2026-0003"]
    other: Any = desk.do("document.create", type="letter", company=desk.company(), date=TODAY).record
    assert other.number == "L-00001"
    next_year = contract(desk, date=date(2027, 1, 11))
    assert next_year.number == "SA-2027-0001"


def test_an_undone_document_gives_its_number_back(desk: Desk) -> None:
    contract(desk)
    done = desk.do("document.create", type="letter", company=desk.company(), date=TODAY)
    with unit_of_work():
        undo([db.session.merge(done.event)], by=desk.me, at=desk.now)
    again: Any = desk.do("document.create", type="letter", company=desk.company("Oak"), date=TODAY).record
    assert again.number == "L-00001"


def test_the_text_of_a_contract_holds_every_detail_of_the_cards(desk: Desk) -> None:
    paper = contract(desk)
    text = paper.versions[0].text or ""
    for detail in (
        "Maple Dental",
        "31-0045678",
        "1 Elm Street",
        "$48,600",
        "Anna Lee, director",
        paper.number,
    ):
        assert detail in text
    assert "{" not in text
    assert paper.valid_until == date(2027, 3, 17)
    assert (paper.status, paper.current, paper.title) == ("draft", 1, "Supply agreement SA-2026-0001")


def test_a_russian_contract_speaks_russian_whoever_makes_it(russian_desk: Desk) -> None:
    paper = contract(russian_desk)
    assert paper.title == "Договор №\u00a0ТК-2026/0001"
    text = paper.versions[0].text or ""
    assert "18 марта 2026\u00a0г." in text.replace("2026 г.", "2026\u00a0г.") and "КПП 970701001" in text
    assert "Савин Игорь Львович, генеральный директор" in text


def test_what_is_missing_is_named_with_its_card(russian_desk: Desk) -> None:
    desk = russian_desk
    company = desk.company("Кедровый тракт", inn=INN)
    deal = desk.deal("Карты на 40 машин", company=company)
    with pytest.raises(Refused) as refusal:
        desk.do("document.draft", deal, type="contract", date=TODAY)
    assert refusal.value.code == "missing_details"
    said = str(refusal.value.message)
    for detail in (
        "KPP on the card of Кедровый тракт",
        "address",
        "contact on the card of the deal",
        "amount",
    ):
        assert detail in said
    assert not db.session.scalars(every(Document)).all()


def test_a_new_version_leaves_the_one_before_as_it_was(desk: Desk) -> None:
    paper = contract(desk)
    first = paper.versions[0].text
    desk.do("document.edit", paper, deal=paper.deal, contact=paper.contact, amount=Decimal(50000))
    done = desk.do("document.rewrite", paper, note="The amount has risen")
    db.session.refresh(paper)
    assert [one.number for one in paper.versions] == [2, 1]
    assert paper.versions[1].text == first and "$50,000" in (paper.versions[0].text or "")
    assert (paper.current, done.event.values["version"]) == (2, 2)


def test_no_action_changes_a_version(desk: Desk) -> None:
    """Versions are made in one place, and nothing reaches one to change it."""
    from sandbox.crm import Version

    assert not [declared.code for declared in registry if Version in declared.on]
    paper = contract(desk)
    desk.do("document.rewrite", paper, note="Once more")
    changed = [
        fact
        for event in db.session.scalars(every(Event))
        for fact in event.facts
        if fact["table"] == "document_versions" and fact["old"] is not None
    ]
    assert changed == []


def test_an_uploaded_file_becomes_the_next_version_and_comes_back_byte_for_byte(desk: Desk) -> None:
    paper = contract(desk)
    content = word_file("Payment within 10 days.")
    desk.do("document.upload", paper, file=Upload("ours.docx", content), note="Ten days")
    version = paper.version_of(2)
    assert version is not None and version.text == "Payment within 10 days."
    assert file_of(version) == ("ours.docx", file_of(version)[1], content)


def test_a_written_version_is_a_word_file_with_the_same_text(desk: Desk) -> None:
    version = contract(desk).versions[0]
    name, _media, content = file_of(version)
    assert name == "SA-2026-0001-v1.docx"
    assert read_upload(Upload(name, content)) == ("docx", version.text)


def test_a_detail_cannot_smuggle_a_template_or_markup_into_the_file(desk: Desk) -> None:
    hostile = desk.company("{{ us.bank.__class__ }} <b>&amp; Sons", inn="31-0045678", address="1 Elm")
    deal = desk.deal(company=hostile, contact=desk.contact(company=hostile), amount=Decimal(5))
    desk.do("document.draft", deal, type="contract", date=TODAY, amount=Decimal(5))
    version = db.session.scalars(every(Document)).one().versions[0]
    _kind, text = read_upload(Upload("x.docx", file_of(version)[2]))
    assert text == version.text and "{{ us.bank.__class__ }} <b>&amp; Sons" in (text or "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("paper.docx", b"MZ this is a program"),
        ("paper.docx", b"%PDF-1.7"),
        ("paper.pdf", b"PK\x03\x04"),
        ("paper.docx", b"PK\x03\x04 broken"),
        ("paper.docx", "no word document"),
        ("paper.docx", "macros"),
        ("paper.docx", "bomb"),
    ],
)
def test_a_file_is_what_its_name_says_or_it_is_refused(desk: Desk, name: str, content: Any) -> None:
    paper = contract(desk)
    sent = content if isinstance(content, bytes) else _zipped(content)
    assert refused(desk, "document.upload", paper, file=Upload(name, sent), note="x") == "bad_file"


def test_only_files_of_known_kinds_and_sizes_are_taken(desk: Desk) -> None:
    assert "file" in desk.send("document.upload", note="x")
    assert "file" in desk.send("document.upload", note="x", file="run.exe,TVo=")
    assert "file" in desk.send("document.upload", note="x", file="paper.docx,")
    assert "file" in desk.send("document.upload", note="x", file="paper.docx,not base64!")
    assert desk.send("document.upload", note="x", file="../../paper.docx,UEsDBA==") == {}


def test_two_versions_differ_by_words() -> None:
    old = "## 3. Payment\nWithin 7 days of the act.\nOld clause.\nKept."
    new = "## 3. Payment\nWithin 10 days of the act.\nKept.\nNew clause."
    told = [(line.style, line.pieces) for line in compared(old, new)]
    assert told[0] == ("heading", [("same", "3. Payment")])
    assert told[1][1] == [
        ("same", "Within "),
        ("removed", "7 "),
        ("added", "10 "),
        ("same", "days of the act."),
    ]
    assert ("plain", [("removed", "Old clause.")]) in told and ("plain", [("added", "New clause.")]) in told


def test_an_annulled_document_keeps_its_number_and_takes_no_version(desk: Desk) -> None:
    paper = contract(desk)
    desk.do("document.annul", paper, reason="Written twice")
    assert (paper.status, paper.annul_reason) == ("annulled", "Written twice")
    assert refused(desk, "document.rewrite", paper, note="x") == "is_annulled"
    assert contract(desk).number == "SA-2026-0002"


def test_a_document_is_with_the_company_of_its_deal(desk: Desk) -> None:
    deal, other = whole_deal(desk), desk.company("Oak")
    values = {"type": "letter", "company": other, "deal": deal, "date": TODAY}
    assert refused(desk, "document.create", **values) == "wrong_company"
    assert refused(desk, "document.draft", desk.deal("No company"), type="letter", date=TODAY) == "no_company"


def test_a_company_with_documents_is_not_deleted(desk: Desk) -> None:
    company = desk.company()
    desk.do("document.create", type="letter", company=company, date=TODAY)
    assert refused(desk, "company.delete", company) == "has_documents"


def test_a_marketer_does_not_write_contracts(desk: Desk) -> None:
    paper = contract(desk)
    desk.role = "marketer"
    with pytest.raises(Refused) as refusal:
        desk.do("document.rewrite", paper, note="x")
    assert refusal.value.code == "not_allowed"


def test_a_task_about_a_document_is_about_its_company_too(desk: Desk) -> None:
    paper = contract(desk)
    desk.do("task.set", paper, subject="Ask for the signature", due=TODAY + timedelta(days=2))
    task = desk.activities(kind="task")[0]
    assert (task.on, task.company) == (paper, paper.company)


def test_a_document_is_found_by_the_new_name_of_its_party(desk: Desk) -> None:
    paper = contract(desk)
    desk.do("company.edit", paper.company, name="Birch Smile")
    assert "birch smile" in paper.search_key and "sa-2026-0001" in paper.search_key


def test_undoing_work_on_papers_gives_back_every_row(desk: Desk) -> None:
    deal = whole_deal(desk)
    with unit_of_work():
        before = {name: rows for name, rows in images(desk.space).items() if name != "events"}
        known = {event.id for event in db.session.scalars(every(Event))}
    desk.do("document.draft", deal, type="contract", date=TODAY, amount=Decimal(9))
    paper = db.session.scalars(every(Document)).one()
    desk.do("document.upload", paper, file=Upload("a.docx", word_file("One")), note="From them")
    desk.do("document.annul", paper, reason="Not needed")
    with unit_of_work():
        later = [event for event in db.session.scalars(every(Event)) if event.id not in known]
        undo(later, by=desk.me, at=desk.now)
        after = {name: rows for name, rows in images(desk.space).items() if name != "events"}
    assert after == before


def _zipped(what: str) -> bytes:
    made = BytesIO()
    if what == "macros":
        made.write(word_file("Hello"))
    with ZipFile(made, "a", compression=8) as parts:
        if what == "bomb":
            parts.writestr("word/document.xml", b"\0" * (61 * 1024 * 1024))
        else:
            parts.writestr("word/vbaProject.bin" if what == "macros" else "readme.txt", "x")
    return made.getvalue()

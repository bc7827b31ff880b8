"""Papers are looked at as images of their pages, and offers and papers of ours are kept as PDF."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask, current_app

from sandbox.crm.documents.previews import page_of, preview_of
from sandbox.crm.sales.offers.sheets import pdf_of
from sandbox.extensions import db
from sandbox.kernel.pdf_pages import Unreadable, images_of
from sandbox.kernel.typesetting import Block, Sheet, as_pages, as_pdf
from sandbox.kernel.uploads import Upload
from sandbox.web.page_images import count_of, forget_unread, key_of
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.documents.test_invoices import accepted, invoice
from tests.crm.test_documents import contract, word_file
from tests.crm.test_pages import Look, desk, look
from tests.factories.crm import Desk

__all__ = ["desk", "look"]
PNG = b"\x89PNG\r\n\x1a\n"


def text_of(pdf: bytes) -> str:
    """The words of all pages of a PDF."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def sheet(*texts: str, language: str = "en") -> Sheet:
    return Sheet(language, "A paper", ["Finch & Ledger"], [Block("text", one) for one in texts])


def test_what_people_type_is_never_read_as_an_instruction() -> None:
    typed = 'Price: $40 #panic() *not bold* <label> @ref "quoted" \\'
    pdf = as_pdf(sheet(typed, "Привет, «Кедровый тракт» — № 17, 48 600 ₽"))
    read = " ".join(text_of(pdf).split())
    assert " ".join(typed.split()) in read and "«Кедровый тракт» — № 17, 48 600 ₽" in read


def test_a_long_paper_has_several_pages_and_says_which() -> None:
    long = sheet(*[f"Paragraph {number}. " + "word " * 60 for number in range(60)])
    pages = as_pages(long)
    assert len(pages) > 2 and all(page.startswith(PNG) for page in pages)
    assert f"1 / {len(pages)}" in text_of(as_pdf(long))


def test_a_pdf_of_somebody_is_drawn_by_a_process_of_its_own() -> None:
    [page] = images_of(as_pdf(sheet("Hello")))
    width, height = struct.unpack(">II", page[16:24])
    assert page.startswith(PNG) and 1000 < width <= 1160 and height > width
    with pytest.raises(Unreadable):
        images_of(b"%PDF-1.7 and nothing else")


def test_pages_are_made_once_and_never_while_something_is_written(app: Flask) -> None:
    made = []
    with app.app_context():
        key = key_of("a", b"b")
        assert count_of(key, lambda: made.append(1) or [PNG, PNG]) == 2  # type: ignore[func-returns-value]
        assert count_of(key, lambda: made.append(1) or [PNG]) == 2  # type: ignore[func-returns-value]
        assert len(made) == 1
        with unit_of_work(), pytest.raises(RuntimeError, match="unit of work"):
            count_of(key_of("another"), lambda: [PNG])
        assert forget_unread() == 0
        assert key_of("ab", "c") != key_of("a", "bc")
        assert (Path(current_app.config["VAR"]) / "pages").is_dir()


def upload(desk: Desk, name: str, content: bytes) -> Any:
    """A contract whose current version is this file."""
    paper = contract(desk)
    desk.do("document.upload", paper, file=Upload(name, content), note="Theirs")
    db.session.refresh(paper)
    return paper


def test_every_form_of_version_is_drawn_or_says_why_not(desk: Desk, look: Look) -> None:
    paper = contract(desk)
    assert preview_of(paper.versions[0]).count >= 1 and page_of(paper.versions[0], 1).read_bytes()[:8] == PNG
    word = upload(desk, "signed.docx", word_file("Signed by both."))
    seen = preview_of(word.versions[0])
    assert (seen.count, seen.simplified) == (1, True)
    page = look(f"documents/{word.n}/pages")
    [image] = page.select("img.page-image")
    assert str(image["alt"]).startswith("Page 1 of 1: Supply agreement")
    assert "simplified" in page.get_text()
    desk.do("document.upload", word, file=Upload("scan.pdf", as_pdf(sheet("Scan"))), note="Scan")
    assert look(f"documents/{word.n}/pages").select_one("img.page-image")
    desk.do("document.upload", word, file=Upload("bad.pdf", b"%PDF-1.7 broken"), note="Broken")
    broken = look(f"documents/{word.n}/pages")
    assert broken.select_one("img.page-image") is None and broken.select_one("a[download]")


def test_images_and_pdf_are_served_to_who_may_read_the_paper(desk: Desk, look: Look, sign_in: Any) -> None:
    paper = invoice(desk)
    tanya, here = sign_in("tanya"), f"/s/{desk.space.id}/documents/{paper.n}"
    image = tanya.get(f"{here}/pages/1.png")
    assert image.status_code == 200 and image.data.startswith(PNG) and image.mimetype == "image/png"
    assert tanya.get(f"{here}/pages/9.png").status_code == 404
    pdf = tanya.get(f"{here}/pdf")
    assert "attachment" in pdf.headers["Content-Disposition"] and "Maple Dental" in text_of(pdf.data)
    assert sign_in("oleg").get(f"{here}/pages/1.png").status_code in (403, 404)
    frame = look(f"documents/{paper.n}").select_one("#pages [hx-get]")
    assert frame is not None
    part = tanya.get(str(frame["hx-get"]), headers={"HX-Request": "true"})
    assert b"<html" not in part.data and b"page-image" in part.data


def test_an_offer_is_a_pdf_with_letterhead_tax_and_version(desk: Desk, look: Look, sign_in: Any) -> None:
    offer: Any = accepted(desk)
    tanya, here = sign_in("tanya"), f"/s/{desk.space.id}/offers/{offer.n}"
    english = " ".join(text_of(tanya.get(f"{here}/pdf").data).split())
    for words in (
        "Finch & Ledger",
        "31-0000418",
        "Maple Dental",
        "$510",
        "5.75%",
        "$539.33",
        "Q-0001, version 1",
    ):
        assert words in english, words
    russian = tanya.get(f"{here}/pdf?language=ru").data
    assert "Предложение" in text_of(russian)
    assert look(f"offers/{offer.n}/pages").select("img.page-image")
    assert tanya.get(f"{here}/pages/1.png").data.startswith(PNG)
    assert look(f"offers/{offer.n}").select_one("#pages [hx-get]")


def test_a_russian_offer_says_that_the_tax_is_inside(russian_desk: Desk) -> None:
    offer = accepted(russian_desk)
    words = " ".join(text_of(pdf_of(offer, "ru")[1]).split())
    assert "ИНН 9798012347, КПП 979801001" in words and "НДС" in words and "757,38" in words
    assert BytesIO(pdf_of(offer, "en")[1]).read(5) == b"%PDF-"

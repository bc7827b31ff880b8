"""The check of the catalogues sees what is missing."""

from babel.messages.catalog import Catalog

from tools import check_translations
from tools.check_translations import _fault


def fault(
    text: str | tuple[str, ...], translated: str | tuple[str, ...], *, fuzzy: bool = False
) -> str | None:
    catalogue = Catalog(locale="ru")
    catalogue.add(text, translated, flags=["fuzzy"] if fuzzy else [])
    key = text[0] if isinstance(text, tuple) else text
    return _fault(catalogue.get(key), text, catalogue.num_plurals)


def test_a_translated_text_passes() -> None:
    assert fault("Deals", "Сделки") is None
    assert (
        fault(("%(num)d deal", "%(num)d deals"), ("%(num)d сделка", "%(num)d сделки", "%(num)d сделок"))
        is None
    )


def test_faults_are_told_apart() -> None:
    assert fault("Deals", "") == "not translated"
    assert fault("Deals", "Сделки", fuzzy=True) == "in doubt (fuzzy)"
    assert fault("Hello, %(name)s", "Привет") == "a placeholder is missing"
    assert fault("Hello", "Привет, %(name)s") == "a placeholder the original lacks"
    assert fault(("%(num)d deal", "%(num)d deals"), ("%(num)d сделка", "", "")) == "not translated"
    assert _fault(None, "Deals", 3) == "not in the catalogue"


def test_words_of_code_and_of_templates_are_both_seen() -> None:
    places = {
        place.rpartition(":")[0].partition("/")[0] for place, _text, _context in check_translations.used()
    }
    assert places == {"sandbox", "templates"}

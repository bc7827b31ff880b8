"""The catalogues of translated words: compiled for running, brought up to date for translators."""

from __future__ import annotations

from pathlib import Path

from tools.place import BIN, BUILD, ROOT, digest, is_current, make_current, progress, run

LANGUAGES = ("ru",)
TRANSLATIONS = ROOT / "sandbox" / "translations"
KEYWORDS = ("_l", "_n:1,2", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")


def compile_catalogues() -> None:
    """Make the `.mo` files the program reads from the `.po` files people write."""
    sources = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    inputs = digest(*sources)
    stamp = BUILD / ".translations"
    made = all(source.with_suffix(".mo").exists() for source in sources)
    if not sources or (made and is_current(stamp, inputs)):
        return
    with progress("Compiling the translations"):
        run([BIN / "pybabel", "compile", "-d", TRANSLATIONS], "A translation file cannot be read.")
    make_current(stamp, inputs)


def update_catalogues() -> None:
    """Collect the words from code and templates and add the new ones to every catalogue."""
    template = BUILD / "messages.pot"
    template.parent.mkdir(exist_ok=True)
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    run(
        [BIN / "pybabel", "extract", "-F", "babel.cfg", *keywords, "--no-location", "--sort-output",
         "--project=Rehearsal", "-o", template, "."],
        "The words could not be collected.",
    )  # fmt: skip
    for language in LANGUAGES:
        catalogue = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
        exists = catalogue.exists()
        options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"] if exists else []
        run(
            [BIN / "pybabel", "update" if exists else "init", "-i", template, "-d", TRANSLATIONS,
             "-l", language, "--no-wrap", *options],
            f"The {language} catalogue could not be brought up to date.",
        )  # fmt: skip
        if not exists:
            _name_catalogue(catalogue)


def _name_catalogue(catalogue: Path) -> None:
    """Take the form's empty lines (FIRST AUTHOR, EMAIL@ADDRESS) out of a new catalogue's head."""
    text = catalogue.read_text("utf-8")
    _form, _, entries = text.partition('msgid ""\n')
    blank = ('"Report-Msgid-Bugs-To', '"Last-Translator', '"Language-Team')
    kept = [line for line in entries.split("\n") if not line.startswith(blank)]
    catalogue.write_text('msgid ""\n' + "\n".join(kept).replace("Rehearsal VERSION", "Rehearsal"), "utf-8")

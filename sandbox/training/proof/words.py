"""Why a scenario fell in its proof, in a sentence for the trainers; `make prove` tells its author more."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# The words are those of `findings.Finding`.
SENTENCES = {
    "ticks-at-once": _l("A step ticks before anything is done."),
    "ticks-early": _l("A step ticks before its own moves are made."),
    "never-ticks": _l("A step does not tick although its moves are made."),
    "vacuous": _l("A condition cannot fail: it checks nothing."),
    "cannot-be-done": _l("A move of the walkthrough cannot be made."),
    "overtaken": _l("A later step spoils what an earlier one has to leave behind."),
    "needless-moment": _l("A condition is marked as momentary, and nothing overtakes it."),
    "mistaken": _l("The walkthrough itself makes a mistake that the scenario watches for."),
    "unread-move": _l("No condition reads what a move does."),
    "not-missed": _l("A step can be left out without being missed."),
    "missed-elsewhere": _l("A step left out or done wrong is noticed in the wrong place."),
    "no-sentence": _l("A fault is noticed, and no sentence names it."),
    "not-caught": _l("A mistake that it watches for is not caught."),
    "not-critical": _l("A critical mistake does not fail the run."),
    "keep-broken": _l("A condition that has to hold throughout is broken by the walkthrough."),
    "keep-unbroken": _l("No mistake breaks a condition that has to hold throughout."),
}


def sentence_of(fault: dict[str, str]) -> str:
    """The sentence for one kept finding."""
    return str(SENTENCES.get(fault["fault"], fault["told"]))

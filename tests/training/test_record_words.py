"""Judges speak of records, fields and states in people's words, never in codes."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.seeding.recipes import company_file
from sandbox.training.vocabulary import vocabulary_for


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("activity", "Activity"),
        ("activity.on", "Record"),
        ("activity.done", "Done"),
        ("activity.kind=task", "Task"),
        ("call.log.direction=in", "From the customer"),
        ("call.log.outcome=reached", "Reached"),
        ("lead.status=in_work", "In work"),
        ("deal.status=won", "Won"),
        ("deal.stage=offer", "Offer"),
        ("deal.paid_amount", "Amount received"),
        ("call.log", "Log a call"),
    ],
)
def test_a_code_has_its_word(code: str, word: str, db_session: Any) -> None:
    assert vocabulary_for(company_file("office-supply")).label(code, "en") == word


def test_a_firm_has_words_of_its_own(db_session: Any) -> None:
    vocabulary = vocabulary_for(company_file("office-supply"))
    assert vocabulary.label("lead.budget", "en") == "Yearly budget"
    assert vocabulary.label("lead.budget", "ru") == "Годовой бюджет"


def test_a_yes_or_no_is_said_as_people_say_it(db_session: Any) -> None:
    vocabulary = vocabulary_for(company_file("fuel-cards"))
    silent = {
        f"{word}.{name}"
        for word, made in vocabulary.types.items()
        for name, field in made.fields.items()
        if field.kind == "bool" and not name.startswith("custom.")
        if not (
            vocabulary.state(f"{word}.{name}", True, "en") and vocabulary.state(f"{word}.{name}", False, "en")
        )
    }
    assert silent == set()

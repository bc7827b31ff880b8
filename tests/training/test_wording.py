"""What a person reads about a clearance."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from sandbox.training.runs import LEARN
from sandbox.training.wording import missing_sentence, state_words
from tests.training.timeline import earned, failed, on, run


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page in English."""
    app = Flask(__name__)
    Babel(app, locale_selector=lambda: "en")
    with app.test_request_context():
        yield


def test_the_third_run_is_said_to_count_from_tomorrow():
    two_today = on(0, run(0, 10), run(0, 11))
    assert missing_sentence(two_today) == "2 of 3 clean runs; the third counts from tomorrow."


@pytest.mark.parametrize(
    ("hours", "k", "sentence"),
    [
        ((9, 10, 11), 4, "3 of 4 clean runs; the fourth counts from tomorrow."),
        ((9, 10, 11, 12), 5, "4 of 5 clean runs; the last one counts from tomorrow."),
        ((9,), 2, "1 of 2 clean runs; the last one counts from tomorrow."),
        ((9,), 3, "1 of 3 clean runs."),
        ((), 3, "0 of 3 clean runs."),
        ((), 1, "0 of 1 clean run."),
    ],
)
def test_what_is_missing_is_told_in_numbers(hours, k, sentence):
    assert missing_sentence(on(0, *[run(0, hour) for hour in hours], k=k)) == sentence


def test_a_run_on_the_same_data_is_said_to_count_once():
    state = on(1, run(0, data_key="a"), run(1, data_key="a"))
    assert missing_sentence(state) == "1 of 3 clean runs; runs on the same data count once."


def test_nothing_is_missing_while_it_holds():
    assert missing_sentence(on(3, *earned())) == ""


def test_a_clearance_that_runs_out_says_how_to_keep_it():
    assert missing_sentence(on(9, *earned())) == (
        "One clean run by 17 November keeps the clearance without a break."
    )
    assert missing_sentence(on(20, *earned())) == "One clean run by 1 December renews the clearance."


def test_a_clearance_that_ends_before_the_go_live_says_when_it_can_be_extended():
    state = on(3, *earned(), go_live=earned()[0].day.replace(month=12))
    assert missing_sentence(state) == (
        "One clean run from 10 November extends the clearance, which now ends on 17 November."
    )


@pytest.mark.parametrize(
    ("number", "runs", "words"),
    [
        (1, [], "not seen yet"),
        (1, [run(0, mode=LEARN)], "seen, not tried"),
        (1, [failed(0)], "0 of 3 clean runs"),
        (1, [run(0)], "1 of 3 clean runs"),
        (1, earned(), "Cleared to 17 November"),
        (12, earned(), "Cleared, 3 days left"),
        (14, earned(), "Cleared, 1 day left"),
        (15, earned(), "Cleared, last day"),
        (16, earned(), "Expired on 17 November"),
        (3, [*earned(), failed(3)], "Revoked on 5 November"),
        (4, [*earned(), failed(3), run(4)], "1 of 3 clean runs"),
    ],
)
def test_where_a_person_stands_is_told_in_a_few_words(number, runs, words):
    assert state_words(on(number, *runs)) == words

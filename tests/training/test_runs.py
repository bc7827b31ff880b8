"""Which runs count, and what they are worth: every rule of the run score has a fact here."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.training.runs import (
    ABANDONED,
    EXAM,
    LEARN,
    OPEN,
    PRACTICE,
    counted,
    day_in,
    exam_seconds,
    left_for_a_day,
    practice_seconds,
    run_seconds,
    score,
)
from tests.training.timeline import NORM, failed, moment, run

EARLY, LATE = moment(0, 9), moment(0, 11)


def test_a_clean_practice_run_scores_one():
    assert score(run(0)) == 1


def test_a_clean_exam_scores_one():
    assert score(run(0, mode=EXAM)) == 1


@pytest.mark.parametrize("mode", [PRACTICE, EXAM])
def test_a_condition_that_does_not_hold_at_the_finish_scores_zero(mode):
    assert score(failed(0, mode=mode)) == 0


@pytest.mark.parametrize("mode", [PRACTICE, EXAM])
def test_a_critical_mistake_scores_zero_though_every_condition_holds(mode):
    assert score(run(0, mode=mode, first_critical_at=EARLY)) == 0


@pytest.mark.parametrize(("seconds", "y"), [(2 * NORM, 1), (2 * NORM + 0.001, 0)])
@pytest.mark.parametrize("mode", [PRACTICE, EXAM])
def test_the_time_may_be_twice_the_norm_and_no_more(mode, seconds, y):
    assert score(run(0, mode=mode, seconds=seconds)) == y


def test_the_time_test_can_be_switched_off():
    slow = run(0, seconds=10 * NORM)
    assert (score(slow), score(slow, timed=False)) == (0, 1)


def test_switching_the_time_test_off_excuses_nothing_else():
    assert score(failed(0, seconds=NORM), timed=False) == 0
    assert score(run(0, first_critical_at=EARLY), timed=False) == 0


@pytest.mark.parametrize("told", [{}, {"all_conditions_hold": False}, {"first_critical_at": EARLY}])
def test_a_learn_run_never_counts(told):
    assert score(run(0, mode=LEARN, **told)) is None


@pytest.mark.parametrize("holds", [True, False])
def test_a_helped_run_neither_earns_nor_revokes(holds):
    assert score(run(0, first_help_at=EARLY, all_conditions_hold=holds)) is None


def test_a_hint_in_an_exam_leaves_the_exam_uncounted():
    assert score(run(0, mode=EXAM, first_help_at=EARLY)) is None


def test_a_practice_run_with_a_critical_mistake_before_its_first_help_scores_zero():
    assert score(run(0, first_critical_at=EARLY, first_help_at=LATE)) == 0


def test_a_critical_mistake_after_the_first_help_is_a_helped_run_like_any_other():
    assert score(run(0, first_critical_at=LATE, first_help_at=EARLY)) is None


def test_an_open_run_does_not_count_yet():
    for mode in (PRACTICE, EXAM):
        begun = run(0, mode=mode, status=OPEN, finished_at=None, seconds=None, first_critical_at=EARLY)
        assert score(begun) is None


@pytest.mark.parametrize("way", ["restarted_after_critical", "left_24h"])
@pytest.mark.parametrize("status", [OPEN, ABANDONED])
@pytest.mark.parametrize("help_at", [None, LATE])
def test_walking_away_after_a_critical_mistake_scores_zero(way, status, help_at):
    left = run(0, status=status, first_critical_at=EARLY, first_help_at=help_at, **{way: True})
    assert score(left) == 0


@pytest.mark.parametrize("way", ["restarted_after_critical", "left_24h"])
def test_walking_away_without_a_critical_mistake_costs_nothing(way):
    assert score(run(0, status=ABANDONED, **{way: True})) is None


@pytest.mark.parametrize("way", ["restarted_after_critical", "left_24h"])
def test_walking_away_after_a_mistake_made_with_help_costs_nothing(way):
    left = run(0, status=ABANDONED, first_critical_at=LATE, first_help_at=EARLY, **{way: True})
    assert score(left) is None


def test_an_abandoned_practice_run_does_not_count():
    assert score(run(0, status=ABANDONED)) is None


def test_an_exam_abandoned_after_its_first_change_scores_zero():
    assert score(run(0, mode=EXAM, status=ABANDONED, first_change_at=EARLY)) == 0


def test_an_exam_abandoned_before_its_first_change_does_not_count():
    assert score(run(0, mode=EXAM, status=ABANDONED)) is None


def test_an_exam_abandoned_after_a_refused_critical_move_scores_zero():
    assert score(run(0, mode=EXAM, status=ABANDONED, first_critical_at=EARLY)) == 0


def test_an_abandoned_exam_never_passes_even_when_everything_holds():
    assert score(run(0, mode=EXAM, status=ABANDONED, first_change_at=EARLY, all_conditions_hold=True)) == 0


def test_the_norm_measures_an_exam_by_the_wall_clock_less_the_waits():
    start = moment(0, 9)
    minutes = [start + timedelta(minutes=number) for number in range(31)]
    overlapping = [(minutes[5], minutes[10]), (minutes[8], minutes[12]), (minutes[6], minutes[7])]
    assert exam_seconds(start, minutes[30]) == 30 * 60
    assert exam_seconds(start, minutes[30], overlapping) == 23 * 60


def test_a_wait_outside_the_exam_takes_nothing_off():
    start, end = moment(0, 9), moment(0, 10)
    before, after = (moment(0, 7), moment(0, 8)), (moment(0, 10, 30), moment(0, 11))
    assert exam_seconds(start, end, [before, after]) == 3600
    assert exam_seconds(start, end, [(moment(0, 8), moment(0, 11))]) == 0


def test_a_gap_of_over_five_minutes_in_practice_counts_as_five():
    assert practice_seconds([moment(0, 9), moment(0, 9, 4), moment(0, 9, 9), moment(0, 15)]) == 14 * 60


def test_practice_is_timed_from_event_to_event_and_an_exam_by_the_clock():
    start, end = moment(0, 9), moment(0, 10)
    events, waits = [moment(0, 9, 2), moment(0, 9, 4)], [(moment(0, 9, 2), moment(0, 9, 4))]
    assert run_seconds(PRACTICE, start, end, events=events, waits=waits) == 9 * 60
    assert run_seconds(EXAM, start, end, events=events, waits=waits) == 58 * 60


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=20))
def test_practice_never_takes_longer_than_the_wall_clock_and_order_does_not_matter(seconds):
    moments = [moment(0) + timedelta(seconds=one) for one in seconds]
    wall = (max(moments) - min(moments)).total_seconds()
    assert practice_seconds(moments) == practice_seconds(moments[::-1]) <= min(wall, 300 * (len(seconds) - 1))


@given(st.lists(st.tuples(st.integers(-50, 150), st.integers(-50, 150)), max_size=8))
def test_an_exam_takes_the_seconds_that_no_wait_covers(spans):
    start = moment(0)
    waits = [(start + timedelta(seconds=begin), start + timedelta(seconds=end)) for begin, end in spans]
    uncovered = [at for at in range(100) if not any(begin <= at < end for begin, end in spans)]
    assert exam_seconds(start, start + timedelta(seconds=100), waits) == len(uncovered)


def test_a_run_is_left_when_nothing_was_done_for_24_hours():
    assert left_for_a_day(moment(0, 10), moment(1, 10))
    assert not left_for_a_day(moment(0, 10), moment(1, 9, 59))


def test_a_day_is_one_of_the_projects_zone():
    late = datetime(2026, 11, 2, 21, 30, tzinfo=UTC)
    assert day_in("Europe/Moscow", late) == date(2026, 11, 3)
    assert day_in("America/New_York", late) == date(2026, 11, 2)


@pytest.mark.parametrize(
    "told",
    [
        {"mode": "demo"},
        {"status": "done"},
        {"origin": "seed"},
        {"norm_seconds": 0},
        {"finished_at": None},
        {"seconds": None},
        {"status": ABANDONED, "finished_at": None},
        {"status": OPEN, "finished_at": None, "first_critical_at": EARLY, "left_24h": True},
        {"started_at": moment(1)},
        {"started_at": EARLY.replace(tzinfo=None)},
    ],
)
def test_evidence_that_contradicts_itself_is_turned_down(told):
    with pytest.raises(ValueError, match="attempt 7"):
        run(0, attempt=7, **told)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        day_in("Europe/Moscow", EARLY.replace(tzinfo=None))


def test_only_counted_runs_have_a_score():
    for one in (run(0), run(0, mode=LEARN), failed(0), run(0, status=ABANDONED)):
        assert counted(one) == (score(one) is not None)

"""Clearances on random histories: laws that hold for all, and the model read word by word beside ours."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.training.clearances import ClearanceState, clearance
from sandbox.training.reading import validity
from sandbox.training.runs import DEMO, EXAM, LEARN, PRACTICE, Run, score
from tests.training.timeline import day, failed, moment, run

LAST = 200


@st.composite
def histories(draw: st.DrawFn) -> list[Run]:
    """Runs of one person: mostly clean, some helped, failed, repeated or stale, with breaks."""
    runs, number = [], 0
    for attempt in range(1, draw(st.integers(0, 22)) + 1):
        number += draw(st.sampled_from([0, 0, 1, 1, 2, 6, 7, 8, 13, 14, 15, 29]))
        if number > LAST:
            break
        told: dict[str, Any] = {
            "attempt": attempt,
            "finished_at": moment(number, 12) + timedelta(seconds=attempt),
            "data_key": draw(st.sampled_from([f"own-{attempt}"] * 5 + ["a", "b"])),
            "mode": draw(st.sampled_from([PRACTICE] * 6 + [EXAM, LEARN])),
            "all_conditions_hold": draw(st.sampled_from([True] * 8 + [False])),
        }
        if draw(st.integers(0, 9)) == 0:
            told["first_help_at"] = moment(number, 9)
        if draw(st.integers(0, 5)) == 0:
            told["stale_since"] = moment(number + draw(st.sampled_from([0, 1, 3, 10])), 9)
        runs.append(run(number, **told))
    return runs


def seen_on(runs: list[Run], number: int, k: int = 3) -> ClearanceState:
    """The clearance on that day."""
    return clearance(runs, "log-call", today=day(number), k=k)


def stale(one: Run, later: Run) -> bool:
    """Whether the scenario had changed under the first run when the later one was over."""
    return later.finished_at is not None and one.stale_at(later.finished_at)


def by_the_words(runs: list[Run], number: int, k: int) -> tuple[date, date, int] | None:
    """Earned on, valid until and renewals as the model's sentences give them, by slices of the whole list."""
    listed = [one for one in runs if score(one) is not None and one.day <= day(number)]
    since, earned_on, start, renewals = 0, None, None, 0
    for at, one in enumerate(listed):
        if start is not None and one.day > start + 2 * timedelta(days=validity(renewals)):
            since, start, renewals = at, None, 0
        if start is not None and score(one) == 0:
            since, start, renewals = at + 1, None, 0
        elif start is not None:
            halfway = 2 * (one.day - start) >= timedelta(days=validity(renewals))
            if halfway and not stale(one, one):
                start, renewals = one.day, renewals + 1
        elif score(one) == 1 and not stale(one, one):
            usable = [run for run in listed[since : at + 1] if score(run) == 0 or not stale(run, one)][-k:]
            if (
                len(usable) == k
                and all(score(run) == 1 for run in usable)
                and len({run.data_key for run in usable}) == k
                and len({run.day for run in usable}) >= 2
            ):
                earned_on, start, renewals = one.day, one.day, 0
    if start is None or earned_on is None:
        return None
    return earned_on, start + timedelta(days=validity(renewals)), renewals


@given(histories(), st.integers(0, LAST), st.sampled_from([3, 4]))
def test_it_is_the_model_word_by_word(runs, number, k):
    found = seen_on(runs, number, k)
    words = by_the_words(runs, number, k)
    if words is None:
        assert not found.valid
        assert not found.covers
    else:
        assert (found.earned_on, found.valid_until, found.renewals) == words
        assert found.valid == (day(number) <= words[1])


@given(histories(), st.randoms(use_true_random=False), st.integers(0, LAST))
def test_the_order_in_which_runs_are_read_does_not_matter(runs, chance, number):
    shuffled = list(runs)
    chance.shuffle(shuffled)
    assert seen_on(shuffled, number) == seen_on(runs, number)


@given(histories(), st.integers(0, LAST))
def test_what_does_not_count_changes_nothing_that_is_held(runs, number):
    found, bare = seen_on(runs, number), seen_on([one for one in runs if score(one) is not None], number)
    assert replace(found, state="", ladder=bare.ladder) == replace(bare, state="")
    assert found.valid == bare.valid


@given(histories(), st.integers(0, LAST))
def test_runs_of_the_demo_change_nothing_in_the_real_world(runs, number):
    played = [replace(one, attempt=one.attempt + 1000, origin=DEMO) for one in runs]
    assert seen_on([*runs, *played], number) == seen_on(runs, number)


@given(histories(), st.integers(0, LAST))
def test_a_failure_at_the_end_leaves_no_clearance(runs, number):
    known = [one for one in runs if one.day <= day(number)]
    state = seen_on([*known, failed(number, 23)], number)
    assert not state.valid
    assert state.passes_toward_k == 0


@given(histories(), st.integers(0, LAST), st.sampled_from([3, 4]))
def test_one_more_pass_never_takes_anything_away(runs, number, k):
    known = [one for one in runs if one.day <= day(number)]
    before, after = seen_on(known, number, k), seen_on([*known, run(number, 23)], number, k)
    assert after.covers >= before.covers
    assert (after.valid_until or day(0)) >= (before.valid_until or day(0))


@given(histories(), st.integers(0, LAST), st.sampled_from([3, 4]))
def test_what_is_said_to_be_missing_is_missing(runs, number, k):
    """A pass on fresh data brings the clearance exactly when one is missing, and not before the day said."""
    known = [one for one in runs if one.day <= day(number)]
    state = clearance(known, "log-call", today=day(number), k=k, at=moment(number, 22))
    if state.missing is None:
        assert state.valid
        return
    counts_from = state.missing.day or day(number)
    last = state.missing.need - state.missing.have == 1
    ahead = (counts_from - day(number)).days
    for later in range(ahead + 1):
        after = seen_on([*known, run(number + later, 23)], number + later, k)
        if state.missing.reason == "needs_renewal":
            assert (after.renewals == state.renewals + 1) == (later == ahead)
        else:
            assert after.valid == (last and later == ahead)


@given(histories(), st.integers(0, LAST), st.sampled_from([3, 4]))
def test_a_clearance_rests_on_clean_runs_on_different_data_and_days(runs, number, k):
    by_attempt = {one.attempt: one for one in runs}
    state = seen_on(runs, number, k)
    used = [by_attempt[attempt] for attempt in state.used_runs]
    assert all(score(one) == 1 for one in used)
    if state.valid:
        first = used[:k]
        assert len({one.data_key for one in first}) == k
        assert len({one.day for one in first}) >= 2
        assert len(used) == k + state.renewals
        assert state.valid_until == used[-1].day + timedelta(days=validity(state.renewals))
        assert state.days_left in range(61)


@given(histories(), st.integers(0, LAST))
def test_a_critical_operation_is_never_easier(runs, number):
    stale = any(one.stale_since for one in runs)
    late = seen_on(runs, number, 4)
    if not stale and late.valid and not any(score(one) == 0 for one in runs):
        assert late.earned_on is not None
        # Three runs have won it by that day; it may have run out again while the fourth was waited for.
        early = clearance(runs, "log-call", today=late.earned_on, k=3)
        assert early.earned_on is not None
        assert early.state in ("held", "expiring", "expired")

"""Clearances on hand-made timelines: each rule of the model has a fact that fails without it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from sandbox.training.clearances import DEMO_WORLD, K_CRITICAL, Missing, coverage
from sandbox.training.reading import validity
from sandbox.training.runs import ABANDONED, DEMO, EXAM, LEARN, OPEN, day_in
from tests.training.timeline import day, earned, failed, moment, on, run

# Earning


def test_three_clean_runs_on_two_days_earn_a_clearance():
    state = on(1, *earned())
    assert (state.state, state.covers, state.earned_on, state.valid_until) == ("held", True, day(1), day(15))
    assert state.missing is None


def test_two_clean_runs_do_not():
    state = on(1, run(0), run(1))
    assert (state.state, state.covers, state.valid_until) == ("trying", False, None)
    assert state.missing == Missing("needs_passes", 2, 3)


def test_a_critical_operation_needs_four():
    runs = earned()
    assert on(1, *runs, k=K_CRITICAL).missing == Missing("needs_passes", 3, 4)
    assert on(2, *runs, run(2), k=K_CRITICAL).valid


def test_three_clean_runs_on_one_day_wait_for_another():
    state = on(0, run(0, 10), run(0, 11), run(0, 12))
    assert state.missing == Missing("needs_another_day", 2, 3, day(1))
    assert (state.state, state.covers, state.passes_toward_k) == ("trying", False, 2)


def test_two_clean_runs_today_say_that_the_third_counts_from_tomorrow():
    runs = [run(0, 10), run(0, 11)]
    assert on(0, *runs).missing == Missing("needs_another_day", 2, 3, day(1))
    assert on(1, *runs).missing == Missing("needs_passes", 2, 3)
    assert on(1, *runs, run(1)).valid


def test_the_third_counts_today_when_the_first_was_yesterday():
    assert on(1, run(0), run(1)).missing == Missing("needs_passes", 2, 3)


def test_two_of_four_today_may_become_three_of_four_today():
    runs = [run(0, hour) for hour in (9, 10)]
    assert on(0, *runs, k=4).missing == Missing("needs_passes", 2, 4)
    assert on(0, *runs, run(0, 11), k=4).missing == Missing("needs_another_day", 3, 4, day(1))


def test_four_passes_on_one_day_and_one_on_another_earn_it_on_the_other():
    runs = [run(0, hour) for hour in (9, 10, 11, 12)]
    assert not on(0, *runs).valid
    state = on(1, *runs, run(1))
    assert (state.earned_on, len(state.used_runs)) == (day(1), 3)


def test_the_same_data_twice_earns_nothing():
    runs = [run(0, 10, data_key="a"), run(0, 11, data_key="b"), run(1, 10, data_key="b")]
    assert on(1, *runs).missing == Missing("needs_other_data", 1, 3)
    runs += [run(1, 11, data_key="c")]
    assert not on(1, *runs).valid
    assert on(2, *runs, run(2, data_key="d")).valid


def test_a_repeat_after_two_good_runs_is_said_to_be_a_repeat():
    state = on(2, *[run(number, data_key=key) for number, key in enumerate("aba")])
    assert state.missing == Missing("needs_other_data", 2, 3)


def test_two_runs_on_one_data_are_one_of_three():
    assert on(1, run(0, data_key="a"), run(1, data_key="a")).missing == Missing("needs_other_data", 1, 3)


def test_the_same_seed_in_another_scenario_is_different_data():
    hard = run(1, data_key="a", scenario="sales/log-a-hard-call")
    runs = [run(0, data_key="a"), hard, run(2, data_key="b")]
    assert on(2, *runs).valid


def test_a_failed_run_between_the_passes_starts_the_count_anew():
    runs = [run(0, 9), run(0, 10), failed(0, 11), run(1, 9), run(1, 10)]
    assert on(1, *runs).missing == Missing("needs_another_day", 2, 3, day(2))
    assert on(2, *runs, run(2)).earned_on == day(2)


def test_learn_runs_and_helped_runs_between_the_passes_do_not():
    first, second, third = earned()
    between = [
        failed(0, 12, mode=LEARN),
        failed(0, 13, first_help_at=moment(0, 8)),
        failed(0, 14, mode=EXAM, status=ABANDONED),
    ]
    assert on(1, first, *between, second, third).valid


def test_practice_and_exams_add_up():
    assert on(1, run(0, 10), run(0, 11, mode=EXAM), run(1)).valid


def test_runs_of_another_operation_do_not_add_up():
    first, second, third = earned()
    elsewhere = replace(third, operation="win-deal")
    assert on(1, first, second, elsewhere).passes_toward_k == 2
    assert on(1, first, second, elsewhere, operation="win-deal").passes_toward_k == 1


def test_slow_runs_earn_only_where_time_is_not_judged():
    slow = [replace(one, seconds=9_999.0) for one in earned()]
    assert not on(1, *slow).valid
    assert on(1, *slow, timed=False).valid


def test_attempts_count_in_the_order_in_which_they_were_over():
    runs = [run(0, 9), failed(0, 12, started_at=moment(0, 8)), run(0, 13), run(1)]
    assert on(1, *runs).passes_toward_k == on(1, *reversed(runs)).passes_toward_k == 2


def test_runs_after_the_day_of_asking_are_not_known_yet():
    assert on(0, *earned()).passes_toward_k == 2


def test_two_days_are_days_of_the_projects_zone():
    """23:30 and 00:30 in Moscow are one day in UTC; 00:30 and 12:00 in Moscow are two days in UTC."""

    def at(hour: int, minute: int, number: int):
        over = datetime(2026, 11, number, hour, minute, tzinfo=UTC)
        start = over - timedelta(minutes=5)
        return run(0, started_at=start, finished_at=over, day=day_in("Europe/Moscow", over))

    assert on(1, at(20, 20, 2), at(20, 30, 2), at(21, 30, 2)).earned_on == day(1)
    assert not on(1, at(21, 20, 2), at(21, 30, 2), at(9, 0, 3)).valid


# Revoking


def test_a_counted_failure_revokes_a_held_clearance():
    wrong = failed(3)
    state = on(3, *earned(), wrong)
    assert (state.state, state.covers, state.valid_until) == ("revoked", False, None)
    assert (state.revoked_on, state.revoked_by) == (day(3), wrong.attempt)
    assert state.missing == Missing("needs_passes", 0, 3)


def test_a_failure_on_the_very_day_of_earning_revokes():
    assert on(1, *earned(), failed(1, 15)).state == "revoked"


def test_a_failure_earlier_on_that_day_prevents_the_earning():
    state = on(1, *earned(), failed(1, 9))
    assert (state.state, state.passes_toward_k) == ("trying", 1)


def test_after_a_revocation_three_passes_are_needed_anew():
    runs = [*earned(), failed(3, 9), run(3, 10), run(3, 11)]
    assert on(3, *runs).state == "revoked"
    assert on(3, *runs).missing == Missing("needs_another_day", 2, 3, day(4))
    state = on(4, *runs, run(4))
    assert (state.state, state.earned_on, state.revoked_on, state.renewals) == ("held", day(4), None, 0)


def test_renewals_begin_at_zero_after_a_revocation():
    runs = [*earned(), run(8), failed(9), run(10), run(11), run(12)]
    state = on(12, *runs)
    assert (state.renewals, state.valid_until) == (0, day(26))


def test_a_failure_with_help_or_while_learning_revokes_nothing():
    assert on(3, *earned(), failed(3, first_help_at=moment(3, 11)), failed(3, 13, mode=LEARN)).valid


def test_a_critical_mistake_that_help_followed_revokes():
    wrong = run(3, first_critical_at=moment(3, 9), first_help_at=moment(3, 11))
    assert on(3, *earned(), wrong).state == "revoked"


def test_an_exam_abandoned_after_a_change_revokes_and_an_unread_one_does_not():
    wrong = run(3, mode=EXAM, status=ABANDONED, first_change_at=moment(3, 9))
    assert on(3, *earned(), wrong).state == "revoked"
    assert on(3, *earned(), run(3, mode=EXAM, status=ABANDONED)).valid


def test_an_attempt_left_for_a_day_revokes_when_the_day_is_over():
    left = run(3, status=OPEN, first_critical_at=moment(2, 12), left_24h=True)
    assert on(2, *earned(), left).valid
    assert on(3, *earned(), left).state == "revoked"


# Validity and renewal


def test_validity_doubles_with_each_renewal_up_to_sixty_days():
    assert [validity(renewals) for renewals in range(6)] == [14, 28, 56, 60, 60, 60]
    assert validity(10_000) == 60


def test_a_clearance_holds_through_its_last_day():
    runs = earned()
    assert (on(8, *runs).state, on(9, *runs).state) == ("held", "expiring")
    assert (on(9, *runs).days_left, on(15, *runs).days_left) == (6, 0)
    assert (on(15, *runs).valid, on(16, *runs).state, on(16, *runs).covers) == (True, "expired", False)


def test_the_ladder_warns_in_the_last_seven_days():
    assert [on(number, *earned()).ladder.warn for number in (8, 9, 15, 16)] == [False, True, True, False]


def test_a_pass_exactly_halfway_renews():
    state = on(8, *earned(), run(8))
    assert (state.renewals, state.renewed_on, state.valid_until) == (1, day(8), day(36))
    assert (state.earned_on, len(state.used_runs)) == (day(1), 4)


def test_a_pass_a_day_before_halfway_does_not():
    state = on(8, *earned(), run(7))
    assert (state.renewals, state.valid_until, state.renewable_from) == (0, day(15), day(8))


def test_passes_on_the_day_of_earning_renew_nothing():
    state = on(1, *earned(), run(1, 15), run(1, 16))
    assert (state.renewals, state.valid_until, len(state.used_runs)) == (0, day(15), 3)


def test_a_second_pass_on_the_day_of_a_renewal_renews_nothing_more():
    assert on(8, *earned(), run(8, 10), run(8, 11)).renewals == 1


def test_each_renewal_waits_for_half_of_its_own_validity():
    runs = [*earned(), run(8), run(21)]
    assert on(21, *runs).renewals == 1
    state = on(22, *runs, run(22))
    assert (state.renewals, state.valid_until) == (2, day(78))
    state = on(50, *runs, run(22), run(50))
    assert (state.renewals, state.valid_until, state.renewable_from) == (3, day(110), day(80))


def test_a_helped_run_renews_nothing():
    assert on(8, *earned(), run(8, first_help_at=moment(8, 9))).renewals == 0


@pytest.mark.parametrize("number", [16, 29])
def test_one_pass_renews_an_expired_clearance_within_its_validity(number):
    state = on(number, *earned(), run(number))
    assert (state.state, state.renewals, state.valid_until) == ("held", 1, day(number + 28))


def test_one_pass_a_day_later_is_the_first_of_three():
    state = on(30, *earned(), run(30))
    assert (state.state, state.missing) == ("expired", Missing("needs_passes", 1, 3))
    assert not state.covers


def test_after_a_late_expiry_only_passes_from_then_on_count_and_renewals_begin_at_zero():
    runs = [*earned(), run(2), run(8), run(9), run(65), run(66, 10), run(66, 11)]
    assert on(64, *runs).renewable_until == day(64)
    assert on(65, *runs).missing == Missing("needs_passes", 1, 3)
    state = on(66, *runs)
    assert (state.earned_on, state.renewals, state.valid_until) == (day(66), 0, day(80))


def test_passes_made_while_it_was_held_do_not_count_after_it_lapsed():
    state = on(30, *earned(), run(5), run(6), run(30))
    assert (state.state, state.passes_toward_k) == ("expired", 1)


def test_an_expired_clearance_says_by_when_one_pass_renews_it():
    assert on(20, *earned()).missing == Missing("needs_renewal", 0, 1, day(20), day(29))
    assert on(29, *earned()).missing == Missing("needs_renewal", 0, 1, day(29), day(29))
    assert on(30, *earned()).missing == Missing("needs_passes", 0, 3)


def test_a_failure_after_the_expiry_takes_the_renewal_by_one_pass_away():
    state = on(21, *earned(), failed(20), run(21))
    assert (state.state, state.passes_toward_k) == ("revoked", 1)


def test_a_failure_long_after_the_expiry_leaves_an_expired_clearance_expired():
    assert on(41, *earned(), failed(40)).state == "expired"


# Stale passes


def test_a_changed_scenario_keeps_a_held_clearance_until_its_date():
    runs = [replace(one, stale_since=moment(2)) for one in earned()]
    assert (on(3, *runs).valid, on(15, *runs).covers, on(16, *runs).state) == (True, True, "expired")


def test_a_scenario_changed_on_the_day_of_earning_takes_nothing_away():
    assert on(1, *[replace(one, stale_since=moment(1, 18)) for one in earned()]).valid


def test_a_stale_pass_is_not_among_the_three_of_a_new_clearance():
    old = [replace(one, stale_since=moment(1, 8)) for one in (run(0, 10), run(0, 11))]
    assert on(1, *old, run(1)).missing == Missing("needs_passes", 1, 3)
    assert on(3, *old, run(1), run(2), run(3)).earned_on == day(3)


def test_a_stale_pass_among_fresh_ones_is_passed_over():
    runs = [run(0), run(1, stale_since=moment(1, 15)), run(2), run(3)]
    assert not on(2, *runs).valid
    assert on(3, *runs).used_runs == (runs[0].attempt, runs[2].attempt, runs[3].attempt)


def test_a_run_that_was_stale_when_it_ended_renews_nothing():
    assert on(8, *earned(), run(8, stale_since=moment(8, 9))).renewals == 0
    assert on(9, *earned(), run(8, stale_since=moment(8, 18))).renewals == 1


def test_a_question_about_the_past_knows_only_what_was_known_then():
    runs = [run(0, 10, stale_since=moment(5)), run(0, 11), run(1, 15)]
    assert on(1, *runs, at=moment(1, 14)).passes_toward_k == 2
    assert on(1, *runs[:2], at=moment(4)).passes_toward_k == 2
    assert on(1, *runs[:2], at=moment(5)).passes_toward_k == on(1, *runs[:2]).passes_toward_k == 1
    assert on(1, *runs, at=moment(1, 15)).valid


def test_a_stale_failure_still_revokes():
    assert on(3, *earned(), failed(3, stale_since=moment(3, 18))).state == "revoked"


# Go-live


def test_a_clearance_covers_a_go_live_on_its_last_day_and_not_the_day_after():
    assert on(3, *earned(), go_live=day(15)).covers
    late = on(3, *earned(), go_live=day(16))
    assert (late.valid, late.covers) == (True, False)
    assert late.missing == Missing("needs_renewal", 0, 1, day(8), day(29))


def test_without_a_project_the_day_is_today():
    assert [on(number, *earned()).covers for number in (1, 15, 16)] == [True, True, False]


def test_a_revoked_clearance_covers_no_day():
    assert not on(3, *earned(), failed(3), go_live=day(0)).covers


# The demo's world and the real one


def test_runs_of_the_demo_count_in_the_demo_only():
    played = [replace(one, origin=DEMO) for one in earned()[:2]]
    assert on(1, *played, run(1)).passes_toward_k == 1
    state = on(1, *played, run(1), origins=DEMO_WORLD)
    assert (state.valid, state.demo) == (True, True)
    assert not on(1, *earned(), origins=DEMO_WORLD).demo


def test_a_failure_of_the_demo_revokes_nothing_real():
    assert on(3, *earned(), failed(3, origin=DEMO)).valid


def test_the_runs_of_two_people_are_never_read_as_one():
    with pytest.raises(ValueError, match="several"):
        on(1, run(0), run(0, person=3))


def test_a_clearance_for_nothing_is_turned_down():
    with pytest.raises(ValueError, match="at least one"):
        on(1, run(0), k=0)


# The ladder


@pytest.mark.parametrize(
    ("runs", "state", "see", "tried", "alone"),
    [
        ([], "none", False, False, 0),
        ([run(0, mode=LEARN, status=OPEN, finished_at=None)], "none", False, False, 0),
        ([run(0, mode=LEARN)], "seen", True, False, 0),
        ([run(0, mode=LEARN), run(0, first_help_at=moment(0, 9))], "trying", True, True, 0),
        ([run(0, mode=LEARN), failed(0)], "trying", True, True, 0),
        ([run(0, mode=LEARN), run(0, status=ABANDONED)], "seen", True, False, 0),
        ([run(0)], "trying", False, True, Fraction(1, 3)),
        (earned(), "held", False, True, 1),
    ],
)
def test_the_ladder_shows_see_try_and_alone(runs, state, see, tried, alone):
    found = on(1, *runs)
    assert found.state == state
    assert (found.ladder.see, found.ladder.tried, found.ladder.alone) == (see, tried, alone)


def test_the_evidence_of_a_clearance_can_be_opened():
    runs = earned()
    assert on(1, *runs).used_runs == tuple(one.attempt for one in runs)
    assert on(1, *runs[:2]).used_runs == tuple(one.attempt for one in runs[:2])


# Coverage


def test_coverage_weighs_each_operation_of_the_job_role():
    states = {"log-call": on(1, *earned()), "win-deal": on(1, run(0)), "elsewhere": on(1, *earned())}
    weights = {"log-call": 15, "win-deal": 10, "never-tried": 5}
    assert coverage(states, weights) == Fraction(1, 2)


def test_coverage_counts_what_reaches_the_go_live_and_no_more():
    assert coverage({"log-call": on(3, *earned(), go_live=day(40))}, {"log-call": 1}) == 0


def test_coverage_of_nothing_is_no_data():
    assert coverage({}, {}) is None
    assert coverage({}, {"log-call": 0}) is None


def test_coverage_is_exact():
    states = {"log-call": on(1, *earned())}
    assert coverage(states, {"log-call": Decimal("0.9"), "win-deal": Decimal("0.1")}) == Fraction(9, 10)


def test_a_weight_below_zero_is_turned_down():
    with pytest.raises(ValueError, match="below zero"):
        coverage({}, {"log-call": -1})

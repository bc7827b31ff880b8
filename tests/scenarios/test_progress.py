"""Steps tick, moments pass, mistakes are caught, a rewind undoes back to the tick before it in time."""

import json
from decimal import Decimal
from pathlib import Path

from sandbox.scenarios import Progress, advance, events_to_undo, finish, load_scenario, rewound
from sandbox.scenarios.conditions import RefusalCondition
from tests.scenarios.talk import HEAD, ROOT, VOCABULARY, Play, load

DEALS = (
    HEAD
    + """\
given:
  firm: {is: company, name: Northwind}
  twin: {is: company, name: {like: $firm.name}}
  other: {is: deal, title: Other, company: $twin, status: open}
steps:
  - say: {en: Look., ru: Посмотрите.}
    do: [open: deals]
  - say: {en: Open a deal., ru: Откройте сделку.}
    do: [{deal.create: {title: Cards, company: $firm, amount: 1000, stage: qualification, call: deal}}]
    expect:
      - record: {is: deal, where: {company: $firm, stage: qualification}, count: 1, call: deal}
        moment: true
  - say: {en: "Log a call on {{ deal.title }}.", ru: "Запишите звонок: {{ deal.title }}."}
    do: [{call.log: {on: $deal, outcome: reached}}]
    expect: [{event: {is: call.logged, on: $deal}}]
  - say: {en: Move it on., ru: Продвиньте.}
    after: 3
    do: [{deal.move: {on: $deal, stage: offer}}]
    expect: [{record: {is: $deal, where: {stage: offer}}}]
keep:
  - record: {is: deal, where: {company: $twin}, at_most: 1}
mistakes:
  - when: {event: {is: call.logged, on: $other}}
    say: {en: Wrong deal., ru: Не та сделка.}
    critical: true
  - when: {refused: deal.win, because: not_paid, on: $deal}
    say: {en: Paid first., ru: Сначала оплата.}
"""
)


class Run:
    """A play with its progress."""

    def __init__(self, folder: Path) -> None:
        self.play = Play(load(folder, DEALS))
        self.progress = Progress()
        self.look()

    def look(self, *seen: str) -> None:
        """Brings the progress up to now."""
        stored = Progress.from_json(json.loads(json.dumps(self.progress.as_json())))
        self.progress = advance(self.play.scenario, self.play.world, self.play.bindings, stored, seen)

    def do(self, step: int) -> None:
        """Performs the first move of a step, counted from 0, with the names bound so far."""
        for name, key in self.progress.bindings.items():
            self.play.bindings[name] = type(self.play.bindings["me"])(key.type, key.n)
        self.play.walk(step)
        self.look()

    @property
    def ticks(self) -> list[int | None]:
        """The event each step ticked at."""
        return [state.ticked_at for state in self.progress.steps]


def test_before_anything_is_done_nothing_is_ticked_and_the_finish_fails(tmp_path: Path) -> None:
    run = Run(tmp_path)
    assert run.ticks == [None, None, None, None]
    judged = finish(run.play.scenario, run.play.world, run.play.bindings, run.progress)
    assert not judged.right
    assert judged.first_unmet
    assert judged.first_unmet.step == 1
    assert [verdict.met for verdict in run.progress.keep] == [True]


def test_the_walkthrough_ticks_each_step_when_its_moves_are_done(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.look("deals")
    for step in (1, 2, 3):
        run.do(step)
    assert run.ticks == [0, 1, 2, 3]
    judged = finish(run.play.scenario, run.play.world, run.play.bindings, run.progress)
    assert judged.right
    assert not judged.critical
    assert not judged.mistakes


def test_a_step_of_open_alone_is_ticked_by_the_page_and_not_scored(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.look("leads")
    assert run.ticks[0] is None
    run.look("deals")
    assert run.ticks[0] == 0


def test_a_moment_counts_when_it_has_passed(tmp_path: Path) -> None:
    run = Run(tmp_path)
    for step in (1, 2, 3):
        run.do(step)
    assert run.progress.steps[1].holds
    assert run.progress.bindings["deal"].type == "deal"


def test_what_is_no_moment_must_hold_at_the_finish(tmp_path: Path) -> None:
    run = Run(tmp_path)
    for step in (1, 2, 3):
        run.do(step)
    run.play.act("deal.move", run.progress.bindings["deal"], {"stage": "new"})
    run.look()
    assert run.progress.steps[3].ticked
    judged = finish(run.play.scenario, run.play.world, run.play.bindings, run.progress)
    assert not judged.right
    assert judged.first_unmet
    assert judged.first_unmet.step == 3


def test_a_step_waits_for_those_it_comes_after(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.do(1)
    run.do(3)
    assert run.ticks[3] is None
    run.do(2)
    assert run.ticks[3] is None, "work done too early does not count"
    run.play.act("deal.move", run.progress.bindings["deal"], {"stage": "negotiation"})
    run.do(3)
    assert run.ticks == [None, 1, 3, 5]


def test_a_name_stays_with_its_record_when_another_fits_as_well(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.do(1)
    first = run.progress.bindings["deal"]
    run.do(2)
    values = {"title": "Second", "company": run.play.key("firm"), "stage": "qualification"}
    run.play.act("deal.create", None, values)
    run.look()
    assert run.progress.bindings["deal"] == first


def test_a_mistake_is_caught_once(tmp_path: Path) -> None:
    run = Run(tmp_path)
    for _ in range(2):
        run.play.act("call.log", run.play.key("other"), {"outcome": "reached"})
        run.look()
    assert [(one.index, one.at) for one in run.progress.mistakes] == [(0, 1)]
    assert finish(run.play.scenario, run.play.world, run.play.bindings, run.progress).critical


def test_a_refusal_is_a_mistake_only_where_the_file_says_so(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.do(1)
    run.play.world.refuse("deal.win", "not_open", run.progress.bindings["deal"])
    run.look()
    assert not run.progress.mistakes
    run.play.world.refuse("deal.win", "not_paid", run.progress.bindings["deal"])
    run.look()
    assert [one.index for one in run.progress.mistakes] == [1]


def test_a_broken_keep_fails_the_finish_after_all_steps(tmp_path: Path) -> None:
    run = Run(tmp_path)
    for step in (1, 2, 3):
        run.do(step)
    values = {"title": "X", "company": run.play.key("twin"), "amount": Decimal(1), "stage": "offer"}
    run.play.act("deal.create", None, values)
    run.look()
    judged = finish(run.play.scenario, run.play.world, run.play.bindings, run.progress)
    assert not judged.right
    assert judged.first_unmet
    assert judged.first_unmet.step is None


def test_a_rewind_goes_back_to_the_tick_before_in_time_not_in_the_file(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.do(1)  # event 1
    run.play.act("call.log", run.play.key("other"), {"outcome": "reached"})  # event 2, a mistake
    run.look()
    run.do(2)  # event 3
    run.do(3)  # event 4
    assert [event.n for event in events_to_undo(run.progress, 2, run.play.world.events())] == [4, 3, 2]
    after = rewound(run.play.scenario, run.progress, 2)
    assert [state.ticked_at for state in after.steps] == [None, 1, None, None]
    assert set(after.bindings) == {"deal"}
    assert not after.mistakes


def test_a_rewind_to_the_open_step_undoes_what_came_after_the_last_tick(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.do(1)
    run.play.act("call.log", run.play.key("other"), {"outcome": "reached"})
    run.look()
    assert [event.n for event in events_to_undo(run.progress, 2, run.play.world.events())] == [2]
    assert rewound(run.play.scenario, run.progress, 2).steps[1].ticked


def test_a_rewind_to_the_open_step_takes_back_what_was_done_ahead_of_it(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.do(1)
    events = run.play.world.events()
    assert run.progress.steps[1].ticked and not run.progress.steps[0].ticked
    assert [event.n for event in events_to_undo(run.progress, 0, events)] == [1]
    assert not rewound(run.play.scenario, run.progress, 0).steps[1].ticked
    # help that does the step for one begins the step anew, and leaves the other work alone
    assert events_to_undo(run.progress, 0, events, ahead=False) == []
    assert rewound(run.play.scenario, run.progress, 0, ahead=False).steps[1].ticked


def test_a_rewind_to_the_first_step_undoes_everything_but_what_was_laid_out(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.play.act("call.log", run.play.key("other"), {"outcome": "reached"}, origin="given")
    run.do(1)
    run.do(2)
    assert [event.n for event in events_to_undo(run.progress, 1, run.play.world.events())] == [3, 2]
    assert rewound(run.play.scenario, run.progress, 1).bindings == {}


def test_the_first_scenario_is_solved_by_its_walkthrough_with_many_seeds() -> None:
    scenario = load_scenario(ROOT / "scenarios/sales/log-a-call.yaml", VOCABULARY, ROOT / "scenarios")
    for seed in range(20):
        for language in ("en", "ru"):
            play = Play(scenario, seed, language)
            progress = advance(scenario, play.world, play.bindings)
            for step in scenario.steps[1:]:
                assert not progress.steps[step.index].ticked
                play.walk(step.index)
                progress = advance(scenario, play.world, play.bindings, progress)
                assert progress.steps[step.index].ticked
            judged = finish(scenario, play.world, play.bindings, progress)
            assert judged.right
            assert not judged.mistakes


def test_the_mistakes_of_the_first_scenario_are_caught_and_break_its_keep() -> None:
    scenario = load_scenario(ROOT / "scenarios/sales/log-a-call.yaml", VOCABULARY, ROOT / "scenarios")
    broken = set()
    for mistake in scenario.mistakes:
        play = Play(scenario)
        assert mistake.try_
        play.walk(*range(mistake.try_.after))
        for move in mistake.try_.do:
            if isinstance(mistake.when, RefusalCondition):
                play.world.refuse(mistake.when.action, mistake.when.because or "")
            else:
                play.perform(move)  # type: ignore[arg-type]
        progress = advance(scenario, play.world, play.bindings)
        assert [one.index for one in progress.mistakes] == [mistake.index]
        broken |= {n for n, verdict in enumerate(progress.keep) if not verdict.met}
    assert broken == set(range(len(scenario.keep)))

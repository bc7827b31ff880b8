"""Conditions: what satisfies them, whose work counts, and what a near miss is told."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.scenarios import RecordKey, Verdict, judge, say
from sandbox.scenarios.language.quotes import nest_quotes
from tests.scenarios.talk import HEAD, NOW, VOCABULARY, Play, load

GIVEN = """\
given:
  east: {is: company, name: Northwind East}
  west: {is: company, name: Northwind West}
  deal: {is: deal, title: Old, company: $east, amount: 500, status: open}
"""
STEP = """\
steps:
  - say: {en: Do it., ru: Сделайте.}
    do: [{deal.create: {title: Cards, company: $east, amount: 1000, stage: qualification}}]
    expect: [%s]
"""
OPENED = "record: {is: deal, where: {company: $east, amount: 1000, stage: qualification}, call: new}"


def played(folder: Path, condition: str) -> Play:
    """A play of one step that expects this condition."""
    return Play(load(folder, HEAD + GIVEN + STEP % ("{" + condition + "}")))


def verdict(play: Play, own_work: bool = True) -> Verdict:
    """The verdict on the step's condition now."""
    condition = play.scenario.steps[0].expect[0]
    return judge(condition, play.world, play.bindings, own_work=own_work)


def told(play: Play, language: str = "en") -> str:
    """What the trainee reads about the step's condition now."""
    message = verdict(play).message
    assert message
    return say(message, language, VOCABULARY, "USD")


def create(
    play: Play, company: str = "east", amount: int = 1000, stage: str = "qualification", **more: str
) -> RecordKey:
    """Opens a deal as the trainee, or as another origin."""
    values = {"title": "Cards", "company": play.key(company), "amount": Decimal(amount), "stage": stage}
    made = play.act("deal.create", None, values, **more)
    assert made
    return made


def test_a_made_record_satisfies_and_gets_its_name(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    assert not verdict(play).met
    key = create(play)
    assert verdict(play).met
    assert verdict(play).bindings == {"new": key}
    assert verdict(play).message is None
    assert all(part.met for part in verdict(play).parts)


def test_the_nearest_record_is_told_with_what_is_right_and_what_differs(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    create(play, company="west")
    assert told(play) == (
        "“Cards”: company is “Northwind West”, expected “Northwind East”. "
        "The rest is right: amount, stage. Correct it there."
    )
    assert told(play, "ru") == (
        "«Cards»: в поле «Компания» сейчас «Northwind West», а нужно «Northwind East». "
        "Остальное верно: сумма, этап. Исправьте это в карточке."
    )
    assert [part.met for part in verdict(play).parts] == [True, False, True, True]


def test_a_namesake_is_not_told_as_the_name_that_was_wanted(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    play.world.act("company.edit", "company.edited", play.key("west"), sets={"name": "Northwind East"})
    create(play, company="west")
    assert "company is another card of the same name, “Northwind East”." in told(play)
    assert "в поле «Компания» другая карточка с тем же названием, «Northwind East»." in told(play, "ru")


def test_what_should_be_empty_is_said_to_be(tmp_path: Path) -> None:
    play = played(tmp_path, "record: {is: $deal, where: {amount: {filled: false}}}")
    assert told(play).startswith("“Old”: amount is $500 and should be empty.")
    assert told(play, "ru").startswith("«Old»: в поле «Сумма» сейчас 500")
    assert "а должно быть пусто" in told(play, "ru")


def test_amounts_are_told_in_the_readers_way(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    create(play, amount=1500)
    assert "amount is $1,500, expected $1,000" in told(play)
    assert "в поле «Сумма» сейчас 1\xa0500\xa0$, а нужно 1\xa0000\xa0$" in told(play, "ru")


def test_with_nothing_near_the_expectation_is_told(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    assert told(play) == (
        "Nothing fits yet. Wanted: deal (company “Northwind East”, amount: $1,000, "
        "stage: “qualification”). Do it as the step says."
    )


def test_work_of_others_does_not_tick_a_step(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    create(play, origin="actor")
    assert not verdict(play).met
    assert told(play) == "“Cards” stands right, but it was so before. Do this step yourself."
    assert verdict(play, own_work=False).met


def test_by_anyone_takes_everybodys_work(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED.replace("call: new", "by: anyone"))
    create(play, origin="actor")
    assert verdict(play).met


def test_by_an_actor_does_not_take_the_trainees_work(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED.replace("call: new", "by: actor"))
    create(play)
    assert not verdict(play).met


def test_a_field_the_condition_reads_must_have_been_changed_not_any_field(tmp_path: Path) -> None:
    play = played(tmp_path, "record: {is: $deal, where: {amount: 500}}")
    play.world.act("deal.move", "deal.moved", play.key("deal"), sets={"stage": "offer"})
    assert not verdict(play).met
    play.world.act("deal.edit", "deal.edited", play.key("deal"), sets={"amount": Decimal(500)})
    assert verdict(play).met


def test_a_change_of_what_a_path_leads_to_is_own_work(tmp_path: Path) -> None:
    play = played(tmp_path, "record: {is: $deal, where: {company.name: ' northwind  EAST'}}")
    assert not verdict(play).met
    play.world.act("company.edit", "company.edited", play.key("east"), sets={"name": "Northwind East"})
    assert verdict(play).met


def test_a_derived_field_is_own_work_through_what_it_is_worked_out_from(tmp_path: Path) -> None:
    play = played(tmp_path, "record: {is: $deal, where: {open: false}}")
    play.world.act("deal.win", "deal.won", play.key("deal"), sets={"status": "won"})
    assert verdict(play).met


def test_a_deleted_record_satisfies_nothing(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    play.world.act("deal.delete", "deal.deleted", create(play), deletes=True)
    assert not verdict(play).met


def test_a_known_record_that_was_deleted_is_told_so(tmp_path: Path) -> None:
    play = played(tmp_path, "record: {is: $deal, where: {amount: 700}}")
    play.world.act("deal.delete", "deal.deleted", play.key("deal"), deletes=True)
    assert told(play) == "“Old” was deleted. Restore it or go back a step."


def test_too_many_are_counted_and_named(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED.replace("call: new", "count: 1"))
    create(play)
    assert verdict(play).met
    create(play)
    assert told(play) == (
        "Deal: there are 2, there should be 1. Look at “Cards”, “Cards”. Undo what is too many."
    )


def test_too_few_are_counted_and_the_nearest_told(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED.replace("call: new", "at_least: 2"))
    create(play)
    create(play, stage="offer")
    assert told(play).startswith("Deal: there are 1, there should be 2 or more. “Cards”: stage is “offer”")


def test_none_left_needs_somebody_to_have_seen_to_it(tmp_path: Path) -> None:
    play = played(tmp_path, "record: {is: deal, where: {status: open}, count: 0}")
    assert not verdict(play).met
    play.world.act("deal.win", "deal.won", play.key("deal"), sets={"status": "won"})
    assert verdict(play).met
    assert verdict(play).bindings == {}


@pytest.mark.parametrize("condition", ["record: {is: deal, where: {amount: 9}, at_most: 0}"])
def test_none_there_from_the_start_is_nobodys_work(tmp_path: Path, condition: str) -> None:
    play = played(tmp_path, condition)
    assert not verdict(play).met
    assert verdict(play, own_work=False).met
    assert told(play) == "It is so already, but not by your work: deal. Do this step yourself."


CALL = "event: {is: call.logged, on: $deal, outcome: reached, note: {contains: [quot]}}"


def log(
    play: Play, on: str = "deal", outcome: str = "reached", note: str = "Wants a Quote", **more: str
) -> None:
    """Logs a call as the trainee, or as another origin."""
    play.act("call.log", play.key(on), {"outcome": outcome, "note": note}, **more)


def test_an_event_of_the_trainee_satisfies(tmp_path: Path) -> None:
    play = played(tmp_path, CALL)
    assert told(play) == "Not done yet: “Log a call” on the deal “Old”. Open that record and do it there."
    log(play, origin="actor")
    assert not verdict(play).met
    log(play)
    assert verdict(play).met
    assert verdict(play).record == play.key("deal")


def test_the_nearest_event_is_told(tmp_path: Path) -> None:
    play = played(tmp_path, CALL)
    log(play, outcome="no_answer")
    log(play, on="west")
    assert told(play) == (
        "“Log a call” on the company “Northwind West”: it belongs on the deal “Old”. "
        "The rest is right: outcome, note. Do it once more as the step says."
    )


def test_an_event_holds_once_seen_whatever_comes_after(tmp_path: Path) -> None:
    play = played(tmp_path, CALL)
    log(play)
    log(play, outcome="no_answer")
    assert verdict(play).met


def test_a_refusal_is_told_where_the_work_is_missing(tmp_path: Path) -> None:
    play = played(tmp_path, "event: {is: deal.won, on: $deal}")
    play.world.refuse("deal.win", "not_paid", play.key("deal"))
    assert told(play) == "It was turned down: “win”. Read the reason, set it right and try again."
    assert verdict(play).saw["refused"] == "not_paid"


def test_events_are_counted(tmp_path: Path) -> None:
    play = played(tmp_path, CALL.replace("note:", "count: 2, note:"))
    log(play)
    assert told(play) == "“Log a call”: 1 done, 2 wanted. Do the rest."
    log(play)
    assert verdict(play).met
    log(play)
    assert told(play) == "“Log a call”: 3 done, 2 wanted. Undo what is too many."


def test_times_of_an_event_are_told_from_its_own_moment(tmp_path: Path) -> None:
    play = played(tmp_path, "event: {is: task.set, on: $deal, due: tomorrow}")
    play.act("task.set", play.key("deal"), {"subject": "Call", "due": NOW + timedelta(days=1)})
    play.world._now = NOW + timedelta(days=3)
    assert verdict(play).met


def test_any_is_met_by_one_branch_and_tells_the_nearest(tmp_path: Path) -> None:
    play = played(tmp_path, "any: [{" + OPENED.replace(", call: new", "") + "}, {" + CALL + "}]")
    log(play, outcome="no_answer")
    assert "outcome is “no answer”" in told(play)
    create(play)
    assert verdict(play).met


def test_all_tells_the_first_branch_that_does_not_hold(tmp_path: Path) -> None:
    play = played(tmp_path, "all: [{" + OPENED + "}, {" + CALL + "}]")
    create(play)
    assert told(play) == "Not done yet: “Log a call” on the deal “Old”. Open that record and do it there."
    log(play)
    assert verdict(play).met
    assert set(verdict(play).bindings) == {"new"}


def test_a_verdict_survives_being_stored(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    create(play, company="west")
    kept = Verdict.from_json(verdict(play).as_json())
    assert kept.message
    assert say(kept.message, "en", VOCABULARY, "USD") == told(play)


TASK = (
    "record: {is: activity, where: {on: {one_of: [$deal, $west]}, kind: task, done: false, "
    "subject: {filled: true}, due: {between: [today, in 3 days]}}}"
)


def ticks(play: Play, language: str = "en") -> list[str]:
    """What the tick-boxes of the step's condition say."""
    return [say(part.message, language, VOCABULARY, "USD") for part in verdict(play).parts]


def test_the_tick_boxes_read_as_people_speak(tmp_path: Path) -> None:
    play = played(tmp_path, TASK)
    assert ticks(play) == [
        "Task",
        "Deal “Old” or company “Northwind West”",
        "Not done yet",
        "Subject: something is written",
        "Due: from May 5 to 8",
    ]
    assert ticks(play, "ru") == [
        "Задача",
        "Сделка «Old» или компания «Northwind West»",
        "Ещё не выполнено",
        "Что сделать: что-то написано",
        "Срок: с 5 по 8 мая",
    ]


def test_with_nothing_near_all_that_is_wanted_is_told_in_one_sentence(tmp_path: Path) -> None:
    assert told(played(tmp_path, TASK), "ru") == (
        "Пока ничего не подходит. Нужно: задача (сделка «Old» или компания «Northwind West», "
        "ещё не выполнено, что сделать: что-то написано, срок: с 5 по 8 мая). "
        "Сделайте это, как сказано в шаге."
    )


def test_an_empty_field_is_called_empty_and_a_wrong_record_wrong(tmp_path: Path) -> None:
    play = played(tmp_path, TASK)
    play.act("task.set", play.key("deal"), {"subject": "", "due": NOW})
    assert told(play) == (
        f"“activity {play.world.records('activity')[-1].n}”: subject is still empty. "
        "The rest is right: the card it is on, kind, not done yet, due. Correct it there."
    )
    assert "поле «Что сделать» пока пустое" in told(play, "ru")


def test_of_a_record_known_by_name_the_fields_say_enough(tmp_path: Path) -> None:
    assert ticks(played(tmp_path, "record: {is: $deal, where: {stage: offer}}")) == ["Stage: “offer”"]


def test_what_cannot_be_done_any_more_is_not_advised(tmp_path: Path) -> None:
    play = played(tmp_path, OPENED)
    create(play, company="west")
    message = verdict(play).message
    assert message
    assert say(message, "en", VOCABULARY, "USD", remedy=False).endswith("The rest is right: amount, stage.")


WORDED = OPENED + ", tick: {en: 'A deal of {{ east.name }}', ru: 'Сделка клиента {{ east.name }}'}"


def test_the_authors_words_stand_on_the_tick_box(tmp_path: Path) -> None:
    play = played(tmp_path, WORDED)
    assert ticks(play) == ["A deal of Northwind East"]
    assert told(play) == "Still missing: “A deal of Northwind East”. Do it as the step says."
    assert told(play, "ru") == (
        "Пока не выполнено: «Сделка клиента Northwind East». Сделайте это, как сказано в шаге."
    )
    create(play, company="west")
    assert "company is “Northwind West”" in told(play)
    create(play)
    assert [part.met for part in verdict(play).parts] == [True]


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("«ООО «Вектор»»", "«ООО „Вектор“»"),
        ("«ООО «Вектор»: договор» и «А»", "«ООО „Вектор“: договор» и «А»"),
        ("“The “Star” offer”", "“The ‘Star’ offer”"),
        ("“ООО «Вектор»”", "“ООО «Вектор»”"),
        ("Вектор» и «Луч", "Вектор» и «Луч"),
        ("«ООО „Вектор“»", "«ООО „Вектор“»"),
    ],
)
def test_quotes_inside_quotes_are_nested(sentence: str, printed: str) -> None:
    assert nest_quotes(sentence) == printed

"""Given records are drawn from a seed; moves become plain values; texts print names."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from sandbox.scenarios import (
    Do,
    Open,
    RecordKey,
    Reference,
    Unbound,
    derived_conditions,
    feeds,
    lay_out,
    load_scenario,
    names_for_text,
    place,
    playable,
    render_text,
    resolve,
    say,
    unread_moves,
)
from sandbox.scenarios.vocabulary import PlainVocabulary
from tests.scenarios.talk import HEAD, NOW, ROOT, VOCABULARY, Fakes, Play, load

TEXT = (
    HEAD.replace("A story.", "'{{ lead.name }} asked {{ lead.created|ago }}.'").replace(
        "Рассказ.", "'{{ lead.name }}: запрос {{ lead.created|ago }}, бюджет {{ lead.budget|money }}.'"
    )
    + """\
given:
  deal: {is: deal, title: {en: "{{ lead.company_name }}: deal", ru: "{{ lead.company_name }}: сделка"},
         company: $twin, owner: $me, close_date: in 10 days}
  twin: {is: company, name: {like: $lead.company_name}, phone: {like: $lead.phone},
         source: {one_of: [website, call]}}
  lead: {is: lead, name: {fake: last_name}, company_name: {fake: company}, phone: {fake: phone},
         budget: {between: [300000, 900000], step: 10000}, created: 2 hours ago}
steps:
  - say: {en: Open., ru: Откройте.}
    do: [open: $lead, open: leads]
  - say: {en: Do., ru: Сделайте.}
    do:
      - deal.create: {title: {en: "For {{ lead.name }}", ru: "Для {{ lead.name }}"}, company: $twin,
                      amount: $lead.budget, stage: new, close_date: in 3 days, call: made}
      - deal.move: {on: $made, stage: offer}
      - task.set: {on: $made, subject: Call, due: tomorrow at 12:00}
    expect:
      - record: {is: deal, where: {company: $twin, amount: $lead.budget, stage: offer}, call: made}
  - say: {en: Win., ru: Выиграйте.}
    do: [{deal.win: {on: $made}}]
    expect:
      - record: {is: $made, where: {open: false}}
"""
)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_laid_out_comes_after_what_it_leads_to_and_obeys_the_file(tmp_path: Path, seed: int) -> None:
    scenario = load(tmp_path, TEXT)
    laid = lay_out(scenario.given, Fakes(seed), Random(seed), NOW, "ru")
    assert [one.name for one in laid] == ["lead", "twin", "deal"]
    lead, twin, deal = (dict(one.values) for one in laid)
    assert isinstance(lead["budget"], Decimal)
    assert 300_000 <= lead["budget"] <= 900_000
    assert lead["budget"] % 10_000 == 0
    assert lead["created"] == NOW - timedelta(hours=2)
    assert twin["name"] != lead["company_name"]
    assert twin["phone"] != lead["phone"]
    assert twin["source"] in ("website", "call")
    assert deal["title"] == f"{lead['company_name']}: сделка"
    assert deal["company"] == Reference("twin")
    assert deal["owner"] == Reference("me")
    assert deal["close_date"] == NOW.date() + timedelta(days=10)
    assert laid == lay_out(scenario.given, Fakes(seed), Random(seed), NOW, "ru"), "a seed gives the same data"


def test_moves_become_plain_values_in_the_companys_language(tmp_path: Path) -> None:
    play = Play(load(tmp_path, TEXT), language="ru")
    create = play.scenario.steps[1].do[0]
    assert isinstance(create, Do)
    done = resolve(create, play.bindings, play.world, "ru")
    lead = play.bindings["lead"].given
    assert done.values["title"] == f"Для {lead['name']}"
    assert done.values["company"] == play.key("twin")
    assert done.values["amount"] == lead["budget"]
    assert done.values["close_date"] == NOW.date() + timedelta(days=3)
    assert done.call == "made"
    assert done.on is None
    task = play.scenario.steps[1].do[2]
    assert isinstance(task, Do)
    with pytest.raises(Unbound):
        resolve(task, play.bindings, play.world, "ru")
    play.bindings["made"] = play.bindings["deal"]
    done = resolve(task, play.bindings, play.world, "ru")
    assert done.values["due"] == NOW.replace(day=6, hour=12)
    assert done.on == play.key("deal")


def test_a_page_and_a_record_are_places(tmp_path: Path) -> None:
    play = Play(load(tmp_path, TEXT))
    first, second = (move for move in play.scenario.steps[0].do if isinstance(move, Open))
    assert place(first, play.bindings) == play.key("lead")
    assert place(second, play.bindings) == "leads"


def test_a_name_keeps_the_value_it_was_laid_out_with(tmp_path: Path) -> None:
    play = Play(load(tmp_path, TEXT))
    names = names_for_text(play.bindings, play.world)
    before = render_text("{{ lead.budget|money }}", "en", names, NOW, "USD")
    play.world.act("lead.edit", "lead.edited", play.key("lead"), sets={"budget": Decimal(1)})
    assert render_text("{{ lead.budget|money }}", "en", names, NOW, "USD") == before


def test_texts_are_told_in_the_readers_language(tmp_path: Path) -> None:
    play = Play(load(tmp_path, TEXT))
    names = names_for_text(play.bindings, play.world)
    name = play.bindings["lead"].given["name"]
    assert render_text(play.scenario.story, "en", names, NOW, "RUB") == f"{name} asked 2 hours ago."
    told = render_text(play.scenario.story, "ru", names, NOW, "RUB")
    assert told.startswith(f"{name}: запрос 2 часа назад, бюджет ")
    assert told.endswith("₽.")
    printed = "{{ deal.close_date|date }} / {{ lead.phone|phone }} / {{ deal.company.name }} / {{ deal }}"
    assert render_text(printed, "ru", names, NOW).startswith("15 мая 2026 / +7\xa0912\xa0345\u2011")
    assert render_text(printed, "en", names, NOW).startswith("May 15, 2026 / +7\xa0912\xa0345\u2011")
    assert str(play.bindings["twin"].given["name"]) in render_text(printed, "en", names, NOW)


def test_a_name_still_to_be_made_is_left_open_in_a_text(tmp_path: Path) -> None:
    names = names_for_text(Play(load(tmp_path, TEXT)).bindings)
    assert render_text("{{ made.title }}, {{ made.amount|money }}, {{ made }}", "en", names, NOW) == "…, …, …"


def test_the_proof_knows_which_condition_reads_which_move(tmp_path: Path) -> None:
    scenario = load(tmp_path, TEXT)
    found = {(one.step, one.condition, one.path, one.move_step, one.move, one.field)
             for one in feeds(scenario, VOCABULARY)}  # fmt: skip
    assert found == {
        (1, 0, "company", 1, 0, "company"),
        (1, 0, "amount", 1, 0, "amount"),
        (1, 0, "stage", 1, 1, "stage"),
    }
    assert derived_conditions(scenario, VOCABULARY) == [(2, 0)]
    assert unread_moves(scenario, VOCABULARY) == [(1, 2)]


def test_every_field_of_the_first_scenarios_walkthrough_is_read() -> None:
    scenario = load_scenario(ROOT / "scenarios/sales/log-a-call.yaml", VOCABULARY, ROOT / "scenarios")
    found = feeds(scenario, VOCABULARY)
    assert [one.path for one in found] == ["on", "outcome", "direction", "note", "on", "subject", "due"]
    assert all(one.path == one.field and one.step == one.move_step for one in found)
    assert not unread_moves(scenario, VOCABULARY)
    assert not derived_conditions(scenario, VOCABULARY)


def test_a_company_that_lacks_a_word_cannot_play_and_says_why() -> None:
    path = ROOT / "scenarios/sales/log-a-call.yaml"
    scenario = load_scenario(path, VOCABULARY, ROOT / "scenarios")
    assert playable(scenario, VOCABULARY) == []
    actions = {code: action for code, action in VOCABULARY.actions.items() if code != "task.set"}
    poorer = PlainVocabulary(VOCABULARY.types, actions, VOCABULARY.roles, VOCABULARY.stages)
    reasons = [say(reason, "en", VOCABULARY) for reason in playable(scenario, poorer)]
    assert reasons[0] == "The company has no action task.set."
    assert any("unknown action" in reason for reason in reasons[1:])


def test_needs_are_held_against_the_company(tmp_path: Path) -> None:
    needs = "needs: [stage won, field lead.custom.fleet, choice deal.stage=offer, role director]\n"
    scenario = load(tmp_path, TEXT.replace("minutes: 5\n", f"minutes: 5\n{needs}"))
    told = [reason.id for reason in playable(scenario, VOCABULARY)]
    assert told == ["needs.stage", "needs.field", "needs.role"]


def test_the_digest_is_of_what_is_said_not_how(tmp_path: Path) -> None:
    first = load(tmp_path, TEXT)
    same = load(
        tmp_path, "# a remark\n" + TEXT.replace("level: basic\nminutes: 5", "minutes: 5\nlevel: basic")
    )
    other = load(tmp_path, TEXT.replace("stage: offer}\n", "stage: negotiation}\n"))
    assert first.digest == same.digest
    assert first.digest != other.digest
    assert first.steps[0].digest == other.steps[0].digest
    assert first.steps[1].digest != other.steps[1].digest


def test_both_languages_say_every_message() -> None:
    from sandbox.scenarios.language import en, ru

    gaps = {code: set(sentence.split("%(")[1:]) for code, sentence in en.SENTENCES.items()}
    names = {code: {gap.split(")")[0] for gap in found} for code, found in gaps.items()}
    assert set(en.SENTENCES) == set(ru.SENTENCES)
    for code, sentence in ru.SENTENCES.items():
        assert {gap.split(")")[0] for gap in sentence.split("%(")[1:]} == names[code], code
    assert [ru.plural(n) for n in (1, 2, 5, 11, 21, 112)] == [0, 1, 2, 2, 0, 2]


def test_keys_are_plain_pairs() -> None:
    assert RecordKey("deal", 7) == ("deal", 7)

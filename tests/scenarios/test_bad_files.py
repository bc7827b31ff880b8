"""A broken file is told by file, line, what is wrong and the nearest right word."""

from pathlib import Path

import pytest

from sandbox.scenarios import ScenarioFaults, load_all, load_scenario
from tests.scenarios.talk import HEAD, ROOT, VOCABULARY, load, write

GIVEN = """\
given:
  firm: {is: company, name: {fake: company}}
  deal: {is: deal, company: $firm, amount: 1000}
"""
STEP = """\
steps:
  - say: {en: Log it., ru: Запишите.}
    do: [{call.log: {on: $deal, outcome: reached}}]
    expect: [{event: {is: call.logged, on: $deal}}]
"""
GOOD = HEAD + GIVEN + STEP


def faults(folder: Path, text: str) -> list[str]:
    """The faults of a text, without the folder of the test."""
    with pytest.raises(ScenarioFaults) as told:
        load(folder, text)
    return [str(fault) for fault in told.value.faults]


def only(folder: Path, text: str) -> str:
    """The one fault of a text."""
    found = faults(folder, text)
    assert len(found) == 1, found
    return found[0].removeprefix("scenarios/sales/sample.yaml:")


def test_the_good_file_is_good(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).slug == "sales/sample"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("expect: [", "expekt: [", '15: unknown word "expekt" in step 1; did you mean "expect"?'),
        ("area: sales", "area: saels", '"saels" is no area'),
        ("level: basic", "level: basik", 'did you mean "basic"?'),
        ("minutes: 5", "minutes: soon", '7: "minutes": expected a whole number'),
        ("title: {en: Sample, ru: Пример}", "title: {en: Sample}", '1: "ru" is missing in title'),
        ("role: sales-manager", "role: sales-manger", '3: unknown job role "sales-manger"; did you mean'),
        (
            "is: company",
            "is: compny",
            'unknown type of record "compny" in given "firm"; did you mean "company"?',
        ),
        (
            "amount: 1000",
            "amuont: 1000",
            '11: unknown field "amuont" of deal in given "deal"; did you mean "amount"?',
        ),
        (
            "amount: 1000",
            "amount: much",
            '11: "much" is no amount in given "deal"; expected an amount of money',
        ),
        ("company: $firm", "company: $frim", 'nothing is named "frim" in given "deal"; did you mean "firm"?'),
        ("company: $firm", "company: $firm.name", "$firm.name is of the kind text"),
        ("company: $firm", "contact: $firm", '$firm is a company in given "deal"; expected a contact'),
        (
            "{fake: company}",
            "{fake: compani}",
            'unknown fake "compani" in given "firm"; did you mean "company"?',
        ),
        ("{fake: company}", "{fak: company}", 'unknown word "fak" in given "firm"; did you mean "fake"?'),
        ("{fake: company}", "{like: $deal.title}", 'given "deal" does not state title in given "firm"'),
        ("amount: 1000", "amount: {between: [9, 1]}", "expected the lower number first"),
        ("call.log:", "call.lgo:", 'unknown action "call.lgo" in move 1 of step 1; did you mean "call.log"?'),
        ("outcome: reached", "outcom: reached", '"outcome" of call.log is missing'),
        ("outcome: reached", "outcome: reachd", '"reachd" is no outcome in move 1 of step 1'),
        ("{on: $deal, outcome", "{outcome", '"on" of call.log is missing in move 1 of step 1'),
        ("{call.log: {on: $deal, outcome: reached}}", "{open: deal}", 'did you mean "deals"?'),
        (
            "is: call.logged",
            "is: call.log",
            'unknown event "call.log" in condition 1 of step 1; did you mean',
        ),
        (
            "on: $deal}}]",
            "on: $dael}}]",
            'nothing is named "dael" in condition 1 of step 1; did you mean "deal"?',
        ),
        ("on: $deal}}]", "on: $firm, outcom: reached}}]", 'unknown field "outcom" of call.log'),
        ("on: $deal}}]", "note: hello}}]", "a free text is compared by filled or contains"),
        ("on: $deal}}]", "note: {contain: [a]}}}]", 'unknown comparison "contain"'),
        ("on: $deal}}]", "outcome: {after: today}}}]", '"after" does not suit a value of the kind choice'),
        ("on: $deal}}]", "by: trainer}}]", '"trainer" is no by in condition 1 of step 1'),
        ("on: $deal}}]", "call: deal}}]", 'the name "deal" in condition 1 of step 1 is given already'),
        ("event: {is: call.logged, on: $deal}", "moment: true", "expected one of event, record, any, all"),
        ("A story.", "'{{ dael.title }}'", '8: nothing is named "dael" in story; did you mean "deal"?'),
        (
            "A story.",
            "'{{ deal.amuont }}'",
            'unknown field of deal "amuont" in story; did you mean "amount"?',
        ),
        ("A story.", "'{{ deal.amount|mony }}'", 'unknown filter "mony" in story; did you mean "money"?'),
        ("A story.", "'{{ deal.amount'", "8: not a text"),
        ("Sample", "'{{ deal.title }}'", '1: nothing is named "deal" in title'),
        ("    expect: [{event: {is: call.logged, on: $deal}}]\n", "", "it could never tick"),
        ("    do: [{call.log: {on: $deal, outcome: reached}}]\n", "", 'step 1 has nothing in "do"'),
        ("    do:", "    after: 1\n    do:", "expected the number of an earlier step"),
        ("level: basic", "level: basic\nlevel: hard", "7: the same word stands here twice"),
        ("area: sales", "area: [sales", "not YAML"),
        ("minutes: 5", "minutes: 5\nneeds: [stag offer]", '"stag offer" is no need'),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert right in GOOD
    found = faults(tmp_path, GOOD.replace(right, wrong))
    assert any(told in fault for fault in found), found


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("amount: 1000", "amount: much").replace("$firm,", "$frim,")
    assert len(faults(tmp_path, broken)) == 2


def test_a_text_that_does_more_than_print_is_refused(tmp_path: Path) -> None:
    for trick in (
        "{% for a in 'aaaa' %}{% endfor %}",
        "{{ deal.title * 999999 }}",
        "{{ deal.title.upper() }}",
        "{{ deal['title'] }}",
        "{{ ().__class__ }}",
        "{% set a = 1 %}",
        "{{ deal.__class__ }}",
    ):
        found = faults(tmp_path, GOOD.replace("A story.", f'"{trick}"'))
        assert any(":8: " in fault for fault in found), trick


@pytest.mark.parametrize("trick", ["&a [*a]", "!!python/object/apply:os.system [ls]", "[" * 30 + "]" * 30])
def test_tricks_of_yaml_are_refused(tmp_path: Path, trick: str) -> None:
    assert faults(tmp_path, GOOD + f"needs: {trick}\n")


@pytest.mark.parametrize("value", ["2026-02-31", "2026-01-01 25:00:00", "9" * 5000, "0x_"])
def test_a_value_that_is_none_is_told_at_its_line(tmp_path: Path, value: str) -> None:
    told = only(tmp_path, GOOD.replace("amount: 1000", f"amount: 1000, close_date: {value}"))
    assert told == f'11: "{value[:40] + "…" * (len(value) > 40)}" is no day, time or number; ' + (
        "put it in quotation marks if it is a text"
    )


@pytest.mark.parametrize("story", ["A st\x00ory.", "A st\x07ory.", '"A st\\0ory."'])
def test_an_invisible_character_is_told_at_its_line(tmp_path: Path, story: str) -> None:
    assert only(tmp_path, GOOD.replace("A story.", story)).startswith("8: an invisible character stands here")


def test_a_byte_that_is_no_text_is_told_at_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    path.write_bytes(GOOD.encode().replace(b"A story.", b"A \xff story."))
    with pytest.raises(ScenarioFaults, match="sample.yaml:8: the file is not UTF-8 text"):
        load_scenario(path, VOCABULARY, tmp_path / "scenarios")


def test_a_file_that_is_too_large_or_not_text_is_refused(tmp_path: Path) -> None:
    assert "larger" in only(tmp_path, GOOD + "#" * 200_001)
    path = write(tmp_path, GOOD)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioFaults, match="UTF-8"):
        load_scenario(path, VOCABULARY, tmp_path / "scenarios")
    with pytest.raises(ScenarioFaults, match="cannot be read"):
        load_scenario(tmp_path / "scenarios/sales/none.yaml", VOCABULARY, tmp_path / "scenarios")


def test_given_records_that_need_each_other_are_a_fault(tmp_path: Path) -> None:
    circle = 'given:\n  deal: {is: deal, title: "a", contact: $man}\n  man: {is: contact, company: $firm}\n'
    circle += "  firm: {is: company, name: {like: $deal.title}}\n"
    assert "in a circle" in only(tmp_path, HEAD + circle + STEP)


def test_a_name_made_by_a_move_is_unknown_to_texts_and_conditions(tmp_path: Path) -> None:
    text = GOOD.replace("outcome: reached}}]", "outcome: reached, call: talk}}]")
    load(tmp_path, text)
    later = "  - say: {en: '{{ talk.note }}', ru: Да.}\n    do: [open: $talk]\n"
    assert 'nothing is named "talk" in step 2' in only(tmp_path, text + later)


def test_a_broken_file_keeps_no_other_from_being_played(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("expect:", "expekt:"), "sales/broken.yaml")
    write(tmp_path, GOOD, "customers/elsewhere.yaml")
    catalogue = load_all(tmp_path / "scenarios", VOCABULARY)
    assert list(catalogue.scenarios) == ["sales/sample"]
    assert [fault.file for fault in catalogue.faults] == [
        "scenarios/customers/elsewhere.yaml",
        "scenarios/sales/broken.yaml",
    ]


def test_the_house_has_no_broken_scenario_of_this_vocabulary() -> None:
    scenario = load_scenario(ROOT / "scenarios/sales/log-a-call.yaml", VOCABULARY, ROOT / "scenarios")
    assert scenario.slug == "sales/log-a-call"


def test_a_given_record_that_needs_itself_is_a_fault(tmp_path: Path) -> None:
    text = GOOD.replace("name: {fake: company}", "name: {like: $firm.name}")
    assert any('given "firm" needs itself' in one for one in faults(tmp_path, text))


def test_a_number_that_no_field_holds_is_a_fault(tmp_path: Path) -> None:
    text = GOOD.replace("amount: 1000", "amount: {between: [1, 999999999999999999999]}")
    assert "expected numbers up to" in only(tmp_path, text)

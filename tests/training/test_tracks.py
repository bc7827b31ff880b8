"""The file of operations and tracks: what it says, and what it is told when it is wrong."""

from pathlib import Path

import pytest

from sandbox.scenarios.faults import ScenarioFaults
from sandbox.scenarios.source import Source
from sandbox.training.tracks import Tracks, load_tracks, read_tracks

OURS = Path(__file__).parents[2] / "scenarios" / "tracks.yaml"
SHORT = """\
processes:
  contact: {title: {en: Contact, ru: Обращение}}
operations:
  log-call:
    title: {en: Log a call, ru: Записать звонок}
    process: contact
    icon: phone
    scenarios: [sales/log-a-call, sales/log-a-hard-call]
    roles:
      sales-manager: {frequency: 5, consequence: 2}
      head-of-sales: {frequency: 1, consequence: 5, critical: true}
  win-deal:
    title: {en: Win a deal, ru: Выиграть сделку}
    process: contact
    icon: trophy
    timed: false
    scenarios: [sales/move-and-win]
    roles:
      sales-manager: {frequency: 3, consequence: 5, critical: true}
tracks:
  first:
    title: {en: First week, ru: Первая неделя}
    role: sales-manager
    scenarios: [sales/log-a-call, sales/move-and-win, sales/log-a-hard-call]
"""
FITTING = {
    "sales/log-a-call": "log-call",
    "sales/log-a-hard-call": "log-call",
    "sales/move-and-win": "win-deal",
}


def short(old: str = "", new: str = "") -> Tracks:
    """The short file, with one thing in it changed."""
    assert old in SHORT
    return read_tracks(Source("tracks.yaml", SHORT.replace(old, new, 1) if old else SHORT))


def test_our_own_file_says_what_the_four_scenarios_count_for():
    tracks = load_tracks(OURS)
    track = tracks.tracks["sales-manager"]
    assert track.scenarios == (
        "sales/log-a-call",
        "sales/qualify-a-lead",
        "sales/move-and-win",
        "customers/take-a-request",
    )
    assert track.operations == ("log-call", "qualify-lead", "win-deal", "take-request")
    assert [one.code for one in tracks.operations_of("sales-manager")] == list(track.operations)
    assert tracks.operations["win-deal"].k("sales-manager") == 4


def test_an_operation_weighs_frequency_times_consequence_for_each_job_role():
    tracks = short()
    assert tracks.weights("sales-manager") == {"log-call": 10, "win-deal": 15}
    assert tracks.weights("head-of-sales") == {"log-call": 5}
    assert tracks.weights("marketer") == {}


def test_an_operation_is_critical_for_one_job_role_and_not_for_another():
    operation = short().operations["log-call"]
    assert (operation.critical("head-of-sales"), operation.k("head-of-sales")) == (True, 4)
    assert (operation.critical("sales-manager"), operation.k("sales-manager")) == (False, 3)
    assert (operation.critical("marketer"), operation.weight("marketer")) == (False, 0)


def test_the_time_test_is_on_unless_switched_off():
    operations = short().operations
    assert (operations["log-call"].timed, operations["win-deal"].timed) == (True, False)


def test_a_track_names_its_operations_once_in_the_order_they_come():
    tracks = short()
    assert tracks.tracks["first"].operations == ("log-call", "win-deal")
    assert [one.code for one in tracks.tracks_of("sales-manager")] == ["first"]
    assert tracks.tracks_of("marketer") == ()


def test_a_scenario_leads_to_its_operation():
    found = short().operation_of("sales/log-a-hard-call")
    assert found is not None
    assert found.title.in_("ru") == "Записать звонок"
    assert short().operation_of("nothing") is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("icon: phone", "icom: phone", 'tracks.yaml:7: unknown word "icom"; did you mean "icon"?'),
        ("    icon: phone\n", "", 'tracks.yaml:4: "icon" is missing in "log-call"'),
        (
            "critical: true",
            "critcal: true",
            'tracks.yaml:11: unknown word "critcal"; did you mean "critical"?',
        ),
        ("tracks:", "track:", 'tracks.yaml:20: unknown word "track"; did you mean "tracks"?'),
        ("ru: Записать", "rus: Записать", 'tracks.yaml:5: unknown word "rus"; did you mean "ru"?'),
        ("frequency: 5", "frequency: 6", 'tracks.yaml:10: "frequency": expected 5 or less'),
        ("frequency: 5", "frequency: often", 'tracks.yaml:10: "frequency": expected a whole number'),
        ("timed: false", "timed: 3", 'tracks.yaml:16: "timed": expected true or false'),
        ("[sales/move-and-win]", "[]", 'tracks.yaml:17: "scenarios": expected at least 1'),
        ("[sales/move-and-win]", "sales/move-and-win", 'tracks.yaml:17: "scenarios": expected a list'),
        (
            "[sales/move-and-win]",
            "[move-and-win]",
            'tracks.yaml:17: "move-and-win": expected the area and the name of a scenario, '
            "as in sales/log-a-call",
        ),
        (
            "process: contact",
            "process: contct",
            'tracks.yaml:6: unknown process "contct"; did you mean "contact"?',
        ),
        (
            "[sales/move-and-win]",
            "[sales/log-a-call]",
            'tracks.yaml:17: the scenario "sales/log-a-call" counts for "log-call" already',
        ),
        (
            "sales/log-a-call, sales/move-and-win",
            "sales/log-a-cal, sales/move-and-win",
            'tracks.yaml:24: no operation has the scenario "sales/log-a-cal"; '
            'did you mean "sales/log-a-call"?',
        ),
        (
            "role: sales-manager",
            "role: head-of-sales",
            'tracks.yaml:24: the scenario "sales/move-and-win" proves "win-deal", which the job role '
            '"head-of-sales" does not do',
        ),
        (
            "sales/move-and-win, sales/log-a-hard-call",
            "sales/move-and-win, sales/log-a-call",
            'tracks.yaml:24: the scenario "sales/log-a-call" stands in this track twice',
        ),
        ("  win-deal:", "  log-call:", "tracks.yaml:12: the same word stands here twice"),
        (
            "  win-deal:",
            "  Win deal:",
            'tracks.yaml:12: "Win deal": expected lower-case Latin letters, digits and hyphens, '
            "as in log-call",
        ),
    ],
)
def test_a_fault_names_its_line_and_the_nearest_right_word(old, new, fault):
    with pytest.raises(ScenarioFaults) as told:
        short(old, new)
    assert fault in str(told.value).splitlines()


def test_every_fault_is_told_at_once():
    with pytest.raises(ScenarioFaults) as told:
        read_tracks(Source("tracks.yaml", SHORT.replace("icon: phone", "icom: phone").replace("2}", "9}")))
    assert len(told.value.faults) >= 3


def test_what_the_catalogue_and_the_companies_do_not_know_is_named():
    roles = {"sales-manager", "head-of-sale"}
    known = {
        "sales/log-a-call": "log-call",
        "sales/log-a-hard-call": "win-deal",
        "sales/move-and-wine": "win-deal",
    }
    assert [str(one) for one in short().faults(scenarios=known, job_roles=roles)] == [
        'tracks.yaml:8: the scenario "sales/log-a-hard-call" says that it counts for "win-deal", '
        'not for "log-call"',
        'tracks.yaml:11: unknown job role "head-of-sales"; did you mean "head-of-sale"?',
        'tracks.yaml:17: unknown scenario "sales/move-and-win"; did you mean "sales/move-and-wine"?',
    ]


def test_a_track_for_an_unknown_job_role_is_named():
    found = short().faults(scenarios=FITTING, job_roles={"head-of-sales"})
    assert [one.line for one in found] == [10, 19, 23]


def test_a_file_that_fits_has_no_faults():
    assert short().faults(scenarios=FITTING, job_roles={"sales-manager", "head-of-sales"}) == []


def test_a_file_that_is_not_there_is_a_sentence():
    with pytest.raises(ScenarioFaults, match=r"gone\.yaml:1: cannot be read"):
        load_tracks(Path("/nowhere/gone.yaml"))


def test_a_changed_file_is_read_again(tmp_path):
    path = tmp_path / "tracks.yaml"
    path.write_text(SHORT, encoding="utf-8")
    first = load_tracks(path)
    assert load_tracks(path) is first
    path.write_text(SHORT.replace("First week", "The first week"), encoding="utf-8")
    assert load_tracks(path).tracks["first"].title.en == "The first week"


def test_a_slip_in_the_file_leaves_the_last_good_version_in_use(tmp_path: Path) -> None:
    file = tmp_path / "tracks.yaml"
    file.write_text(OURS.read_text())
    good = load_tracks(file)
    file.write_text("operations: [")
    assert load_tracks(file) is good
    other = tmp_path / "other.yaml"
    other.write_text("operations: [")
    with pytest.raises(ScenarioFaults):
        load_tracks(other)

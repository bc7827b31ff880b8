"""From files to scenarios."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.scenarios.faults import Fault, ScenarioFaults
from sandbox.scenarios.messages import Message
from sandbox.scenarios.needs import lacking
from sandbox.scenarios.scenario import Scenario, read_scenario
from sandbox.scenarios.schema import read_words
from sandbox.scenarios.source import Source
from sandbox.scenarios.vocabulary import Vocabulary


@dataclass(frozen=True)
class Catalogue:
    """The scenarios of a folder, and what is wrong with the files that are none."""

    scenarios: Mapping[str, Scenario]
    faults: tuple[Fault, ...] = ()


def load_scenario(path: Path | str, vocabulary: Vocabulary, root: Path | str | None = None) -> Scenario:
    """One checked scenario; ScenarioFaults with every fault, its place and the nearest right word.

    `root` is the folder of scenarios: the slug is the path below it, `sales/log-a-call`.
    """
    path = Path(path)
    base = Path(root) if root else path.parent.parent
    inside = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
    source = Source.read(path, str(Path(base.name) / inside))
    return read_scenario(source, read_words(source), vocabulary, inside.with_suffix("").as_posix())


def load_all(folder: Path | str, vocabulary: Vocabulary) -> Catalogue:
    """Every scenario `<area>/<slug>.yaml` of a folder; a broken file keeps no other from being played."""
    folder = Path(folder)
    scenarios: dict[str, Scenario] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            scenario = load_scenario(path, vocabulary, folder)
        except ScenarioFaults as fault:
            faults.extend(fault.faults)
            continue
        if scenario.area != path.parent.name:
            told = f"the area is {scenario.area}, and the folder {path.parent.name}: they must agree"
            faults.append(Fault(scenario.file, 1, 1, told))
            continue
        scenarios[scenario.slug] = scenario
    return Catalogue(scenarios, tuple(faults))


def playable(scenario: Scenario, company: Vocabulary) -> list[Message]:
    """Why this company cannot play the scenario; empty when it can: it has all that the file speaks of."""
    reasons = [reason for need in scenario.needs if (reason := lacking(need, company))]
    try:
        read_scenario(scenario.source, scenario.words, company, scenario.slug)
    except ScenarioFaults as fault:
        reasons.extend(Message("needs.other", {"fault": str(one)}) for one in fault.faults)
    return reasons

"""The scenarios that can be played, per company, and the pinned script of an attempt as a scenario again."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sandbox.scenarios import Catalogue, Fault, Scenario, ScenarioFaults, load_all
from sandbox.scenarios.faults import nearest
from sandbox.scenarios.scenario import read_scenario
from sandbox.scenarios.schema import read_words
from sandbox.scenarios.source import Source
from sandbox.seeding.recipes import company_file
from sandbox.spaces.company import CompanyFile
from sandbox.training.models import Script
from sandbox.training.tracks import load_tracks
from sandbox.training.vocabulary import vocabulary_for

FOLDER = Path(__file__).resolve().parent.parent.parent / "scenarios"
_read: dict[tuple[str, tuple[tuple[str, int], ...]], Catalogue] = {}


def catalogue_for(company: CompanyFile, folder: Path = FOLDER) -> Catalogue:
    """Every scenario that this company can play, with the faults of the files that cannot be."""
    files = sorted([*folder.glob("*/*.yaml"), *folder.glob("tracks.yaml")])
    stamps = tuple((str(path), path.stat().st_mtime_ns) for path in files)
    key = (company.digest, stamps)
    if key not in _read:
        _read.clear() if len(_read) > 8 else None
        _read[key] = _with_known_operations(load_all(folder, vocabulary_for(company)), folder)
    return _read[key]


def _with_known_operations(found: Catalogue, folder: Path) -> Catalogue:
    """Without the scenarios that count for an operation which nobody has declared."""
    faults = {
        slug: fault for slug, one in found.scenarios.items() if (fault := strange_operation(one, folder))
    }
    kept = {slug: one for slug, one in found.scenarios.items() if slug not in faults}
    return Catalogue(kept, (*found.faults, *faults.values()))


def strange_operation(scenario: Scenario, folder: Path = FOLDER) -> Fault | None:
    """What is wrong with the operation a scenario says it counts for: nobody has declared it."""
    try:
        known = load_tracks(folder / "tracks.yaml").operations
    except ScenarioFaults:
        return None  # the file of tracks tells of its own faults
    if scenario.operation in known:
        return None
    told = f'unknown operation "{scenario.operation}": tracks.yaml declares none of this name'
    place = scenario.source.place(("operation",))
    return Fault(scenario.file, *place, told, nearest(scenario.operation, known))


def catalogue_of(code: str) -> Catalogue:
    """The scenarios for the company with this code, from the files as they stand."""
    return catalogue_for(company_file(code))


def script_of(scenario: Scenario) -> Script:
    """The scenario's file, to be kept with the attempts that run on it."""
    return Script(digest=scenario.digest, slug=scenario.slug, text=scenario.source.text)


def scenario_of(script: Script, company: CompanyFile) -> Scenario:
    """The scenario that an attempt runs on, whatever has become of its file."""
    return _from_text(script.slug, script.text, script.digest, _Company(company))


class _Company:
    def __init__(self, company: CompanyFile) -> None:
        self.company = company

    def __hash__(self) -> int:
        return hash(self.company.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Company) and other.company.digest == self.company.digest


@lru_cache(maxsize=64)
def _from_text(slug: str, text: str, digest: str, company: _Company) -> Scenario:
    source = Source(f"scenarios/{slug}.yaml", text)
    return read_scenario(source, read_words(source), vocabulary_for(company.company), slug)

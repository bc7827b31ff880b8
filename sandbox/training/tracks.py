"""Operations and tracks: what clearances are for, what each weighs for a job role, what to learn in order."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sandbox.scenarios.faults import Fault, ScenarioFaults, nearest
from sandbox.scenarios.source import Loc, Source
from sandbox.scenarios.values import Text
from sandbox.scenarios.words import TextWords
from sandbox.training.clearances import K_CRITICAL, K
from sandbox.training.track_words import FileWords, OperationWords, TrackWords, read_words


@dataclass(frozen=True, slots=True)
class Process:
    """A business process that operations belong to."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Stake:
    """How often a job role does an operation (1 to 5) and what a mistake costs (1 to 5)."""

    frequency: int
    consequence: int
    critical: bool

    @property
    def weight(self) -> int:
        """w = frequency * consequence. Source: the readiness model, 2.4."""
        return self.frequency * self.consequence


@dataclass(frozen=True, slots=True)
class Operation:
    """A daily task that a clearance is for; `timed` says whether a run's time is judged."""

    code: str
    title: Text
    process: str
    icon: str
    scenarios: tuple[str, ...]
    timed: bool
    roles: Mapping[str, Stake]

    def weight(self, job_role: str) -> int:
        """What the operation weighs for a job role; 0 for one that does not do it."""
        return self.roles[job_role].weight if job_role in self.roles else 0

    def critical(self, job_role: str) -> bool:
        """Whether the operation is critical for a job role."""
        return job_role in self.roles and self.roles[job_role].critical

    def k(self, job_role: str) -> int:
        """How many clean runs earn the clearance: 3, for a critical operation 4."""
        return K_CRITICAL if self.critical(job_role) else K


@dataclass(frozen=True, slots=True)
class Track:
    """Scenarios in order for one job role, and the operations they prove, in the order they first come."""

    code: str
    title: Text
    role: str
    scenarios: tuple[str, ...]
    operations: tuple[str, ...]


@dataclass(frozen=True)
class Tracks:
    """The whole file; codes in the order of the file."""

    processes: Mapping[str, Process]
    operations: Mapping[str, Operation]
    tracks: Mapping[str, Track]
    source: Source = field(repr=False, compare=False)

    def operations_of(self, job_role: str) -> tuple[Operation, ...]:
        """The operations of a job role, in the order of the file."""
        return tuple(one for one in self.operations.values() if job_role in one.roles)

    def weights(self, job_role: str) -> dict[str, int]:
        """Operation to weight for a job role: what `coverage` sums over."""
        return {one.code: one.weight(job_role) for one in self.operations_of(job_role)}

    def tracks_of(self, job_role: str) -> tuple[Track, ...]:
        """The tracks of a job role, in the order of the file."""
        return tuple(one for one in self.tracks.values() if one.role == job_role)

    def operation_of(self, scenario: str) -> Operation | None:
        """The operation that a pass of the scenario counts for."""
        return next((one for one in self.operations.values() if scenario in one.scenarios), None)

    def faults(self, *, scenarios: Mapping[str, str], job_roles: Collection[str]) -> list[Fault]:
        """What does not fit the catalogue and the companies: each with its line and the nearest right word.

        `scenarios` tells for each scenario the operation it names; `job_roles` are those of all companies.
        """
        return sorted({*self._strange_scenarios(scenarios), *self._strange_roles(job_roles)})

    def _strange_scenarios(self, scenarios: Mapping[str, str]) -> Iterator[Fault]:
        for operation in self.operations.values():
            for at, slug in enumerate(operation.scenarios):
                loc: Loc = ("operations", operation.code, "scenarios", at)
                if slug not in scenarios:
                    yield _fault(self.source, loc, f'unknown scenario "{slug}"', nearest(slug, scenarios))
                elif scenarios[slug] != operation.code:
                    yield _fault(
                        self.source,
                        loc,
                        f'the scenario "{slug}" says that it counts for '
                        f'"{scenarios[slug]}", not for "{operation.code}"',
                    )

    def _strange_roles(self, job_roles: Collection[str]) -> Iterator[Fault]:
        named: list[tuple[str, Loc, bool]] = [
            (role, ("operations", operation.code, "roles", role), True)
            for operation in self.operations.values()
            for role in operation.roles
        ]
        named += [(track.role, ("tracks", track.code, "role"), False) for track in self.tracks.values()]
        for role, loc, key in named:
            if role not in job_roles:
                yield _fault(
                    self.source, loc, f'unknown job role "{role}"', nearest(role, job_roles), key=key
                )


log = logging.getLogger(__name__)
_good: dict[Path, Tracks] = {}  # a slip in the file leaves those at work with the version before it


def load_tracks(path: Path) -> Tracks:
    """Read the file of operations and tracks; ScenarioFaults with everything wrong in it, by line.

    What stands in other files (scenarios, job roles) is not asked here: see `Tracks.faults`.
    """
    try:
        stat = path.stat()
    except OSError as fault:
        message = f"cannot be read: {fault.strerror}"
        raise ScenarioFaults([Fault(path.name, 1, 1, message)]) from None
    try:
        _good[path] = _load(path, stat.st_mtime_ns, stat.st_size)
    except ScenarioFaults as fault:
        if path not in _good:
            raise
        log.error("the last good version stays in use: %s", fault)
    return _good[path]


def read_tracks(source: Source) -> Tracks:
    """The same from a text that is read already."""
    words = read_words(source)
    faults = [*_faults_of_operations(source, words), *_faults_of_tracks(source, words)]
    if faults:
        raise ScenarioFaults(faults)
    operations = {code: _operation(code, one) for code, one in words.operations.items()}
    proves = _proves(words)
    return Tracks(
        processes={code: Process(code, _text(one.title)) for code, one in words.processes.items()},
        operations=operations,
        tracks={code: _track(code, one, proves) for code, one in words.tracks.items()},
        source=source,
    )


@lru_cache(maxsize=8)
def _load(path: Path, mtime: int, size: int) -> Tracks:
    return read_tracks(Source.read(path, path.name))


def _faults_of_operations(source: Source, words: FileWords) -> Iterator[Fault]:
    proven: dict[str, str] = {}
    for code, operation in words.operations.items():
        if operation.process not in words.processes:
            yield _fault(
                source,
                ("operations", code, "process"),
                f'unknown process "{operation.process}"',
                nearest(operation.process, words.processes),
            )
        for at, slug in enumerate(operation.scenarios):
            if slug in proven:
                yield _fault(
                    source,
                    ("operations", code, "scenarios", at),
                    f'the scenario "{slug}" counts for "{proven[slug]}" already',
                )
            proven.setdefault(slug, code)


def _faults_of_tracks(source: Source, words: FileWords) -> Iterator[Fault]:
    proves = _proves(words)
    for code, track in words.tracks.items():
        for at, slug in enumerate(track.scenarios):
            loc: Loc = ("tracks", code, "scenarios", at)
            if slug not in proves:
                yield _fault(source, loc, f'no operation has the scenario "{slug}"', nearest(slug, proves))
            elif track.role not in words.operations[proves[slug]].roles:
                yield _fault(
                    source,
                    loc,
                    f'the scenario "{slug}" proves "{proves[slug]}", which the job '
                    f'role "{track.role}" does not do',
                )
            if slug in track.scenarios[:at]:
                yield _fault(source, loc, f'the scenario "{slug}" stands in this track twice')


def _proves(words: FileWords) -> dict[str, str]:
    return {slug: code for code, one in words.operations.items() for slug in one.scenarios}


def _operation(code: str, words: OperationWords) -> Operation:
    roles = {role: Stake(one.frequency, one.consequence, one.critical) for role, one in words.roles.items()}
    return Operation(
        code, _text(words.title), words.process, words.icon, tuple(words.scenarios), words.timed, roles
    )


def _track(code: str, words: TrackWords, proves: Mapping[str, str]) -> Track:
    operations = tuple(dict.fromkeys(proves[slug] for slug in words.scenarios))
    return Track(code, _text(words.title), words.role, tuple(words.scenarios), operations)


def _text(words: TextWords) -> Text:
    return Text(words.en, words.ru)


def _fault(
    source: Source, loc: Loc, message: str, suggestion: str | None = None, *, key: bool = False
) -> Fault:
    line, column = source.place(loc, key=key)
    return Fault(source.name, line, column, message, suggestion)

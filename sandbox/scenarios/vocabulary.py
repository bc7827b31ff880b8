"""What a scenario may speak of: types of records, their fields, the actions, the words of a company."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Field:
    """One field of a record or of an action's form."""

    name: str
    kind: str
    choices: tuple[str, ...] | None = None
    """The codes it takes; None leaves them to the company. A reference may take words too (`new`)."""
    types: tuple[str, ...] = ()
    """The record types a reference may lead to."""
    required: bool = False
    reads: tuple[str, ...] = ()
    """A derived field (`open`): the stored fields it is worked out from."""
    sets: str = ""
    """An action's field: the field of the record it fills, when it has another name."""


@dataclass(frozen=True)
class RecordType:
    """One type of record."""

    name: str
    fields: Mapping[str, Field]
    plural: str = ""


@dataclass(frozen=True)
class Action:
    """One declared action: its code, the event it leaves, its form."""

    code: str
    event: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    on: tuple[str, ...] = ()
    """The types of record it is done on; none for an action that only creates."""
    makes: str | None = None
    fixed: Mapping[str, object] = field(default_factory=dict)
    """What the record it makes always is: `call.log` makes an activity of the kind `call`."""
    refusals: frozenset[str] = frozenset()


class Vocabulary(Protocol):
    """Made by the application from its actions and a company file; an empty collection is not checked."""

    @property
    def types(self) -> Mapping[str, RecordType]:
        """Record types by name."""

    @property
    def actions(self) -> Mapping[str, Action]:
        """Actions by code."""

    @property
    def roles(self) -> Collection[str]:
        """Codes of the job roles."""

    @property
    def stages(self) -> Collection[str]:
        """Codes of the pipeline's stages."""

    @property
    def pages(self) -> Collection[str]:
        """Pages a walkthrough may open besides records: `leads`."""

    @property
    def fakes(self) -> Collection[str]:
        """Words that `fake:` understands: `company`, `phone`."""

    def label(self, code: str, language: str) -> str:
        """The word people read for `deal`, `deal.amount`, `deal.stage=offer`, `call.log`."""

    def state(self, code: str, is_so: bool, language: str) -> str:
        """What people say of `activity.done` being so or not: done, not done yet; empty where nothing is."""


@dataclass(frozen=True)
class PlainVocabulary:
    """A vocabulary on plain dicts, for tests and tools; a missing label is read off the code."""

    types: Mapping[str, RecordType] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    roles: Collection[str] = ()
    stages: Collection[str] = ()
    pages: Collection[str] = ()
    fakes: Collection[str] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, code: str, language: str) -> str:
        """The given label in this language, or the code's own last words."""
        known = self.labels.get(language, {}).get(code)
        return known or code.replace("=", ".").rpartition(".")[2].replace("_", " ")

    def state(self, code: str, is_so: bool, language: str) -> str:
        """The given label of `activity.done=yes` in this language; empty without one."""
        return self.labels.get(language, {}).get(f"{code}={'yes' if is_so else 'no'}", "")


def find_field(vocabulary: Vocabulary, type_: str, path: str) -> Field | None:
    """The field at the end of `company.name`, following references; None when a step of it is unknown."""
    head, _, rest = path.partition(".")
    if head == "custom" and rest:
        head, rest = path, ""  # custom.<code> is one name
    found = vocabulary.types[type_].fields.get(head) if type_ in vocabulary.types else None
    if found is None or not rest:
        return found
    for target in found.types if found.kind == "reference" else ():
        if further := find_field(vocabulary, target, rest):
            return further
    return None


def event_codes(vocabulary: Vocabulary) -> dict[str, Action]:
    """Every event an action leaves, with the action (the first of those that leave the same)."""
    found: dict[str, Action] = {}
    for action in vocabulary.actions.values():
        found.setdefault(action.event, action)
    return found

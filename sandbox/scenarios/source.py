"""Reads a YAML file safely and remembers where every word stands."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingStartEvent, NodeEvent, SequenceStartEvent
from ruamel.yaml.nodes import Node, ScalarNode

from sandbox.scenarios.faults import Fault, ScenarioFaults

Loc = tuple[str | int, ...]
LARGEST = 200_000
DEEPEST = 14
SHOWN = 40
# Nobody sees these in an editor, and no database keeps all of them.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Source:
    """One file: its plain data, and the line and column of every part of it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._root = self._parse(text)
        if not isinstance(self._root, CommentedMap):
            told = "expected a scenario: words such as title, story, steps"
            raise ScenarioFaults([Fault(name, 1, 1, told)])
        self.data: dict[str, Any] = _plain(self._root)
        if faults := list(self._unseen_characters(self.data, ())):
            raise ScenarioFaults(faults)

    @classmethod
    def read(cls, path: Path, name: str) -> "Source":
        """Reads a file; one that is not there or too large is a fault of its first line."""
        try:
            if path.stat().st_size > LARGEST:
                raise ScenarioFaults([Fault(name, 1, 1, f"the file is larger than {LARGEST:,} bytes")])
            content = path.read_bytes()
            return cls(name, content.decode("utf-8"))
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
            raise ScenarioFaults([Fault(name, line, 1, "the file is not UTF-8 text")]) from None
        except OSError as fault:
            raise ScenarioFaults([Fault(name, 1, 1, f"cannot be read: {fault.strerror}")]) from None

    def place(self, loc: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Line and column of a part, counted from 1; of the nearest part around it that exists."""
        line, column = 0, 0
        node: object = self._root
        for at, step in enumerate(loc):
            last = at == len(loc) - 1
            if isinstance(node, CommentedMap) and step in node:
                line, column = node.lc.key(step) if key and last else node.lc.value(step)
                if not last or key:
                    line, column = node.lc.key(step)
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                line, column = node.lc.item(step)
            else:
                continue  # a word the file leaves out, or a list written without its brackets
            node = node[step]
        return line + 1, column + 1

    def _parse(self, text: str) -> object:
        if len(text) > LARGEST:
            raise ScenarioFaults([Fault(self.name, 1, 1, f"the file is larger than {LARGEST:,} characters")])
        if unseen := _UNSEEN.search(text):
            before = text[: unseen.start()]
            column = len(before) - (before.rfind("\n") + 1)
            raise self._fault(before.count("\n"), column, _told_of(unseen[0]))
        try:
            self._refuse_tricks(text)
            yaml = YAML(typ="rt", pure=True)
            yaml.Constructor = _Constructor
            return yaml.load(StringIO(text))
        except DuplicateKeyError as fault:
            mark = fault.problem_mark
            raise self._fault(mark.line, mark.column, "the same word stands here twice") from None
        except MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            kind = "" if isinstance(fault, ConstructorError) else "not YAML: "
            raise self._fault(line, column, f"{kind}{fault.problem}") from None
        except (YAMLError, ValueError, RecursionError) as fault:
            raise self._fault(0, 0, f"not YAML: {str(fault).splitlines()[0]}") from None

    def _unseen_characters(self, part: Any, loc: Loc) -> Iterator[Fault]:
        """Those written as an escape in quotation marks: "\\0"."""
        if isinstance(part, str) and (unseen := _UNSEEN.search(part)):
            yield Fault(self.name, *self.place(loc), _told_of(unseen[0]))
        elif isinstance(part, dict | list):
            for step, inner in part.items() if isinstance(part, dict) else enumerate(part):
                yield from self._unseen_characters(inner, (*loc, step))

    def _refuse_tricks(self, text: str) -> None:
        """Aliases, tags and bottomless nesting have no place in a scenario, and could harm its reader."""
        depth = 0
        for event in YAML(typ="rt", pure=True).parse(StringIO(text)):
            mark = event.start_mark
            if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
                raise self._fault(mark.line, mark.column, "anchors and aliases (& and *) are not used here")
            if getattr(event, "ctag", None) is not None and str(event.ctag) not in ("None", "!"):
                raise self._fault(mark.line, mark.column, f"tags are not used here: {event.ctag}")
            depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
            depth -= type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent")
            if depth > DEEPEST:
                raise self._fault(mark.line, mark.column, f"nested deeper than {DEEPEST} levels")

    def _fault(self, line: int, column: int, message: str) -> ScenarioFaults:
        return ScenarioFaults([Fault(self.name, line + 1, column + 1, message)])


class _Constructor(RoundTripConstructor):
    """Tells where a value stands that has the look of a day or number and is none: 2026-02-31."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, IndexError, OverflowError) as fault:
            if not isinstance(node, ScalarNode):
                raise
            value = node.value if len(node.value) <= SHOWN else f"{node.value[:SHOWN]}…"
            told = f'"{value}" is no day, time or number; put it in quotation marks if it is a text'
            raise ConstructorError(None, None, told, node.start_mark) from fault


def _told_of(unseen: str) -> str:
    return f"an invisible character stands here (U+{ord(unseen):04X}): delete it"


def _plain(node: object) -> Any:
    """Ordinary Python values; decimals stay exact."""
    if isinstance(node, dict):
        return {_plain(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, datetime):
        return datetime(*node.timetuple()[:6], tzinfo=node.tzinfo)
    if isinstance(node, date):
        return node
    if isinstance(node, int):
        return bool(node) if type(node).__name__ == "ScalarBoolean" else int(node)
    if isinstance(node, float):
        return Decimal(repr(float(node)))
    return str(node)

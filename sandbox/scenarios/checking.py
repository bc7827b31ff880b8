"""Holds what a file says against the vocabulary: names are given, fields real, values of their kind."""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sandbox.scenarios.faults import Fault, nearest
from sandbox.scenarios.kinds import KINDS, NotAChoice, NotAValue
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.source import Loc, Source
from sandbox.scenarios.texts import TextFault, names_in
from sandbox.scenarios.values import Expression, Reference, Text
from sandbox.scenarios.vocabulary import Field, Vocabulary, find_field
from sandbox.scenarios.words import TextWords


@dataclass(frozen=True)
class Named:
    """What a name stands for: a type of record, and the fields the file states for it."""

    type: str
    stated: frozenset[str] = frozenset()


class Checking:
    """One file being checked: its faults so far, and the names that are known at this place of it."""

    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self.source, self.vocabulary = source, vocabulary
        self.faults: list[Fault] = []
        self.names: dict[str, Named] = {}

    def fault(self, loc: Loc, message: str, suggestion: str | None = None, *, key: bool = False) -> None:
        """Notes what is wrong at a place."""
        line, column = self.source.place(loc, key=key)
        self.faults.append(Fault(self.source.name, line, column, message, suggestion))

    def unknown(self, loc: Loc, what: str, word: object, known: Iterable[str], *, key: bool = False) -> None:
        """Notes a word that nothing knows, with the nearest one that something does."""
        self.fault(loc, f'unknown {what} "{word}"{in_where(loc)}', nearest(str(word), known), key=key)

    @contextmanager
    def scope(self) -> Any:
        """What is named inside is forgotten after it."""
        before = dict(self.names)
        yield
        self.names = before

    def name(self, name: str, named: Named, loc: Loc) -> None:
        """Gives a name from here on; a name is given once."""
        if name in self.names:
            self.fault(loc, f'the name "{name}"{in_where(loc)} is given already')
        self.names[name] = named

    def type_(self, word: str, loc: Loc) -> str | None:
        """The type of record a word means."""
        if word in self.vocabulary.types:
            return word
        self.unknown(loc, "type of record", word, self.vocabulary.types)
        return None

    def text(self, words: TextWords, loc: Loc) -> Text:
        """A text in both languages, with every name in it known."""
        for language in ("en", "ru"):
            self._template(getattr(words, language), (*loc, language))
        return Text(words.en, words.ru)

    def _template(self, template: str, loc: Loc) -> None:
        try:
            printed = names_in(template)
        except TextFault as fault:
            suggestion = nearest(fault.word, fault.known) if fault.word else None
            self.fault(loc, f"{fault}{in_where(loc)}", suggestion)
            return
        for name, path in printed:
            self.path(name, path, loc)

    def reference(self, raw: str, loc: Loc) -> Reference | None:
        """`$lead.company`, with the name given before and the field real."""
        name, _, path = raw[1:].partition(".")
        return Reference(name, path) if self.path(name, path, loc) else None

    def path(self, name: str, path: str, loc: Loc) -> bool:
        """Whether a name is known here and has the field; notes it when not."""
        if name not in self.names:
            self.fault(loc, f'nothing is named "{name}"{in_where(loc)}', nearest(name, self.names))
            return False
        named = self.names[name]
        if not path or path in named.stated or find_field(self.vocabulary, named.type, path):
            return True
        type_ = self.vocabulary.types.get(named.type)
        self.unknown(loc, f"field of {named.type}", path, type_.fields if type_ else ())
        return False

    def kind_of(self, reference: Reference) -> Field | None:
        """The field a reference leads to; for a bare name, a reference to its type."""
        named = self.names[reference.name]
        if not reference.path:
            return Field(reference.name, "reference", types=(named.type,))
        return find_field(self.vocabulary, named.type, reference.path)

    def record(self, raw: object, types: tuple[str, ...], loc: Loc) -> Reference | None:
        """A record by its name, of one of the types."""
        if not isinstance(raw, str) or not raw.startswith("$"):
            self.fault(loc, f"expected a record of the file such as $lead{in_where(loc)}")
            return None
        reference = self.reference(raw, loc)
        if reference:
            self._fits(reference, Field("on", "reference", types=types), loc)
        return reference

    def value(self, raw: object, field: Field, loc: Loc) -> Expression:
        """A value for a field: a literal of its kind, a reference, a text in two languages, a time word."""
        if isinstance(raw, str) and raw[:1] == "$" and raw[1:2].isalpha():
            reference = self.reference(raw, loc)
            if reference:
                self._fits(reference, field, loc)
            return reference
        if isinstance(raw, dict):
            return self._two_languages(raw, field, loc)
        kind = KINDS[field.kind]
        try:
            return kind.read(raw, field.choices)
        except NotAChoice as fault:
            self.fault(loc, f'"{raw}" is no {field.name}{in_where(loc)}; {fault}', fault.suggestion)
        except NotAValue as fault:
            self.fault(loc, f'"{raw}" is no {field.name}{in_where(loc)}; {fault}')
        return None

    def _two_languages(self, raw: dict[str, Any], field: Field, loc: Loc) -> Text | None:
        texts = {language: raw.get(language) for language in ("en", "ru")}
        if field.kind not in ("text", "longtext") or set(raw) != set(texts):
            self.fault(loc, f'"{field.name}"{in_where(loc)}: expected a value of the kind {field.kind}')
        elif not all(isinstance(words, str) and 0 < len(words) <= 2000 for words in texts.values()):
            self.fault(loc, f'"{field.name}"{in_where(loc)}: expected words in en and ru')
        else:
            for language, words in texts.items():
                self._template(str(words), (*loc, language))
            return Text(str(texts["en"]), str(texts["ru"]))
        return None

    def _fits(self, reference: Reference, field: Field, loc: Loc) -> None:
        source = self.kind_of(reference)
        if source is None:
            return
        if KINDS[source.kind].family != KINDS[field.kind].family:
            wanted = f"a {field.types[0]}" if field.types else f"a value of the kind {field.kind}"
            self.fault(loc, f"{reference} is of the kind {source.kind}{in_where(loc)}; expected {wanted}")
        elif source.types and field.types and not set(source.types) & set(field.types):
            expected = " or ".join(field.types)
            self.fault(loc, f"{reference} is a {source.types[0]}{in_where(loc)}; expected a {expected}")

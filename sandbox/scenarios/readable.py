"""Records as texts read them: only the fields, as laid out where the file stated them."""

from collections.abc import Mapping

from sandbox.scenarios.values import Binding, Bindings, RecordKey
from sandbox.scenarios.world import World


class Readable:
    """One record behind a name of the file; prints as its title."""

    def __init__(self, binding: Binding, bindings: Bindings, world: World | None = None) -> None:
        self._binding, self._bindings, self._world = binding, bindings, world

    def read(self, path: str) -> object:
        """A field of the record; a reference comes as a readable record of its own."""
        value = read_field(self._binding, path, self._bindings, self._world)
        if isinstance(value, RecordKey):
            return Readable(_bound(value, self._bindings), self._bindings, self._world)
        return value

    def __str__(self) -> str:
        return title_of(self._binding.key, self._bindings, self._world)


def names_for_text(bindings: Bindings, world: World | None = None) -> Mapping[str, Readable]:
    """Every name bound so far, as a text may print it."""
    return {name: Readable(binding, bindings, world) for name, binding in bindings.items()}


def read_field(binding: Binding, path: str, bindings: Bindings, world: World | None) -> object:
    """What a field held when it was laid out; where the file did not state it, what it holds now."""
    head, _, rest = path.partition(".")
    if path in binding.given:
        return binding.given[path]
    if head in binding.given:
        value = binding.given[head]
        if isinstance(value, RecordKey) and rest:
            return read_field(_bound(value, bindings), rest, bindings, world)
        return value if not rest else None
    record = world.record(*binding.key) if world else None
    return record.get(path) if record else None


def title_of(key: RecordKey, bindings: Bindings, world: World | None) -> str:
    """How people call a record."""
    record = world.record(*key) if world else None
    if record:
        return record.title
    given = _bound(key, bindings).given
    return str(given.get("title") or given.get("name") or f"{key.type} {key.n}")


def _bound(key: RecordKey, bindings: Bindings) -> Binding:
    return next((one for one in bindings.values() if one.key == key), Binding(key.type, key.n))

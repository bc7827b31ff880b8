"""The declared actions: one declaration, from which button, page, route, API, event and vocabulary follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox.kernel.errors import Refused
from sandbox.ledger.forms import ActionForm
from sandbox.ledger.rights import not_yours
from sandbox.spaces import Colleague, InSpace

Do = TypeVar("Do", bound=Callable[..., Any])


@dataclass(frozen=True)
class Action:
    """One way in which a thing in the CRM changes."""

    code: str
    function: Callable[..., Any]
    on: tuple[type[InSpace], ...]
    makes: type[InSpace] | None
    event: str
    right: str
    form: type[ActionForm]
    title: Any
    says: Any
    submit: Any
    """The word on the button that sends its form; its title where that is a verb already."""
    icon: str
    kind: str
    shown: Callable[[Any], bool]
    guards_version: bool
    fixed: Mapping[str, object] = field(default_factory=dict)
    refusals: tuple[str, ...] = ()
    on_deleted: bool = False
    undoable: bool = False
    opens_made: bool = False

    @property
    def sentence(self) -> str:
        """What the action does, in the words of its docstring."""
        return (self.function.__doc__ or "").strip().splitlines()[0]

    @property
    def area(self) -> str:
        """The part of the code before the dot: `deal` of `deal.win`."""
        return self.code.partition(".")[0]

    @property
    def verb(self) -> str:
        """The part after the dot as it stands in an address: `set-next-step` of `deal.set_next_step`."""
        return self.code.partition(".")[2].replace("_", "-")

    @property
    def creates(self) -> bool:
        """Whether the action needs no record to act on."""
        return not self.on

    def path(self, model: type[InSpace] | None) -> str:
        """The end of its address: `deals/<n>/win`, `deals/<n>/call/log`, `leads/create`."""
        if model is None:
            return f"{self.makes.__table__.name}/{self.verb}" if self.makes else f"{self.area}/{self.verb}"
        own = model.__record__ == self.area
        return f"{model.__table__.name}/<int:n>/{self.verb if own else f'{self.area}/{self.verb}'}"

    def is_allowed(self, by: Colleague, rights: set[str]) -> bool:
        """Whether the colleague's job role has the right that the action asks for."""
        return self.right in rights

    def permit(self, by: Colleague, rights: set[str]) -> None:
        """Refuse with `not_allowed` when the job role does not have the right."""
        if not self.is_allowed(by, rights):
            raise Refused("not_allowed", not_yours(self.right))


class Registry:
    """All actions by code, and all kinds of record by their word and by their table."""

    def __init__(self) -> None:
        self.actions: dict[str, Action] = {}

    def __getitem__(self, code: str) -> Action:
        return self.actions[code]

    def __iter__(self) -> Any:
        return iter(self.actions.values())

    def add(self, action: Action) -> None:
        """Take an action in; a code is declared once."""
        known = self.actions.get(action.code)
        if known and known.function.__qualname__ != action.function.__qualname__:
            raise ValueError(f"action {action.code} is declared twice")
        self.actions[action.code] = action

    def on(self, model: type[InSpace]) -> list[Action]:
        """The actions that a record of this kind offers."""
        return [action for action in self.actions.values() if model in action.on]

    def records(self) -> dict[str, type[InSpace]]:
        """Kinds of record by their word: `deal`."""
        return {cls.__record__: cls for cls in _subclasses(InSpace) if cls.__record__}

    def tables(self) -> dict[str, type[InSpace]]:
        """Kinds of record by their table: `deals`."""
        return {cls.__table__.name: cls for cls in self.records().values()}


registry = Registry()


def action(
    code: str,
    *,
    on: type[InSpace] | tuple[type[InSpace], ...] = (),
    makes: type[InSpace] | None = None,
    event: str,
    right: str,
    form: type[ActionForm] = ActionForm,
    title: Any,
    says: Any,
    submit: Any = None,
    icon: str = "player-play",
    kind: str = "plain",
    shown: Callable[[Any], bool] = lambda record: True,
    guards_version: bool = True,
    fixed: Mapping[str, object] | None = None,
    refusals: tuple[str, ...] = (),
    on_deleted: bool = False,
    undoable: bool = False,
    opens_made: bool = False,
) -> Callable[[Do], Do]:
    """Declare the function as the action `code`; `event` is the verb in the past, such as `won`.

    The function gets the record (unless it creates one), the form's fields by name, `by` and `at`; it
    changes rows or raises Refused, and returns the record that it made, if any. `shown(record)` says
    whether the button stands on the record's page; `guards_version=False` lets an action that only adds to
    a record pass when somebody else has changed it meanwhile. `fixed` is what the record it makes always is
    (`{"kind": "call"}`), `submit` the word on its form's button where the title is no verb,
    `refusals` the codes by which its rules may turn it down; `undoable` offers its undo to whoever
    did it; `on_deleted` lets it reach a record that was put away, to bring it back. `opens_made` leads on to
    the page of the record that it makes, where the work goes on.
    """

    def declare(function: Do) -> Do:
        registry.add(
            Action(
                code=code,
                function=function,
                on=on if isinstance(on, tuple) else (on,),
                makes=makes,
                event=event if "." in event else f"{code.partition('.')[0]}.{event}",
                right=right,
                form=form,
                title=title,
                says=says,
                submit=submit or title,
                icon=icon,
                kind=kind,
                shown=shown,
                guards_version=guards_version,
                fixed=fixed or {},
                refusals=refusals,
                on_deleted=on_deleted,
                undoable=undoable,
                opens_made=opens_made,
            )
        )
        return function

    return declare


def _subclasses(cls: type[InSpace]) -> list[type[InSpace]]:
    return [found for sub in cls.__subclasses__() for found in (sub, *_subclasses(sub))]

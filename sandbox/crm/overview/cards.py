"""What a card of the overview is, and which of them a colleague sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from sandbox.spaces import Colleague, current_space


@dataclass(frozen=True)
class Card:
    """A card for who has one of the `rights`, and what it is drawn from.

    `look(me)` returns the words and figures of the card, or None where there is nothing to look at.
    """

    code: str
    rights: frozenset[str]
    look: Callable[[Colleague], dict[str, Any] | None]
    wide: bool = False

    @property
    def template(self) -> str:
        """The file that draws it."""
        return f"crm/overview/_{self.code}.html"


@dataclass(frozen=True)
class Figure:
    """A number that leads to the list it was counted from; `kind` colours it where it asks for a hand."""

    words: str
    number: int
    url: str
    kind: str = ""


def link_to(endpoint: str, **asked: Any) -> str:
    """The address of a page of the space, with what it is asked for."""
    return url_for(endpoint, **{"space": current_space().id, **asked})


def cards_for(me: Colleague, rights: set[str], cards: Iterable[Card]) -> list[tuple[Card, dict[str, Any]]]:
    """The cards that a colleague's rights open, in their order, each with what it shows."""
    seen = [(card, card.look(me)) for card in cards if card.rights & rights]
    return [(card, shown) for card, shown in seen if shown is not None]

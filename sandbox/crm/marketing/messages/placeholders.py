"""What a message may leave to the cards: named placeholders and nothing else, so that no text can do harm."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import true

from sandbox.crm.customers.models import Company, Contact
from sandbox.kernel.errors import Refused
from sandbox.spaces import current_space

PLACEHOLDER = re.compile(r"{{\s*(.*?)\s*}}", re.DOTALL)
_BRACES = re.compile(r"{{|}}|{%|%}|{#")
OPT_OUT = "opt_out"
Card = Contact | Company


@dataclass(frozen=True)
class Placeholder:
    """What stands in a message for a value of a card; `personal` where only a person has it."""

    code: str
    label: Any
    value: Callable[[Card], str]
    personal: bool = False
    lacks: Callable[[Any], Any] = lambda _model: None
    """The clause for cards of a kind that leave it empty; None where none does."""


def placeholders() -> dict[str, Placeholder]:
    """All that a message may name, by code."""
    known = (
        Placeholder("contact.first_name", _("First name"), _of_person("first_name"), True, _lacks()),
        Placeholder(
            "contact.middle_name", _("Middle name"), _of_person("middle_name"), True, _lacks("middle_name")
        ),
        Placeholder("contact.last_name", _("Last name"), _of_person("last_name"), True, _lacks("last_name")),
        Placeholder("contact.name", _("Full name"), _of_person("title"), True, _lacks()),
        Placeholder("contact.position", _("Position"), _of_person("position"), True, _lacks("position")),
        Placeholder("company.name", _("Name of their company"), _company_name, lacks=_without_company),
        Placeholder("manager.name", _("Name of who looks after them"), _of_owner("name"), lacks=_unowned),
        Placeholder("manager.email", _("E-mail of who looks after them"), _of_owner("email"), lacks=_unowned),
        Placeholder("us.name", _("Our name"), lambda _card: current_space().company.name),
        Placeholder("us.phone", _("Our phone"), lambda _card: current_space().company.legal.phone or ""),
        Placeholder("us.email", _("Our e-mail"), lambda _card: current_space().company.legal.email or ""),
        Placeholder("us.address", _("Our address"), lambda _card: current_space().company.legal.address),
        Placeholder(OPT_OUT, _("Opt-out link"), lambda _card: opt_out_address()),
    )
    return {one.code: one for one in known}


def named_in(*texts: str) -> list[str]:
    """The placeholders that texts name, each once, in their order."""
    return list(dict.fromkeys(name for text in texts for name in PLACEHOLDER.findall(text)))


def personal_in(*texts: str) -> list[str]:
    """Those that only a person can fill."""
    known = placeholders()
    return [name for name in named_in(*texts) if name in known and known[name].personal]


def insist_on_known(*texts: str) -> None:
    """Refuse what is no placeholder, naming the nearest right one."""
    known = placeholders()
    for name in named_in(*texts):
        if name not in known:
            raise Refused("unknown_placeholder", _unknown(name, list(known)))
    if any(_BRACES.search(PLACEHOLDER.sub("", text)) for text in texts):
        raise Refused(
            "bad_braces",
            _("A brace is open or closed alone. A placeholder is written like {{ contact.first_name }}."),
        )


def filled(text: str, card: Card) -> str:
    """The text with every placeholder filled from a card; nothing where the card lacks it."""
    known = placeholders()
    return PLACEHOLDER.sub(lambda found: known[found[1]].value(card) if found[1] in known else "", text)


def empty_for(card: Card, *texts: str) -> list[str]:
    """The placeholders that this card leaves empty."""
    known = placeholders()
    return [name for name in named_in(*texts) if name in known and not known[name].value(card)]


def pieces(text: str, card: Card) -> list[tuple[str, str]]:
    """The text in pieces for a preview: plain words, `filled` ones, and placeholders that stay `empty`."""
    known, found, place = placeholders(), [], 0
    for each in PLACEHOLDER.finditer(text):
        found.append((text[place : each.start()], ""))
        value = known[each[1]].value(card) if each[1] in known else ""
        found.append((value, "filled") if value else (each[0], "empty"))
        place = each.end()
    return [one for one in (*found, (text[place:], "")) if one[0]]


def opt_out_address() -> str:
    """Where the link leads; the letter is simulated, and so is what stands behind the address."""
    return f"https://{current_space().company.domain}/opt-out"


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name.casefold().replace(" ", ""), known, 1, 0.5)
    if near:
        return _(
            "There is no placeholder “{{ %(name)s }}”. Did you mean “{{ %(near)s }}”?",
            name=name,
            near=near[0],
        )
    return _(
        "There is no placeholder “{{ %(name)s }}”. There are: %(known)s.", name=name, known=", ".join(known)
    )


def _of_person(field: str) -> Callable[[Card], str]:
    return lambda card: str(getattr(card, field) or "") if isinstance(card, Contact) else ""


def _company_name(card: Card) -> str:
    if isinstance(card, Contact):
        return card.company.name if card.company else ""
    return card.name


def _of_owner(field: str) -> Callable[[Card], str]:
    return lambda card: str(getattr(card.owner, field)) if card.owner else ""


def _lacks(column: str = "") -> Callable[[Any], Any]:
    """Cards on which a person's field is empty; a company has none of them."""

    def clause(model: Any) -> Any:
        if model is not Contact:
            return true()
        return getattr(Contact, column).is_(None) if column else None

    return clause


def _without_company(model: Any) -> Any:
    return Contact.company_id.is_(None) if model is Contact else None


def _unowned(model: Any) -> Any:
    return model.owner_id.is_(None)

"""What a scenario asks of a company, and whether a company has it."""

from sandbox.scenarios.checking import Checking
from sandbox.scenarios.faults import nearest
from sandbox.scenarios.messages import Message
from sandbox.scenarios.vocabulary import Vocabulary, find_field

KINDS_OF_NEED = ("stage", "field", "action", "role", "choice")


def read_needs(needs: list[str], checking: Checking) -> None:
    """Notes every need that no company could be asked for."""
    for at, need in enumerate(needs):
        kind, _, code = need.partition(" ")
        if kind not in KINDS_OF_NEED or not code.strip():
            message = f'"{need}" is no need; expected one of {", ".join(KINDS_OF_NEED)} and a code'
            checking.fault(("needs", at), message, nearest(kind, KINDS_OF_NEED))


def lacking(need: str, company: Vocabulary) -> Message | None:
    """Why this company does not meet a need; None when it does."""
    kind, _, code = need.partition(" ")
    met = {
        "stage": lambda: code in company.stages,
        "field": lambda: _has_field(company, code),
        "action": lambda: code in company.actions,
        "role": lambda: code in company.roles,
        "choice": lambda: _has_choice(company, code),
    }[kind]()
    return None if met else Message(f"needs.{kind}", {"code": code})


def _has_field(company: Vocabulary, code: str) -> bool:
    type_, _, path = code.partition(".")
    return find_field(company, type_, path) is not None


def _has_choice(company: Vocabulary, code: str) -> bool:
    place, _, choice = code.partition("=")
    type_, _, path = place.partition(".")
    field = find_field(company, type_, path)
    return field is not None and choice in (field.choices or ())

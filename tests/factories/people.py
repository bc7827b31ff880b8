"""Accounts beyond the cast, for tests that need many or odd ones."""

from itertools import count
from typing import Any

from sandbox.kernel.clock import machine_now
from sandbox.people import Person, add_person, roles
from sandbox.people.passwords import hash_password
from sandbox.web.unit_of_work import unit_of_work

_numbers = count(1)


def make_person(*, password: str = "correct horse battery", **wanted: Any) -> Person:
    """One account; what is not said is invented, in a unit of work of its own."""
    number = next(_numbers)
    password_hash = hash_password(password)
    said: dict[str, Any] = {
        "name": f"Person {number}",
        "email": f"person-{number}@test.example",
        "role": roles.TRAINEE,
        "at": machine_now(),
        **wanted,
    }
    with unit_of_work():
        return add_person(password_hash=password_hash, **said)


def make_crowd(size: int, **wanted: Any) -> list[Person]:
    """Many accounts with one hash between them."""
    password_hash = hash_password("correct horse battery")
    with unit_of_work():
        return [
            add_person(
                name=f"Crowd {next(_numbers):04}",
                email=f"crowd-{next(_numbers)}@test.example",
                role=wanted.get("role", roles.TRAINEE),
                password_hash=password_hash,
                at=machine_now(),
            )
            for _one in range(size)
        ]

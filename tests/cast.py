"""The named cast: five accounts, each with a meaning, put into an empty database for a test.

Tanya is a trainee. Oleg is another trainee, who must see nothing of hers. Vera is the trainer of both,
Boris sits on the board, Anna administers. Zoe trains a group of her own, which none of them is in.
"""

from dataclasses import dataclass

from sandbox.kernel.clock import machine_now
from sandbox.people import Person, add_group, add_person, put_in_groups, roles
from sandbox.people.passwords import hash_password
from sandbox.web.unit_of_work import unit_of_work

PASSWORD = "correct horse battery"

ACCOUNTS = {
    "tanya": ("Tanya Belova", "Татьяна Белова", roles.TRAINEE, "sales-manager"),
    "oleg": ("Oleg Petrov", "Олег Петров", roles.TRAINEE, "sales-manager"),
    "vera": ("Vera Lind", "Вера Линд", roles.TRAINER, None),
    "boris": ("Boris Krol", "Борис Кроль", roles.BOARD, None),
    "anna": ("Anna Costa", "Анна Коста", roles.ADMINISTRATOR, None),
    "zoe": ("Zoe Marsh", "Зоя Марш", roles.TRAINER, None),
}


@dataclass
class Cast:
    """The people by first name."""

    tanya: Person
    oleg: Person
    vera: Person
    boris: Person
    anna: Person
    zoe: Person

    def everyone(self) -> dict[str, Person]:
        """Each by name, the route walk's order."""
        return dict(vars(self))


def email_of(name: str) -> str:
    """The address one of the cast signs in with."""
    return f"{name}@test.example"


def make_cast() -> Cast:
    """Put the cast into the database, with one hash for all of them."""
    password_hash = hash_password(PASSWORD)
    with unit_of_work():
        people = {
            name: add_person(
                name=full_name,
                name_ru=russian,
                email=email_of(name),
                password_hash=password_hash,
                role=role,
                job_role=job_role,
                at=machine_now(),
            )
            for name, (full_name, russian, role, job_role) in ACCOUNTS.items()
        }
        group = add_group(title="Test class", trainer_id=people["vera"].id)
        for trainee in ("tanya", "oleg"):
            put_in_groups(people[trainee], [group.id])
        add_group(title="Another class", trainer_id=people["zoe"].id)
    return Cast(**people)

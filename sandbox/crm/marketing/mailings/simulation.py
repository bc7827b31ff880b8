"""What becomes of letters: a fate for each, the same whenever it is asked, without a clock or a database.

Of a hundred letters about three come back for good and four for a while; two in five are opened, a third
of those lead to a click, and one or two people want no more. In a small mailing each of these happens at
least once where there are enough letters for it, so that whoever practises sees them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from random import Random

DELIVERED, SOFT, HARD, GAVE_UP = "delivered", "soft_bounce", "hard_bounce", "gave_up"
OPENED, CLICKED, OPTED_OUT = "opened", "clicked", "opted_out"
RETRY = (timedelta(minutes=30), timedelta(hours=4))
SHARES = {HARD: 0.03, SOFT: 0.04, OPTED_OUT: 0.015, CLICKED: 0.13, OPENED: 0.26}
ENOUGH = {HARD: 6, SOFT: 8, OPTED_OUT: 10, CLICKED: 3, OPENED: 2}
"""From so many letters on each of these happens at least once."""
HARD_SAID = ("550 5.1.1 User unknown", "550 5.1.10 Mailbox does not exist", "550 5.4.4 Domain not found")
SOFT_SAID = ("452 4.2.2 Mailbox full", "421 4.7.0 Try again later", "451 4.3.0 Server is busy")


@dataclass(frozen=True)
class Happening:
    """One thing that happens to a letter, so long after the mailing began."""

    after: timedelta
    what: str
    server_said: str | None = None


Fate = tuple[Happening, ...]


def fates(seed: str, emails: Iterable[str]) -> dict[str, Fate]:
    """The fate of each letter; another order of the addresses gives the same."""
    ranked = sorted(set(emails), key=lambda email: sha256(f"{seed}:{email}".encode()).digest())
    kinds: dict[str, str] = {}
    for kind, share in SHARES.items():
        wanted = round(len(ranked) * share)
        wanted = max(wanted, 1 if len(ranked) >= ENOUGH[kind] else 0)
        free = [email for email in ranked if email not in kinds]
        kinds.update(dict.fromkeys(free[:wanted], kind))
    soft = [email for email, kind in kinds.items() if kind == SOFT]
    recovering = set(soft[1::2])
    return {
        email: _fate(Random(f"{seed}:{email}"), kinds.get(email, DELIVERED), email in recovering)  # noqa: S311
        for email in ranked
    }


def _fate(chance: Random, kind: str, recovers: bool) -> Fate:
    first = timedelta(minutes=chance.randint(1, 9))
    if kind == HARD:
        return (Happening(first, HARD, chance.choice(HARD_SAID)),)
    if kind == SOFT:
        said = chance.choice(SOFT_SAID)
        again = first + RETRY[0]
        if recovers:
            return (Happening(first, SOFT, said), Happening(again, DELIVERED))
        last = again + RETRY[1]
        return (Happening(first, SOFT, said), Happening(again, SOFT, said), Happening(last, GAVE_UP, said))
    fate = [Happening(first, DELIVERED)]
    if kind == DELIVERED:
        return tuple(fate)
    opened = first + timedelta(minutes=chance.choice((4, 12, 25, 55, 130, 340, 900)))
    fate.append(Happening(opened, OPENED))
    if kind in (CLICKED, OPTED_OUT):
        fate.append(Happening(opened + timedelta(minutes=chance.randint(1, 6)), kind))
    return tuple(fate)

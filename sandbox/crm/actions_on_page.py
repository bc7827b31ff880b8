"""How a record's page lays out its actions: what is done daily at the left, how it ends at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.ledger.offers import Offer, offers_for

NOTE = "note.write"


def laid_out(
    record: Any, main: Sequence[str], end: Sequence[str] = (), apart: Sequence[str] = ()
) -> dict[str, list[Offer]]:
    """The offers of a record as `main`, `end` and `more`, in the order in which the codes are named.

    Writing a note is apart: it has a line of its own above what happened. So are those named in `apart`,
    which the page puts where their things stand.
    """
    offers = {offer.code: offer for offer in offers_for(record)}
    main = (*main, f"{record.__record__}.restore")  # all that is left to do with one that was deleted
    named = {*main, *end, *apart, NOTE}
    return {
        "note": [offers[NOTE]] if NOTE in offers else [],
        "main": [offers[code] for code in main if code in offers],
        "end": [offers[code] for code in end if code in offers],
        "more": [offer for code, offer in offers.items() if code not in named],
    }

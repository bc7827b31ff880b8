"""Who called or wrote: us, or the customer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

INBOUND, OUTBOUND = "in", "out"


def directions() -> Iterable[tuple[str, Any]]:
    """Codes and words of who called or wrote."""
    return [(OUTBOUND, _l("From us")), (INBOUND, _l("From the customer"))]

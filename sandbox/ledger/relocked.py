"""Values of a form under the lock of the unit of work."""

from __future__ import annotations

from typing import Any

from sandbox.spaces import InSpace, fetch


def of_this_transaction(values: dict[str, Any]) -> dict[str, Any]:
    """The values, with the records that were chosen in the form fetched again under the lock."""
    return {
        name: fetch(type(value), value.n) if isinstance(value, InSpace) else value
        for name, value in values.items()
    }

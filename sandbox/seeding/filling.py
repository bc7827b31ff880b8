"""Fills a template with the firm's data."""

from __future__ import annotations

from sandbox.spaces import Space


def fill(space: Space) -> None:
    """Fill the current space."""

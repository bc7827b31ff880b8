"""Whose data this is: a space, its clock and its people, and the only ways to reach its rows."""

from sandbox.spaces.finding import found_by
from sandbox.spaces.mixin import BLOCK, InSpace, record_type, ref
from sandbox.spaces.models import Casting, Colleague, Recipe, Space
from sandbox.spaces.reach import across, current_space, every, fetch, first, inside, kept, number_of

__all__ = [
    "BLOCK",
    "Casting",
    "Colleague",
    "InSpace",
    "Recipe",
    "Space",
    "across",
    "current_space",
    "every",
    "fetch",
    "first",
    "found_by",
    "inside",
    "kept",
    "number_of",
    "record_type",
    "ref",
]

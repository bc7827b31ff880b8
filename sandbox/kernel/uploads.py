"""A file that somebody sent."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Upload:
    """Its name without folders, and its bytes."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return sha256(self.content).hexdigest()

    def __str__(self) -> str:
        return self.name

"""An e-mail address."""

from collections.abc import Sequence
from typing import ClassVar

from sandbox.scenarios.kinds.text import TextKind


class EmailKind(TextKind):
    """Equal whatever the case."""

    name: ClassVar[str] = "email"

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        local, _, domain = str(value).partition("@")
        return [*twins, f"{local}1@{domain or 'example.com'}"]

"""The proof as people read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from sandbox.training.proof.findings import Finding

RIGHT, WRONG = "✓", "✗"
_PART, _WHAT, _WIDTH = 12, 40, 118


def rows(findings: Iterable[Finding]) -> Iterator[str]:
    """One trial a row; a long answer goes on below itself."""
    for one in findings:
        mark = RIGHT if one.is_right else WRONG
        told = f"{one.told} [{one.fault}]" if one.fault else one.told
        lead = f"  {mark} {one.part:<{_PART}} {one.what:<{_WHAT}} "
        lines = wrap(told, max(40, _WIDTH - len(lead))) or [""]
        yield lead + lines[0]
        yield from (" " * len(lead) + line for line in lines[1:])


def summary(results: list[tuple[str, list[Finding]]]) -> Iterator[str]:
    """One line for each scenario with a company in a language, then how many stand."""
    failed = 0
    for name, findings in results:
        wrong = sum(not one.is_right for one in findings)
        failed += bool(wrong)
        yield f"{WRONG if wrong else RIGHT} {name}: {len(findings)} trials" + (
            f", {wrong} failed" if wrong else ""
        )
    yield f"{len(results) - failed} of {len(results)} proven."

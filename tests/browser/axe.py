"""axe-core in a page: what a person with a screen reader, a keyboard or weak eyes stumbles over."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import NewPage

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = [("light", "en"), ("dark", "ru")]
if os.environ.get("FULL"):
    LOOKS += [("light", "ru"), ("dark", "en")]
# The marker language of tests is none that anybody speaks; no house has it.
SERIOUS = """async () => (await axe.run({ exclude: [['[lang="xx"]']] })).violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => one.id + ": " + one.nodes.slice(0, 4).map((node) =>
    node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "").slice(0, 160)).join(" // "))"""


def faults(page: Page) -> list[str]:
    """What is serious or critical on the page as it stands."""
    page.add_script_tag(path=AXE)
    return [f"{page.url}: {one}" for one in page.evaluate(SERIOUS)]


def opened(new_page: NewPage, look: tuple[str, str], who: str | None) -> Page:
    """A window of somebody, in a theme and a language."""
    theme, locale = look
    # axe is not of the house: the house's policy for scripts would keep it out
    return new_page(who, locale=locale, color_scheme=theme, bypass_csp=True)

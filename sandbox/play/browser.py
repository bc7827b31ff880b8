"""A scenario solved in a real browser: what the coach lights is done by mouse and keyboard, by nothing else.

The player reads what a person reads: the light (`.lit`) and what its callout says is to be pressed,
written or chosen there. It never calls an action and never clicks by script.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:  # the browser's driver belongs to the tests and the proof, not to the served program
    from playwright.sync_api import Locator, Page

Hands = Literal["mouse", "keyboard"]
MOST_MOVES = 120
WAIT = 10_000  # milliseconds

# What a person sees of the coach: the page, the light with its callout, and whether every step has ticked.
SEEN = """() => {
  const lit = document.querySelector(".lit"), callout = document.getElementById("callout");
  const panel = document.getElementById("coach-move");
  return {
    at: location.pathname + location.search,
    move: panel?.dataset.move ?? "",
    there: Boolean(panel),
    busy: Boolean(document.querySelector(".htmx-request")) || document.readyState !== "complete",
    kind: lit && callout ? callout.dataset.kind : "",
    value: callout?.dataset.value ?? "",
    tag: lit?.tagName ?? "", name: lit?.getAttribute("name") ?? "", type: lit?.getAttribute("type") ?? "",
    key: lit ? [lit.id, lit.getAttribute("name"), lit.dataset.action, lit.dataset.open,
                lit.getAttribute("href"), lit.textContent.trim().slice(0, 80)].join("|") : "",
  };
}"""
SETTLED = f"""(before) => {{
  const now = ({SEEN})();
  if (now.busy || !now.there || !(now.kind || !now.move)) return false;
  return !before || ["at", "move", "kind", "value", "key"].some((one) => now[one] !== before[one]);
}}"""


class Stuck(Exception):
    """The light leads nowhere: where the player stood, and what was lit there."""

    def __init__(self, why: str, seen: dict[str, Any]) -> None:
        lit = f"lit: {seen['kind'] or 'nothing'} {seen['key']}"
        super().__init__(f"{why} at {seen['at']}; {lit}; move: {seen['move'][:200]}")


@dataclass
class Solved:
    """What came of a run: the debrief's address, its verdict and whatever it says differs; the moves made."""

    address: str
    verdict: str
    differs: list[str] = field(default_factory=list)
    moves: int = 0

    @property
    def attempt_id(self) -> int:
        """The attempt that the debrief is about."""
        return int(urlsplit(self.address).path.rsplit("/", 1)[-1])


class Player:
    """Somebody at the browser who does what the light says, with the mouse or with the keyboard alone."""

    def __init__(self, page: Page, hands: Hands = "mouse") -> None:
        self.page = page
        self.hands = hands
        self.moves = 0

    def seen(self) -> dict[str, Any]:
        """What the coach shows now."""
        return dict(self.page.evaluate(SEEN))

    def settle(self, before: dict[str, Any] | None = None) -> dict[str, Any]:
        """Wait until the page has come to rest with something lit, other than `before`; raises Stuck."""
        from playwright.sync_api import TimeoutError as TooLong

        try:
            self.page.wait_for_function(SETTLED, arg=before, timeout=WAIT)
        except TooLong:
            raise Stuck("nothing follows" if before else "nothing is lit", self.seen()) from None
        return self.seen()

    def step(self) -> bool:
        """Do what is lit and wait for what follows; False when nothing is left to do but the finish."""
        seen = self.settle()
        if not seen["move"]:
            return False
        lit = self.page.locator(".lit")
        if self.hands == "keyboard":
            self.page.keyboard.press("Alt+g")
        self._do(lit, seen)
        self.moves += 1
        self.settle(seen)
        return True

    def play(self, until: Callable[[dict[str, Any]], bool] = lambda seen: False) -> None:
        """Do one lit thing after the other, to the end or until what is seen is enough; raises Stuck."""
        for _one in range(MOST_MOVES):
            if until(self.settle()) or not self.step():
                return
        raise Stuck(f"no end after {MOST_MOVES} moves", self.seen())

    def finish(self) -> Solved:
        """Press Finish, and read the debrief."""
        button = self.page.locator("[data-finish]")
        if self.hands == "keyboard":
            button.focus()
            self.page.keyboard.press("Enter")
        else:
            button.click()
        self.page.wait_for_url("**/attempts/*")
        verdict = self.page.locator("main header .badge").last.inner_text()
        differs = self.page.locator(".step-seen p.is-bad, .step-broken").all_inner_texts()
        return Solved(self.page.url, verdict, differs, self.moves)

    def _do(self, lit: Locator, seen: dict[str, Any]) -> None:
        if seen["kind"] == "press":
            self._press(lit)
        elif seen["kind"] == "enter":
            lit.press("Enter")
        elif seen["tag"] == "SELECT":
            self._choose(lit, seen["value"])
        else:
            self._write(lit, seen)

    def _press(self, lit: Locator) -> None:
        if self.hands == "mouse":
            lit.click()
        else:
            box = lit.get_attribute("type") in ("checkbox", "radio")
            self.page.keyboard.press("Space" if box else "Enter")

    def _choose(self, lit: Locator, value: str) -> None:
        if self.hands == "mouse":
            lit.select_option(value)
            return
        codes = lit.evaluate("(list) => [...list.options].map((one) => one.value)")
        way = codes.index(value) - codes.index(lit.input_value())
        for _one in range(abs(way)):
            self.page.keyboard.press("ArrowDown" if way > 0 else "ArrowUp")

    def _write(self, lit: Locator, seen: dict[str, Any]) -> None:
        if self.hands == "mouse":
            lit.click()
        if seen["type"] in ("date", "datetime-local"):
            lit.fill(seen["value"])  # the parts of a day stand in the order of the browser's own language
            return
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(seen["value"])


def solve(page: Page, address: str, hands: Hands = "mouse") -> Solved:
    """Play the run whose space is at `address` (`/s/<space>/deals`) by the light, and finish it.

    The page's context must be signed in as the run's person. Raises Stuck where the light leads nowhere.
    """
    page.goto(address)
    player = Player(page, hands)
    player.play()
    return player.finish()


def move_of(seen: dict[str, Any]) -> dict[str, Any]:
    """The move that the panel publishes, as a mapping; empty when every step is done."""
    return dict(json.loads(seen["move"])) if seen["move"] else {}

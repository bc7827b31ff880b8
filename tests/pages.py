"""What every page must hold: a title, one first heading, ids used once, a name on every control."""

from __future__ import annotations

from collections import Counter

from bs4 import BeautifulSoup, Tag

UNLABELLED = ("hidden", "submit", "button", "reset", "image")


def faults_of_page(page: BeautifulSoup) -> list[str]:
    """What is wrong with a whole page, in words; empty where nothing is."""
    title = page.title.get_text(strip=True) if page.title else ""
    faults = [] if title else ["the page has no title"]
    html = page.find("html")
    if not isinstance(html, Tag) or not html.get("lang"):
        faults.append("the page does not say its language")
    headings = page.find_all("h1")
    if len(headings) != 1:
        faults.append(
            f"{len(headings)} first headings: {[heading.get_text(strip=True) for heading in headings]}"
        )
    return faults + faults_of_fragment(page)


def faults_of_fragment(part: BeautifulSoup) -> list[str]:
    """What is wrong with a part of a page: ids used twice, controls and buttons without a name."""
    # what a <template> holds is not on the page until a script puts it there
    drawn = (element for element in part.find_all(id=True) if element.find_parent("template") is None)
    ids = Counter(str(element["id"]) for element in drawn)
    faults = [f"the id {name!r} is there {count} times" for name, count in ids.items() if count > 1]
    for control in part.find_all(["input", "select", "textarea"]):
        if control.get("type") not in UNLABELLED and not _has_label(control, part):
            faults.append(f"no label for {_shown(control)}")
    for button in part.find_all(["button", "a"]):
        if not _has_name(button):
            faults.append(f"no words on {_shown(button)}")
    faults += [f"no alternative text for {_shown(image)}" for image in part.find_all("img", alt=False)]
    return faults


def _has_label(control: Tag, part: BeautifulSoup) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label"):
        return True
    return bool(control.get("id") and part.find("label", attrs={"for": control["id"]}))


def _has_name(element: Tag) -> bool:
    if element.get("aria-label") or element.get("aria-labelledby") or element.get("title"):
        return True
    return bool(element.get_text(strip=True)) or element.find("img", alt=True) is not None


def _shown(element: Tag) -> str:
    return str(element).replace("\n", " ")[:120]

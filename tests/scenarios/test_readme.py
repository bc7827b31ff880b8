"""The reference of the format tells every word, and no word that does not exist."""

import re
from typing import get_args

from pydantic import BaseModel

from sandbox.scenarios.comparisons import COMPARISONS
from sandbox.scenarios.given import MAKINGS
from sandbox.scenarios.texts import FILTERS
from sandbox.scenarios.words import ScenarioWords, json_schema
from tests.scenarios.talk import ROOT

HEADINGS = re.findall(r"^#+ (.+)$", (ROOT / "scenarios/README.md").read_text(encoding="utf-8"), re.M)
TOLD = {word for heading in HEADINGS for word in re.findall(r"`(\w+)`", heading)}


def words_of(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Every word of a part of the format and of the parts inside it."""
    if model in seen:
        return set()
    seen.add(model)
    found = set()
    for name, field in model.model_fields.items():
        found.add(field.alias or name)
        for inner in models_in(field.annotation):
            found |= words_of(inner, seen)
    return found


def models_in(annotation: object) -> list[type[BaseModel]]:
    """The parts that an annotation mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in get_args(annotation) for model in models_in(arg)]


EXISTING = words_of(ScenarioWords, set()) | set(COMPARISONS) | set(MAKINGS) | set(FILTERS) | {"open"}


def test_every_word_of_the_format_has_a_heading() -> None:
    assert set() == EXISTING - TOLD


def test_no_heading_tells_a_word_that_does_not_exist() -> None:
    assert set() == TOLD - EXISTING


def test_the_schema_for_editors_knows_the_words_as_they_are_written() -> None:
    schema = json_schema()
    assert {"title", "steps", "given", "mistakes"} <= set(schema["properties"])
    assert "try" in schema["$defs"]["MistakeWords"]["properties"]
    assert schema["$defs"]["StepWords"]["additionalProperties"] is False

"""The words of a scenario file. Each has a heading in scenarios/README.md; a test holds that."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]*$", max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Area = Literal["customers", "sales", "marketing", "documents", "communications"]
Origin = Literal["trainee", "actor", "given", "seed", "import", "system", "anyone"]
Count = Annotated[int, Field(ge=0, le=1000, strict=True)]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, dict | int) else value


class Part(BaseModel):
    """Any part of the file: a word it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class OpenPart(Part):
    """A part whose further words are fields of a record or of an action."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    @property
    def fields(self) -> dict[str, Any]:
        """What the file says beyond the part's own words."""
        return dict(self.model_extra or {})


class TextWords(Part):
    """The same words in the languages of the house."""

    en: Words
    ru: Words


class GivenWords(OpenPart):
    """A record laid out before the trainee begins; every further word is one of its fields."""

    is_: Annotated[Code, Field(alias="is", description="The type of the record.")]


class EventWords(OpenPart):
    """Something was done; every further word is a field of the action that did it."""

    is_: Annotated[Code, Field(alias="is", description="The code of the event.")]
    on: Annotated[str | None, Field(description="The record it was done on: $lead.")] = None
    where: Annotated[dict[str, Any], Field(description="Fields of the action, where a name is taken.")] = {}
    by: Annotated[Origin, Field(description="Whose work; the trainee's unless told.")] = "trainee"
    call: Annotated[Name | None, Field(description="The name its record has from here on.")] = None
    count: Annotated[Count | None, Field(description="Exactly so many.")] = None
    at_least: Annotated[Count | None, Field(description="So many or more.")] = None
    at_most: Annotated[Count | None, Field(description="So many or fewer.")] = None


class RecordWords(Part):
    """Records stand so."""

    is_: Annotated[str, Field(alias="is", description="A type of record, or one record: $lead.")]
    where: Annotated[dict[str, Any], Field(description="What its fields hold.")] = {}
    by: Annotated[Origin | None, Field(description="Who must have made it so.")] = None
    call: Annotated[Name | None, Field(description="The name it has from here on.")] = None
    count: Annotated[Count | None, Field(description="Exactly so many.")] = None
    at_least: Annotated[Count | None, Field(description="So many or more.")] = None
    at_most: Annotated[Count | None, Field(description="So many or fewer.")] = None


class ConditionWords(Part):
    """One thing that is so or not: one of event, record, any, all."""

    tick: Annotated[TextWords | None, Field(description="What its tick-box says, as a fact.")] = None
    event: EventWords | None = None
    record: RecordWords | None = None
    any: Annotated[list["ConditionWords"] | None, Field(min_length=1, max_length=10)] = None
    all: Annotated[list["ConditionWords"] | None, Field(min_length=1, max_length=10)] = None
    moment: Annotated[bool, Field(strict=True, description="True now; later work may move on.")] = False


class WhenWords(ConditionWords):
    """What gives a mistake away: a condition, or an action that a rule refused."""

    refused: Annotated[Code | None, Field(description="The code of the action.")] = None
    because: Annotated[Code | None, Field(description="The code of the refusal.")] = None
    on: Annotated[str | None, Field(description="The record it was tried on.")] = None


Moves = Annotated[list[dict[str, Any]], Field(max_length=30), BeforeValidator(_as_list)]
Conditions = Annotated[list[ConditionWords], Field(max_length=20), BeforeValidator(_as_list)]


Numbers = Annotated[list[Annotated[int, Field(ge=1, strict=True)]], BeforeValidator(_as_list)]


class TryWords(Part):
    """How the proof makes the mistake."""

    after: Annotated[int, Field(ge=0, strict=True, description="So many steps are done first.")] = 0
    do: Moves


class StepWords(Part):
    """One step of the work."""

    title: Annotated[TextWords | None, Field(description="A short name of the step.")] = None
    say: TextWords
    do: Annotated[Moves, Field(description="The walkthrough, in actions and fields.")] = []
    expect: Annotated[Conditions, Field(description="What is so when the step is done.")] = []
    hints: Annotated[list[TextWords], Field(max_length=3, description="From a nudge to plain telling.")] = []
    after: Annotated[Numbers, Field(description="Numbers of steps that must be done before.")] = []


class MistakeWords(Part):
    """A wrong turn worth a sentence."""

    when: WhenWords
    say: TextWords
    critical: Annotated[bool, Field(strict=True, description="Fails the run by itself.")] = False
    try_: Annotated[TryWords | None, Field(alias="try")] = None


class ScenarioWords(Part):
    """A scenario: a story, records, steps, and what must not happen."""

    title: TextWords
    area: Area
    role: Annotated[Slug, Field(description="The job role the trainee plays.")]
    process: Annotated[Slug, Field(description="The business process it proves.")]
    operation: Annotated[Slug, Field(description="The operation a pass counts for.")]
    level: Literal["basic", "normal", "hard"]
    minutes: Annotated[int, Field(ge=1, le=240, strict=True, description="An expert's norm.")]
    needs: Annotated[list[str], Field(max_length=20, description="What a company must have.")] = []
    story: TextWords
    given: Annotated[dict[Name, GivenWords], Field(max_length=40)] = {}
    steps: Annotated[list[StepWords], Field(min_length=1, max_length=30)]
    keep: Annotated[Conditions, Field(description="What must stay so throughout.")] = []
    mistakes: Annotated[list[MistakeWords], Field(max_length=20)] = []


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors that complete it."""
    schema = ScenarioWords.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

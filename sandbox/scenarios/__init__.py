"""Scenarios: from a file to checked objects, and the judging of work against them.

Pure Python: no web, no database, no other package of the house. A `Vocabulary` tells what may be spoken of, a
`World` what a space holds; `scenarios/README.md` is the reference of the format.
"""

from sandbox.scenarios.conditions import Condition, EventCondition, Part, RecordCondition, Verdict
from sandbox.scenarios.expressions import Unbound
from sandbox.scenarios.faults import Fault, ScenarioFaults
from sandbox.scenarios.given import ME, Fakes, Given, GivenRecord, lay_out
from sandbox.scenarios.judge import judge
from sandbox.scenarios.kinds import KINDS, wrong_values
from sandbox.scenarios.language import say
from sandbox.scenarios.loading import Catalogue, load_all, load_scenario, playable
from sandbox.scenarios.messages import Message
from sandbox.scenarios.moves import Do, Move, Open, Performed, place, resolve
from sandbox.scenarios.progress import (
    MistakeState,
    Progress,
    StepState,
    advance,
    events_to_undo,
    rewound,
)
from sandbox.scenarios.proof import Feed, derived_conditions, feeds, unread_moves
from sandbox.scenarios.readable import names_for_text
from sandbox.scenarios.scenario import Mistake, Scenario, Step, Try
from sandbox.scenarios.score import FinishVerdict, Judged, finish
from sandbox.scenarios.texts import TextFault, render_text
from sandbox.scenarios.values import Binding, Bindings, RecordKey, Reference, Text
from sandbox.scenarios.vocabulary import Action, Field, PlainVocabulary, RecordType, Vocabulary
from sandbox.scenarios.words import json_schema
from sandbox.scenarios.world import EventView, PlainWorld, RecordView, RefusalView, World

__all__ = [
    "KINDS",
    "ME",
    "Action",
    "Binding",
    "Bindings",
    "Catalogue",
    "Condition",
    "Do",
    "EventCondition",
    "EventView",
    "Fakes",
    "Fault",
    "Feed",
    "Field",
    "FinishVerdict",
    "Given",
    "GivenRecord",
    "Judged",
    "Message",
    "Mistake",
    "MistakeState",
    "Move",
    "Open",
    "Part",
    "Performed",
    "PlainVocabulary",
    "PlainWorld",
    "Progress",
    "RecordCondition",
    "RecordKey",
    "RecordType",
    "RecordView",
    "Reference",
    "RefusalView",
    "Scenario",
    "ScenarioFaults",
    "Step",
    "StepState",
    "Text",
    "TextFault",
    "Try",
    "Unbound",
    "Verdict",
    "Vocabulary",
    "World",
    "advance",
    "derived_conditions",
    "events_to_undo",
    "feeds",
    "finish",
    "json_schema",
    "judge",
    "lay_out",
    "load_all",
    "load_scenario",
    "names_for_text",
    "place",
    "playable",
    "render_text",
    "resolve",
    "rewound",
    "say",
    "unread_moves",
    "wrong_values",
]

"""The letters of the company files: templates and segments that make sense, mailings whose figures add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from sandbox.crm import Mailing, MailingRecipient, MessageTemplate, Segment, SegmentPart, Suppression
from sandbox.crm.marketing.mailings.audience import audience_of
from sandbox.crm.marketing.mailings.models import SENT
from sandbox.crm.marketing.mailings.queries import figures_of
from sandbox.crm.marketing.messages.placeholders import insist_on_known
from sandbox.crm.marketing.segments.fields import fields_of
from sandbox.crm.marketing.segments.rules import sizes_of
from sandbox.extensions import db
from sandbox.seeding.templates import template_for
from sandbox.spaces import Space, every, inside

DAY = date(2026, 3, 18)


@pytest.fixture(params=("office-supply", "fuel-cards"))
def template(app: Any, request: pytest.FixtureRequest) -> Iterator[Space]:
    with app.test_request_context("/"):
        space = template_for(request.param, day=DAY)
        with inside(space):
            yield space


def rows(model: Any) -> list[Any]:
    return list(db.session.scalars(every(model).order_by(model.id)))


def test_every_condition_asks_a_field_that_is_there_and_finds_some_but_not_all(template: Space) -> None:
    for part in rows(SegmentPart):
        if not part.is_group:
            field = fields_of(part.segment.of)[part.field]
            assert part.operator in field.operators
            known = dict(field.options())
            assert not known or set(part.values) <= set(known)
    sizes = sizes_of(rows(Segment))
    assert len(sizes) == 5 and all(0 < size < 100 for size in sizes.values()), sizes


def test_templates_name_only_placeholders_that_are_there(template: Space) -> None:
    letters = rows(MessageTemplate)
    for one in letters:
        insist_on_known(one.subject, one.body)
    assert Counter((one.has_opt_out, one.tested) for one in letters) == {(True, True): 2, (False, False): 1}
    assert len(rows(Suppression)) == 3


def test_the_figures_of_the_past_add_up(template: Space) -> None:
    mailings = rows(Mailing)
    assert [one.status for one in mailings] == ["done", "done", "draft"]
    figures = figures_of(mailings)
    for one in mailings[:2]:
        told = figures[one.id]
        assert sum(told.lines.values()) == told.targets > told.sent > 0
        assert told.delivered + told.hard + told.gave_up == told.sent
    assert figures[mailings[0].id].unprocessed == 0 < figures[mailings[1].id].unprocessed
    assert figures[mailings[1].id].lines["repeated"] >= 3


def test_what_was_processed_marked_the_address(template: Space) -> None:
    for letter in rows(MailingRecipient):
        address = next(one for one in letter.contact.addresses if one.kind == "email")
        if letter.outcome == "hard_bounce" and letter.processed:
            assert address.invalid
        if letter.opted_out:
            assert address.opted_out and address.opted_out_how


def test_the_draft_meets_every_trap_at_once(template: Space) -> None:
    """Somebody stands in two lists, somebody opted out, and many agreed to no advertising."""
    second, draft = rows(Mailing)[1:]
    audience = audience_of(second.segments)
    assert audience.lines["repeated"] and audience.lines["no_consent"] and audience.lines[SENT]
    assert audience_of(draft.segments).lines["no_consent"] > 5
    assert audience_of([*second.segments, *draft.segments]).lines["opted_out"]

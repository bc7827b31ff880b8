"""Web forms and what was sent by them, as lists and pages ask for it."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sandbox.crm.columns import (
    Column,
    badge_column,
    day_column,
    link_column,
    person_column,
    title_column,
)
from sandbox.crm.communications.timeline import Story
from sandbox.crm.lists import Listed, code_filter, listed, owner_filter
from sandbox.crm.marketing.web_forms.models import Submission, WebForm
from sandbox.crm.marketing.web_forms.words import BADGES, form_states
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.extensions import db
from sandbox.spaces import every
from sandbox.web.formatting import number

SHOWN = 12


@lists(WebForm)
def list_web_forms() -> Listed:
    """The page of web forms that the address asks for."""
    states = dict(form_states())
    columns = (
        title_column(_("Form"), WebForm, sub=lambda one: f"/forms/{one.address}"),
        badge_column(
            _("State"), "status", WebForm.status, lambda one: (states[one.status], *BADGES[one.status])
        ),
        Column(_("Consents"), "consents", css="aside", cell=_boxes),
        link_column(_("Campaign"), "campaign", css="minor"),
        Column(_("Sent by visitors"), "sent", num=True, cells=_counts),
        person_column(_("Owner"), css="last"),
        day_column(_("Created"), "created", "created_at", WebForm.created_at, css="last nowrap"),
    )
    filters = (
        owner_filter(WebForm, g.colleague),
        code_filter("status", _("State"), WebForm.status, form_states()),
    )
    options = (joinedload(WebForm.owner), joinedload(WebForm.campaign))
    return listed(among(WebForm), WebForm, columns=columns, filters=filters, sort="-created", options=options)


def _boxes(web_form: WebForm) -> str:
    """The consents that it has a box for, in one cell."""
    said = ((web_form.personal_text, _("personal data")), (web_form.advertising_text, _("advertising")))
    return ", ".join(words for text, words in said if text)


def _counts(found: Listed) -> Any:
    """How often each form of the page was sent; asked once."""
    sums = counted(found.rows)
    return lambda web_form: number(sums.get(web_form.id, 0))


def counted(forms: list[Any]) -> dict[int, int]:
    """How often each of these forms was sent, by its id."""
    query = every(Submission).where(Submission.web_form_id.in_([one.id for one in forms]))
    sums = query.with_only_columns(Submission.web_form_id, func.count()).group_by(Submission.web_form_id)
    return {row[0]: row[1] for row in db.session.execute(sums)}


def sent_by(web_form: WebForm) -> tuple[list[Submission], int]:
    """What was sent last by a form, the newest first, and how much in all."""
    mine = every(Submission).where(Submission.web_form_id == web_form.id)
    options = (joinedload(Submission.lead), joinedload(Submission.routed_to), joinedload(Submission.web_form))
    shown = db.session.scalars(mine.options(*options).order_by(Submission.id.desc()).limit(SHOWN))
    total = db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    return list(shown), total


def sent_of(lead: Any) -> list[Submission]:
    """What a lead sent by forms, the newest first; a page asks for it once."""
    known: dict[int, list[Submission]] = g.setdefault("sent_of", {})
    if lead.id not in known:
        query = (
            every(Submission).where(Submission.lead_id == lead.id).options(joinedload(Submission.web_form))
        )
        known[lead.id] = list(db.session.scalars(query.order_by(Submission.id.desc())))
    return known[lead.id]


def told_of_sent(record: Any) -> Story | None:
    """What a lead's story tells of the forms that it sent."""
    if getattr(record, "__record__", None) != "lead":
        return None
    return Story(Submission, [one.n for one in sent_of(record)], ("submission.sent",))

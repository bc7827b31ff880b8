"""Web forms and what was sent by them, as lists and pages ask for it."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.timeline import Story
from sandbox.crm.lists import Column, Listed, code_filter, listed, owner_filter
from sandbox.crm.marketing.web_forms.models import Submission, WebForm
from sandbox.crm.marketing.web_forms.words import form_states
from sandbox.crm.places import lists
from sandbox.extensions import db
from sandbox.spaces import every

SHOWN = 12


@lists(WebForm)
def list_web_forms() -> Listed:
    """The page of web forms that the address asks for."""
    columns = (
        Column(_("Form"), "title", WebForm.sort_key),
        Column(_("State"), "status", WebForm.status),
        Column(_("Consents"), css="aside"),
        Column(_("Campaign"), css="minor"),
        Column(_("Sent by visitors"), num=True),
        Column(_("Owner"), css="last"),
        Column(_("Created"), "created", WebForm.created_at, css="last"),
    )
    filters = (
        owner_filter(WebForm, g.colleague),
        code_filter("status", _("State"), WebForm.status, form_states()),
    )
    options = (joinedload(WebForm.owner), joinedload(WebForm.campaign))
    return listed(every(WebForm), WebForm, columns=columns, filters=filters, sort="-created", options=options)


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
    """What a lead sent by forms, the newest first."""
    query = every(Submission).where(Submission.lead_id == lead.id).options(joinedload(Submission.web_form))
    return list(db.session.scalars(query.order_by(Submission.id.desc())))


def told_of_sent(record: Any) -> Story | None:
    """What a lead's story tells of the forms that it sent."""
    if getattr(record, "__record__", None) != "lead":
        return None
    numbers = select(Submission.id - Submission.space_id * 1_000_000_000).where(
        Submission.lead_id == record.id
    )
    return Story(Submission, list(db.session.scalars(numbers)), ("submission.sent",))

"""The pages of instructions: the list, and one with its text and who has read it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import func
from sqlalchemy.orm import joinedload

from sandbox.crm.columns import Column, badge_macro, day_column, person_column, title_column
from sandbox.crm.communications.instructions import Acknowledgement, Instruction, InstructionVersion, asked_of
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import Listed, label, listed, owner_filter
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.extensions import db
from sandbox.ledger import registry
from sandbox.ledger.offers import Offer, offer, offer_to_create, offers_for
from sandbox.ledger.perform import may
from sandbox.spaces import current_space, every, fetch
from sandbox.spaces.access import in_space, works_here
from sandbox.web.access import allow
from sandbox.web.respond import page, see_other

blueprint = Blueprint("instructions", __name__, url_prefix="/s/<int:space>")


@blueprint.get("/instructions")
@allow(in_space)
def instructions(space: int) -> Response:
    """All instructions, and how many have read each."""
    return list_page(
        list_instructions(),
        title=_("Instructions"),
        label=_("Views of instructions"),
        views=((_("All instructions"), {}),),
        create=offer_to_create("instruction.create"),
        empty=(
            "file-text",
            _("No instructions"),
            _("Write what people of a job role must know, publish it, and see who has read it."),
        ),
    )


@blueprint.get("/instructions/<int:n>")
@allow(in_space)
def instruction(space: int, n: int) -> Response:
    """One instruction: the text in force or the draft, its versions, who has read it and who has not."""
    one = fetch(Instruction, n)
    asked = asked_of(one)
    versions = _versions(one)
    number = request.args.get("version", type=int)
    shown = next((each for each in versions if each.number == number), None)
    return page(
        "communications/instruction.html",
        record=one,
        offers=offers_for(one),
        confirm=_confirm(one, asked),
        audience=_audience(one),
        missing=[each for each in asked if not each.acknowledged],
        done=[each for each in asked if each.acknowledged],
        versions=versions,
        shown=shown,
        now=current_space().now(),
    )


@blueprint.get("/acknowledgements/<int:n>")
@allow(in_space)
def acknowledgement(space: int, n: int) -> Response:
    """Who has read what stands on the page of the instruction."""
    return see_other(f"/s/{space}/instructions/{fetch(Acknowledgement, n).instruction.n}")


@lists(Instruction)
def list_instructions() -> Listed:
    """The page of instructions that the address asks for."""
    columns = (
        title_column(_("Instruction"), Instruction),
        Column(_("Version"), "version", css="minor", cells=_version_cells),
        Column(_("For whom"), "audience", css="aside", cell=_audience),
        Column(_("Read"), "read", num=True, cells=_read_cells),
        day_column(_("To be read by"), "due", "due_at", Instruction.due_at, css="aside"),
        person_column(_("Owner"), edits=""),
    )
    filters = (owner_filter(Instruction, g.colleague),)
    options = (joinedload(Instruction.owner),)
    return listed(among(Instruction), Instruction, columns=columns, filters=filters, options=options)


def _version_cells(_found: Listed) -> Any:
    """The version in force, and that another is being written."""
    draft, both = badge_macro()(_("draft"), "warn", "pencil"), Markup("{} {}")

    def cell(one: Instruction) -> Markup:
        return both.format(one.published_number or "", draft if one.has_draft else "")

    return cell


def _read_cells(found: Listed) -> Any:
    """How many of those who must have read it have done so."""
    read, badge = _read_by(found.rows), badge_macro()

    def cell(one: Instruction) -> Markup | None:
        done, of = read[one.id]
        kind = ("ok", "check") if done == of else ("warn", "clock")
        return badge(_("%(done)s of %(all)s", done=done, all=of), *kind) if of else None

    return cell


def _read_by(rows: list[Instruction]) -> dict[int, tuple[int, int]]:
    """How many have read the version in force, and of how many, by the instruction's id."""
    asked: Counter[int] = Counter()
    read: Counter[int] = Counter()
    query = (
        every(Acknowledgement)
        .join(Acknowledgement.instruction)
        .where(
            Acknowledgement.instruction_id.in_([one.id for one in rows]),
            Acknowledgement.number == Instruction.published_number,
        )
        .with_only_columns(
            Acknowledgement.instruction_id, func.count(), func.count(Acknowledgement.acknowledged_at)
        )
        .group_by(Acknowledgement.instruction_id)
    )
    for id_, of, done in db.session.execute(query):
        asked[id_ or 0], read[id_ or 0] = of, done
    return {one.id: (read[one.id], asked[one.id]) for one in rows}


def _versions(one: Instruction) -> list[InstructionVersion]:
    query = every(InstructionVersion).where(InstructionVersion.instruction_id == one.id)
    return list(db.session.scalars(query.order_by(InstructionVersion.number.desc())))


def _audience(one: Instruction) -> str:
    roles = one.roles
    if roles and len(roles) == len(current_space().company.roles):
        return _("everybody")
    return ", ".join(label("roles", role) for role in roles)


def _confirm(one: Instruction, asked: list[Acknowledgement]) -> Offer | None:
    """The button of a colleague who has not said yet that they read it."""
    me: Any = g.colleague
    declared = registry["instruction.acknowledge"]
    waits = me is not None and any(each.colleague_id == me.id and not each.acknowledged for each in asked)
    return offer(declared, one) if waits and works_here() and may(me, declared) else None

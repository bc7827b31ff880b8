"""Many records at once: the form that asks once for all, the progress, the report; and files of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from sandbox.crm.bulk.files import FORMATS, written
from sandbox.crm.bulk.models import FAILED, WAITING, BulkRun
from sandbox.crm.bulk.running import form_of, is_right, run_of
from sandbox.crm.bulk.ways import Way, merging, way_of
from sandbox.crm.bulk.working import do_part, start
from sandbox.crm.lists import Listed
from sandbox.crm.own_lists import parsed
from sandbox.crm.places import list_of
from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger import registry, undone
from sandbox.ledger.offers import address_of
from sandbox.ledger.perform import may
from sandbox.ledger.taking_back import undo_address
from sandbox.spaces import BLOCK, Colleague, InSpace, current_space, every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.languages import current_language
from sandbox.web.local_address import local_address
from sandbox.web.respond import attachment, page, see_other
from sandbox.web.unit_of_work import unit_of_work

blueprint = Blueprint("bulk", __name__, url_prefix="/s/<int:space>/bulk")
AT_ONCE, MOST, SHOWN = 50, 10_000, 200


@blueprint.get("")
@allow(in_space)
def ask(space: int) -> Response:
    """What the action asks for once for all records; two to be merged go on to their comparison."""
    if "of" not in request.args:
        return see_other(f"/s/{space}/")  # records are ticked in a list
    found, me = _list(request.args), _me()
    numbers = _numbers(found, request.args)
    code = request.args.get("way", "")
    if code == "merge":
        return _compare(found.model, numbers, me)
    way = _way(found.model, code, me)
    form = way.declared.form.empty(None, by=me, at=current_space().now())
    return _drawn(way, form, numbers, found)


@blueprint.post("")
@allow(in_space)
def begin(space: int) -> Response:
    """Do it: at once with few records, in the background with many."""
    found, me = _list(request.form), _me()
    numbers, way = _numbers(found, request.form), _way(found.model, request.form.get("way", ""), me)
    form = form_of(way, request.form)
    if not numbers or len(numbers) > MOST or not is_right(way, form):
        return _drawn(way, form, numbers, found, status=422)
    asked = {name: request.form[name] for name in way.asks(form) if name in request.form}
    back = local_address(request.form.get("return_to") or f"/s/{space}/{found.model.__table__.name}")
    now = machine_now()
    work = BulkRun(
        space_id=current_space().id,
        person_id=current_user.id,
        colleague_n=me.n,
        list_table=found.model.__table__.name,
        way=way.code,
        typed=asked,
        numbers=numbers,
        back=back[:2400],
        language=current_language(),
        created_at=now,
        moved_at=now,
    )
    with unit_of_work() as session:
        session.add(work)
        session.flush()
        number = work.id
    here = url_for("bulk.show", space=space, run=number)
    if len(numbers) > AT_ONCE:
        start(number)
        return see_other(here)
    done = do_part(number, me.n, current_user.id)
    work = run_of(number)
    if work.refused:
        return see_other(here)
    words = ngettext("Done with %(num)d record.", "Done with %(num)d records.", work.done)
    flash({"text": words, "undo": undo_address(done.event)}, "ok")  # type: ignore[arg-type]
    return see_other(back)


@blueprint.get("/<int:run>")
@allow(in_space)
def show(space: int, run: int) -> Response:
    """How far it is, and then what came of it."""
    work = run_of(run)
    model = registry.tables()[work.list_table]
    way = way_of(model, work.way)
    shared: dict[str, Any] = {"work": work, "title": way.name if way else work.way}
    if work.status == WAITING:
        return page("crm/bulk/waiting.html", done=work.place, **shared)
    gone = bool(work.event_ns) and set(work.event_ns) <= undone()
    refused = (work.refused or [])[:SHOWN]
    return page("crm/bulk/done.html", failed=work.status == FAILED, undone=gone, refused=refused, **shared)


@blueprint.get("/file.<format>")
@allow(in_space)
def file(space: int, format: str) -> Response:
    """The ticked records, or all that match, as a file with the columns that are shown."""
    if format not in FORMATS:
        raise NotFound(f"a file in {format}")
    if "of" not in request.args:
        return see_other(f"/s/{space}/")
    found = _list(request.args)
    numbers = None if request.args.get("all") or not request.args.getlist("n") else _ticked(request.args)
    content = written(found, numbers, format)
    return attachment(content, FORMATS[format], f"{found.model.__table__.name}.{format}")


def _compare(model: type[InSpace], numbers: list[int], me: Colleague) -> Response:
    declared = merging(model, me)
    if declared is None:
        raise NotFound("a way to merge")
    if len(numbers) != 2:
        raise Refused("not_two", _("Tick exactly two cards: one of them stays, the other goes into it."))
    stays, goes = numbers
    return see_other(f"{address_of(declared, fetch(model, stays))}?other={goes}")


def _drawn(way: Way, form: Any, numbers: list[int], found: Listed, status: int = 200) -> Response:
    asked = way.asks(form)
    view = {
        "code": f"bulk.{way.code}",
        "title": way.name,
        "submit": ngettext("Do it with %(num)d record", "Do it with %(num)d records", len(numbers)),
        "icon": way.drawing,
        "kind": way.declared.kind,
        "url": url_for("bulk.begin", space=current_space().id),
        "record": None,
        "form": form,
        "without": [name for name in form._fields if name not in asked],
        "refusal": _refusal(numbers),
        "return_to": local_address(
            request.values.get("return_to"), f"/s/{current_space().id}/{found.model.__table__.name}"
        ),
    }
    sent = {"of": found.model.__table__.name, "way": way.code, "asked": request.values.get("asked", "")}
    ticked = [] if request.values.get("all") else numbers
    template = "crm/bulk/ask.html"
    drawn = render_template(
        template, view=view, sent=sent, ticked=ticked, all=request.values.get("all"), count=len(numbers)
    )
    return Response(drawn, status)


def _refusal(numbers: list[int]) -> str | None:
    if not numbers:
        return _("Nothing is ticked. Tick the records in the list first.")
    if len(numbers) > MOST:
        return _("These are too many at once: %(most)s at most. Narrow the list by a filter.", most=MOST)
    return None


def _list(asked: MultiDict[str, str]) -> Listed:
    """The list that the page stands for."""
    found = list_of(asked.get("of", ""), parsed(asked.get("asked", "")), g.colleague)
    if found is None:
        raise NotFound("the list")
    return found


def _numbers(found: Listed, asked: MultiDict[str, str]) -> list[int]:
    """Numbers of the records: all that match, or those ticked that are in this space."""
    if asked.get("all"):
        ids = found.query_of_all.with_only_columns(found.model.id, maintain_column_froms=True)
        return [id_ % BLOCK for id_ in db.session.scalars(ids.limit(MOST + 1))]
    ticked = _ticked(asked)
    base = current_space().id * BLOCK
    known = (
        every(found.model, deleted=True)  # those that do not fit are told in the report
        .where(found.model.id.in_([base + n for n in ticked]))
        .with_only_columns(found.model.id)
    )
    here = {id_ % BLOCK for id_ in db.session.scalars(known)}
    return [n for n in ticked if n in here]


def _ticked(asked: MultiDict[str, str]) -> list[int]:
    typed = asked.getlist("n")[:MOST]
    return list(dict.fromkeys(int(n) for n in typed if n.isascii() and n.isdigit() and len(n) < 10))


def _way(model: type[InSpace], code: str, me: Colleague) -> Way:
    way = way_of(model, code)
    if way is None:
        raise NotFound("a way to do many at once")
    if not may(me, way.declared):
        raise Refused("not_allowed", _("Your job role may not do this. Ask your head of department."))
    return way


def _me() -> Colleague:
    me: Colleague | None = g.colleague
    if me is None:
        raise NotFound("a colleague who works here")
    return me

"""The way of an import, page by page: bring a file, look at it, start it, read what came of it."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from sandbox.crm.customers.importing.converting import DAY_FIRST, MONTH_FIRST, ORDERS, guess_order
from sandbox.crm.customers.importing.kinds import Kind, kinds
from sandbox.crm.customers.importing.models import DONE, DRAFT, FAILED, POLICIES, WAITING, Upload
from sandbox.crm.customers.importing.reading import ENCODINGS, SEPARATORS, Sheet, read
from sandbox.crm.customers.importing.running import Run, done_before, upload_of
from sandbox.crm.customers.importing.working import progress_of, start
from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger import registry, undone
from sandbox.ledger.perform import may, rights_of
from sandbox.ledger.rights import who_may
from sandbox.spaces import current_space
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page, see_other
from sandbox.web.unit_of_work import unit_of_work

blueprint = Blueprint("importing", __name__, url_prefix="/s/<int:space>/imports")
SHOWN, KEPT = 12, 100


@blueprint.get("")
@allow(in_space)
def imports(space: int) -> Response:
    """Bring a file; and the files that were brought."""
    query = select(Upload).where(Upload.space_id == current_space().id).order_by(Upload.id.desc()).limit(20)
    return _index(list(db.session.scalars(query)), request.args.get("kind", ""))


@blueprint.post("")
@allow(in_space)
def bring(space: int) -> Response:
    """Take a file in: it is read and looked at, nothing is imported yet."""
    _insist()
    kind = request.form.get("kind", "")
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    try:
        if kind not in _offered():
            raise Refused("no_kind", _("Say what the file holds."))
        sheet = read(content)
    except Refused as refusal:
        return _index([], kind, refusal.message, 422)
    file = Upload(
        space_id=current_space().id,
        person_id=current_user.id,
        colleague_n=g.colleague.n,
        kind=kind,
        name=(sent.filename if sent and sent.filename else "file")[-200:],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        columns_digest=_digest(sheet.columns),
        encoding=sheet.encoding,
        separator=sheet.separator,
        date_order=guess_order(
            sheet.rows, DAY_FIRST if current_space().company.language == "ru" else MONTH_FIRST
        ),
        mapping=_remembered(kind, sheet) or kinds[kind].guess(sheet.columns),
        policy="skip",
        again=False,
        status=DRAFT,
        created_at=machine_now(),
    )
    with unit_of_work() as session:
        session.add(file)
        session.flush()
        number = file.id
    return see_other(url_for("importing.show", space=space, upload=number))


@blueprint.get("/<int:upload>")
@allow(in_space)
def show(space: int, upload: int) -> Response:
    """A file: to be looked at, at work, or done."""
    file = upload_of(upload)
    if file.status == DRAFT:
        return _looked_at(file)
    if file.status == WAITING:
        return page("customers/imports/waiting.html", file=file, done=progress_of(file.id))
    return page(
        "customers/imports/done.html",
        file=file,
        kind=kinds[file.kind],
        failed=file.status == FAILED,
        undone=file.event_n in undone() if file.event_n else False,
        shown=(file.rejected or [])[:KEPT],
    )


@blueprint.post("/<int:upload>")
@allow(in_space)
def settle(space: int, upload: int) -> Response:
    """Say how the file is read; then look again, or start."""
    _insist()
    with unit_of_work():
        file = upload_of(upload)
        if file.status == DRAFT:
            _settle(file)
            if request.form.get("start"):
                file.status = WAITING
    if file.status == WAITING:
        start(file.id)
    return see_other(url_for("importing.show", space=space, upload=upload))


@blueprint.get("/<int:upload>/rejected.csv")
@allow(in_space)
def rejected(space: int, upload: int) -> Response:
    """The rejected rows with their causes, as a file to put right and bring again."""
    file = upload_of(upload)
    if file.rejected is None:
        raise NotFound(f"rejected rows of upload {upload}")
    out = io.StringIO()
    write = csv.writer(out, delimiter=";")
    write.writerow([*(file.columns or []), _("Line"), _("Cause")])
    for row in file.rejected:
        write.writerow([*(_harmless(cell) for cell in row["cells"]), row["line"], row["cause"]])
    headers = {"Content-Disposition": f'attachment; filename="rejected-{upload}.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv; charset=utf-8", headers=headers)


def _index(files: list[Upload], kind: str, words: Any = None, status: int = 200) -> Response:
    offered = _offered()
    return page(
        "customers/imports/index.html",
        status,
        files=files,
        kinds=kinds,
        offered=offered.values(),
        chosen=kind if kind in offered else next(iter(offered), ""),
        words=words,
        who_may=who_may(registry["import.run"].right),
    )


def _offered() -> dict[str, Kind]:
    """What this colleague may bring."""
    rights = rights_of(g.colleague) if _may() else set()
    return {code: kind for code, kind in kinds.items() if kind.right in rights}


def _looked_at(file: Upload) -> Response:
    fault: Any = None
    sheet: Sheet | None = None
    rows: list[tuple[int, list[str], str]] = []
    faulty = 0
    try:
        sheet = file.sheet()
        # what is written here is never sent: nothing leaves a look but the page
        run = Run(file, g.colleague, current_space().now())
        for place, cells in enumerate(sheet.rows):
            row = run.converter.convert(place + sheet.first_line, cells)
            cause = run.foresee(row)
            faulty += bool(cause)
            if len(rows) < SHOWN or (cause and len(rows) < KEPT):
                rows.append((row.line, cells, cause))
    except Refused as refusal:
        fault = refusal.message
    return page(
        "customers/imports/look.html",
        file=file,
        fault=fault,
        sheet=sheet,
        rows=rows,
        faulty=faulty,
        targets=kinds[file.kind].fields(),
        encodings=ENCODINGS,
        separators=_separators(),
        orders=((DAY_FIRST, _("day.month.year")), (MONTH_FIRST, _("month/day/year"))),
        policies=_policies(),
        before=done_before(file),
        may_import=_may(),
    )


def _settle(file: Upload) -> None:
    said = request.form
    if said.get("encoding") in ENCODINGS and file.encoding:
        file.encoding = said["encoding"]
    if said.get("separator") in SEPARATORS and file.separator:
        file.separator = said["separator"]
    if said.get("date_order") in ORDERS:
        file.date_order = said["date_order"]
    if said.get("policy") in POLICIES:
        file.policy = said["policy"]
    file.again = bool(said.get("again"))
    try:
        sheet = file.sheet()
    except Refused:
        return
    digest = _digest(sheet.columns)
    if digest != file.columns_digest:  # read in another way, the file has other columns
        file.columns_digest, file.mapping = digest, kinds[file.kind].guess(sheet.columns)
        return
    codes = {target.code for target in kinds[file.kind].fields()}
    chosen = {str(place): said.get(f"column_{place}", "") for place in range(len(sheet.columns))}
    file.mapping = {place: code for place, code in chosen.items() if code in codes}


def _remembered(kind: str, sheet: Sheet) -> dict[str, str] | None:
    """How this person read a file with the same columns the last time."""
    query = select(Upload.mapping).where(
        Upload.person_id == current_user.id,
        Upload.kind == kind,
        Upload.columns_digest == _digest(sheet.columns),
        Upload.status == DONE,
    )
    return db.session.scalars(query.order_by(Upload.id.desc()).limit(1)).first()


def _digest(columns: list[str]) -> str:
    return hashlib.sha256("\x1f".join(columns).encode()).hexdigest()


def _harmless(cell: str) -> str:
    """A cell that no table program takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "@", "\t") else cell


def _separators() -> list[tuple[str, Any]]:
    return [("semicolon", _("semicolon ;")), ("comma", _("comma ,")), ("tab", _("tab")), ("bar", _("bar |"))]


def _policies() -> list[tuple[str, Any]]:
    return [
        ("skip", _("Leave the card as it is and reject the row")),
        ("update", _("Fill the card in from the row")),
        ("create", _("Make another card all the same")),
    ]


def _may() -> bool:
    return g.colleague is not None and may(g.colleague, registry["import.run"])


def _insist() -> None:
    if g.colleague is None:
        raise NotFound("a colleague who imports")
    registry["import.run"].permit(g.colleague, rights_of(g.colleague))

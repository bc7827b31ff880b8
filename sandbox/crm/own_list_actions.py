"""What may be done with views of lists and with their columns; a view is changed by whoever keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.own_list_forms import (
    ChangeViewForm,
    ColumnsForm,
    OpenWithForm,
    RenameViewForm,
    SaveViewForm,
    is_mine,
)
from sandbox.crm.own_lists import ListChoice, ListView, parsed, without_place
from sandbox.crm.places import has_list, list_of
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.ledger import action
from sandbox.spaces import Colleague, every, first


@action(
    "view.save",
    makes=ListView,
    event="saved",
    right="communicate",
    form=SaveViewForm,
    icon="bookmark-plus",
    title=_l("Save as a view"),
    says=_l("%(by)s saved the view “%(name)s”"),
    refusals=("no_list", "view_name_taken"),
)
def save_view(
    *,
    name: str,
    of: str,
    by: Colleague,
    at: datetime,
    shared: bool = False,
    opens: bool = False,
    asked: str | None = None,
    shown: str | None = None,
) -> ListView:
    """Keep what a list is asked for under a name."""
    _insist_on_list(of)
    _insist_on_name(name, of, by, None)
    view = ListView(list_table=of, name=name, shared=shared, owner=by)
    _ask(view, asked, shown)
    stamp_new(view, by, at)
    db.session.add(view)
    db.session.flush()
    if opens:
        _choice(of, 0, by).opens = view.n
    return view


@action(
    "view.change",
    on=ListView,
    event="changed",
    right="communicate",
    form=ChangeViewForm,
    icon="device-floppy",
    title=_l("Save the changes in this view"),
    submit=_l("Save"),
    says=_l("%(by)s changed what the view “%(record)s” shows"),
    shown=is_mine,
    refusals=("not_your_view",),
)
def change_view(
    view: ListView, *, asked: str | None = None, shown: str | None = None, by: Colleague, at: datetime
) -> None:
    """Have a view ask for what its list asks for now; whoever it is shared with sees it so from now on."""
    _insist_on_owner(view, by)
    _ask(view, asked, shown)
    mine = _chosen(view.list_table, view.n, by)
    if mine is not None:
        db.session.delete(mine)
    stamp_change(view, by, at)


@action(
    "view.rename",
    on=ListView,
    event="renamed",
    right="communicate",
    form=RenameViewForm,
    icon="edit",
    title=_l("Name and sharing"),
    submit=_l("Save"),
    says=_l("%(by)s changed the name or the sharing of the view “%(name)s”"),
    shown=is_mine,
    refusals=("not_your_view", "view_name_taken"),
)
def rename_view(view: ListView, *, name: str, shared: bool = False, by: Colleague, at: datetime) -> None:
    """Give a view another name, or share it with the colleagues."""
    _insist_on_owner(view, by)
    _insist_on_name(name, view.list_table, by, view)
    view.name, view.shared = name, shared
    stamp_change(view, by, at)


@action(
    "view.delete",
    on=ListView,
    event="deleted",
    right="communicate",
    kind="danger",
    icon="trash",
    title=_l("Delete the view"),
    says=_l("%(by)s deleted the view “%(record)s”"),
    shown=is_mine,
    refusals=("not_your_view",),
    undoable=True,
)
def delete_view(view: ListView, *, by: Colleague, at: datetime) -> None:
    """Delete a view; the records that it showed stay as they are."""
    _insist_on_owner(view, by)
    db.session.delete(view)


@action(
    "list.open_with",
    event="opened_with",
    right="communicate",
    form=OpenWithForm,
    icon="home",
    title=_l("Begin with this view"),
    submit=_l("Save"),
    says=_l("%(by)s chose the view that a list begins with"),
    refusals=("no_list",),
)
def open_with(*, of: str, view: int | None = None, by: Colleague, at: datetime) -> None:
    """Choose the view that a list begins with, or none."""
    _insist_on_list(of)
    _choice(of, 0, by).opens = view or None


@action(
    "list.choose_columns",
    event="columns_chosen",
    right="communicate",
    form=ColumnsForm,
    icon="columns-3",
    title=_l("Columns of this list"),
    submit=_l("Show these"),
    says=_l("%(by)s chose the columns of a list"),
    refusals=("no_list",),
)
def choose_columns(
    *,
    of: str,
    view: int | None = None,
    columns: str | None = None,
    usual: bool = False,
    by: Colleague,
    at: datetime,
) -> None:
    """Choose which columns a list shows and in which order; only for oneself."""
    found = list_of(of, parsed(""), by)
    if found is None:
        raise _no_list()
    known = {column.key for column in found.all_columns}
    chosen = [] if usual else [key for key in (columns or "").split(",") if key in known]
    _choice(of, view or 0, by).columns = chosen or None


def _ask(view: ListView, asked: str | None, shown: str | None) -> None:
    """Keep filters and order, and the columns where somebody chose them."""
    view.asked = urlencode(without_place(parsed(asked or "")), doseq=True)
    view.columns = shown.split(",") if shown else None


def _choice(of: str, view_n: int, by: Colleague) -> ListChoice:
    found = _chosen(of, view_n, by)
    if found is None:
        found = ListChoice(colleague_id=by.id, list_table=of, view_n=view_n)
        db.session.add(found)
    return found


def _chosen(of: str, view_n: int, by: Colleague) -> ListChoice | None:
    mine: Any = every(ListChoice).where(ListChoice.colleague_id == by.id, ListChoice.list_table == of)
    return first(mine.where(ListChoice.view_n == view_n))


def _insist_on_list(of: str) -> None:
    if not has_list(of):
        raise _no_list()


def _no_list() -> Refused:
    return Refused("no_list", _("There is no such list. Open the list anew and try again."))


def _insist_on_owner(view: ListView, by: Colleague) -> None:
    if view.owner_id != by.id:
        raise Refused(
            "not_your_view",
            _(
                "%(owner)s keeps this view, and others rely on it. Save what you see as a view of your own.",
                owner=view.owner.name,
            ),
        )


def _insist_on_name(name: str, of: str, by: Colleague, view: ListView | None) -> None:
    """Refuse with `view_name_taken`: two of one name in one list cannot be told apart."""
    mine = every(ListView).where(ListView.list_table == of, ListView.owner_id == by.id)
    others = (one for one in db.session.scalars(mine) if one is not view)
    if any(fold(one.name) == fold(name) for one in others):
        raise Refused(
            "view_name_taken", _("You have a view of this name already. Give this one another name.")
        )

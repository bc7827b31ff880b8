"""What people keep of lists: views with a name, their own or the team's, and each colleague's columns.

Both are rows of the space: a view is worked on, shared and handed over like any record, its history is in the
events, a scenario can ask for it, and a cloned space brings its views along. Outside the spaces a team's view
would have no team.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from sqlalchemy import BigInteger, Index, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.datastructures import MultiDict

from sandbox.columns import Json
from sandbox.crm.record import Stamped
from sandbox.extensions import Base, db
from sandbox.spaces import Colleague, InSpace, kept, ref

LONGEST_NAME, LONGEST_ASKED = 60, 2000
MOST_FIELDS = 60
# These say which part of a list is looked at, not what it is asked for.
PLACE = ("view", "page", "per")


class ListView(Stamped, Base):
    """What a list is asked for, under a name: filters, order and columns; `shared` with all colleagues."""

    __tablename__ = "list_views"
    __record__ = "view"
    __table_args__ = (Index("ix_list_views_list", "space_id", "list_table"),)

    list_table: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    asked: Mapped[str] = mapped_column(String(LONGEST_ASKED))
    columns: Mapped[list[str] | None] = mapped_column(Json)
    shared: Mapped[bool]
    owner_id: Mapped[int | None] = ref("colleagues.id", nullable=False)
    owner: Mapped[Colleague] = relationship(foreign_keys=[owner_id])

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def asks(self) -> MultiDict[str, str]:
        """Its filters and its order as an address holds them."""
        return parsed(self.asked)


class ListChoice(InSpace, Base):
    """The columns that a colleague chose for a list, or for one view of it; `opens`: the view it begins with.

    `view_n` is 0 where no view is looked at; only that row has `opens`.
    """

    __tablename__ = "list_choices"
    __table_args__ = (Index("ix_list_choices_list", "colleague_id", "list_table", "view_n", unique=True),)

    colleague_id: Mapped[int | None] = ref("colleagues.id", nullable=False, index=False)
    list_table: Mapped[str] = mapped_column(String(60))
    view_n: Mapped[int] = mapped_column(BigInteger)
    columns: Mapped[list[str] | None] = mapped_column(Json)
    opens: Mapped[int | None] = mapped_column(BigInteger)


@dataclass
class Shelf:
    """What a colleague has of a list: the views they see, their own first, and their choices."""

    views: list[ListView] = field(default_factory=list)
    choices: dict[int, ListChoice] = field(default_factory=dict)

    @property
    def opens(self) -> ListView | None:
        """The view with which the list begins, if one was chosen and still stands."""
        chosen = self.choices.get(0)
        return self.view(chosen.opens) if chosen is not None and chosen.opens else None

    def view(self, n: int | None) -> ListView | None:
        """One of the views by its number."""
        return next((one for one in self.views if one.n == n), None)

    def columns(self, view: ListView | None) -> list[str] | None:
        """The columns to show: mine for this view, the view's, mine for the list; None for the usual ones."""
        mine = self.choices.get(view.n if view is not None else 0)
        if mine is not None and mine.columns:
            return mine.columns
        if view is not None:
            return view.columns
        return None


_LIST, _ME = bindparam("list", type_=String()), bindparam("me", type_=BigInteger())
# every view beside every choice: there are few of either
_SHELF = kept(
    select(ListView, ListChoice)
    .select_from(Colleague)
    .outerjoin(
        ListView,
        (ListView.list_table == _LIST) & ((ListView.owner_id == _ME) | ListView.shared.is_(True)),
    )
    .outerjoin(ListChoice, (ListChoice.list_table == _LIST) & (ListChoice.colleague_id == Colleague.id))
    .where(Colleague.id == _ME)
    .order_by(ListView.id)
)


def shelf_of(table: str, me: Colleague | None) -> Shelf:
    """What `me` has of a list, in one question: a page asks only so many."""
    if me is None:
        return Shelf()
    found = db.session.execute(_SHELF, {"me": me.id, "list": table}).all()
    views = list(dict.fromkeys(view for view, _choice in found if view is not None))
    choices = {choice.view_n: choice for _view, choice in found if choice is not None}
    return Shelf(sorted(views, key=lambda one: one.owner_id != me.id), choices)


def parsed(asked: str) -> MultiDict[str, str]:
    """What stands behind the question mark of an address; nonsense is empty."""
    try:
        return MultiDict(parse_qsl(asked, keep_blank_values=False, max_num_fields=MOST_FIELDS))
    except ValueError:
        return MultiDict()


def without_place(asked: MultiDict[str, str]) -> dict[str, list[str]]:
    """What a list is asked for, without which part of it is looked at."""
    return {name: asked.getlist(name) for name in asked if name not in PLACE}

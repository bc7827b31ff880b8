"""The forms of what people keep of lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from wtforms.widgets import HiddenInput

from sandbox.crm.lists import Listed
from sandbox.crm.own_lists import LONGEST_ASKED, LONGEST_NAME, ListView, parsed
from sandbox.crm.places import list_of
from sandbox.ledger import ActionForm
from sandbox.ledger.fields import NumberField, TextField, TickField


class HiddenTextField(TextField):
    """A text that the page knows already."""

    widget = HiddenInput()


class HiddenNumberField(NumberField):
    """A number that the page knows already."""

    widget = HiddenInput()


class CodesField(TextField):
    """Codes in an order: sent one by one, or with commas between them; its data is the text with commas."""

    kind = "codes"

    def process_formdata(self, valuelist: list[str]) -> None:
        codes = [code.strip() for typed in valuelist for code in typed.split(",")]
        self.data = ",".join(dict.fromkeys(code for code in codes if code)) or None


class ColumnsForm(ActionForm):
    """Which columns a list shows, in which order; none at all: the usual ones."""

    drawn_by = "crm/columns.html"

    of = HiddenTextField(_l("List"), required=True, longest=60)
    view = HiddenNumberField(_l("View"))
    columns = CodesField(_l("Columns"), longest=LONGEST_ASKED)
    usual = TickField(_l("Show the usual columns again"))

    def listed(self) -> Listed | None:
        """The list with its columns as they are chosen now, without its rows."""
        view = f"view={self.view.data}" if self.view.data else ""
        return list_of(self.of.data or "", parsed(view), g.get("colleague"))

    def offers(self) -> list[tuple[Any, bool]]:
        """All columns but the first, those that are shown first and in their order."""
        found = self.listed()
        if found is None:
            return []
        shown = found.columns[1:]
        keys = [column.key for column in shown]
        rest = [column for column in found.all_columns[1:] if column.key and column.key not in keys]
        return [*((column, True) for column in shown if column.key), *((column, False) for column in rest)]


class SaveViewForm(ActionForm):
    """The name of a new view, and who sees it."""

    name = TextField(_l("Name"), required=True, longest=LONGEST_NAME)
    shared = TickField(_l("All colleagues see it"))
    opens = TickField(_l("My list begins with it"))
    of = HiddenTextField(_l("List"), required=True, longest=60)
    asked = HiddenTextField(_l("Filters and order"), longest=LONGEST_ASKED)
    shown = HiddenTextField(_l("Columns"), longest=LONGEST_ASKED)


class ChangeViewForm(ActionForm):
    """What a view asks for from now on; a page fills it in."""

    asked = HiddenTextField(_l("Filters and order"), longest=LONGEST_ASKED)
    shown = HiddenTextField(_l("Columns"), longest=LONGEST_ASKED)

    @classmethod
    def prefill(cls, record: ListView, *, by: Any, at: datetime) -> dict[str, Any]:
        """What it asks for now."""
        return {"asked": record.asked, "shown": ",".join(record.columns or ())}


class RenameViewForm(ActionForm):
    """A view's name, and who sees it."""

    prefills = True

    name = TextField(_l("Name"), required=True, longest=LONGEST_NAME)
    shared = TickField(_l("All colleagues see it"))


class OpenWithForm(ActionForm):
    """The view that a list begins with."""

    of = HiddenTextField(_l("List"), required=True, longest=60)
    view = HiddenNumberField(_l("View"))


def is_mine(view: ListView) -> bool:
    """Whether the colleague who is played keeps this view."""
    me = g.get("colleague")
    return me is not None and view.owner_id == me.id

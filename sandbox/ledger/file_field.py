"""A file in an action's form: sent by a browser as a file, through the interface as a name and base64."""

from __future__ import annotations

import binascii
from base64 import b64decode
from pathlib import PurePosixPath
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField as BrowserFileField
from wtforms.validators import ValidationError

from sandbox.kernel.uploads import Upload
from sandbox.ledger.fields import ActionField

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120


class FileField(ActionField, BrowserFileField):
    """One file of at most `most` megabytes with one of the `endings`; its data is an Upload or None.

    Through the interface it is a text: the name, a comma, and the content in base64.
    """

    kind: ClassVar[str] = "file"

    def __init__(
        self, label: Any, *, endings: tuple[str, ...], most: int = 5, required: bool = False, **kwargs: Any
    ) -> None:
        self.endings, self.most, self.is_wanted = endings, most, required
        accept = ",".join(f".{one}" for one in endings)
        super().__init__(label, render_kw={"accept": accept}, **kwargs)
        if required:
            self.flags.required = True

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = _read(valuelist[0]) if valuelist and valuelist[0] else None

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            if self.is_wanted and not self.errors and not self.process_errors:
                raise ValidationError(_("Choose a file."))
            return
        if self.data.name.rpartition(".")[2].casefold() not in self.endings:
            known = ", ".join(one.upper() for one in self.endings)
            raise ValidationError(
                _("Files of this kind are not taken here. Choose one of: %(kinds)s.", kinds=known)
            )
        if len(self.data.content) > self.most * MEGABYTE:
            raise ValidationError(_("The file is too large: %(most)s MB at most.", most=self.most))
        if not self.data.content:
            raise ValidationError(_("The file is empty. Choose another one."))

    def text_of(self, value: Any) -> str:
        return str(value)


def _read(sent: Any) -> Upload | None:
    if isinstance(sent, FileStorage):
        if not sent.filename:
            return None
        return Upload(_plain(sent.filename), sent.read())
    name, _comma, content = str(sent).partition(",")
    try:
        return Upload(_plain(name), b64decode(content, validate=True))
    except (binascii.Error, ValueError):
        raise ValueError(_l("Send a file: its name, a comma, and its content in base64.")) from None


def _plain(name: str) -> str:
    """The name alone, without folders and what no file system takes."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(mark for mark in last if mark.isprintable() and mark not in '<>:"|?*').strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}" if dot else plain[:LONGEST_NAME]

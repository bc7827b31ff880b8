"""Following a record that a colleague looks after: its news come into one's own inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.inbox_models import follower_of, let_follow
from sandbox.crm.everywhere import KINDS
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague


@action(
    "record.follow",
    on=KINDS,
    event="followed",
    right="communicate",
    icon="eye",
    title=_l("Follow"),
    says=_l("%(by)s follows %(record)s"),
    shown=lambda record: record.deleted_at is None,
    guards_version=False,
    refusals=("follows",),
)
def follow(record: Any, *, by: Colleague, at: datetime) -> None:
    """Get the news of a record that a colleague looks after."""
    if record.owner_id == by.id:
        raise Refused("follows", _("This record is yours: its news come to you anyway."))
    if follower_of(record, by) is not None:
        raise Refused("follows", _("You follow this record already. Its news come into your inbox."))
    let_follow(record, by)


@action(
    "record.unfollow",
    on=KINDS,
    event="unfollowed",
    right="communicate",
    icon="eye-off",
    title=_l("Stop following"),
    says=_l("%(by)s no longer follows %(record)s"),
    shown=lambda record: False,  # offered beside the news of a record that is followed
    guards_version=False,
    refusals=("follows",),
)
def unfollow(record: Any, *, by: Colleague, at: datetime) -> None:
    """Get no more news of a record."""
    follower = follower_of(record, by)
    if follower is None:
        raise Refused("follows", _("You do not follow this record."))
    db.session.delete(follower)

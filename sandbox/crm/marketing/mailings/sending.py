"""A mailing goes out, and what follows happens in its time: each happening once, at its moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from flask_babel import force_locale

from sandbox.crm.customers.addresses import EMAIL, Address
from sandbox.crm.marketing.mailings import simulation
from sandbox.crm.marketing.mailings.audience import Audience, audience_of
from sandbox.crm.marketing.mailings.models import (
    CANCELLED,
    DELIVERED,
    DONE,
    GAVE_UP,
    HARD,
    SENDING,
    SENT,
    SOFT,
    WAITING,
    Mailing,
    MailingRecipient,
)
from sandbox.crm.marketing.mailings.words import told_of
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.ledger import tell
from sandbox.spaces import Colleague, current_space, every


def go_out(mailing: Mailing, by: Colleague | None, at: datetime) -> Audience:
    """Settle who gets it, one row for each target, so that the figures add up for ever; joins the action."""
    audience = audience_of(mailing.segments)
    if mailing.subject is None:
        mailing.subject, mailing.body = mailing.template.subject, mailing.template.body
    for target in audience.targets:
        made = MailingRecipient(
            mailing_id=mailing.id,
            segment_id=target.segment.id,
            email=target.email,
            line=target.line,
            outcome=WAITING if target.line == SENT else None,
            steps=0,
            tries=0,
        )
        setattr(made, f"{target.kind}_id", target.id)
        db.session.add(made)
    mailing.started_at = at
    mailing.status = SENDING if audience.to_be_sent else DONE
    mailing.finished_at = None if audience.to_be_sent else at
    db.session.flush()
    db.session.expire(mailing, ["recipients"])
    mailing.next_at = _next_of(mailing, _fates_of(mailing))
    stamp_change(mailing, by, at)
    tell(targets=len(audience.targets), sent=audience.to_be_sent)
    return audience


def go_on(mailing: Mailing, until: datetime | None, by: Colleague | None, at: datetime) -> int:
    """Let happen what was due by `until` (all that is still to come where it is None); how much happened."""
    assert mailing.started_at is not None  # noqa: S101  (only a mailing that went out goes on)
    fates = _fates_of(mailing)
    happened: list[tuple[MailingRecipient, simulation.Happening, datetime]] = []
    for recipient in _sent(mailing):
        for happening in fates.get(recipient.email or "", ())[recipient.steps :]:
            moment = mailing.started_at + happening.after
            if until is not None and moment > until:
                break
            happened.append((recipient, happening, min(moment, at)))
    addresses = _addresses(recipient.email for recipient, _what, _when in happened if recipient.email)
    for recipient, happening, moment in happened:
        _happen(mailing, recipient, happening, moment, addresses[recipient.email or ""], by, at)
    if mailing.status == SENDING and not any(one.outcome in (WAITING, SOFT) for one in _sent(mailing)):
        mailing.status, mailing.finished_at = DONE, at
    mailing.next_at = _next_of(mailing, fates)
    stamp_change(mailing, by, at)
    return len(happened)


def call_off(mailing: Mailing, reason: str, by: Colleague, at: datetime) -> None:
    """Nothing more of it goes out; what was delivered stays delivered."""
    mailing.status, mailing.cancelled_at, mailing.cancel_reason = CANCELLED, at, reason
    mailing.next_at = None
    stamp_change(mailing, by, at)


def mark_invalid(addresses: Iterable[Address], said: str | None, by: Colleague | None, at: datetime) -> None:
    """Nothing reaches the address: so say all cards that have it."""
    for address in addresses:
        if not address.invalid:
            address.invalid_at, address.invalid_reason = at, said
            stamp_change(address, by, at)


def addresses_of(email: str) -> list[Address]:
    """The rows of an e-mail on all cards."""
    return _addresses([email])[email]


def _happen(
    mailing: Mailing,
    recipient: MailingRecipient,
    happening: simulation.Happening,
    moment: datetime,
    addresses: list[Address],
    by: Colleague | None,
    at: datetime,
) -> None:
    recipient.steps += 1
    what = happening.what
    if what in (DELIVERED, SOFT, HARD, GAVE_UP):
        recipient.outcome, recipient.tries = what, recipient.tries + 1
        recipient.server_said = happening.server_said
    if what == DELIVERED:
        recipient.delivered_at = moment
    elif what in (HARD, GAVE_UP):
        recipient.bounced_at = moment
        if what == HARD:
            mark_invalid(addresses, happening.server_said, by, at)
            recipient.processed_at = at
    elif what == simulation.OPENED:
        recipient.opened_at = moment
    elif what == simulation.CLICKED:
        recipient.clicked_at = moment
    elif what == simulation.OPTED_OUT:
        recipient.opted_out_at = moment
        _opt_out(addresses, mailing, by, at)


def _opt_out(addresses: list[Address], mailing: Mailing, by: Colleague | None, at: datetime) -> None:
    with force_locale(current_space().company.language):
        how = told_of(mailing.name)[:200]
    for address in addresses:
        if not address.opted_out:
            address.opted_out_at, address.opted_out_how = at, how
            stamp_change(address, by, at)


def _sent(mailing: Mailing) -> list[MailingRecipient]:
    return [one for one in mailing.recipients if one.line == SENT]


def _fates_of(mailing: Mailing) -> dict[str, simulation.Fate]:
    seed = f"{current_space().seed}:{mailing.n}"
    return simulation.fates(seed, (one.email for one in _sent(mailing) if one.email))


def _next_of(mailing: Mailing, fates: dict[str, simulation.Fate]) -> datetime | None:
    """When something happens next; None once all has happened."""
    if mailing.started_at is None:
        return mailing.send_at
    left = [
        mailing.started_at + fates[one.email or ""][one.steps].after
        for one in _sent(mailing)
        if one.steps < len(fates.get(one.email or "", ()))
    ]
    return min(left, default=None)


def _addresses(emails: Iterable[str]) -> dict[str, list[Address]]:
    found: dict[str, list[Address]] = defaultdict(list)
    wanted = sorted(set(emails))
    for place in range(0, len(wanted), 500):
        query = every(Address).where(Address.kind == EMAIL, Address.value.in_(wanted[place : place + 500]))
        for address in db.session.scalars(query):
            found[address.value].append(address)
    return found

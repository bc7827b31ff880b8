"""What may be done with message templates."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Contact
from sandbox.crm.marketing.messages.forms import TemplateForm, TestForm
from sandbox.crm.marketing.messages.models import SUBJECT, MessageTemplate, TestSend
from sandbox.crm.marketing.messages.placeholders import empty_for, filled, insist_on_known
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague

WRITING = ("unknown_placeholder", "bad_braces")


@action(
    "message_template.create",
    makes=MessageTemplate,
    event="created",
    right="market",
    form=TemplateForm,
    icon="template",
    title=_l("New template"),
    submit=_l("Create template"),
    says=_l("%(by)s wrote the template “%(record)s”"),
    refusals=WRITING,
)
def create_template(*, name: str, subject: str, body: str, by: Colleague, at: datetime) -> MessageTemplate:
    """Write a message with placeholders that the cards fill."""
    insist_on_known(subject, body)
    made = MessageTemplate(name=name, subject=subject, body=body)
    stamp_new(made, by, at)
    db.session.add(made)
    return made


@action(
    "message_template.edit",
    on=MessageTemplate,
    event="edited",
    right="market",
    form=TemplateForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s edited the template “%(record)s”"),
    shown=lambda template: template.deleted_at is None,
    refusals=WRITING,
)
def edit_template(
    template: MessageTemplate, *, name: str, subject: str, body: str, by: Colleague, at: datetime
) -> None:
    """Change a template; a mailing that is scheduled keeps the wording that it was scheduled with."""
    insist_on_known(subject, body)
    template.name, template.subject, template.body = name, subject, body
    stamp_change(template, by, at)


@action(
    "message_template.copy",
    on=MessageTemplate,
    makes=MessageTemplate,
    event="copied",
    right="market",
    icon="copy",
    title=_l("Copy"),
    says=_l("%(by)s copied the template as “%(made)s”"),
    shown=lambda template: template.deleted_at is None,
    guards_version=False,
    opens_made=True,
)
def copy_template(template: MessageTemplate, *, by: Colleague, at: datetime) -> MessageTemplate:
    """Begin another template with the same text."""
    name = _("%(name)s (copy)", name=template.name)[: len(template.name) + 20]
    made = MessageTemplate(name=name, subject=template.subject, body=template.body)
    stamp_new(made, by, at)
    db.session.add(made)
    return made


can_be_put_away(
    MessageTemplate,
    right="market",
    deleted=_l("%(by)s deleted the template “%(record)s”"),
    restored=_l("%(by)s restored the template “%(record)s”"),
)


@action(
    "message_template.test_send",
    on=MessageTemplate,
    makes=TestSend,
    event="test_sent",
    right="market",
    form=TestForm,
    icon="test-pipe",
    title=_l("Send a test"),
    says=_l("%(by)s sent a test of “%(record)s” to %(to)s"),
    shown=lambda template: template.deleted_at is None,
    guards_version=False,
    refusals=("stays_empty",),
)
def test_send(
    template: MessageTemplate, *, to: Colleague, contact: Contact, by: Colleague, at: datetime
) -> TestSend:
    """Send the message to a colleague as a customer would get it; it counts in no result."""
    empty = empty_for(contact, template.subject)
    if empty:
        raise Refused(
            "stays_empty",
            _(
                "The card of %(contact)s leaves {{ %(name)s }} empty in the subject. Choose another card.",
                contact=contact.title,
                name=empty[0],
            ),
        )
    made = TestSend(
        template=template,
        to=to,
        contact=contact,
        subject=filled(template.subject, contact)[:SUBJECT],
        body=filled(template.body, contact),
        wording=template.wording,
    )
    stamp_new(made, by, at)
    db.session.add(made)
    tell(subject=made.subject)
    return made


test_send.__test__ = False  # type: ignore[attr-defined]  # no test of pytest's

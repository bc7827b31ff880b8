"""The forms by which a web form is built, and the one that a visitor sends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.consents import ADVERTISING, PERSONAL_DATA, text_on
from sandbox.crm.marketing.campaigns.models import PLANNED, RUNNING, Campaign
from sandbox.crm.marketing.web_forms.models import ASKED, FIELDS, NEEDED, WebForm
from sandbox.crm.marketing.web_forms.words import routings
from sandbox.crm.own_words import tax_number_word
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    EmailField,
    LongTextField,
    PhoneField,
    RecordField,
    TextField,
    TickField,
)
from sandbox.ledger.forms import ActionForm

ASK = "ask_"
NOT_ASKED = "no"


def _ways_to_ask() -> Iterable[tuple[str, Any]]:
    return [(NOT_ASKED, _l("not asked for")), (ASKED, _l("asked for")), (NEEDED, _l("must be filled in"))]


def _open_campaigns(query: Any) -> Any:
    return query.where(Campaign.status.in_((PLANNED, RUNNING)))


class WebFormForm(ActionForm):
    """What stands on the form, its consents, and who gets what it brings."""

    prefills = True

    name = TextField(_l("Title"), required=True)
    address = TextField(
        _l("Address"), longest=60, description=_l("The end of its web address, in Latin letters.")
    )
    intro = LongTextField(_l("Words above the fields"))
    ask_company_name = ChoiceField(_l("Company"), options=_ways_to_ask)
    ask_inn = ChoiceField(tax_number_word(_l("INN")), options=_ways_to_ask)
    ask_phone = ChoiceField(_l("Phone"), options=_ways_to_ask)
    ask_email = ChoiceField(_l("E-mail"), options=_ways_to_ask)
    ask_region = ChoiceField(_l("Region"), options=_ways_to_ask)
    ask_product = ChoiceField(_l("Product"), options=_ways_to_ask)
    ask_need = ChoiceField(_l("Request"), options=_ways_to_ask)
    personal_text = ChoiceField(_l("Box for personal data: text"), dictionary="consent_texts")
    personal_ticked = TickField(_l("The box for personal data is ticked beforehand"))
    advertising_text = ChoiceField(_l("Box for advertising: text"), dictionary="consent_texts")
    advertising_ticked = TickField(_l("The box for advertising is ticked beforehand"))
    advertising_forced = TickField(_l("The form is not sent without consent to advertising"))
    thanks = LongTextField(_l("Words after sending"))
    campaign = RecordField(_l("Campaign of visitors without a tag"), "campaign", narrowed=_open_campaigns)
    routing = ChoiceField(_l("Who gets the leads"), options=routings, required=True)
    routed_to = ColleagueField(_l("Colleague, or whoever gets what no rule fits"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The form as it is."""
        found = super().prefill(record, by=by, at=at)
        if record is not None:
            found.update({f"{ASK}{name}": (record.asks or {}).get(name) for name in FIELDS})
        return found


class CreateWebFormForm(WebFormForm):
    """A new form: with the fields and the texts that most forms have, and no box ticked."""

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Phone, e-mail and request, with the wordings of today."""
        day = at.date()
        texts = {purpose: text_on(purpose, day) for purpose in (PERSONAL_DATA, ADVERTISING)}
        return {
            "ask_company_name": ASKED,
            "ask_phone": NEEDED,
            "ask_email": ASKED,
            "ask_need": ASKED,
            "personal_text": getattr(texts[PERSONAL_DATA], "code", None),
            "advertising_text": getattr(texts[ADVERTISING], "code", None),
            "routing": "round_robin",
        }


class RuleForm(ActionForm):
    """A region or a product, and whose leads those are."""

    region = ChoiceField(_l("Region"), dictionary="regions")
    product = ChoiceField(_l("Product"), dictionary="products")
    colleague = ColleagueField(_l("Colleague"), required=True)


class SendForm(ActionForm):
    """What a visitor typed and ticked; which of it a form asks for, the form itself says."""

    web_form = RecordField(_l("Form"), WebForm, required=True)
    name = TextField(_l("Your name"), longest=200)
    company_name = TextField(_l("Company"))
    inn = TextField(tax_number_word(_l("INN")), longest=20)
    phone = PhoneField(_l("Phone"))
    email = EmailField(_l("E-mail"))
    region = ChoiceField(_l("Region"), dictionary="regions")
    product = ChoiceField(_l("Product"), dictionary="products")
    need = LongTextField(_l("Your request"))
    personal_data = TickField(_l("Consent to personal data"))
    advertising = TickField(_l("Consent to advertising"))
    tag = TextField(_l("Source tag"), longest=60)
    website = TextField(_l("Leave this empty"))

"""What a form must keep to be published, and what is wrong with what a visitor sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.customers.cleaning import inn_fault
from sandbox.crm.customers.consents import ADVERTISING, PERSONAL_DATA, text_on
from sandbox.crm.marketing.web_forms.models import BY_PRODUCT, BY_REGION, FIXED, WebForm
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.kernel.slugs import slug
from sandbox.spaces import current_space, every, first

RESERVED = frozenset({"sent"})
MOST_LINKS = 2
Fault = tuple[str, str]


def right_address(typed: str | None, name: str, *, besides: WebForm | None = None) -> str:
    """The address as it is kept, made of the title where none was typed; refused when another form has it."""
    address = slug(typed or name, 60) or "form"
    holder = first(every(WebForm, deleted=True).where(WebForm.address == address))
    if address in RESERVED or (holder is not None and holder is not besides):
        raise Refused(
            "address_taken",
            _("The address “%(address)s” is taken. Choose another one.", address=address),
        )
    return address


def faults_of_form(web_form: WebForm, day: date) -> list[Fault]:
    """Why the form may not be published on a day, as codes and sentences; empty where it may."""
    found: list[Fault] = []
    asked = web_form.asked()
    if not {"phone", "email"} & set(asked):
        found.append(("no_way_back", _("Nobody could answer: ask for a phone or an e-mail address.")))
    if not web_form.personal_text:
        found.append(
            ("no_consent_box", _("The form asks for personal data: it needs a box with consent to that."))
        )
    found += _text(PERSONAL_DATA, web_form.personal_text, day)
    found += _text(ADVERTISING, web_form.advertising_text, day)
    if web_form.personal_ticked or web_form.advertising_ticked:
        found.append(
            (
                "pre_ticked",
                _("A box is ticked beforehand: consent that nobody gave by their own tick proves nothing."),
            )
        )
    if web_form.advertising_forced:
        found.append(
            (
                "forced_consent",
                _("Nobody may be made to agree to advertising: the form has to be sent without it, too."),
            )
        )
    return found + _routing(web_form, asked)


def _text(purpose: str, code: str | None, day: date) -> list[Fault]:
    if not code:
        return []
    company = current_space().company
    text = next((one for one in company.consent_texts if one.code == code), None)
    title = company.label("consent_texts", code, company.language)
    if text is None or text.purpose != purpose:
        return [
            (
                "wrong_text",
                _(
                    "“%(text)s” is a text for another purpose: each consent has a box and a text of its own.",
                    text=title,
                ),
            )
        ]
    valid = text_on(purpose, day)
    if valid is None or valid.code != code:
        now = valid.title[company.language] if valid else "—"
        return [
            (
                "wrong_version",
                _("“%(text)s” is no longer in force. Choose “%(now)s”.", text=title, now=now),
            )
        ]
    return []


def _routing(web_form: WebForm, asked: list[str]) -> list[Fault]:
    if web_form.routing == FIXED and web_form.routed_to is None:
        return [("no_routing", _("Choose the colleague who gets the leads."))]
    by = {BY_REGION: "region", BY_PRODUCT: "product"}.get(web_form.routing)
    if by is None:
        return []
    if by not in asked:
        return [("no_routing", _("Leads are routed by what the form does not ask for. Ask for it."))]
    if web_form.routed_to is None:
        return [("no_routing", _("Some leads will fit no rule: choose who gets those."))]
    return []


def faults_of_sent(web_form: WebForm, sent: Mapping[str, Any]) -> dict[str, str]:
    """What a visitor still has to fill in or to correct, by field."""
    found = {
        name: _("Please fill this in.")
        for name in ("name", *web_form.asked())
        if (name == "name" or web_form.needs(name)) and not sent.get(name)
    }
    if web_form.personal_text and not sent.get(PERSONAL_DATA):
        found[PERSONAL_DATA] = _("Without this consent we may not keep what you write, and cannot answer.")
    if not (sent.get("phone") or sent.get("email")):
        for name in {"phone", "email"} & set(web_form.asked()):
            found.setdefault(name, _("Leave a phone or an e-mail address, so that we can answer."))
    inn = sent.get("inn")
    if inn and current_space().company.country == "RU":
        fault = inn_fault(inn, sole_trader=len(inn) == 12)
        if fault:
            found["inn"] = fault
    return found


def is_spam(sent: Mapping[str, Any]) -> bool:
    """Whether a robot wrote this: it filled in what people do not see, or its request is full of links."""
    links = fold(sent.get("need")).count("http")
    return bool(sent.get("website")) or links > MOST_LINKS

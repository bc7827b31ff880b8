"""What people call the states, the fields and the routing of web forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import pgettext

from sandbox.crm.marketing.web_forms.models import (
    BY_PRODUCT,
    BY_REGION,
    CLOSED,
    DRAFT,
    FIXED,
    PUBLISHED,
    ROUND_ROBIN,
)
from sandbox.crm.own_words import tax_number_word

BADGES = {DRAFT: ("", "pencil"), PUBLISHED: ("ok", "world"), CLOSED: ("outline", "world-off")}


def form_states() -> list[tuple[str, str]]:
    """Codes and words of a form's states."""
    return [
        (DRAFT, pgettext("web form", "Draft")),
        (PUBLISHED, pgettext("web form", "Published")),
        (CLOSED, pgettext("web form", "Taken back")),
    ]


def routings() -> Iterable[tuple[str, Any]]:
    """Codes and words of the ways to an owner."""
    return [
        (FIXED, _l("Always the same colleague")),
        (ROUND_ROBIN, _l("Sellers in turn")),
        (BY_REGION, _l("By region")),
        (BY_PRODUCT, _l("By product")),
    ]


def field_words() -> dict[str, str]:
    """What a visitor reads beside each field."""
    return {
        "name": _("Your name"),
        "company_name": _("Company"),
        "inn": str(tax_number_word(_("INN"))),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "region": _("Region"),
        "product": _("What are you interested in?"),
        "need": _("Your request"),
    }

"""What a visitor's page was drawn with, sealed: whoever sends it back cannot have changed it on the way."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from sandbox.crm.marketing.web_forms.models import WebForm
from sandbox.spaces import current_space


def sealed(web_form: WebForm, tag: str | None) -> str:
    """The texts beside the boxes of a form, and the tag by which its visitor came."""
    return _sealer().dumps([*_shown(web_form), tag])


def opened(seal: str | None, web_form: WebForm) -> tuple[bool, str | None]:
    """Whether the page showed the form as it is now, and the tag; no tag from a broken seal."""
    try:
        *shown, tag = _sealer().loads(seal or "")
    except (BadSignature, ValueError, TypeError):
        return False, None
    return shown == _shown(web_form), tag


def _shown(web_form: WebForm) -> list[object]:
    return [current_space().id, web_form.n, web_form.personal_text, web_form.advertising_text]


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="web-form")

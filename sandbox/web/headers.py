"""The headers of every answer: the strict content policy and its companions."""

from __future__ import annotations

from flask import Flask, Response, request

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# A year; only over https, so that a classroom's plain-http address keeps working.
STRICT_TRANSPORT = "max-age=31536000"


def secure(response: Response) -> Response:
    """Put the security headers on an answer, and keep pages of people out of shared caches."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.update(("HX-Request", "HX-Target", "Cookie"))
    return response


def init_app(app: Flask) -> None:
    """Secure every answer."""
    app.after_request(secure)

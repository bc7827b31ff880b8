"""The headers of every answer."""

from flask.testing import FlaskClient


def test_the_content_policy_lets_nothing_inline_run(browser: FlaskClient) -> None:
    for address in ("/components", "/assets/css/app.css", "/no-such-page"):
        policy = browser.get(address).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_strict_transport_is_asked_for_over_https_only(browser: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in browser.get("/components").headers
    secure = browser.get("/components", base_url="https://rehearsal.example")
    assert "max-age" in secure.headers["Strict-Transport-Security"]


def test_pages_stay_out_of_shared_caches(browser: FlaskClient) -> None:
    answer = browser.get("/components")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "HX-Request" in answer.headers["Vary"]

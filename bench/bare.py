"""The yardstick: a bare Flask page that renders as many bytes as another page, from rows that lie ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, render_template_string

_PAGE = (
    "<!DOCTYPE html><html><head><title>{{ title }}</title></head><body><table>"
    "{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.city }}</td><td>{{ row.sum }}</td></tr>\n"
    "{% endfor %}</table></body></html>"
)
_ROW = {"name": "Northwind & Daughters, paper and toner", "city": "Portland <East>", "sum": "48 600,00"}


class Bare:
    """Pages of a bare application, each as long as asked for."""

    def __init__(self) -> None:
        self.app = Flask("bare")
        self.app.add_url_rule("/<int:count>", "page", self._page)
        self.client = self.app.test_client()
        one, two = (len(self.client.get(f"/{count}").data) for count in (1, 2))
        self.each, self.frame = two - one, 2 * one - two

    def as_long_as(self, answer: Any) -> Callable[[], Any]:
        """A request for a bare page of about the same number of bytes as `answer`."""
        count = max(1, round((len(answer.data) - self.frame) / self.each))
        return lambda: self.client.get(f"/{count}")

    @staticmethod
    def _page(count: int) -> str:
        return render_template_string(_PAGE, title="Bare", rows=[_ROW] * count)

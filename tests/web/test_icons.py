"""Icons by name."""

import pytest
from flask import Flask

from sandbox.web.icons import UnknownIcon, icon


def test_an_icon_is_an_inline_drawing_hidden_from_screen_readers(shared: Flask) -> None:
    with shared.app_context():
        drawn = icon("phone", 16, "beam")
    assert 'class="icon beam"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert 'width="16"' in drawn
    assert "<path" in drawn
    assert "style=" not in drawn


def test_a_class_cannot_break_out_of_its_attribute(shared: Flask) -> None:
    with shared.app_context():
        assert '"><script>' not in icon("phone", css='"><script>')


@pytest.mark.parametrize("name", ["no-such-icon", "../../../package", "Phone", ""])
def test_an_unknown_name_is_a_fault_under_test(shared: Flask, name: str) -> None:
    with shared.app_context(), pytest.raises(UnknownIcon):
        icon(name)


def test_an_unknown_name_leaves_its_place_empty_in_service(shared: Flask) -> None:
    shared.testing = False
    with shared.app_context():
        assert "<path" not in icon("no-such-icon")

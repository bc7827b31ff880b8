"""What the background worker says at the terminal."""

import logging

import pytest

from sandbox.cli import say_nothing_of_what_is_at_work


def test_work_that_is_still_being_done_is_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    queue = logging.getLogger("huey")
    before = list(queue.filters)
    say_nothing_of_what_is_at_work()
    try:
        queue.warning("Task %s not run, %s.", "afa7d3aa", "unable to acquire lock proof")
        queue.warning("Task %s failed.", "afa7d3aa")
    finally:
        queue.filters[:] = before
    assert [record.getMessage() for record in caplog.records] == ["Task afa7d3aa failed."]

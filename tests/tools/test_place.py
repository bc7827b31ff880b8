"""Stamps: a thing is made again when, and only when, what it is made from changed."""

from pathlib import Path

import pytest

from tools import place


def test_a_stamp_holds_until_an_input_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "ROOT", tmp_path)
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text("one")
    stamp = tmp_path / "build" / ".stamp"
    before = place.digest(source)
    assert not place.is_current(stamp, before)
    place.make_current(stamp, before)
    assert place.is_current(stamp, place.digest(source))
    (source / "a.txt").write_text("two")
    assert not place.is_current(stamp, place.digest(source))


def test_a_program_that_fails_ends_in_the_sentence_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(place.Stop, match="It did not work."):
        place.run(["sh", "-c", "echo reason; exit 3"], "It did not work.")
    assert "reason" in capsys.readouterr().err

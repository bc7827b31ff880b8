"""What was laid out for the browser is laid out again where a part of it went missing."""

import json
from pathlib import Path

from tools.front_end import is_whole


def _lay_out(folder: Path) -> None:
    (folder / "css").mkdir()
    (folder / "css/app.1a2b.css").write_text("body {}")
    (folder / "manifest.json").write_text(json.dumps({"css/app.css": "css/app.1a2b.css"}))


def test_all_files_are_there(tmp_path: Path) -> None:
    _lay_out(tmp_path)
    assert is_whole(tmp_path)


def test_a_file_went_missing(tmp_path: Path) -> None:
    _lay_out(tmp_path)
    (tmp_path / "css/app.1a2b.css").unlink()
    assert not is_whole(tmp_path)


def test_the_list_of_files_went_missing_or_was_cut_off(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "never-made")
    _lay_out(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    assert not is_whole(tmp_path)
    (tmp_path / "manifest.json").unlink()
    assert not is_whole(tmp_path)

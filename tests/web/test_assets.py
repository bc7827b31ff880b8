"""What the browser loads."""

import gzip
import os
import re
import shutil
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from sandbox.web.assets import FOREVER, VENDOR, Assets, asset
from tools import assets as builder
from tools.place import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Assets:
    """The assets laid out into a folder of the test's own."""
    folder = tmp_path_factory.mktemp("house")
    before = builder.BUILD
    builder.BUILD = folder / "build" / "static"
    try:
        builder.lay_out()
    finally:
        builder.BUILD = before
    return Assets(folder)


@pytest.fixture
def served(shared: Flask, built: Assets) -> FlaskClient:
    """A client of an application that serves the built assets."""
    shared.extensions["assets"] = built
    return shared.test_client()


def test_a_running_server_keeps_its_files_while_new_ones_are_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "static"
    shutil.copytree(builder.SOURCES, sources)
    monkeypatch.setattr(builder, "SOURCES", sources)
    monkeypatch.setattr(builder, "BUILD", tmp_path / "build" / "static")
    builder.lay_out()
    running = Assets(tmp_path)
    (sources / "js" / "app.js").write_text("// another version\n")
    old = running.names["js/app.js"]
    assert builder.lay_out()["js/app.js"] != old
    assert running.file(old) is not None and running.file(old).is_file()  # type: ignore[union-attr]
    long_ago = 1_000_000_000
    os.utime(builder.BUILD / old, (long_ago, long_ago))
    builder.lay_out()
    assert not (builder.BUILD / old).exists()


def test_every_served_name_carries_the_digest_of_its_content(built: Assets) -> None:
    assert set(VENDOR) < set(built.names)
    for name, served in built.names.items():
        assert served != name
        assert re.search(r"\.[0-9a-f]{12}\.", served)


def test_a_built_asset_is_immutable_and_compressed(served: FlaskClient, built: Assets) -> None:
    address = "/assets/" + built.names["css/app.css"]
    plain = served.get(address, headers={"Accept-Encoding": "identity"})
    packed = served.get(address, headers={"Accept-Encoding": "gzip"})
    assert plain.headers["Cache-Control"] == packed.headers["Cache-Control"] == FOREVER
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.mimetype == plain.mimetype == "text/css"
    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize("sheet", sorted(builder.SOURCES.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_closes_what_it_opens(sheet: Path) -> None:
    """In the bundle an open brace would swallow every layer after it."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    depth = 0
    for mark in re.findall(r"[{}]", text):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    assert depth == 0


def test_one_style_sheet_holds_all_layers(built: Assets) -> None:
    path = built.file(built.names["css/app.css"])
    assert path is not None
    text = path.read_text("utf-8")
    assert "@import" not in text
    assert "@layer tokens {" in text
    assert [name for name in built.names if name.endswith(".css")] == ["css/app.css"]


def test_modules_import_each_other_by_their_hashed_names(built: Assets) -> None:
    for served in built.names.values():
        path = built.file(served)
        if path is None or path.suffix != ".js" or "htmx" in path.name:
            continue
        for imported in re.findall(r'from "\./([^"]+)"', path.read_text("utf-8")):
            assert path.with_name(imported).is_file()


def test_what_a_first_page_loads_is_light(built: Assets) -> None:
    size = sum(path.stat().st_size for path in built.build.rglob("*.gz"))
    assert size < 120 * 1024


def test_only_files_of_the_manifest_are_served(served: FlaskClient) -> None:
    for address in ("/assets/manifest.json", "/assets/css/app.css", "/assets/../pyproject.toml"):
        assert served.get(address).status_code == 404


def test_sources_are_served_while_developing_and_nothing_beside_them(browser: FlaskClient) -> None:
    assert browser.get("/assets/css/tokens.css").headers["Cache-Control"] == "no-cache"
    assert browser.get("/assets/js/htmx.min.js").status_code == 200
    assert browser.get("/assets/%2e%2e/pyproject.toml").status_code == 404
    assert browser.get("/assets/js/axe.min.js").status_code == 404


def test_an_unknown_asset_is_a_fault(shared: Flask) -> None:
    with shared.test_request_context():
        assert asset("css/app.css") == url_for("assets.serve", name="css/app.css")
        with pytest.raises(LookupError):
            asset("css/no-such.css")


def test_no_source_holds_a_style_attribute_or_an_inline_handler() -> None:
    faults = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        if re.search(r"\s(style|on[a-z]+)=[\"']|\shx-on|<style|\|\s*safe\b|js:", text):
            faults.append(path.name)
    assert faults == []

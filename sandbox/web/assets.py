"""What the browser loads: hashed, compressed, immutable files; the sources themselves while developing."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_file, url_for

from sandbox.web.access import allow, anyone

# The only files of packages that a browser may have: the name here, and where the package keeps it.
VENDOR = {"js/htmx.min.js": "htmx.org/dist/htmx.min.js"}
FOREVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


class Assets:
    """Where the files are, and under which name each is served."""

    def __init__(self, root: Path, *, sources: bool = False) -> None:
        self.root = root
        self.build = root / "build" / "static"
        manifest = self.build / "manifest.json"
        self.names: dict[str, str] = {}
        if manifest.exists() and not sources:
            self.names = json.loads(manifest.read_text("utf-8"))

    def served_name(self, name: str) -> str:
        """The hashed name of 'css/app.css', or the name itself while developing; LookupError if unknown."""
        if self.names:
            return self.names[name]
        if self.source(name) is None:
            raise LookupError(f"no asset {name!r}")
        return name

    def file(self, served: str) -> Path | None:
        """The file behind a served name, or None."""
        if self.names:
            return self.build / served if served in self.names.values() else None
        return self.source(served)

    def source(self, name: str) -> Path | None:
        """The source of an asset: our own in static/, a package's by the allow-list."""
        if name in VENDOR:
            path = self.root / "node_modules" / VENDOR[name]
        else:
            path = (self.root / "static" / name).resolve()
            if not path.is_relative_to((self.root / "static").resolve()):
                return None
        return path if path.is_file() else None


def asset(name: str) -> str:
    """The address of an asset by its plain name, such as 'css/app.css'."""
    assets: Assets = current_app.extensions["assets"]
    return url_for("assets.serve", name=assets.served_name(name))


@blueprint.get("/assets/<path:name>")
@allow(anyone)
def serve(name: str) -> Response:
    """One asset; the compressed sibling where the browser takes it."""
    assets: Assets = current_app.extensions["assets"]
    path = assets.file(name)
    if path is None:
        abort(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = path.with_name(path.name + ".gz")
    takes_gzip = bool(assets.names) and request.accept_encodings["gzip"] > 0 and packed.exists()
    answer = send_file(packed if takes_gzip else path, mimetype=kind)
    answer.headers["Cache-Control"] = FOREVER if assets.names else "no-cache"
    answer.headers["Vary"] = "Accept-Encoding"
    if takes_gzip:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def init_app(app: Flask) -> None:
    """Serve the assets below /assets and give templates `asset('css/app.css')`."""
    mimetypes.add_type("text/javascript", ".js")
    app.extensions["assets"] = Assets(Path(app.root_path).parent, sources=app.debug)
    app.register_blueprint(blueprint)
    app.add_template_global(asset)

"""People meet scenarios: their runs, what the runs prove, and the clearances that follow."""

from importlib import import_module
from typing import Any

from flask import Flask

# Modules that put their pages on the blueprint when they are imported.
PAGES = ("coach_views",)


def init_app(app: Flask) -> None:
    """Serve the pages of training, and draw the coach wherever an attempt runs."""
    from sandbox.training import coach
    from sandbox.training.blueprint import blueprint

    for page in PAGES:
        import_module(f"sandbox.training.{page}")
    app.register_blueprint(blueprint)

    @app.context_processor
    def _coach() -> dict[str, Any]:
        return {"coach": coach.panel()}

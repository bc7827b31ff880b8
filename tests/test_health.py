"""`/healthz` for monitors."""

import pytest
from flask.testing import FlaskClient

from sandbox.version import __version__
from tests.conftest import MakeApp


@pytest.mark.both_databases
def test_a_monitor_reads_version_and_database(client: FlaskClient, database_kind: str) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["version"] == __version__
    assert answer.json["database"].startswith(f"{database_kind} ")
    assert answer.json["status"] == "ok"


def test_a_lost_database_is_said_without_a_traceback(make_app: MakeApp) -> None:
    app = make_app(SQLALCHEMY_DATABASE_URI="sqlite:////nowhere/at/all.sqlite")
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json == {"status": "no database", "version": __version__}

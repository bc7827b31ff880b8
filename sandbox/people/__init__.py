"""Accounts: people and their roles, the groups they learn in, signing in, API tokens."""

from flask import Flask

from sandbox.people import roles
from sandbox.people.accounts import add_group, add_person, person_by_email
from sandbox.people.demo import CAST, DEMO_PASSWORD, create_demo_cast
from sandbox.people.groups import may_see, people_seen_by, put_in_groups, trainees_of
from sandbox.people.models import ApiToken, Group, Membership, Person
from sandbox.people.tokens import person_by_token

__all__ = [
    "CAST",
    "DEMO_PASSWORD",
    "ApiToken",
    "Group",
    "Membership",
    "Person",
    "add_group",
    "add_person",
    "create_demo_cast",
    "init_app",
    "may_see",
    "people_seen_by",
    "person_by_email",
    "person_by_token",
    "put_in_groups",
    "roles",
    "trainees_of",
]


def init_app(app: Flask) -> None:
    """Serve the pages of accounts and put the list of people into the administrator's rail."""
    from sandbox.people.views import blueprint, put_in_rail

    app.register_blueprint(blueprint)
    put_in_rail(app)

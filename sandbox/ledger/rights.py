"""Whom to ask where one's own job role does not have a right: the company file knows who has it."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _

from sandbox.spaces import current_space
from sandbox.spaces.company_parts import NamedColleague


def not_yours(right: str) -> str:
    """The sentence for somebody without a right: it names those who have it, the specialist first."""
    who = who_may(right)
    if not who:
        return _("Your job role may not do this. Ask your head of department, or hand the task over.")
    return _("Your job role may not do this. Those who may: %(who)s.", who=who)


def who_may(right: str) -> str:
    """Job roles and people who have a right, the specialist first; '' where nobody has."""
    company = current_space().company
    roles = [
        code for code, role in company.roles.items() if right in role.rights and company.colleagues(code)
    ]
    # the fewer rights a job role has, the more this one is its own work
    roles.sort(key=lambda code: len(company.roles[code].rights))
    return "; ".join(_of_role(code, company.colleagues(code)) for code in roles)


def _of_role(code: str, people: list[NamedColleague]) -> str:
    locale = get_locale()
    title = current_space().company.roles[code].title[locale.language if locale else "en"]
    return f"{title} ({', '.join(one.name for one in people)})"

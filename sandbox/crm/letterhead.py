"""What stands at the head of every paper of the firm, in its own language."""

from __future__ import annotations

from flask_babel import gettext as _

from sandbox.spaces.company import CompanyFile


def letterhead(company: CompanyFile) -> list[str]:
    """The firm's name, its full name with its numbers, and where it is reached; inside its locale."""
    legal = company.legal
    numbers = tax_numbers(company, legal.inn or legal.ein, legal.kpp)
    return [
        company.name,
        ", ".join(part for part in (legal.full_name, numbers) if part),
        " · ".join((legal.address, legal.phone, legal.email)),
    ]


def tax_numbers(company: CompanyFile, inn: str | None, kpp: str | None) -> str:
    """Tax numbers as they stand on paper where the firm is; '' for none."""
    if not inn:
        return ""
    if company.country == "RU":
        return _("INN %(inn)s", inn=inn) + (", " + _("KPP %(kpp)s", kpp=kpp) if kpp else "")
    is_ein = company.country == "US" and inn.isdigit()
    return _("tax number %(number)s", number=f"{inn[:2]}-{inn[2:]}" if is_ein else inn)

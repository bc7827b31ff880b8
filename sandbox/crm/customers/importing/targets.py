"""What a column of a file may be: the fields of companies and contacts, and the headings they go by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.lists import language
from sandbox.crm.own_words import tax_number_word
from sandbox.kernel.fold import fold
from sandbox.spaces import current_space

TAGS = "tags"
CUSTOM = "custom."


@dataclass(frozen=True)
class Target:
    """A field: how its text is read (`kind`), how long it may be, and headings people give it."""

    code: str
    label: Any
    kind: str = "text"
    longest: int = 200
    dictionary: str = ""
    headings: tuple[str, ...] = ()


SHARED = (
    Target(
        "phone",
        _l("Phone"),
        "phone",
        headings=("phone number", "telephone", "mobile", "tel", "тел", "телефон", "мобильный"),
    ),
    Target(
        "email",
        _l("E-mail"),
        "email",
        headings=("email", "mail", "e mail", "почта", "эл. почта", "электронная почта", "емейл"),
    ),
    Target(
        "owner", _l("Owner"), "colleague", headings=("manager", "responsible", "ответственный", "менеджер")
    ),
    Target(TAGS, _l("Tags"), "tags", headings=("tag", "labels", "метки", "метка", "теги")),
)
COMPANY_TARGETS = (
    Target(
        "name",
        _l("Name"),
        headings=(
            "company",
            "company name",
            "customer",
            "компания",
            "название",
            "наименование",
            "организация",
            "клиент",
        ),
    ),
    Target(
        "inn", tax_number_word(_l("INN")), "identifier", 20, headings=("tax id", "tax number", "ein", "инн")
    ),
    Target("kpp", _l("KPP"), "identifier", 20, headings=("кпп",)),
    Target("ogrn", _l("OGRN"), "identifier", 20, headings=("огрн", "огрнип")),
    Target("type", _l("Type"), "choice", dictionary="company_types", headings=("тип",)),
    Target("website", _l("Website"), headings=("site", "url", "web", "сайт")),
    Target(
        "address",
        _l("Legal address"),
        longest=4000,
        headings=("address", "адрес", "юр. адрес", "юридический адрес"),
    ),
    Target("postal_address", _l("Postal address"), longest=4000, headings=("почтовый адрес",)),
    Target("industry", _l("Industry"), "choice", dictionary="industries", headings=("отрасль",)),
    Target("region", _l("Region"), "choice", dictionary="regions", headings=("регион",)),
    Target("source", _l("Source"), "choice", dictionary="lead_sources", headings=("lead source", "источник")),
    *SHARED,
)
CONTACT_TARGETS = (
    Target(
        "full_name",
        _l("Full name"),
        "full_name",
        headings=(
            "name",
            "contact",
            "contact name",
            "фио",
            "ф.и.о.",
            "имя и фамилия",
            "контакт",
            "контактное лицо",
        ),
    ),
    Target("last_name", _l("Last name"), longest=80, headings=("surname", "family name", "фамилия")),
    Target("first_name", _l("First name"), longest=80, headings=("given name", "имя")),
    Target("middle_name", _l("Middle name"), longest=80, headings=("patronymic", "отчество")),
    Target("position", _l("Position"), longest=120, headings=("job title", "title", "должность")),
    Target("role", _l("Role in deals"), "choice", dictionary="contact_roles", headings=("role", "роль")),
    Target(
        "company",
        _l("Company"),
        "company",
        headings=("organisation", "organization", "account", "компания", "организация", "инн компании"),
    ),
    Target(
        "consent_on",
        _l("Consent to personal data, day"),
        "day",
        headings=(
            "consent",
            "consent date",
            "согласие",
            "дата согласия",
            "согласие пдн",
            "согласие на обработку",
        ),
    ),
    *SHARED,
)


def own_targets(record: str) -> list[Target]:
    """The company's own fields of a kind of record."""
    return [
        Target(
            f"{CUSTOM}{field.code}",
            field.title[language()],
            {"number": "number", "date": "day", "choice": "choice", "bool": "bool"}.get(field.type, "text"),
            dictionary=f"{record}.{field.code}",
            headings=(field.code, field.title.en, field.title.ru),
        )
        for field in current_space().company.fields_of(record)
    ]


def heading(text: str) -> str:
    """A heading as headings are compared."""
    return " ".join(
        fold(text).replace("_", " ").replace("-", " ").replace(":", " ").replace("*", " ").split()
    )

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.spaces import company_parts
from sandbox.spaces.company import (
    CompanyFaults,
    CompanyFile,
    companies,
    find,
    from_text,
    load_company,
    read_folder,
)

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = (SEEDS / "fuel-cards.yaml").read_text(encoding="utf-8")


@pytest.fixture
def fuel_cards():
    return load_company(SEEDS / "fuel-cards.yaml")


def faults_of(old, new, text=TEXT):
    """The faults of fuel-cards with one passage changed."""
    assert text.count(old) >= 1
    with pytest.raises(CompanyFaults) as caught:
        from_text(text.replace(old, new, 1), "fuel-cards.yaml")
    return caught.value.faults


def line_of(passage, text=TEXT):
    return text[: text.index(passage)].count("\n") + 1


def test_both_companies_can_be_played():
    assert {code: company.language for code, company in companies(SEEDS).items()} == {
        "fuel-cards": "ru",
        "office-supply": "en",
    }


@pytest.mark.parametrize("code", ["fuel-cards", "office-supply"])
def test_a_company_has_the_people_its_daily_work_needs(code):
    company = find(code, SEEDS)
    assert len(company.colleagues("sales-manager")) >= 3
    for role in ("head-of-sales", "marketer", "lawyer", "accountant", "director", "data-steward"):
        assert company.colleagues(role), role
    assert "lead" not in company.rights("sales-manager")
    assert "lead" in company.rights("head-of-sales")


@pytest.mark.parametrize("code", ["fuel-cards", "office-supply"])
def test_the_small_volume_is_about_three_hundred_cards(code):
    small = find(code, SEEDS).volume("small")
    assert 250 <= small.companies + small.contacts + small.leads + small.deals <= 330


def test_both_companies_share_the_codes_that_scenarios_use():
    one, other = companies(SEEDS).values()
    assert one.codes("stages") == other.codes("stages")
    assert one.codes("payments") == other.codes("payments")
    assert set(one.roles) == set(other.roles)
    for dictionary, shared in {
        "lead_sources": {"website", "call", "exhibition", "referral"},
        "call_outcomes": {"reached", "call-back", "no-answer", "wrong-number"},
        "reject_reasons": {"spam", "bad-details", "too-small", "other"},
        "lost_reasons": {"price", "competitor", "no-decision", "other"},
    }.items():
        assert shared <= set(one.codes(dictionary)) & set(other.codes(dictionary))


def test_labels_and_choices_speak_both_languages(fuel_cards):
    assert fuel_cards.label("stages", "offer", "ru") == "Предложение"
    assert fuel_cards.label("stages", "offer", "en") == "Offer"
    assert fuel_cards.label("company.fuel", "diesel", "ru") == "Дизель"
    assert ("website", "Сайт") in fuel_cards.choices("lead_sources", "ru")
    assert fuel_cards.label("roles", "head-of-sales", "ru") == "Руководитель отдела продаж"
    assert fuel_cards.word("lead.budget", "ru", "Бюджет") == "Оценка в месяц"
    assert fuel_cards.word("lead.phone", "ru", "Телефон") == "Телефон"


def test_a_code_that_is_gone_is_shown_as_it_is(fuel_cards):
    assert fuel_cards.label("lead_sources", "fax", "ru") == "fax"
    assert fuel_cards.label("lead_sources", None, "ru") == ""
    with pytest.raises(KeyError):
        fuel_cards.choices("lead_colours", "ru")


def test_junk_and_unqualified_are_apart_and_other_needs_a_note(fuel_cards):
    kinds = {entry.code: entry.kind for entry in fuel_cards.dictionaries.reject_reasons}
    assert kinds["spam"] == "junk"
    assert kinds["too-small"] == "unqualified"
    assert fuel_cards.entry("lost_reasons", "other").needs_note
    assert not fuel_cards.entry("lost_reasons", "price").needs_note


def test_a_legal_value_holds_from_its_day_on(fuel_cards):
    assert fuel_cards.legal_value("vat_rate", date(2025, 12, 31)) == 20
    assert fuel_cards.legal_value("vat_rate", date(2026, 1, 1)) == 22
    assert fuel_cards.legal_value("vat_rate", date(2018, 12, 31)) is None


def test_the_digest_is_of_the_content(fuel_cards):
    assert from_text(TEXT + "\n# a comment\n").digest == fuel_cards.digest
    assert (
        from_text(TEXT.replace("lead_response_hours: 1", "lead_response_hours: 2")).digest
        != fuel_cards.digest
    )
    assert from_text(fuel_cards.text).digest == fuel_cards.digest


def test_an_exit_rule_names_fields_and_a_stage_says_whether_it_may_be_skipped(fuel_cards):
    stage = fuel_cards.stage("qualification")
    assert stage.exit == ["contact", "amount", "close_date"]
    assert not fuel_cards.may_skip(stage)
    assert fuel_cards.season(11) == Decimal("1.3")
    skipping = from_text(TEXT.replace("probability: 70,", "probability: 70, skip: true,"))
    negotiation = skipping.stage("negotiation")
    assert negotiation is not None and skipping.may_skip(negotiation)


def test_an_unknown_word_names_its_line_and_the_nearest_right_one():
    [fault] = faults_of("currency: RUB", "curency: RUB\ncurrency: RUB")
    assert (fault.file, fault.line, fault.suggestion) == (
        "fuel-cards.yaml",
        line_of("currency: RUB"),
        "currency",
    )
    assert str(fault) == f'fuel-cards.yaml:{fault.line}: unknown word "curency"; did you mean "currency"?'


@pytest.mark.parametrize(
    "old, new, message, suggestion",
    [
        ("currency: RUB", "currency: RBU", 'there is no currency "RBU"', "RUB"),
        (
            "timezone: Europe/Moscow",
            "timezone: Europe/Mosow",
            'there is no time zone "Europe/Mosow"',
            "Europe/Moscow",
        ),
        ("locale: ru_RU", "locale: en_US", 'the locale "en_US" does not speak the language "ru"', None),
        ("country: RU", "country: UU", 'there is no country "UU"', None),
        ("domain: dalniy-hod.example", "domain: dalniy-hod.ru", "nobody owns", None),
        (
            "rights: [customers, communicate, sell, paper]",
            "rights: [customers, comunicate, sell, paper]",
            "comunicate",
            "communicate",
        ),
        ("job_role: sales-manager", "job_role: sales-manger", 'no job role "sales-manger"', "sales-manager"),
        (
            "job_role: lawyer, department: legal",
            "job_role: lawyer, department: legl",
            'no department "legl"',
            "legal",
        ),
        (
            "email: t.belova@dalniy-hod.example",
            "email: t.belova@dalniy-hod.ru",
            "may belong to someone",
            None,
        ),
        ("email: t.belova@dalniy-hod.example", "email: t.belova", "is no e-mail address", None),
        ("{code: kiseleva,", "{code: belova,", 'the code "belova" stands here twice', None),
        ("exit: [contact]", "exit: [contacts]", 'no field of a deal "contacts"', "contact"),
        (
            "exit: [contact]",
            "exit: [custom.vehicle]",
            'no field of a deal "custom.vehicle"',
            "custom.vehicles",
        ),
        ("type: won, probability: 100", "type: won, probability: 90", "has 100", None),
        ("probability: 40", "probability: 20", "less than at the stage before it", None),
        ("probability: 40", "probability: 140", "expected 100 or less", None),
        ("type: lost, probability: 0", "probability: 100", 'no stage is of the type "lost"', None),
        (
            "kind: junk, title: {en: Spam",
            "kind: jnk, title: {en: Spam",
            "needs the kind junk or unqualified",
            "junk",
        ),
        (
            "payment_enough: [received]",
            "payment_enough: [receved]",
            'there is no payment "receved"',
            "received",
        ),
        ("kind: part, title", "kind: prt, title", "needs the kind none or part or full", "part"),
        ("payment_enough: [received]", "payment_enough: []", "no payment is enough", None),
        ("stage_skip: false", "stage_skip: perhaps", "expected true or false", None),
        ("lead_response_hours: 1", "lead_response_hours: soon", "expected a number", None),
        ("lead_response_hours: 1", "lead_response_hours: -1", "expected more than 0", None),
        (
            "discount_limits: {sales-manager",
            "discount_limits: {manager",
            'no job role "manager"',
            "sales-manager",
        ),
        ("type: choice", "type: choise", "choise", "choice"),
        ("type: choice", "type: text", "a field of the type text has no choices", "choice"),
        ("between: [3, 240]", "between: [240, 3]", "the first number is the larger one", None),
        ("valid_from: 2026-01-01", "valid_from: soon", "date", None),
        ("valid_from: 2026-01-01", "valid_from: 2019-01-01", "two values from the same day", None),
        ('inn: "9798012347"', 'inn: "9798012374"', "control digit", None),
        ('inn: "9798012347"', "inn: 9798012347", "quotation marks", None),
        ('account: "40702810000000004180"', 'account: "40702810100000004180"', "does not fit the bank", None),
        ("phone: +7 495 000-04-18", "phone: +7 495", "is no phone of RU", None),
        ('begins: "09:00"', 'begins: "19:00"', "ends before it begins", None),
        ('begins: "09:00"', 'begins: "morning"', "expected a time", None),
        (
            "titles: [Зимнее топливо на сезон",
            'titles: ["Топливо на {count} дней"',
            "{count} stands in a title",
            None,
        ),
        (
            "amount: [180000, 1900000]",
            "amount: [1900000, 180000]",
            "the first amount is the larger one",
            None,
        ),
        ("{companies: 70,", "{companies: seventy,", "expected a whole number", None),
        ("{kind: stale_deal, count: 4}", "{kind: stale_deals, count: 4}", "stale_deals", "stale_deal"),
        (
            "{kind: stale_deal, count: 4}",
            "{kind: stale_deal, count: 61}",
            "do not fit into the small volume",
            None,
        ),
        ("seasons: [0.7,", "seasons: [", "expected at least 12", None),
        ("name: Дальний ход\n", "", '"name" is missing', None),
        ("lead.budget: {en", "Lead-budget: {en", "lower-case Latin letters", None),
    ],
)
def test_a_wrong_passage_is_named_with_its_line(old, new, message, suggestion):
    found = [fault for fault in faults_of(old, new) if message in fault.message]
    assert len(found) == 1, faults_of(old, new)
    assert found[0].suggestion == suggestion
    if new and "is missing" not in message:
        assert abs(found[0].line - line_of(old)) <= 8


def test_all_faults_are_told_at_once_in_the_order_of_their_lines():
    broken = TEXT.replace("RUB", "RBU", 1).replace("probability: 40", "probability: 20")
    faults = faults_of("Europe/Moscow", "Europe/Mosow", broken)
    assert len(faults) == 3
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "expected a company"),
        ("just words", "expected a company"),
        ("- a\n- list", "expected a company"),
        ("code: [unclosed", "not YAML"),
        ("code: a\ncode: b", "the same word stands here twice"),
        ("a: &a [x]\nb: *a", "anchors and aliases"),
        ("code: !!python/object/apply:os.system [ls]", "tags are not used here"),
        ("code: " + "[" * 200 + "]" * 200, "nested deeper"),
        ("code: x\nname: \x00", "company.yaml:2: an invisible character"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(text, message):
    with pytest.raises(CompanyFaults) as caught:
        from_text(text)
    assert message in str(caught.value)
    assert caught.value.faults[0].line >= 1


def test_a_file_under_another_name_is_refused(tmp_path):
    (tmp_path / "fuel-card.yaml").write_text(TEXT, encoding="utf-8")
    with pytest.raises(CompanyFaults) as caught:
        companies(tmp_path)
    assert caught.value.faults[0].suggestion == "fuel-card"
    assert caught.value.faults[0].line == line_of("code: fuel-cards")


def test_one_bad_file_does_not_hide_the_good_ones(tmp_path):
    (tmp_path / "fuel-cards.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    good, bad = read_folder(tmp_path)
    assert set(good) == {"fuel-cards"}
    assert [faults.faults[0].file for faults in bad] == ["binary.yaml", "empty.yaml"]


def test_a_missing_company_names_those_there_are():
    for code in ("fuel-card", "../seeds/fuel-cards", ""):
        with pytest.raises(CompanyFaults) as caught:
            find(code, SEEDS)
        assert "fuel-cards, office-supply" in str(caught.value)
    with pytest.raises(CompanyFaults):
        load_company(SEEDS / "absent.yaml")


def test_a_changed_file_is_read_again(tmp_path):
    path = tmp_path / "fuel-cards.yaml"
    path.write_text(TEXT, encoding="utf-8")
    before = load_company(path)
    assert load_company(path) is before
    path.write_text(TEXT.replace("stale_deal_days: 14", "stale_deal_days: 140"), encoding="utf-8")
    assert load_company(path).rules.stale_deal_days == 140


def words_of_the_schema():
    parts = [
        CompanyFile,
        *(
            part
            for part in vars(company_parts).values()
            if isinstance(part, type)
            and issubclass(part, company_parts.Part)
            and part is not company_parts.Part
        ),
    ]
    return sorted({word for part in parts for word in getattr(part, "model_fields", ())} - {"en", "ru"})


@pytest.mark.parametrize("word", words_of_the_schema())
def test_every_word_of_the_schema_has_its_heading_in_the_reference(word):
    headings = re.findall(r"^#+ (.+)$", (SEEDS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert word in {name.strip("` ") for heading in headings for name in heading.split(",")}

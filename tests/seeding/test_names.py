from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest

from sandbox.kernel.fold import fold, near
from sandbox.kernel.identifiers import (
    check_account,
    check_bic,
    check_correspondent_account,
    check_ein,
    check_inn,
    check_kpp,
    check_ogrn,
    check_ogrnip,
    check_routing,
)
from sandbox.kernel.phones import e164, phone_fault
from sandbox.seeding import phrases, stock_en, stock_ru
from sandbox.seeding.addresses import compose_email, compose_phone, latin
from sandbox.seeding.chance import Chance
from sandbox.seeding.fakes import FAKES, Faked
from sandbox.seeding.ideas import compose_deal
from sandbox.seeding.names import compose_firm, quoted
from sandbox.seeding.people import PersonName, compose_person, compose_position
from sandbox.seeding.requisites import compose_bank
from sandbox.seeding.twins import near_namesake, near_person, spellings
from sandbox.spaces.company import companies

COMPANIES = companies(Path(__file__).parents[2] / "seeds")
BOTH = pytest.mark.parametrize("company", COMPANIES.values(), ids=COMPANIES)


def chance(code="fuel-cards", seed=7, **how):
    return Chance(seed, COMPANIES[code], **how)


def firms(code, count=300, **how):
    drawn = chance(code, **how)
    return [compose_firm(drawn) for _ in range(count)]


@BOTH
def test_the_same_seed_makes_the_same_firms_people_and_deals(company):
    def made(seed):
        drawn = Chance(seed, company)
        stages = company.pipeline().stages
        return [
            (compose_firm(drawn), compose_person(drawn), compose_deal(drawn, stage), phrases.note(drawn))
            for stage in stages * 5
        ]

    assert made(3) == made(3)
    assert made(3) != made(4)


def test_a_russian_firm_has_numbers_that_hold():
    for firm in firms("fuel-cards"):
        assert check_inn(firm.inn, sole_trader=firm.sole_trader) is None
        assert check_bic(firm.bank.bic) is None
        assert check_account(firm.bank.account, firm.bank.bic) is None
        assert check_correspondent_account(firm.bank.correspondent_account, firm.bank.bic) is None
        assert firm.ein is None


def test_a_sole_trader_has_twelve_digits_a_person_and_no_kpp():
    traders = [firm for firm in firms("fuel-cards") if firm.sole_trader]
    assert traders
    for firm in traders:
        assert len(firm.inn) == 12
        assert check_ogrnip(firm.ogrn) is None
        assert firm.kpp is None
        assert firm.name == f"ИП {firm.owner.initials}"
        assert firm.full_name == f"Индивидуальный предприниматель {firm.owner.full}"
        assert firm.bank.account.startswith("40802")


def test_a_legal_entity_has_a_kpp_of_its_tax_office():
    entities = [firm for firm in firms("fuel-cards") if not firm.sole_trader]
    for firm in entities:
        assert check_kpp(firm.kpp) is None
        assert firm.kpp[:4] == firm.inn[:4]
        assert check_ogrn(firm.ogrn) is None
        assert firm.name == f"{firm.form} «{firm.brand.replace('«', '„').replace('»', '“')}»"
    assert {firm.form for firm in entities} == {"ООО", "АО"}


def test_tax_numbers_belong_to_regions_that_do_not_exist():
    assert {firm.inn[:2] for firm in firms("fuel-cards")} <= {"97", "98"}


def test_an_american_firm_has_american_numbers_only():
    for firm in firms("office-supply"):
        assert check_ein(firm.ein) is None
        assert check_routing(firm.bank.bic) is None
        assert (firm.inn, firm.kpp, firm.ogrn) == (None, None, None)
        assert firm.phone[:2] == "+1"
        assert "55501" in firm.phone


@BOTH
def test_nothing_leads_to_a_real_mailbox_or_phone(company):
    drawn = Chance(5, company)
    for firm in (compose_firm(drawn) for _ in range(200)):
        assert firm.email.endswith(".example")
        assert firm.website.endswith(".example")
        assert firm.email.isascii()
        assert phone_fault(firm.phone, company.country) is None
        assert firm.phone[5:8] in ("000", "555")


@BOTH
def test_codes_of_a_firm_are_the_company_files_own(company):
    drawn = Chance(9, company)
    for firm in (compose_firm(drawn) for _ in range(100)):
        assert firm.industry in company.codes("industries")
        assert firm.region in company.codes("regions")
        assert firm.place.city in firm.address


@BOTH
def test_a_whole_large_volume_has_no_two_alike(company):
    drawn = Chance(1, company)
    made = [compose_firm(drawn) for _ in range(3000)]
    people = [compose_person(drawn) for _ in range(3000)]
    for values in (
        [fold(firm.brand) for firm in made],
        [firm.domain for firm in made],
        [firm.phone for firm in made],
        [firm.inn or firm.ein for firm in made],
        [fold(person.name) for person in people],
    ):
        assert Counter(values).most_common(1)[0][1] == 1


@BOTH
def test_the_last_phone_of_a_large_volume_is_a_phone_like_the_first(company):
    drawn = Chance(2, company)
    phones = [compose_phone(drawn) for _ in range(12_000)]
    assert len(set(phones)) == len(phones)
    assert not [phone for phone in phones[-500:] if phone_fault(phone, company.country)]


@pytest.mark.parametrize(
    "code, wanted",
    [
        ("fuel-cards", ["О’Нил", "Д'Артаньян", "Специализированное", "Ёлки"]),
        ("office-supply", ["O'Neil", "Café", "<b>", '"Paper"']),
    ],
)
def test_nasty_names_are_among_them_on_purpose(code, wanted):
    names = " ".join(firm.name for firm in firms(code, 60, nasty=1.0))
    for part in wanted:
        assert part in names
    assert not any(nasty in " ".join(firm.name for firm in firms(code, 60, nasty=0)) for nasty in wanted)


def test_quotation_marks_inside_a_name_become_the_inner_ones():
    assert quoted("Компания «Большак»") == "«Компания „Большак“»"


def test_adjectives_agree_with_their_nouns():
    ends = {0: ("ый", "ий", "ой"), 1: ("ая", "яя"), 2: ("ое", "ее"), 3: ("ые", "ие")}
    gender = dict(chain(stock_ru.ROAD_NOUNS, *stock_ru.NOUNS_BY_INDUSTRY.values()))
    seen = 0
    for firm in firms("fuel-cards", 400, nasty=0):
        words = firm.brand.split(" ")
        if len(words) == 2 and words[1] in gender and words[0] not in ("Семь", "Три", "Два", "Пять", "Сто"):
            assert words[0].endswith(ends[gender[words[1]]]), firm.brand
            seen += 1
    assert seen > 100


def test_russian_names_agree_in_gender():
    drawn = chance(nasty=0)
    for person in (compose_person(drawn) for _ in range(400)):
        assert person.first in (stock_ru.FEMALE if person.female else stock_ru.MALE)
        assert (person.middle or "").endswith("на" if person.female else "ич")
        if person.last.endswith(("ова", "ева", "ёва", "ина", "ая")):
            assert person.female
        if person.last.endswith(("ов", "ев", "ёв", "ин", "ий", "ый")):
            assert not person.female


def test_a_person_of_a_wanted_gender():
    drawn = chance(nasty=0.5)
    assert all(compose_person(drawn, female=True).female for _ in range(50))
    assert not any(compose_person(drawn, female=False).female for _ in range(50))


def test_papers_write_a_russian_name_from_the_last_and_an_american_from_the_first():
    zhanna = PersonName("Жанна", "Андреевна", "Ложкина", True)
    assert (zhanna.name, zhanna.full, zhanna.initials) == (
        "Жанна Ложкина",
        "Ложкина Жанна Андреевна",
        "Ложкина Ж. А.",
    )
    assert PersonName("Simon", "F.", "Hale", False).full == "Simon F. Hale"


@pytest.mark.parametrize(
    "text, spelled",
    [
        ("Кедровый тракт", "kedrovyy-trakt"),
        ("О’Нил и партнёры", "onil-i-partnery"),
        ("Щёкинский большак", "shchekinskiy-bolshak"),
        ("D’Angelo’s Café", "dangelos-cafe"),
        ("Ünal & Åström", "unal-astrom"),
    ],
)
def test_names_are_spelled_in_latin_letters(text, spelled):
    assert latin(text.replace("’", "'")) == spelled
    assert latin(text) == spelled


def test_namesakes_of_one_firm_get_addresses_of_their_own():
    drawn = chance()
    person = PersonName("Жанна", None, "Ложкина", True)
    assert len({compose_email(drawn, person, "firma.example") for _ in range(5)}) == 5


@BOTH
def test_a_twin_is_another_firm_and_easily_taken_for_it(company):
    drawn = Chance(11, company, nasty=0.2)
    for firm in (compose_firm(drawn) for _ in range(300)):
        twin = near_namesake(firm.name, drawn)
        assert fold(twin) != fold(firm.name)
        assert near(twin, firm.name) or len(firm.brand) < 8, (firm.name, twin)


def test_a_twin_without_a_random_depends_on_the_name_alone():
    assert near_namesake("ООО «Кедровый тракт»") == near_namesake("ООО «Кедровый тракт»")
    assert near_namesake("Northwind West") != "Northwind West"
    assert near_namesake("А")


@BOTH
def test_a_near_person_shares_last_name_and_gender(company):
    drawn = Chance(2, company, nasty=0)
    for person in (compose_person(drawn) for _ in range(50)):
        other = near_person(person, drawn)
        assert (other.last, other.female) == (person.last, person.female)
        assert other.first != person.first


@BOTH
def test_every_spelling_of_a_phone_is_the_same_phone(company):
    drawn = Chance(2, company)
    for phone in (compose_phone(drawn) for _ in range(30)):
        typed = spellings(phone)
        assert len(set(typed)) == len(typed) >= 5
        assert {e164(one, company.country) for one in typed} == {phone}


@BOTH
def test_a_deal_is_about_a_product_and_its_sum_lies_in_the_products_range(company):
    drawn = Chance(2, company)
    for stage in company.pipeline().stages:
        for _ in range(60):
            idea = compose_deal(drawn, stage)
            low, high = (limit * (idea.count or 1) for limit in idea.product.deals.amount)
            step = idea.product.deals.step * 5
            assert low - step <= idea.amount <= high + step
            assert idea.amount > 0
            assert "{" not in idea.title


@BOTH
def test_surer_deals_are_smaller_on_the_whole(company):
    stages = {stage.code: stage for stage in company.pipeline().stages}
    product = next(product for product in company.products if product.deals.count is None)
    drawn = Chance(2, company)

    def mean(code):
        return sum(compose_deal(drawn, stages[code], product).amount for _ in range(300)) / 300

    assert mean("new") > mean("negotiation") > mean("won")


def test_russian_counts_take_the_plural_of_many():
    drawn = chance()
    offer = COMPANIES["fuel-cards"].stage("offer")
    assert offer is not None
    counts = [compose_deal(drawn, offer).count for _ in range(200)]
    assert all(
        count % 10 in (0, 5, 6, 7, 8, 9) or count % 100 in (11, 12, 13, 14) for count in counts if count
    )


@BOTH
def test_there_are_words_for_every_stage_outcome_and_reason(company):
    drawn = Chance(2, company)
    for stage in company.codes("stages"):
        for outcome in company.codes("call_outcomes"):
            said = phrases.call_note(drawn, stage, outcome, "Ефим Тихий")
            assert said and "{" not in said, (stage, outcome)
        assert phrases.task_subject(drawn, stage)
        assert all(phrases.mail(drawn, stage))
        if company.stage(stage).type != "lost":
            assert phrases.next_step(drawn, stage)
    for reason in company.codes("lost_reasons"):
        assert phrases.lost_note(drawn, reason), reason
    for reason in company.codes("reject_reasons"):
        assert phrases.reject_note(drawn, reason), reason
    assert phrases.request(drawn) and phrases.note(drawn) and phrases.task_result(drawn)
    assert all(phrases.meeting(drawn))


@BOTH
def test_positions_fit_the_role_in_the_deal(company):
    stock = stock_ru if company.language == "ru" else stock_en
    assert set(company.codes("contact_roles")) == set(stock.POSITIONS)
    drawn = Chance(2, company)
    assert compose_position(drawn, "decision-maker") in stock.POSITIONS["decision-maker"]
    assert compose_position(drawn, None) in stock.OTHER_POSITIONS


@BOTH
def test_every_fake_of_a_scenario_can_be_made(company):
    fakes = Faked(Chance(2, company))
    assert all(isinstance(fakes.make(word), str) and fakes.make(word) for word in FAKES)
    with pytest.raises(KeyError):
        fakes.make("moon")


def test_a_sole_traders_account_is_a_sole_traders():
    assert compose_bank(chance(), sole_trader=True).account.startswith("40802810")


def test_two_threads_that_draw_at_once_do_not_mix_their_chances():
    def people(seed):
        drawn = chance(seed=seed, nasty=0)
        return [compose_person(drawn) for _ in range(400)]

    alone = [people(seed) for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(people, range(4))) == alone

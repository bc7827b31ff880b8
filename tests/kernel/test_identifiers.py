import pytest

from sandbox.kernel.identifiers import (
    Rule,
    check_account,
    check_bic,
    check_correspondent_account,
    check_ein,
    check_inn,
    check_kpp,
    check_ogrn,
    check_ogrnip,
    check_routing,
    compact,
)


@pytest.mark.parametrize(
    "number, sole_trader, rule",
    [
        ("7707083893", None, None),
        ("77 0708-3893", False, None),
        ("7707083893", True, Rule.length),
        ("7707083839", None, Rule.checksum),
        ("500100732259", True, None),
        ("500100732259", False, Rule.length),
        ("500100732295", None, Rule.checksum),
        ("77070838", None, Rule.length),
        ("77O7083893", None, Rule.digits),
        ("", None, Rule.empty),
    ],
)
def test_a_tax_number_says_which_rule_failed(number, sole_trader, rule):
    assert check_inn(number, sole_trader=sole_trader) == rule


@pytest.mark.parametrize(
    "code, rule",
    [
        ("773601001", None),
        ("7736AB001", None),
        ("77360100", Rule.length),
        ("", Rule.empty),
        ("77-36Б1001", Rule.digits),
    ],
)
def test_a_registration_reason_code_has_nine_characters(code, rule):
    assert check_kpp(code) == rule


@pytest.mark.parametrize(
    "number, rule",
    [
        ("1027700132195", None),
        ("1027700132159", Rule.checksum),
        ("304500116000157", Rule.length),
        ("102770013219A", Rule.digits),
    ],
)
def test_a_firm_state_number_has_thirteen_digits_and_a_control(number, rule):
    assert check_ogrn(number) == rule


def test_a_sole_trader_state_number_has_fifteen_digits_and_a_control():
    assert check_ogrnip("304500116000157") is None
    assert check_ogrnip("304500116000175") is Rule.checksum
    assert check_ogrnip("1027700132195") is Rule.length


def test_an_account_must_fit_its_bank():
    assert check_correspondent_account("30101810400000000225", "044525225") is None
    assert check_correspondent_account("30101810400000000225", "044525974") is Rule.bank
    key = next(d for d in range(10) if check_account(f"40702810{d}00000000001", "044525225") is None)
    assert check_account(f"40702810{(key + 1) % 10}00000000001", "044525225") is Rule.bank
    assert check_account("407028", "044525225") is Rule.length
    assert check_bic("144525225") is Rule.component


def test_american_numbers():
    assert check_ein("91-1144442") is None
    assert check_ein("07-1144442") is Rule.component
    assert check_routing("111000025") is None
    assert check_routing("111000052") is Rule.checksum


def test_compacting_drops_what_people_add():
    assert compact(" 77 36-ab.001 ") == "7736AB001"

"""Telephone numbers: kept as E.164, shown for people, found in any spelling."""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from sandbox.kernel.fold import digits, needle

_SHORTEST_PHONE_QUERY = 4
_FAULTS = {
    ValidationResult.TOO_SHORT: "short",
    ValidationResult.TOO_LONG: "long",
    ValidationResult.INVALID_LENGTH: "length",
    ValidationResult.INVALID_COUNTRY_CODE: "country",
    # A number that works only inside one town cannot be kept with its country.
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "short",
}


def _parsed(text: str | None, region: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text or "", region.upper())
    except NumberParseException:
        return None


def e164(text: str | None, region: str) -> str | None:
    """'8 (900) 000-12-34' in RU → '+79000001234'; None when the text is no possible number."""
    number = _parsed(text, region)
    if number is None or phonenumbers.is_possible_number_with_reason(number) in _FAULTS:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def phone_fault(text: str | None, region: str) -> str | None:
    """Why the text is no phone: empty, not_a_number, country, short, long, length; None when it is one."""
    if not (text or "").strip():
        return "empty"
    try:
        number = phonenumbers.parse(text or "", region.upper())
    except NumberParseException as fault:
        if fault.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            return "country"
        if fault.error_type == NumberParseException.TOO_LONG:
            return "long"
        return "not_a_number"
    return _FAULTS.get(phonenumbers.is_possible_number_with_reason(number))


@lru_cache(maxsize=4096)
def pretty(number: str | None) -> str:
    """'+79000001234' → '+7 900 000-12-34', '+12025550143' → '+1 (202) 555-0143'; other text unchanged."""
    parsed = _parsed(number, "ZZ")
    if parsed is None:
        return number or ""
    if parsed.country_code == 1 and len(str(parsed.national_number)) == 10:
        national = str(parsed.national_number)
        return f"+1 ({national[:3]}) {national[3:6]}-{national[6:]}"
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def search_needles(query: str | None, region: str) -> list[tuple[str, ...]]:
    """The ways in which a query may stand inside a `search_key`, each a tuple of which all must stand there.

    Letters are words, in whatever order: «Дарья Алексеева» is found with her patronymic between. Figures stay
    together: as they were written, their digits, and the full number of the phone.
    """
    words = needle(query)
    if not words:
        return []
    # A query with letters is a name or an address; its digits alone would find strangers.
    if any(mark.isalpha() for mark in words):
        return [tuple(dict.fromkeys(words.split()))]
    found = [words]
    number = digits(query)
    if len(number) >= _SHORTEST_PHONE_QUERY:
        found.append(number)
        whole = e164(query, region)
        if whole:
            found.append(whole.removeprefix("+"))
        elif region.upper() == "RU" and number[0] == "8" and len(number) < 11:
            # A number still being typed: the home prefix 8 stands where the stored one has 7.
            found.append("7" + number[1:])
    return [(form,) for form in dict.fromkeys(found)]

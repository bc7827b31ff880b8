"""Quotation marks inside the same quotation marks: «ООО „Вектор“», “the ‘Star’ offer”."""

_PAIRS = {"«": "»", "“": "”"}
_INNER = {"«": "„", "»": "“", "“": "‘", "”": "’"}


def nest_quotes(sentence: str) -> str:
    """The sentence with quotes inside quotes as print has them; untouched where they do not pair up."""
    if "„" in sentence:
        return sentence  # nested already, and its closing mark is the English opening one
    told: list[str] = []
    awaited: list[str] = []
    for mark in sentence:
        closes = mark in _PAIRS.values()
        if closes and (not awaited or awaited.pop() != mark):
            return sentence
        is_inner = (mark if closes else _PAIRS.get(mark)) in awaited
        told.append(_INNER[mark] if is_inner and mark in _INNER else mark)
        if mark in _PAIRS:
            awaited.append(_PAIRS[mark])
    return sentence if awaited else "".join(told)

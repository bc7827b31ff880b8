"""Text as two careful readers would agree on it."""


def fold(words: str) -> str:
    """Words without what the hand varies: case, ё for е, and spaces around and between."""
    return " ".join(words.casefold().replace("ё", "е").split())

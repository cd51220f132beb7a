"""Surnames that translation left over: Professor孙 is Professor Sun."""

from pipeline.words.dictionary import Dictionary

_TONES = str.maketrans("", "", "012345")
_MOST_LETTERS = 2
"""Chinese surnames have one letter, a few old ones two: 欧阳."""


def surname(term: str, dictionary: Dictionary) -> str | None:
    """Return how the surname `term` is written in Latin letters; None where the dictionary knows no such surname.

    >>> words = Dictionary.parse("孫 孙 [Sun1] /surname Sun/", name="CC-CEDICT", sha256="")
    >>> surname("孙", words), surname("飞", words)
    ('Sun', None)
    """
    if len(term) > _MOST_LETTERS:
        return None
    for entry in dictionary.entries(term):
        if any(sense.startswith("surname ") for sense in entry.senses):
            return entry.pinyin.translate(_TONES).replace("u:", "ü").replace(" ", "").capitalize()
    return None

"""What a dictionary says a run is: a name it knows, a common word, or nothing it has ever listed.

On pages that leak, a bare run that the dictionary does not list is hardly ever left over: what a translator fails to
translate is a word, and what nobody lists is a person, a shop or a series.
"""

from enum import Enum

import regex

from pipeline.words.dictionary import Dictionary, Entry

_HAN_WORD = regex.compile(r"\p{Han}{2,5}")
"""Single letters mean too much, and longer runs are seldom listed, whatever they are."""
_LEAST_IDIOM = 4
"""Han letters of an idiom."""
_NO_SENSE = regex.compile(r"(?:surname |(?:old |erroneous )?variant of |used in )")
"""What an entry says of a form without a meaning of its own."""


class Listed(Enum):
    """How a dictionary lists a run."""

    WORD = "word"
    NAME = "name"
    NOWHERE = "nowhere"


def listed(run: str, dictionary: Dictionary) -> Listed | None:
    """Return how `dictionary` lists `run`; None where its silence would mean nothing.

    >>> text = "晉江 晋江 [Jin4 jiang1] /Jinjiang, a city/\\n" "短缺 短缺 [duan3 que1] /shortage/"
    >>> words = Dictionary.parse(text, name="CC-CEDICT", sha256="")
    >>> [found.value for run in ("晋江", "短缺", "宋梓", "的") if (found := listed(run, words))]
    ['name', 'word', 'nowhere']
    """
    if not _HAN_WORD.fullmatch(run):
        return None
    entries = dictionary.entries(run)
    if not entries:
        return Listed.NOWHERE
    return Listed.WORD if any(map(_is_word, entries)) else Listed.NAME


def is_of_words(run: str, dictionary: Dictionary) -> bool:
    """Return whether `run` is two common words of two letters each, as compounds are that no dictionary lists.

    >>> text = "库存 库存 [ku4 cun2] /stock/\\n" "周转 周转 [zhou1 zhuan3] /turnover/"
    >>> words = Dictionary.parse(text, name="CC-CEDICT", sha256="")
    >>> is_of_words("库存周转", words), is_of_words("库存林林", words)
    (True, False)
    """
    return len(run) == 4 and all(listed(half, dictionary) is Listed.WORD for half in (run[:2], run[2:]))


def is_idiom(run: str, dictionary: Dictionary) -> bool:
    """Return whether `dictionary` lists `run` as an idiom: four letters or more that mean one thing together.

    >>> text = "換湯不換藥 换汤不换药 [huan4 tang1 bu4 huan4 yao4] /a change in name only (idiom)/"
    >>> is_idiom("换汤不换药", Dictionary.parse(text, name="CC-CEDICT", sha256=""))
    True
    """
    entries = dictionary.entries(run) if len(run) >= _LEAST_IDIOM else ()
    return any("(idiom)" in sense for entry in entries for sense in entry.senses)


def is_verb(run: str, dictionary: Dictionary) -> bool:
    """Return whether `dictionary` knows nothing but verbs for `run`.

    >>> text = "拋售 抛售 [pao1 shou4] /to dump (selling abroad more cheaply than at home)/"
    >>> is_verb("抛售", Dictionary.parse(text, name="CC-CEDICT", sha256=""))
    True
    """
    senses = [sense for entry in dictionary.entries(run) for sense in entry.senses]
    return bool(senses) and all(sense.startswith("to ") for sense in senses)


def _is_word(entry: Entry) -> bool:
    """Return whether an entry is a common word: names are spelled with a capital, and some forms mean nothing."""
    return entry.pinyin[:1].islower() and any(not _NO_SENSE.match(sense) for sense in entry.senses)

"""The translation that stands right beside a run, in any script: in brackets, before brackets, or across a slash."""

import regex

from pipeline.fragments.gloss import Bracket, Gloss, bracket_after, bracket_around, glosses_in, paraphrase_in, rules
from pipeline.fragments.gloss_before import likely_gloss
from pipeline.languages.chinese import variant
from pipeline.languages.language_tag import primary
from pipeline.languages.script import Run
from pipeline.words.pinyin import is_reading, is_spelling

_MOST_INNER = 60
_MOST_BRIEF = 5
"""Words of a translation; more are a meaning told at length, which stands for the word nowhere else."""
_MOST_TOLD = 160
"""Code points after a run in which its meaning is told."""
_BRACKET = regex.compile(rf"[”\"'’»」』》]?[ ]?[(（]([^()（）\n]{{1,{_MOST_INNER}}})[)）]")
_WORD_BEFORE = regex.compile(r"(?<![\p{L}'’])([\p{Ll}'’]+)[”\"'»]? ?[(（][“\"'‘「]?$")
_SYLLABLES = range(2, 4)
"""Single syllables are words of English too often (pan, men, can), four of them words of Spanish (repentina)."""
_ODD = regex.compile(r"x|q|z|j|ao|iu|uan|ian|ui|uo|ei|ong|eng|ou")
"""Spellings that few European words have; without one it may be luna, mango or change."""
_HANGS = regex.compile(r"[\p{L}\p{M}\p{Nd}%,;:]")
_DIGIT = regex.compile(r"\d")
_NUMERAL = regex.compile(r"[\d〇一二两兩三四五六七八九十百千万萬亿億半]")
_SLASH = regex.compile(r"([^/|\n]{4,160}?) ?[/|] ?$")
_UNSPACED = ("Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr")
_MOST_SYLLABLES = 12
_TRIM = " “”\"'‘’«»「」『』《》,，:："
_WORD = {
    "Hani": regex.compile(
        r"(?:^|[^\p{Han}]|[的了是在做把被和与與用先都着著过過再就也很不为為叫有个個种種这這那从從对對])(\p{Han}{2,8})$"
    ),
    "Jpan": regex.compile(
        r"(?:^|[^\p{Han}])(\p{Han}{2,8})$|(?:^|[^\p{Katakana}ー])([\p{Katakana}ー]{3,})$"
        r"|(?:^|[^\p{Han}])(\p{Han}{1,5}(?:\p{Hiragana}{1,2}\p{Han}{1,2}){0,2}[いきしちりえけせてめれし])$"
    ),
}
"""The word that ends a text without spaces: what a particle or another kind of letter parts from the rest."""
_FOUR = regex.compile(r"(\p{Han}{4})$")
_QUOTED = regex.compile(r"[「“『]([\p{L}\p{M}ー]{2,10})[」”』]$")
_LETTERS = {
    "Hani": regex.compile(r"[\p{Han}·、]+"),
    "Jpan": regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー・]+"),
    "Kore": regex.compile(r"\d*\p{Hangul}[\p{Hangul}\d ]*"),
    "Cyrl": regex.compile(r"\p{Cyrillic}[\p{Cyrillic}\d '’-]*"),
}
"""What a translation looks like in the scripts where `pipeline.fragments.gloss` does not read it."""


def gloss_beside(text: str, run: Run, language: str, host: str) -> Gloss | None:
    """Return the translation beside `run`, None where none stands there; `host` is the script of `language`.

    >>> from pipeline.languages.script import Run
    >>> [gloss.text for gloss in [gloss_beside("이 과거(科擧)라고", Run(5, 7, "Hani"), "ko", "Kore")] if gloss]
    ['과거']
    """
    around = bracket_around(text, run.start, run.end)
    if around:
        if found := _told_after(text, run, language, "paired") or _before(text, around, run, host):
            return found
        return (
            _unspaced_before(text, around, host) if host in _UNSPACED else likely_gloss(text, around, language=language)
        )
    after = bracket_after(text, run.end)
    glosses = glosses_in(text, after) if after else ()
    if glosses:
        return None if _is_no_translation(glosses[0].text, text[run.start : run.end]) else glosses[0]
    # A meaning told at length is one beside what leaked; elsewhere it is a remark as often.
    told = paraphrase_in(text, after) if after and _is_no_guest(text, run, language) else None
    told = told or _in_bracket_after(text, run, host) or _before_slash(text, run)
    return told or _told_after(text, run, language, "told")


def apposed_after(text: str, run: Run, language: str) -> Gloss | None:
    """Return the translation that stands after `run` without brackets, mostly in quotes: so a word is spoken of.

    >>> apposed_after("It says 石磨面馆, “stone-mill noodle house”, in red.", Run(8, 12, "Hani"), "en").text
    'stone-mill noodle house'
    """
    return _told_after(text, run, language, "apposed")


def told_briefly(text: str, run: Run, language: str) -> Gloss | None:
    """Return the translation that a sentence tells of `run` in a few words, no meaning at length.

    >>> told_briefly("trade as a 期权, i.e. an option, at a loss", Run(11, 13, "Hani"), "en").text
    'option'
    """
    told = _told_after(text, run, language, "told")
    brief = told if told and len(told.text.split()) <= _MOST_BRIEF else None
    return _told_after(text, run, language, "paired") or brief


def _is_no_guest(text: str, run: Run, language: str) -> bool:
    """Return whether a run hangs on the word before it or stands where a common word of the host's has to."""
    if _HANGS.match(text[max(0, run.start - 1) : run.start]):
        return True
    before = text[max(0, run.start - _MOST_INNER) : run.start]
    return any(rule.pattern.search(before) for rule in rules("slot") if rule.language in ("", primary(language)))


def has_reading_after(text: str, run: Run) -> bool:
    """Return whether a bracket right after `run` says how it is pronounced.

    >>> has_reading_after("便宜 (piányi) is", Run(0, 2, "Hani"))
    True
    """
    found = _BRACKET.match(text, run.end)
    parts = found.group(1).split(",") if found else ()
    return any(is_reading(part.strip(), run.end - run.start) for part in parts)


def is_romanized(text: str, run: Run) -> bool:
    """Return whether the word beside a Han run, in brackets or before them, is how the run sounds, without tones.

    >>> is_romanized("call it guanxi (关系) there", Run(16, 18, "Hani"))
    True
    """
    letters = run.end - run.start
    after = _BRACKET.match(text, run.end)
    before = _WORD_BEFORE.search(text, max(0, run.start - _MOST_INNER), run.start)
    words = [found.group(1).strip(_TRIM) for found in (after, before) if found]
    return any(_is_romanization(word, letters) for word in words)


def _is_no_translation(gloss: str, word: str) -> bool:
    """Return whether what stands in brackets is a reading, or a remark with figures that the word does not have."""
    if is_reading(gloss, len(word)) or _is_romanization(gloss, len(word)):
        return True
    return _has_figure_of_its_own(gloss, word)


def _has_figure_of_its_own(gloss: str, word: str) -> bool:
    return _DIGIT.search(gloss) is not None and not _NUMERAL.search(word)


def _is_romanization(word: str, letters: int) -> bool:
    """Return whether `word` spells that many Han letters, and is no word of a European language by chance."""
    return letters in _SYLLABLES and word.islower() and bool(_ODD.search(word)) and is_spelling(word, letters)


def _told_after(text: str, run: Run, language: str, role: str) -> Gloss | None:
    """Return the meaning told right after a run, as rows of `role` find it; None where nothing tells it.

    >>> _told_after("wait for 出水, the moment when the net is lifted.", Run(9, 11, "Hani"), "en", "told").text
    'the moment when the net is lifted'
    """
    floor, end = max(0, run.start - _MOST_INNER), run.end + _MOST_TOLD
    around = f"{text[floor : run.start]}⟦{text[run.start : run.end]}⟧{text[run.end : end]}"
    for rule in rules(role):
        found = rule.pattern.search(around) if rule.language in ("", primary(language)) else None
        if found:
            start, until = found.span("told")
            at = floor - len("⟦⟧")
            return Gloss(found["told"], at + start, at + until, False)
    return None


def _in_bracket_after(text: str, run: Run, host: str) -> Gloss | None:
    found = _BRACKET.match(text, run.end)
    letters = _LETTERS.get(host)
    if not found or letters is None:
        return None
    inner = found.group(1)
    word = inner.strip(_TRIM)
    start = found.start(1) + inner.find(word)
    if not letters.fullmatch(word) or _has_figure_of_its_own(word, text[run.start : run.end]):
        return None
    return Gloss(word, start, start + len(word), False)


def _before(text: str, around: Bracket, run: Run, host: str) -> Gloss | None:
    """Return what a bracket with `run` in it follows, where the number of letters tells how much that is."""
    if {host, run.script} != {"Kore", "Hani"} or run.end - run.start > 8:
        return None
    number = run.end - run.start
    floor = max(0, around.start - _MOST_SYLLABLES)
    found = _LETTERS[host].search(text[floor : around.start].rpartition(" ")[2])
    word = found.group() if found else ""
    if len(word) < number or not text.endswith(word, 0, around.start):
        return None
    # Han and Hangul spell a word in as many letters, so what goes before is another word; simplified letters
    # are no Korean spelling: what stands before them is how a name sounds.
    if variant(text[run.start : run.end]) != "Hans":
        word = word[-number:]
    return Gloss(word, around.start - len(word), around.start, False)


def _unspaced_before(text: str, around: Bracket, host: str) -> Gloss | None:
    """Return the word that a bracket follows where no spaces part words; None where nothing says where it begins.

    >>> from pipeline.fragments.gloss import bracket_around
    >>> text = "まだ丸暗記（刷题）が"
    >>> _unspaced_before(text, bracket_around(text, 6, 8), "Jpan").text
    '丸暗記'
    """
    floor = max(0, around.start - _MOST_SYLLABLES)
    pattern = _WORD.get(host)
    found = _QUOTED.search(text, floor, around.start) or (
        pattern.search(text, floor, around.start) if pattern else None
    )
    if not found and host == "Hani":
        # Nothing says where the word begins; most that need an original beside them have four letters.
        found = _FOUR.search(text, floor, around.start)
    if not found:
        return None
    word = next(filter(None, found.groups()))
    return Gloss(word, around.start - len(word), around.start, False)


def _before_slash(text: str, run: Run) -> Gloss | None:
    """Return the line's first half where the run is its second: a page in two languages side by side."""
    if text[run.end :].strip(" .。"):
        return None
    found = _SLASH.match(text, 0, run.start)
    if not found or found.end() != run.start:
        return None
    return Gloss(found.group(1), found.start(1), found.end(1), False)

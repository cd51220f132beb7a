"""Gather the translations that a page itself puts in brackets beside a word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import regex

from pipeline.document import Document, GlossPair, Segment
from pipeline.edit import to_exact_source
from pipeline.fragments.beside import apposed_after, gloss_beside, told_briefly
from pipeline.fragments.foreign import autonyms, foreign_runs, run_language
from pipeline.fragments.gloss import Bracket, Gloss, brackets, glosses_in, language_by_words, original_in
from pipeline.fragments.gloss_before import is_perhaps_half, is_perhaps_longer, is_too_short, reversed_gloss
from pipeline.fragments.term_border import term_before
from pipeline.languages.chinese import variant
from pipeline.languages.language_tag import primary
from pipeline.languages.script import script

_HAN_LETTER = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_OTHER_BESIDE = regex.compile(
    r"[\p{L}\p{M}--\p{Latin}](?:[”\"’»」』》]?(?:,|:| [–—-])? ?[(（]?[“\"„«]|[”\"’」』]: \p{Ll}| ?[(（]\p{Latin})"
    r"|\p{Latin}[”\"’»]? ?[(（][\p{L}--\p{Latin}]|[\p{L}--\p{Latin}][”\"’»」』]?(?:, \p{Ll}| ?[\[［]\p{Ll})",
    regex.V1,
)
"""A letter of another alphabet with what may be its translation, in brackets or quotes or behind a comma."""
_TRANSLATED = regex.compile(
    r"(?<![\p{Latin}\p{N}'’.-][ ]?)(?<![\p{Latin}\p{N}'’.-])(?P<term>[a-z]{3,}(?:[ -][a-z]{2,}){0,3}|\p{Lu}{3,6})"
    r"(?:\p{Han}{2})? ?[(（](?P<words>\p{Han}{2,12})[)）]"
)
"""English words, or a short form and the noun that it belongs to, with Chinese in brackets behind them."""
_HAN_TAIL = regex.compile(r"[\p{Han}\p{Hira}\p{Kana}ー〇][\p{Han}\p{Hira}\p{Kana}ー〇·・、]*$")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_BRACKETED = regex.compile(r"[(（][^()（）\n]{0,90}[)）]")
_HAN_RUN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]+")
_LATIN_RUN = regex.compile(r"\p{Latin}+")
_MOST_SAMPLE = 30_000
"""Code points of a document in which terms are looked for again."""
_CLOSING = "”\"’'»」』》〉】"
_LATIN_A_HAN = 3
"""Latin letters that weigh as much as one Han letter where it is asked what a segment is written in."""


@dataclass(frozen=True, slots=True)
class _Found:
    term: str
    start: int
    """Offset in the document's current text."""
    translation: str
    language: str
    origin: str


def may_hold_glosses(text: str) -> bool:
    """Whether a document with this `text` can have glosses: most have not, and need no segments to tell."""
    if ("(" in text or "（" in text) and _HAN_LETTER.search(text) is not None:
        return True
    return not text.isascii() and _OTHER_BESIDE.search(text) is not None


def harvest_glosses(doc: Document) -> Document:
    """Return `doc` with the gloss pairs of all its segments.

    Needs nothing but the segments' text, so that it can run as a first pass over a corpus; a language that a
    segment already has is used for the translation's.
    """
    hosts = [segment for segment in doc.segments if may_hold_glosses(segment.text)]
    if not hosts:
        return replace(doc, glosses=())
    sample = doc.text[:_MOST_SAMPLE]
    chinese = [_is_in_chinese(segment) for segment in hosts]
    found = [list(_pairs(*host, {}, sample)) for host in zip(hosts, chinese, strict=True)]
    known = {pair.term: pair.translation for pairs in reversed(found) for pair in reversed(pairs)}
    if len(known) > 1:
        # Terms that one bracket explains tell where a neighbour of theirs begins in another place, in solid writing.
        for at in (at for at, solid in enumerate(chinese) if solid):
            found[at] = list(_pairs(hosts[at], True, known, sample))
    return replace(doc, glosses=tuple(_in_source(doc, [pair for pairs in found for pair in pairs])))


def _language_of(term: str, document_variant: str | None) -> str:
    """Return the language of a term, whatever its script."""
    if _HAN_LETTER.search(term):
        return _han_language(term, document_variant)
    return "en" if term.isascii() else run_language(term, script(term), document_variant)


def _in_source(doc: Document, found: list[_Found]) -> Iterator[GlossPair]:
    if not found:
        return
    document_variant = variant("".join(segment.text for segment in doc.segments))
    fallback = ""
    spans = to_exact_source(doc.ledger, ((pair.start, pair.start + 1) for pair in found))
    for pair, (start, _) in zip(found, spans, strict=True):
        language = pair.language
        if language == "und":
            fallback = fallback or language_by_words(_latin_text(doc))
            language = fallback
        term_language = _language_of(pair.term, document_variant)
        yield GlossPair(pair.term, term_language, pair.translation, language, start, pair.origin)


def _latin_text(doc: Document) -> str:
    return "\n".join(segment.text[:1000] for segment in doc.segments if not _is_chinese(segment.text))[:4000]


def _han_language(term: str, document_variant: str | None) -> str:
    if _KANA.search(term):
        return "ja"
    decided = variant(term) or document_variant
    return f"zh-{decided}" if decided else "zh"


def _is_in_chinese(segment: Segment) -> bool:
    known = segment.language not in ("und", "zxx")
    return segment.language.startswith("zh") if known else _is_chinese(segment.text)


def _pairs(segment: Segment, chinese: bool, known: Mapping[str, str], sample: str) -> Iterator[_Found]:
    """Yield the pairs of a segment; a language switcher's are no vocabulary: 简体中文 (China)."""
    for bracket in brackets(segment.text):
        found = _in_chinese(segment, bracket, known, sample) if chinese else _in_latin(segment, bracket)
        for pair in found:
            if pair.term not in autonyms() and not _HAN_LETTER.search(pair.translation):
                yield pair
    if not chinese:
        yield from _of_other_runs(segment)
    elif _TRANSLATED.search(segment.text):
        yield from _of_english(segment)


def _of_other_runs(segment: Segment) -> Iterator[_Found]:
    """Yield what no bracket beside Han letters tells: a translation in quotes, and words in other scripts."""
    text = segment.text
    if text.isascii() or script(text) != "Latn":
        return
    language = segment.language if segment.language != "und" else language_by_words(text)
    for run in foreign_runs(text, "Latn"):
        term = text[run.start : run.end]
        gloss = apposed_after(text, run, language) or told_briefly(text, run, language)
        if gloss is None and run.script not in ("Hani", "Jpan"):
            gloss = gloss_beside(text, run, language, "Latn")
        if gloss and term not in autonyms():
            yield _Found(term, segment.at + run.start, gloss.text, language, "gloss")


def _of_english(segment: Segment) -> Iterator[_Found]:
    """Yield the English words of a Chinese paragraph with their translation in brackets: stack pressure（堆叠压力）."""
    for found in _TRANSLATED.finditer(segment.text):
        yield _Found(found["term"], segment.at + found.start(), found["words"], "zh", "gloss")


def _is_chinese(text: str) -> bool:
    # What stands in brackets is a guest by nature.
    sample = _BRACKETED.sub("", text[:20000])
    han, latin = (sum(map(len, runs.findall(sample))) for runs in (_HAN_RUN, _LATIN_RUN))
    return _LATIN_A_HAN * han > latin


def _in_chinese(segment: Segment, bracket: Bracket, known: Mapping[str, str], sample: str) -> Iterator[_Found]:
    text = segment.text
    for gloss in glosses_in(text, bracket):
        others = {term: words for term, words in known.items() if words != gloss.text}
        term = term_before(text, bracket.start, gloss, others, sample)
        if term:
            language = "en" if gloss.text.isascii() else "und"
            origin = "abbreviation" if gloss.short else "gloss"
            yield _Found(term.text, segment.at + term.start, gloss.text, language, origin)


def _in_latin(segment: Segment, bracket: Bracket) -> Iterator[_Found]:
    text = segment.text
    language = segment.language if segment.language != "und" else language_by_words(text)
    if original := original_in(text, bracket):
        gloss = reversed_gloss(text, bracket, language=language)
        term = text[slice(*original)].rstrip("、·・")
        # Half a translation would be put in wherever the term was left alone.
        if gloss and _HAN_TAIL.fullmatch(term) and not _is_perhaps_cut(text, gloss, term, language):
            yield _Found(term, segment.at + original[0], gloss.text, language, "gloss")
        return
    floor = max(0, bracket.start - 48)
    before = text[floor : bracket.start].rstrip(" ").rstrip(_CLOSING)
    found = _HAN_TAIL.search(before)
    if not found:
        return
    term = found.group().rstrip("、·・")
    for gloss in glosses_in(text, bracket):
        origin = "abbreviation" if gloss.short else "gloss"
        yield _Found(term, segment.at + floor + found.start(), gloss.text, language, origin)


def _is_perhaps_cut(text: str, gloss: Gloss, term: str, language: str) -> bool:
    """Return whether `gloss` may be only the end of the translation; a name is one as it stands."""
    if gloss.text[0].isupper() and primary(language) != "de":
        return False
    return (
        is_perhaps_longer(text, gloss, language)
        or is_perhaps_half(text, gloss, term, language)
        or is_too_short(term, gloss.text)
    )

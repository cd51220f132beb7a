"""Find the runs of text in another language than the segment around them, and say what each of them is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.chinese import variant
from pipeline.document import Document, Fragment, Segment
from pipeline.edit import to_exact_source
from pipeline.evidence import Clue, Verdict, clues, context, is_nothing, is_translated_page, weigh
from pipeline.foreign import autonyms, foreign_runs, is_mojibake, run_language, script_of
from pipeline.gloss import Gloss, bracket_after, bracket_around, glosses_in, has_pinyin_after, reversed_gloss
from pipeline.script import NO_LETTERS, Run, count_letters

_META_LABELS = ("related_meta", "byline")
_STAMP_LABELS = (*_META_LABELS, "stats")
_MENU_LABELS = ("nav", "section_label", "marker", "stats", "ad", "other")
_CITED = ("fragments/cue-", "fragments/pinyin", "fragments/in-language")
"""Rules by which a page speaks of a word as a word."""
_MOST_CITED = 4
"""Code points of a run that is taken for a word that its page discusses, for no other reason."""
_MOST_FOREIGN = 0.2
"""Share of the kept text in other languages above which a page is bilingual, not leaky."""
_LEAST_SCORE = 0.8
_LEAST_WORDS = 8
_LEAST_HAN = 12

_HAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_SENTENCE_END = regex.compile(r"[.!?…。！？]['\"”’」』»)）]{0,2}\s*$")
_QUOTED = regex.compile(r"\s*[“\"„«「『>]")
_WORD = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class _Place:
    """A run with the evidence around it and the gloss beside it; `start` and `end` in its segment's text."""

    ordinal: int
    segment: Segment
    run: Run
    clues: tuple[Clue, ...]
    gloss: Gloss | None
    host_language: str

    @property
    def text(self) -> str:
        return self.segment.text[self.run.start : self.run.end]

    @property
    def is_glued(self) -> bool:
        return any(clue.rule == "fragments/glued-left" for clue in self.clues)

    @property
    def is_cited(self) -> bool:
        return any(clue.rule.startswith(_CITED) for clue in self.clues)


def find_fragments(doc: Document) -> Document:
    """Return `doc` with its fragments, in order; needs the segments' labels, languages and scripts."""
    home = _home_language(doc)
    places = [place for i, segment in enumerate(doc.segments) for place in _places(doc, i, segment)]
    places = list(_with_document_evidence(doc, places))
    chinese = variant("".join(letter for segment in doc.segments for letter in _HAN.findall(segment.text)))
    found = [_fragment(place, chinese) for place in places]
    found += [whole for i, s in enumerate(doc.segments) if (whole := _whole(doc, i, s, home, chinese))]
    return replace(doc, fragments=tuple(_in_source(doc, sorted(found, key=lambda fragment: fragment.at))))


def _home_language(doc: Document) -> str:
    """Return the language that nearly all kept text is in; `und` for none or a bilingual page."""
    letters: Counter[str] = Counter()
    for segment in doc.kept:
        if segment.language not in ("und", "zxx"):
            letters[segment.language] += len(segment.text)
    if not letters:
        return "und"
    home = max(sorted(letters.items()), key=lambda item: item[1])[0]
    foreign = sum(number for language, number in letters.items() if _primary(language) != _primary(home))
    return home if foreign <= _MOST_FOREIGN * letters.total() else "und"


def _places(doc: Document, ordinal: int, segment: Segment) -> Iterator[_Place]:
    host = script_of(segment.language, segment.script)
    text = segment.text
    host_language = segment.language
    if host_language == "und" and script_of(doc.language, NO_LETTERS) == host:
        host_language = doc.language
    if host == NO_LETTERS or segment.language == "zxx":
        return
    listed = [run for run in foreign_runs(text, host) if not is_mojibake(text, run.start, run.end)]
    # A segment all in another script has no host to be foreign in, whatever its language tag says.
    if not listed or not _has_own_letters(text, host):
        return
    switcher = sum(text[run.start : min(run.end, run.start + 20)] in autonyms() for run in listed) > 1
    for run in listed:
        if segment.label in _MENU_LABELS and text[run.start : min(run.end, run.start + 20)] in autonyms():
            continue
        found = clues(context(text, run.start, run.end))
        if is_nothing(found):
            continue
        extra = [Clue("fragments/autonyms", "term", 8.0)] if switcher else []
        if has_pinyin_after(text, run.end):
            extra.append(Clue("fragments/pinyin", "term", 4.0))
        if segment.label in _META_LABELS:
            extra.append(Clue("fragments/byline", "name", 8.0))
        gloss = _gloss(text, run, host_language)
        yield _Place(ordinal, segment, run, (*found, *extra), gloss, host_language)


def _has_own_letters(text: str, host: str) -> bool:
    letters = count_letters(text)
    own = {"Jpan": ("Hira", "Kana", "Hani"), "Kore": ("Hang",)}.get(host, (host,))
    return any(letters[name] for name in own)


def _gloss(text: str, run: Run, language: str) -> Gloss | None:
    around = bracket_around(text, run.start, run.end)
    if around:
        return reversed_gloss(text, around, language=language)
    after = bracket_after(text, run.end)
    found = glosses_in(text, after) if after else ()
    return found[0] if found else None


def _with_document_evidence(doc: Document, places: Sequence[_Place]) -> Iterator[_Place]:
    """Yield `places` with what the rest of the document says about each."""
    glued = sum(place.is_glued for place in places)
    cited = frozenset(place.text for place in places if place.is_cited)
    teaches = _is_lesson(places, glued)
    translated = is_translated_page(segment.text for segment in doc.segments) if places else False
    for place in places:
        others = glued - place.is_glued
        extra = []
        if teaches:
            extra.append(Clue("fragments/teaching-page", "term", 6.0))
        elif others >= 2 or (others and translated):
            extra.append(Clue("fragments/leaky-page", "residue", 2.0))
        if not place.is_glued and not place.is_cited and place.text in cited:
            extra.append(Clue("fragments/cited-elsewhere", "term", 4.0))
        elif cited and not glued and len(place.text) <= _MOST_CITED:
            extra.append(Clue("fragments/discussing-page", "term", 2.0))
        yield replace(place, clues=(*place.clues, *extra))


def _is_lesson(places: Sequence[_Place], glued: int) -> bool:
    """Return whether the page teaches words: most are transcribed or spoken of, or given with a meaning."""
    taught = sum(_is_taught(place) for place in places)
    glossed = sum(place.gloss is not None for place in places)
    if taught >= 3 and 2 * taught >= len(places):
        return True
    return len(places) >= 5 and not glued and 5 * glossed >= 3 * len(places)


def _is_taught(place: _Place) -> bool:
    return any(clue.kind == "term" and clue.weight >= 3 for clue in place.clues)


def _fragment(place: _Place, chinese: str | None) -> Fragment:
    gloss, at = place.gloss, place.segment.at
    verdict = weigh(place.clues, has_gloss=gloss is not None)
    language = run_language(place.text, place.run.script, chinese)
    fragment = _blank(place.ordinal, at + place.run.start, place.text, verdict, language, place.host_language)
    if gloss is None:
        return fragment
    return replace(fragment, gloss=gloss.text, gloss_start=at + gloss.start, gloss_end=at + gloss.end)


def _blank(ordinal: int, at: int, text: str, verdict: Verdict, language: str, host: str) -> Fragment:
    return Fragment(
        start=at, end=at + len(text), at=at, segment=ordinal, text=text, kind=verdict.kind,
        language=language, host_language=host, source=verdict.source, confidence=verdict.confidence,
    )  # fmt: skip


def _whole(doc: Document, ordinal: int, segment: Segment, home: str, chinese: str | None) -> Fragment | None:
    """Return the fragment that a segment is as a whole: an untranslated paragraph, or a glued publisher."""
    text = segment.text.strip()
    at = segment.at + segment.text.find(text)
    if segment.label in _STAMP_LABELS and (host := _stamp_language(doc, ordinal)):
        verdict = Verdict("name", "fragments/publisher-and-age", 0.9)
        return _blank(ordinal, at, text, verdict, run_language(text, "Hani", chinese), host)
    if not segment.keep or "und" in (home, segment.language) or segment.language == "zxx":
        return None
    if _primary(segment.language) == _primary(home) or not _is_sentence(segment):
        return None
    verdict = Verdict("residue", "fragments/untranslated-paragraph", round(segment.language_score * 0.9, 2))
    return _blank(ordinal, at, text, verdict, segment.language, home)


def _stamp_language(doc: Document, ordinal: int) -> str | None:
    """Return the language of the stamp that a segment of Han letters only shares its line with."""
    segment = doc.segments[ordinal]
    letters = count_letters(segment.text)
    if set(letters) != {"Hani"} or sum(letters.values()) != len(segment.text.strip()):
        return None
    # Of numbers' labels (阅读, 评论) the rules know; a publisher is nobody's chrome word.
    if segment.label not in _META_LABELS and any(cue.whole for cue in segment.cues):
        return None
    for other in (*doc.segments[max(0, ordinal - 1) : ordinal], *doc.segments[ordinal + 1 : ordinal + 2]):
        beside = other.line == segment.line and other.label in _STAMP_LABELS
        if beside and script_of(other.language, NO_LETTERS) not in (NO_LETTERS, "Hani", "Jpan"):
            return other.language
    return None


def _primary(language: str) -> str:
    return language.split("-")[0]


def _is_sentence(segment: Segment) -> bool:
    """Return whether a segment is surely running text in its language: no heading, name or quotation."""
    if segment.label == "heading" or segment.language_score < _LEAST_SCORE or _QUOTED.match(segment.text):
        return False
    if not _SENTENCE_END.search(segment.text[-8:]):
        return False
    return len(_HAN.findall(segment.text)) >= _LEAST_HAN or len(_WORD.findall(segment.text)) >= _LEAST_WORDS


def _in_source(doc: Document, found: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield `found` with offsets of the raw text."""
    spans = to_exact_source(doc.ledger, ((fragment.start, fragment.end) for fragment in found))
    glosses = to_exact_source(doc.ledger, ((f.gloss_start or 0, f.gloss_end or 0) for f in found))
    for fragment, (start, end), (left, right) in zip(found, spans, glosses, strict=True):
        fragment = replace(fragment, start=start, end=end)
        yield fragment if fragment.gloss is None else replace(fragment, gloss_start=left, gloss_end=right)

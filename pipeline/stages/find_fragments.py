"""Find the runs of text in another language than the segment around them, and say what each of them is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.document import Document, Fragment, Kind, Segment
from pipeline.edit import to_exact_source
from pipeline.fragments.beside import apposed_after
from pipeline.fragments.evidence import Verdict, weigh
from pipeline.fragments.foreign import run_language, script_of
from pipeline.fragments.kind_model import with_model
from pipeline.fragments.left_lines import left_cells, left_lines, without_marker
from pipeline.fragments.lone_words import lone_words, may_hold_lone
from pipeline.fragments.other_variant import may_hold_other, other_variant
from pipeline.fragments.page_evidence import Lookup, no_dictionary, with_page_evidence
from pipeline.fragments.page_language import (
    SIDES,
    PageLanguage,
    is_left_whole,
    page_language,
    page_variant,
    site_script,
)
from pipeline.fragments.place import META_LABELS, Host, Place, host_of, may_hold_places, places
from pipeline.fragments.quoted_sentences import quoted_sentences
from pipeline.fragments.run_languages import RunLanguages, run_languages
from pipeline.fragments.swapped_lines import swapped_sentences
from pipeline.fragments.switchers import is_in_switcher
from pipeline.fragments.untranslated import may_be_mixed, untranslated
from pipeline.languages.furniture_language import is_furnished_abroad
from pipeline.languages.language_tag import primary
from pipeline.languages.script import NO_LETTERS, count_letters
from pipeline.words.english_words import english_words, may_hold_english
from pipeline.words.letter_units import letter_units, may_hold_units

_STAMP_LABELS = (*META_LABELS, "stats")
_PROSE_LABELS = ("body", "list_item", "summary", "qa_answer")
"""Labels of segments whose sentences are looked at one by one."""
_TEXT_LABELS = (*_PROSE_LABELS, "heading")
_VARIANT_SCORE = 0.9
_CELL_SCORE = 0.8
_SWAPPED_SCORE = 0.8
_UNIT_SCORE = 0.8
_LONE_SCORE = 0.7
_ENGLISH_SCORE = 0.65
_ALPHABETS = ("Latn", "Cyrl")
"""Scripts whose own words a Latin letter after a number is none of."""
_UNSPACED = ("Hani", "Jpan", "Kore")
_QUOTED = Verdict("term", "fragments/quoted-sentence", 0.8)
_FIRST_HAN = "\u3400"
_LEAST_OTHER = 3
_LEAST_ON_LEAKY_PAGE = 2
"""Different letters that make a clause one of the other variant of Chinese; fewer are a converter's slip."""
_LEAST_LEAKS = 2
"""Residues that make a page leaky."""


def find_fragments(doc: Document, *, dictionary: Lookup = no_dictionary) -> Document:
    """Return `doc` with its fragments, in order; needs the segments' labels, languages and scripts.

    The dictionary tells words from names on pages that leak; without it the other evidence has to do.
    """
    hosts = [host_of(segment, doc.language) for segment in doc.segments]
    if not doc.fragments and _is_plain(doc, hosts):
        return doc
    found = _in_places(doc, hosts, dictionary)
    page = page_language(doc, hosts, leaks=_is_leaky(found))
    for i, (segment, host) in enumerate(zip(doc.segments, hosts, strict=True)):
        if segment.label in _STAMP_LABELS:
            if not segment.text.isascii():
                found += _publisher(doc, i)
        elif host.language != page.home and is_left_whole(doc, i, hosts, page.home):
            found += _left_whole(segment, i, page.home)
        elif segment.label in _PROSE_LABELS and page.home != "und" and host.language not in ("und", "zxx"):
            found += _sentences(segment, i, host, page)
        if segment.label in _TEXT_LABELS:
            found += _words(doc, i, host)
    # A word of English says nothing of what a site says in a third language.
    leaks = _is_leaky(found)
    found += _english(doc, hosts)
    if not found and not doc.fragments:
        return doc
    if page.home != "und" and leaks:
        found += _on_leaky_page(doc, hosts, page)
    return replace(doc, fragments=tuple(_in_source(doc, _apart(found))))


def _is_plain(doc: Document, hosts: Sequence[Host]) -> bool:
    """Return, at a glance at all of a page in one language, whether it holds nothing that any search would find.

    A look at each of many short paragraphs costs several times as much.
    """
    if not hosts or hosts.count(hosts[0]) != len(hosts):
        return not hosts
    host, text = hosts[0], doc.text
    language = primary(host.language)
    if may_hold_places(text, host) or may_be_mixed(text, language, host.script):
        return False
    if host.script in _ALPHABETS and (may_hold_units(text) or may_hold_lone(text, language)):
        return False
    side = SIDES.get(host.language)
    return host.script != "Hani" or not (may_hold_english(text) or (side and may_hold_other(text, side)))


def _is_leaky(found: Sequence[Fragment]) -> bool:
    """Return whether a page leaks in several places, and is no lesson."""
    kinds = [fragment.kind for fragment in found]
    return kinds.count("residue") >= max(_LEAST_LEAKS, kinds.count("term"))


def _in_places(doc: Document, hosts: Sequence[Host], dictionary: Lookup) -> list[Fragment]:
    """Return the runs in another script than their segment's."""
    judged = runs_of(doc, hosts, dictionary)
    if not judged:
        return []
    known = run_languages([(place.text, place.run.script) for place in judged], page_variant(doc))
    return [_of_place(place, known) for place in with_model(judged, dictionary)]


def runs_of(doc: Document, hosts: Sequence[Host], dictionary: Lookup) -> Sequence[Place]:
    """Return the runs in another script than their segment's with what the rules say of them: all but the model."""
    pairs = enumerate(zip(doc.segments, hosts, strict=True))
    holding = [(i, host) for i, (segment, host) in pairs if may_hold_places(segment.text, host)]
    site = site_script(doc) if holding else NO_LETTERS
    listed = [
        place
        for i, host in holding
        for place in places(doc, i, host)
        # What the site says of itself is no guest on its own page, whatever shares a line with it.
        if not is_in_switcher(doc, place) and (place.segment.keep or place.run.script != site or place.is_of_site)
    ]
    return list(with_page_evidence(doc, listed, dictionary))


def _on_leaky_page(doc: Document, hosts: Sequence[Host], page: PageLanguage) -> Iterator[Fragment]:
    """Yield what is a fragment only on a page that leaks elsewhere."""
    for ordinal in left_lines(doc, hosts, page.home):
        yield from _left_whole(doc.segments[ordinal], ordinal, page.home)
    cell = Verdict("residue", "fragments/cell", _CELL_SCORE)
    chinese = page_variant(doc)
    for ordinal, run in left_cells(doc, page.home):
        segment = doc.segments[ordinal]
        text = segment.text[run.start : run.end]
        yield _blank(ordinal, segment.at + run.start, text, cell, run_language(text, run.script, chinese), page.home)
    for i, (segment, host) in enumerate(zip(doc.segments, hosts, strict=True)):
        if segment.label == "other" and host.language not in ("und", "zxx"):
            yield from _sentences(segment, i, host, page)
        elif segment.label in _PROSE_LABELS and host.script == "Hani" and page.side:
            yield from _variants(segment, i, page, _LEAST_ON_LEAKY_PAGE)


def _apart(found: Sequence[Fragment]) -> list[Fragment]:
    """Return `found` in order, those that lie in a longer one left out."""
    kept: list[Fragment] = []
    for fragment in sorted(found, key=lambda fragment: (fragment.at, -len(fragment.text))):
        if not kept or fragment.at >= kept[-1].at + len(kept[-1].text):
            kept.append(fragment)
    return kept


def _of_place(place: Place, known: RunLanguages) -> Fragment:
    gloss, at = place.gloss, place.segment.at
    verdict = weigh(place.clues, has_gloss=gloss is not None)
    if gloss is None and (gloss := apposed_after(place.segment.text, place.run, place.host_language)):
        verdict = replace(verdict, kind="glossed" if verdict.kind == "residue" else verdict.kind)
    language = known.of(place.text, place.run.script)
    fragment = _blank(place.ordinal, at + place.run.start, place.text, verdict, language, place.host_language)
    if gloss is None:
        return fragment
    return replace(fragment, gloss=gloss.text, gloss_start=at + gloss.start, gloss_end=at + gloss.end)


def _blank(ordinal: int, at: int, text: str, verdict: Verdict, language: str, host: str) -> Fragment:
    return Fragment(
        start=at, end=at + len(text), at=at, segment=ordinal, text=text, kind=verdict.kind,
        language=language, host_language=host, source=verdict.source, confidence=verdict.confidence,
    )  # fmt: skip


def _sentences(segment: Segment, ordinal: int, host: Host, page: PageLanguage) -> Sequence[Fragment]:
    """Return the sentences and clauses of a paragraph that were left in another language in its own letters."""
    text, language = segment.text, primary(host.language)
    found: list[Fragment] = []
    for stretch in untranslated(text, language, host.script) if may_be_mixed(text, language, host.script) else ():
        if primary(stretch.language) == primary(page.home):
            continue
        verdict = Verdict("residue", "fragments/untranslated-sentence", round(stretch.score * 0.9, 2))
        left = text[stretch.start : stretch.end]
        found.append(_blank(ordinal, segment.at + stretch.start, left, verdict, stretch.language, host.language))
    if host.script == "Hani" and page.side:
        found += _variants(segment, ordinal, page, _LEAST_OTHER)
    return found


def _words(doc: Document, ordinal: int, host: Host) -> Iterator[Fragment]:
    """Yield what another language left in its host's own letters or amid them: a sentence half swapped, a word."""
    text, at = doc.segments[ordinal].text, doc.segments[ordinal].at
    if host.script == "Latn" and not text.isascii():
        swapped = Verdict("residue", "fragments/swapped-words", _SWAPPED_SCORE)
        for start, end in swapped_sentences(text):
            left = text[start:end]
            han = "".join(letter for letter in left if letter >= _FIRST_HAN)
            language = run_language(han, "Hani", page_variant(doc))
            yield _blank(ordinal, at + start, left, swapped, language, host.language)
    if host.script in _UNSPACED:
        for start, end, language in quoted_sentences(text, primary(host.language)):
            yield _blank(ordinal, at + start, text[start:end], _QUOTED, language, host.language)
    if host.script in _ALPHABETS:
        unit = Verdict("residue", "fragments/letter-unit", _UNIT_SCORE)
        for start, end in letter_units(text):
            yield _blank(ordinal, at + start, text[start:end], unit, "zh", host.language)
        lone = Verdict("residue", "fragments/lone-word", _LONE_SCORE)
        for start, end in lone_words(text, primary(host.language)):
            yield _blank(ordinal, at + start, text[start:end], lone, "en", host.language)


def _english(doc: Document, hosts: Sequence[Host]) -> Iterator[Fragment]:
    """Yield the English words left in a page's Chinese paragraphs, with the translation in brackets behind them."""
    pairs = enumerate(zip(doc.segments, hosts, strict=True))
    chinese = [(i, s.text) for i, (s, host) in pairs if s.label in _TEXT_LABELS and host.script == "Hani"]
    if not any(may_hold_english(text) for _, text in chinese):
        return
    for word in english_words(chinese, is_translated=is_furnished_abroad(doc.segments, "zh")):
        segment, host = doc.segments[word.ordinal], hosts[word.ordinal]
        kind: Kind = "glossed" if word.gloss else "residue"
        verdict = Verdict(kind, "fragments/english-word", _ENGLISH_SCORE)
        left = segment.text[word.start : word.end]
        found = _blank(word.ordinal, segment.at + word.start, left, verdict, "en", host.language)
        if word.gloss is not None:
            start, end = word.gloss
            gloss, at = segment.text[start:end], segment.at
            found = replace(found, gloss=gloss, gloss_start=at + start, gloss_end=at + end)
        yield found


def _variants(segment: Segment, ordinal: int, page: PageLanguage, least: int) -> Iterator[Fragment]:
    """Yield the clauses in the other variant of Chinese than the page's, with so many letters that tell it."""
    verdict = Verdict("residue", "fragments/other-variant", _VARIANT_SCORE)
    other = "zh-Hant" if page.side == "Hans" else "zh-Hans"
    for start, end in other_variant(segment.text, page.side, least) if page.side else ():
        yield _blank(ordinal, segment.at + start, segment.text[start:end], verdict, other, page.home)


def _left_whole(segment: Segment, ordinal: int, home: str) -> Iterator[Fragment]:
    """Yield the fragment that a paragraph is as a whole, without its item's marker and the mark that ends it."""
    start, end = without_marker(segment.text, segment.label)
    if start == end:
        return
    verdict = Verdict("residue", "fragments/untranslated-paragraph", round(segment.language_score * 0.9, 2))
    yield _blank(ordinal, segment.at + start, segment.text[start:end], verdict, segment.language, home)


def _publisher(doc: Document, ordinal: int) -> Iterator[Fragment]:
    """Yield a publisher that is glued to a stamp in the page's language."""
    host = _stamp_language(doc, ordinal)
    if host is None:
        return
    segment = doc.segments[ordinal]
    text = segment.text.strip()
    verdict = Verdict("name", "fragments/publisher-and-age", 0.9)
    language = run_language(text, "Hani", page_variant(doc))
    yield _blank(ordinal, segment.at + segment.text.find(text), text, verdict, language, host)


def _stamp_language(doc: Document, ordinal: int) -> str | None:
    """Return the language of the stamp that a segment of Han letters only shares its line with."""
    segment = doc.segments[ordinal]
    letters = count_letters(segment.text)
    if set(letters) != {"Hani"} or sum(letters.values()) != len(segment.text.strip()):
        return None
    # Of numbers' labels (阅读, 评论) the rules know; a publisher is nobody's chrome word.
    if segment.label not in META_LABELS and any(cue.whole for cue in segment.cues):
        return None
    for other in (*doc.segments[max(0, ordinal - 1) : ordinal], *doc.segments[ordinal + 1 : ordinal + 2]):
        beside = other.line == segment.line and other.label in _STAMP_LABELS
        if beside and script_of(other.language, NO_LETTERS) not in (NO_LETTERS, "Hani", "Jpan"):
            return other.language
    return None


def _in_source(doc: Document, found: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield `found` with offsets of the raw text."""
    if not found:
        return
    spans = to_exact_source(doc.ledger, ((fragment.start, fragment.end) for fragment in found))
    glosses = to_exact_source(doc.ledger, ((f.gloss_start or 0, f.gloss_end or 0) for f in found))
    for fragment, (start, end), (left, right) in zip(found, spans, glosses, strict=True):
        fragment = replace(fragment, start=start, end=end)
        yield fragment if fragment.gloss is None else replace(fragment, gloss_start=left, gloss_end=right)

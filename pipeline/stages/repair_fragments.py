"""Propose renderings for what translation left over, and put the sure ones into the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document import Candidate, Document, Fragment, Segment
from pipeline.edit import Edit
from pipeline.foreign import script_of
from pipeline.gloss import CLOSERS, Bracket, bracket_after, bracket_around, glosses_in, reversed_gloss
from pipeline.lexicon import LexiconEntry
from pipeline.number_units import amount
from pipeline.renderings import GLOSS, NUMBER, GlossaryRule, Sources, candidates, sources_for
from pipeline.rules import load_rules
from pipeline.settings import FragmentPolicy
from pipeline.splice import splice

_REPAIRED = ("residue", "glossed")
_SURE_NUMBER = 0.9


def load_glossary() -> tuple[GlossaryRule, ...]:
    """Return the starter glossary that comes with the package."""
    return load_rules("glossary", GlossaryRule)


@dataclass(frozen=True, slots=True)
class _Repair:
    """A fragment with the edits that would put its first candidate into the document's text."""

    fragment: Fragment
    edits: tuple[Edit, ...]

    @property
    def start(self) -> int:
        return self.edits[0].start if self.edits else self.fragment.at

    @property
    def end(self) -> int:
        return self.edits[-1].end if self.edits else self.fragment.at


def repair_fragments(
    doc: Document,
    *,
    policy: FragmentPolicy,
    min_confidence: float,
    lexicon: tuple[LexiconEntry, ...],
    glossary: tuple[GlossaryRule, ...],
) -> Document:
    """Return `doc` as it is, with candidates for its leftovers (`suggest`), or the sure ones applied too.

    Names and cited words are never touched, nor anything in a host that is not written in Latin letters.
    Under `apply` a candidate needs at least `min_confidence`. Must run on the text that the fragments were
    found in.
    """
    if policy == "report" or not doc.fragments:
        return doc
    sources = _sources(doc, lexicon, glossary)
    repairs = [_repair(doc, fragment, sources) for fragment in doc.fragments]
    if policy == "suggest":
        return replace(doc, fragments=tuple(repair.fragment for repair in repairs))
    done = list(_applied(repairs, min_confidence))
    edits = [edit for repair in done if repair.fragment.applied for edit in repair.edits]
    return replace(doc.edited(edits), fragments=tuple(repair.fragment for repair in done))


def _sources(doc: Document, lexicon: Sequence[LexiconEntry], glossary: Sequence[GlossaryRule]) -> dict[str, Sources]:
    languages = {_primary(f.host_language) for f in doc.fragments if f.kind in _REPAIRED}
    return {language: sources_for(language, doc.glosses, lexicon, glossary) for language in sorted(languages)}


def _repair(doc: Document, fragment: Fragment, sources: dict[str, Sources]) -> _Repair:
    segment = doc.segments[fragment.segment]
    if fragment.kind not in _REPAIRED or script_of(fragment.host_language, segment.script) != "Latn":
        return _Repair(fragment, ())
    language = _primary(fragment.host_language)
    start = fragment.at - segment.at
    number = amount(segment.text, start, start + len(fragment.text)) if language == "en" else None
    if number:
        found: tuple[Candidate, ...] = (Candidate(number.text, NUMBER, _SURE_NUMBER),)
        span = (number.start, start + len(fragment.text))
    else:
        found = candidates(fragment, sources[language])
        span = (start, start + len(fragment.text))
    fragment = replace(fragment, candidates=found)
    if not found:
        return _Repair(fragment, ())
    edits = _edits(segment, span, found[0], language)
    return _Repair(fragment, tuple(edit.shifted(segment.at) for edit in edits))


def _edits(segment: Segment, span: tuple[int, int], best: Candidate, language: str) -> tuple[Edit, ...]:
    """Return the edits, with offsets into the segment's text, that put `best` in."""
    text = segment.text
    start, end = span
    if best.source == GLOSS and (around := bracket_around(text, start, end)) and reversed_gloss(text, around):
        return _without_bracket(text, around, end)
    # Translated beside it or not, a bracket that says the same again has to go with the word.
    after = bracket_after(text, end)
    glosses = glosses_in(text, after) if after else ()
    if after is None or not glosses or best.text.casefold() != glosses[0].text.casefold():
        return splice(text, start, end, best.text, best.source, language=language)
    quote = text[end] if text[end] in CLOSERS else ""
    edits = splice(text, start, after.end, best.text, best.source, language=language)
    return (*edits[:-1], replace(edits[-1], new=_with_quote(edits[-1].new, quote)))


def _with_quote(new: str, quote: str) -> str:
    words = new.rstrip(" ")
    return words + quote + new[len(words) :]


def _without_bracket(text: str, bracket: Bracket, end: int) -> tuple[Edit, ...]:
    """Return the edit that takes away a bracket holding nothing but the original of the word before it."""
    if text[end : bracket.until].strip(CLOSERS + " "):
        return ()
    start = bracket.start - (text[bracket.start - 1 : bracket.start] == " ")
    return (Edit(start, text[start : bracket.end], "", GLOSS),)


def _applied(repairs: Sequence[_Repair], min_confidence: float) -> Iterator[_Repair]:
    """Yield the repairs in order, those marked as applied whose edits can be made side by side."""
    until, open_space = 0, False
    for repair in repairs:
        best = repair.fragment.candidates[:1]
        if not repair.edits or not best or best[0].confidence < min_confidence or repair.start < until:
            yield repair
            continue
        if open_space and repair.start == until:
            first = repair.edits[0]
            repair = replace(repair, edits=(replace(first, new=first.new.lstrip(" ")), *repair.edits[1:]))
        until, open_space = repair.end, repair.edits[-1].new.endswith(" ")
        yield replace(repair, fragment=replace(repair.fragment, applied=True))


def _primary(language: str) -> str:
    return language.split("-")[0]

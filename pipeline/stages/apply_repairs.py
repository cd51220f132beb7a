"""Put the sure renderings of leftovers into the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.correction import REPAIR
from pipeline.document import Document, Fragment, Segment
from pipeline.edit import Edit
from pipeline.fragments.gloss import CLOSERS, Bracket, bracket_after, bracket_around, glosses_in
from pipeline.languages.language_tag import primary
from pipeline.repairs.renderings import GLOSS, NUMBER, USER, is_glossed_before
from pipeline.settings import FragmentPolicy
from pipeline.words.number_units import amount
from pipeline.words.splice import splice


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


def apply_repairs(doc: Document, *, policy: FragmentPolicy, min_confidence: float) -> Document:
    """Return `doc` with the first candidate of each fragment in its text, if the policy is to `apply`.

    A candidate needs at least `min_confidence`. Must run on the text that the fragments were found in.
    """
    if policy != "apply" or not doc.fragments:
        return doc
    repairs = [_repair(doc, fragment, min_confidence) for fragment in doc.fragments]
    done = list(_applied(repairs))
    edits = [edit for repair in done if repair.fragment.applied for edit in repair.edits]
    return replace(doc.edited(edits), fragments=tuple(repair.fragment for repair in done))


def _repair(doc: Document, fragment: Fragment, min_confidence: float) -> _Repair:
    if not fragment.candidates or fragment.candidates[0].confidence < min_confidence:
        return _Repair(fragment, ())
    segment = doc.segments[fragment.segment]
    edits = _edits(segment, fragment)
    return _Repair(fragment, tuple(edit.shifted(segment.at) for edit in edits))


def _edits(segment: Segment, fragment: Fragment) -> tuple[Edit, ...]:
    """Return the edits, with offsets into the segment's text, that put the first candidate in."""
    text, best = segment.text, fragment.candidates[0]
    language = primary(fragment.host_language)
    start = fragment.at - segment.at
    end = start + len(fragment.text)
    if best.source == NUMBER and (number := amount(text, start, end)):
        start = number.start
    if is_glossed_before(fragment) and (around := bracket_around(text, start, end)):
        # The translation stays as the page has it; a user who wants another one has to see that it is not made.
        is_other = best.text.casefold() not in ("", (fragment.gloss or "").casefold())
        return () if best.source in (USER, REPAIR) and is_other else _without_bracket(text, around, end)
    # Translated beside it or not, a bracket that says the same again has to go with the word.
    after = bracket_after(text, end)
    if after is None or not _says(text, after, best.text):
        return splice(text, start, end, best.text, best.source, language=language)
    quote = text[end] if text[end] in CLOSERS else ""
    edits = splice(text, start, after.end, best.text, best.source, language=language)
    return (*edits[:-1], replace(edits[-1], new=_with_quote(edits[-1].new, quote)))


def _says(text: str, bracket: Bracket, words: str) -> bool:
    """Return whether a bracket holds nothing but `words`, or has them as its first gloss: 680 million is no gloss."""
    said = (text[bracket.inner : bracket.until].strip(), *(gloss.text for gloss in glosses_in(text, bracket)[:1]))
    return words.casefold() in [each.casefold() for each in said]


def _with_quote(new: str, quote: str) -> str:
    words = new.rstrip(" ")
    return words + quote + new[len(words) :]


def _without_bracket(text: str, bracket: Bracket, end: int) -> tuple[Edit, ...]:
    """Return the edit that takes away a bracket holding nothing but the original of the word before it."""
    if text[end : bracket.until].strip(CLOSERS + " "):
        return ()
    start = bracket.start - (text[bracket.start - 1 : bracket.start] == " ")
    return (Edit(start, text[start : bracket.end], "", GLOSS),)


def _applied(repairs: Sequence[_Repair]) -> Iterator[_Repair]:
    """Yield the repairs in order, those marked as applied whose edits can be made side by side."""
    until, open_space = 0, False
    for repair in repairs:
        if not repair.edits or repair.start < until:
            yield repair
            continue
        if open_space and repair.start == until:
            first = repair.edits[0]
            repair = replace(repair, edits=(replace(first, new=first.new.lstrip(" ")), *repair.edits[1:]))
        until, open_space = repair.end, repair.edits[-1].new.endswith(" ")
        yield replace(repair, fragment=replace(repair.fragment, applied=True))

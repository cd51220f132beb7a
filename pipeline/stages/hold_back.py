"""Under `--strict`: hold back the paragraphs in which something foreign is left that nothing explains."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.document import Document, Fragment, Segment
from pipeline.languages.script import count_letters

_LEFTOVER, _SCRIPT = "leftover", "unexplained-script"
_NOTATION = regex.compile(r"\p{Script=Greek}")
"""Greek letters are the notation of science everywhere: β-blockers, 9 μm. A word of Greek is a fragment."""


def hold_back(doc: Document, *, strict: bool) -> Document:
    """Return `doc` with the paragraphs held back that would leave a foreign script unexplained in its clean text.

    Held back is a kept paragraph of an English page with a leftover that was not repaired, or with letters of
    another script that no name, cited word or glossed word accounts for. It stays in `segments/`, with the reason
    added to its rule. Must run after the repairs.
    """
    if not strict or doc.language != "en":
        return doc
    found: defaultdict[int, list[Fragment]] = defaultdict(list)
    for fragment in doc.fragments:
        found[fragment.segment].append(fragment)
    return replace(doc, segments=tuple(_checked(segment, found[i]) for i, segment in enumerate(doc.segments)))


def _checked(segment: Segment, fragments: Sequence[Fragment]) -> Segment:
    if not segment.keep:
        return segment
    if any(fragment.kind == "residue" and not fragment.applied for fragment in fragments):
        return segment.held_back(_LEFTOVER)
    left = _letters(segment.text)
    until = 0
    # What was repaired stands there no more. The rest does, wherever the repairs have moved it.
    for fragment in sorted((f for f in fragments if not f.applied), key=lambda f: (f.at, -len(f.text))):
        if fragment.at >= until:
            left.subtract(_letters(fragment.text))
            until = fragment.at + len(fragment.text)
    foreign = any(number > 0 for script, number in left.items() if script != "Latn")
    return segment.held_back(_SCRIPT) if foreign else segment


def _letters(text: str) -> Counter[str]:
    return count_letters(_NOTATION.sub("", text))

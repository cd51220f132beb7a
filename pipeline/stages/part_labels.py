"""Cut a label of the site off what it stands before on its line: a question's mark, the head of a link."""

from dataclasses import replace

import regex

from pipeline.borders.parting import parted
from pipeline.document import Document, Segment
from pipeline.lines.stamps import ChromeRule, labels_of

_Known = tuple[int, ChromeRule, tuple[str, ...]]

MARKED = 0.8

_TURNS = ("qa_question", "qa_answer")
_MARK = "chrome/qa_marker"
_LABEL = regex.compile(
    r"(?P<label>[^\p{L}\n]{0,6}\p{L}[^:：.\])）】\n]{0,40}?)"
    r"(?:\s?\d{0,2}\s?(?:[:：]\s?|\.(?!\p{Lu}\.)\s?)|[\])）】]\s?)(?=\S)"
)


def part_labels(doc: Document) -> Document:
    """Return `doc` with a segment of its own for each label that something other than a blank sets off.

    It opens a question or an answer of a box (`Q: What …`), or a link to another article (`Leggi anche: …`). The turns
    of an interview, whose labels are others, keep their marks: they are the article's own text.
    """
    found = {i: known for i, segment in enumerate(doc.segments) if (known := _known(segment)) is not None}
    # One mark alone may be the first letter of a name: `A. Rowlands signed it.`
    if not set(_TURNS) <= {doc.segments[i].label for i in found}:
        found = {i: known for i, known in found.items() if doc.segments[i].label not in _TURNS}
    parts = (_parted(doc, segment, found[i]) if i in found else (segment,) for i, segment in enumerate(doc.segments))
    return replace(doc, segments=tuple(part for some in parts for part in some))


def _known(segment: Segment) -> _Known | None:
    """Return where the label that opens `segment` ends, the rule it is a string of, and that one's languages."""
    found = _LABEL.match(segment.text) if segment.label in (*_TURNS, "related_title") else None
    known = labels_of(found["label"]) if found else ()
    told = ((found.end(), rule, languages) for rule, languages in known if found and _opens(rule, segment.label))
    return next(told, None)


def _parted(doc: Document, segment: Segment, known: _Known) -> tuple[Segment, ...]:
    at, rule, languages = known
    label, *rest = parted(doc, segment, at)
    if not rest:
        return (segment,)
    alone = (languages[0], MARKED) if not languages[1:] else ("und", 0.0)
    head = label.labelled(rule.label, rule.id, MARKED).tagged(*alone, label.script)
    return (head._replace(cues=()), *rest)


def _opens(rule: ChromeRule, label: str) -> bool:
    """Whether `rule` names what stands before a segment with this `label`."""
    return rule.id == _MARK if label in _TURNS else rule.field == label

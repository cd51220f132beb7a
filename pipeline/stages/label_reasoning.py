"""Label what a language model wrote to itself before it translated: it is nobody's article."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.document import Document, Segment
from pipeline.languages.language_tag import primary
from pipeline.rules import PatternRule, load_rules

REASONING = 0.9

_MOST_READ = 400
"""Code points of a paragraph that are read; a model says at once what it is about."""
_LEAST_REST = 80
"""Code points in the other language that show what the page was to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasoningRule(PatternRule):
    """What a model says of its task in `language`: `role` is opens or goes_on."""

    role: str
    language: str


def label_reasoning(doc: Document) -> Document:
    """Return `doc` with a translator's reasoning labelled `other`; needs the segments' languages.

    Only where most other text of the page is in another language: an essay may well speak of translating.
    """
    found = _reasoning(doc.segments)
    if not found or not _is_other_language(doc.segments, set(found)):
        return doc
    segments = list(doc.segments)
    for i, rule in found.items():
        segments[i] = segments[i].labelled("other", rule, REASONING)
    return replace(doc, segments=tuple(segments))


def _reasoning(segments: Sequence[Segment]) -> dict[int, str]:
    """Return the rule that each paragraph of reasoning goes by, by ordinal."""
    found: dict[int, str] = {}
    for i, segment in enumerate(segments):
        roles = ("opens", "goes_on") if i - 1 in found else ("opens",)
        if rule := _rule(segment, roles):
            found[i] = rule
    return found


def _rule(segment: Segment, roles: Sequence[str]) -> str | None:
    text = segment.text[:_MOST_READ]
    return next(
        (
            rule.id
            for rule in load_rules("reasoning", ReasoningRule)
            if rule.role in roles and rule.language == primary(segment.language) and rule.pattern.search(text)
        ),
        None,
    )


def _is_other_language(segments: Sequence[Segment], found: set[int]) -> bool:
    own = {primary(segments[i].language) for i in found}
    letters: Counter[str] = Counter()
    for i, segment in enumerate(segments):
        if i not in found and segment.language not in ("und", "zxx"):
            letters[primary(segment.language)] += len(segment.text)
    if not letters:
        return False
    rest, number = letters.most_common(1)[0]
    return rest not in own and number >= _LEAST_REST

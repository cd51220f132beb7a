"""White space, width, East Asian punctuation and list markers, as the language of each segment has them."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from pipeline.document import Document, Segment
from pipeline.edit import Edit
from pipeline.lines.screen import Screen
from pipeline.rules import EditRule

INDENT = "  "
"""What each level of a nested list adds."""

EAST_ASIAN_LANGUAGES = frozenset({"zh", "ja", "ko", "yue", "wuu", "nan", "hak", "lzh"})
EAST_ASIAN_SCRIPTS = frozenset({"Hani", "Hans", "Hant", "Jpan", "Hira", "Kana", "Hang", "Kore", "Bopo"})
NO_SCRIPT = frozenset({"", "Zyyy", "Zinh", "Zxxx", "Zzzz"})
NARROW_SCOPES = frozenset({"alphabetic", "narrow"})
PLACEHOLDER = "字"
"""A letter that no rule touches."""

# From the first to the last ideograph of a phrase, over its own punctuation but over no space.
_IDEOGRAPH = r"\p{Han}\p{Hiragana}\p{Katakana}"
_PHRASE = regex.compile(
    rf"[{_IDEOGRAPH}](?:[{_IDEOGRAPH}，、､。｡：；！？（）【】「」『』《》〈〉｢｣“”‘’·・～—…％0-9]*[{_IDEOGRAPH}])?"
)
# All that rows for alphabetic and narrow segments can begin with: most segments hold none of it.
_EAST_ASIAN_SIGN = regex.compile(r"[\u3000-\u303F\uFE50-\uFE6F\uFF00-\uFFEF]")
_PAIRS = {"（": "）", "【": "】", "「": "」", "『": "』", "｢": "｣"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypographyRule(EditRule):
    """A row that says which segments it is for (`scope`), and whether it folds to the compatibility form.

    A scope is `all`, `alphabetic`, `narrow` or `list`, or else a language tag, good for its variants too.
    """

    scope: str
    fold: bool

    def propose(self, text: str, offset: int = 0) -> Iterator[Edit]:
        """Yield an edit for each match in `text` that the rule changes, `offset` added to each."""
        # The class is named, since `super()` without it does not work where slots make the class anew.
        for edit in EditRule.propose(self, text, offset):
            new = unicodedata.normalize("NFKC", edit.old) if self.fold else edit.new
            if new != edit.old:
                yield replace(edit, new=new)


def normalize_typography(doc: Document, *, rules: Sequence[TypographyRule]) -> Document:
    """Return the document with the typography of each segment in order; one step a rule, in their order.

    >>> from pipeline.rules import load_rules
    >>> text = "gold（and silver）。"
    >>> segment = Segment(start=0, end=16, at=0, text=text, line=1, language="en", script="Latn")
    >>> doc = replace(Document.from_raw(text), segments=(segment,))
    >>> normalize_typography(doc, rules=load_rules("typography", TypographyRule)).text
    'gold (and silver).'
    """
    given = doc.segments
    narrow = {rule.id for rule in rules if rule.scope in NARROW_SCOPES}
    screens = {
        kind: _screen(tuple(rule for rule in rules if rule.id not in narrow and _is_in_scope(segment, rule.scope)))
        for kind, segment in {_kind(segment): segment for segment in given}.items()
    }
    told = [_likely(segment, screens[_kind(segment)], narrow) for segment in given]
    likely = {number: found for number, found in enumerate(told) if found}
    # What a segment is in, and so which scopes it belongs to, no edit changes.
    members = {
        scope: [number for number in likely if _is_in_scope(given[number], scope)]
        for scope in {rule.scope for rule in rules}
    }
    for rule in rules:
        # The edits of one rule may be what makes another match.
        due = [n for n in members[rule.scope] if rule.id in likely[n] or doc.segments[n].text != given[n].text]
        doc = doc.edited([edit for number in due for edit in _propose(doc.segments[number], rule)])
    return doc


@cache
def _screen(rules: tuple[TypographyRule, ...]) -> Screen[TypographyRule]:
    return Screen((rule, rule.pattern.pattern) for rule in rules)


def _kind(segment: Segment) -> tuple[str, bool]:
    """Return what tells which rules besides the narrow ones `segment` is in the scope of."""
    return segment.language, segment.label == "list_item"


def _likely(segment: Segment, screen: Screen[TypographyRule], narrow: set[str]) -> set[str]:
    """Return the ids of the rules that may match in `segment` as it is; those for `narrow` text see it differently."""
    found = {rule.id for rule, _ in screen.candidates(segment.text)}
    return found | narrow if _EAST_ASIAN_SIGN.search(segment.text) else found


def _propose(segment: Segment, rule: TypographyRule) -> Iterator[Edit]:
    if rule.scope == "list":
        yield from _propose_marker(segment, rule)
    elif rule.scope not in NARROW_SCOPES:
        yield from rule.propose(segment.text, segment.at)
    elif _EAST_ASIAN_SIGN.search(segment.text):
        yield from rule.propose(_without_phrases(segment.text), segment.at)


def _is_in_scope(segment: Segment, scope: str) -> bool:
    if scope == "list":
        return segment.label == "list_item"
    if scope not in NARROW_SCOPES:
        return scope == "all" or f"{segment.language}-".startswith(f"{scope}-")
    is_east_asian = segment.language.partition("-")[0] in EAST_ASIAN_LANGUAGES or segment.script in EAST_ASIAN_SCRIPTS
    return not (is_east_asian or (scope == "alphabetic" and segment.script in NO_SCRIPT))


def _propose_marker(segment: Segment, rule: TypographyRule) -> Iterator[Edit]:
    """Yield the edit that writes the marker of a list item, with the indent of its level."""
    indent = INDENT * max(0, segment.level - 1)
    # Not by `propose`: a marker that is right already may still lack its indent.
    for match in rule.pattern.finditer(segment.text):
        marker = unicodedata.normalize("NFKC", match.group().strip()) if rule.fold else match.expand(rule.new)
        yield Edit(match.start() + segment.at, match.group(), indent + marker, rule.id)


def _without_phrases(text: str) -> str:
    """Return `text` with each Chinese or Japanese phrase, its punctuation too, out of the rules' sight."""
    out: list[str] = []
    done = 0
    for phrase in _PHRASE.finditer(text):
        start, end = _with_brackets(text, phrase.start(), phrase.end())
        start = max(start, done)
        out += [text[done:start], PLACEHOLDER * (end - start)]
        done = end
    return "".join([*out, text[done:]])


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span, one wider on each side where that closes a bracket opened inside it."""
    phrase = text[start:end]
    for opening, closing in _PAIRS.items():
        surplus = phrase.count(opening) - phrase.count(closing)
        if surplus > 0 and text[end : end + 1] == closing:
            return start, end + 1
        if surplus < 0 and start and text[start - 1] == opening:
            return start - 1, end
    return start, end

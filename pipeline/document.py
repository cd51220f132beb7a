"""One document on its way through the plan: the raw text, what is known of it, and every edit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple, Self

from pipeline.edit import Edit, Step, apply, restore
from pipeline.errors import EditError
from pipeline.html.markup import Markup
from pipeline.record import changed

Kind = Literal["residue", "glossed", "name", "term"]

KEPT_LABELS = frozenset({"body", "heading", "list_item"})
"""The article's own text; everything else is furniture of its page."""

LABELS = (
    "title", "byline", "summary", "heading", "body", "list_item", "caption", "footnote", "attribution", "author_bio",
    "disclaimer", "qa_question", "qa_answer", "related_title", "related_summary", "related_meta", "popular",
    "discussion", "nav", "section_label", "marker", "ad", "stats", "other",
)  # fmt: skip
"""Every role that a segment can have on its page."""

SITE_LABELS = frozenset({"nav", "section_label", "ad", "stats"})
"""Labels whose words are the site's own; names of people, firms and products stand elsewhere."""

_HELD = "+strict/"


@dataclass(frozen=True, slots=True)
class Cue:
    """What a rule recognised in a segment: evidence for its label and its language.

    `table` and `row` name the rule, `language` the BCP 47 tag its words belong to (several joined by
    `|` where they share the words, `und` where they belong to none), `whole` whether it explains the
    segment from end to end, `value` what it read (a date, a name, a count), if anything.
    """

    table: str
    row: str
    language: str = "und"
    whole: bool = True
    value: str | None = None
    label: str = ""
    """The role the rule gives the segment; empty where it leaves that to context."""
    opens: str = ""
    """The zone of the page that begins with such a segment, if one does."""

    @property
    def rule(self) -> str:
        """The id under which tables and reports name the rule."""
        return f"{self.table}/{self.row}"


@dataclass(frozen=True, slots=True)
class SentenceTag:
    """A sentence in another language than its paragraph; `start` and `end` are offsets in the raw text."""

    start: int
    end: int
    language: str
    language_score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What rules and the body model together say of a segment that no sure rule has decided."""

    is_body: bool
    score: float
    """How likely it is body, 0 to 1, calibrated."""
    overrules: bool
    """Whether the rules alone would have decided otherwise."""


class Segment(NamedTuple):
    """A paragraph-sized span with one label and one language.

    A named tuple: most stages make one anew for every line of a page, and a frozen dataclass takes four times as long.

    `start` and `end` are offsets in the document's raw text and never change. `text` is the segment as
    the edits so far have left it, `at` its offset in the document's current text.
    """

    start: int
    end: int
    at: int
    text: str
    line: int
    cues: tuple[Cue, ...] = ()
    glued: bool = False
    """Whether it shares its line with another segment."""
    level: int = 0
    """Nesting of a list item, 1 for the outermost; 0 for anything else."""
    label: str = "other"
    rule: str = ""
    score: float = 0.0
    language: str = "und"
    language_score: float = 0.0
    script: str = "Zyyy"
    runner_up: str = ""
    """The language that came second, empty where none was weighed against the first."""
    runner_up_score: float = 0.0
    sentences: tuple[SentenceTag, ...] | None = None
    """Sentences in other languages; None where nobody looked."""
    verdict: Verdict | None = None
    """None where rules alone decide."""
    held: bool = False
    """Whether it is kept out of the clean text although its label would let it in; `rule` says why."""

    @property
    def keep(self) -> bool:
        """Whether it belongs to the article's own body, and may stand in the clean text."""
        return self.label in KEPT_LABELS and not self.held

    @property
    def until(self) -> int:
        """Offset after its last code point in the document's current text."""
        return self.at + len(self.text)

    def cue(self, *rules: str) -> Cue | None:
        """Return the first cue by one of `rules`, each a table or a `table/row`, if there is one."""
        for cue in self.cues:
            if cue.table in rules or cue.rule in rules:
                return cue
        return None

    def tagged(
        self, language: str, score: float, script: str, runner_up: str = "", runner_up_score: float = 0.0
    ) -> Self:
        """Return the segment with its language, how sure it is, its script, and the language that came second."""
        return changed(self, _LANGUAGE, language, score, script, runner_up, runner_up_score)

    def labelled(self, label: str, rule: str, score: float) -> Self:
        """Return the segment with a role on its page, the rule that decided it and how sure it is."""
        return changed(self, _LABEL, label, rule, score)

    def held_back(self, why: str) -> Self:
        """Return the segment kept out of the clean text, with the reason added to its rule."""
        return self._replace(held=True, rule=f"{self.rule}{_HELD}{why}")


CUES, VERDICT, _LABEL, _LANGUAGE = map(Segment._fields.index, ("cues", "verdict", "label", "language"))


def why_held(rule: str) -> str | None:
    """Return why a segment with `rule` was held back under `--strict`, None if it was not.

    >>> why_held("body/run+strict/leftover"), why_held("body/run")
    ('leftover', None)
    """
    _, held, why = rule.rpartition(_HELD)
    return why if held else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rendering proposed for a fragment, with where it comes from and how sure it is (0 to 1)."""

    text: str
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text in another language than its host segment.

    `start`, `end`, `gloss_start` and `gloss_end` are offsets in the raw text; `segment` is the ordinal
    of the host; `at` is the offset in the document's text at the time it was found.
    """

    start: int
    end: int
    at: int
    segment: int
    text: str
    kind: Kind
    language: str
    host_language: str
    source: str
    """The rules that led to the kind, joined by `+`."""
    confidence: float
    """How sure the kind is, 0 to 1."""
    gloss: str | None = None
    gloss_start: int | None = None
    gloss_end: int | None = None
    candidates: tuple[Candidate, ...] = ()
    """Renderings, best first; the first one is the proposal."""
    applied: bool = False


@dataclass(frozen=True, slots=True)
class GlossPair:
    """A word and its translation standing side by side; `start` is the word's offset in the raw text."""

    term: str
    term_language: str
    translation: str
    translation_language: str
    start: int
    origin: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page states about its article; None where it states nothing."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    updated: date | None = None
    channel: str | None = None
    """Where the article first appeared, as its attribution says."""
    url: str | None = None
    sources: tuple[tuple[str, str], ...] = ()
    """Which of them the page states for programs, and where, as (field, source)."""


@dataclass(frozen=True, slots=True)
class Document:
    """One input text. Stages return changed copies; `raw` never changes."""

    id: str
    source: str
    raw: str
    text: str
    ledger: tuple[Step, ...] = ()
    segments: tuple[Segment, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    glosses: tuple[GlossPair, ...] = ()
    language: str = "und"
    metadata: Metadata = field(default_factory=Metadata)
    page_type: str = ""
    """What kind of page it is, one of `body_model.KINDS`; empty where there is no text to tell."""
    page_type_score: float = 0.0
    markup: Markup | None = None
    """What the elements of a page in HTML say of its lines, by offset in `raw`; None for plain text."""

    @classmethod
    def from_raw(cls, raw: str, *, id: str = "", source: str = "", markup: Markup | None = None) -> Self:
        """Return a document that nothing has been found out about yet."""
        return cls(id=id, source=source, raw=raw, text=raw, markup=markup)

    @property
    def kept(self) -> tuple[Segment, ...]:
        """The segments of the article's own body, in order."""
        return tuple(segment for segment in self.segments if segment.keep)

    def restored(self) -> str:
        """Return the raw text by undoing every edit; equal to `raw` by law."""
        return restore(self.text, self.ledger)

    def edited(self, edits: Iterable[Edit]) -> Self:
        """Return the document with `edits` (sorted offsets into `text`) made and entered in the ledger.

        Once there are segments, each edit must lie inside one of them; raises EditError otherwise. What is
        inserted between two segments that touch belongs to the second.
        """
        step = tuple(edit for edit in edits if edit.old != edit.new)
        if not step:
            return self
        return replace(
            self,
            text=apply(self.text, step),
            ledger=(*self.ledger, step),
            segments=tuple(_carried(self.segments, step)),
        )


def _fills(edit: Edit, segment: Segment) -> bool:
    """Return whether `edit` puts text into a segment that has none left."""
    return not segment.text and edit.start == segment.at and not edit.old


def _carried(segments: Iterable[Segment], step: Step) -> Iterator[Segment]:
    """Yield `segments` with their text and place as `step` leaves them."""
    queue = list(reversed(step))
    shift = 0
    for segment in segments:
        inside: list[Edit] = []
        while queue and (queue[-1].start < segment.until or _fills(queue[-1], segment)):
            edit = queue.pop()
            if edit.start < segment.at or edit.end > segment.until:
                raise EditError(f"rule {edit.rule}: the edit at {edit.start} crosses a segment's border")
            inside.append(edit)
        if inside or shift:
            text = apply(segment.text, (edit.shifted(-segment.at) for edit in inside))
            yield segment._replace(at=segment.at + shift, text=text)
        else:
            yield segment
        shift += sum(len(edit.new) - len(edit.old) for edit in inside)
    if queue and segments:
        raise EditError(f"rule {queue[-1].rule}: the edit at {queue[-1].start} is in no segment")

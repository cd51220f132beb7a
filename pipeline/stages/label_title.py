"""Label the article's title, and its repetitions, among the lines above the article."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from pipeline.borders.credit import ends_in_credit
from pipeline.document import Document, Segment
from pipeline.lines.shape import shape, width
from pipeline.lines.stamps import DATED, fold, labels_of
from pipeline.metadata.rights_holder import ends_with_company
from pipeline.metadata.site_name import is_site_name, told_by_site
from pipeline.metadata.title_words import is_alike, share_told, title_words
from pipeline.page.article import is_foreign, is_name
from pipeline.page.sections import is_section

TITLE = 0.8
"""Where the best of several lines is taken."""

MIN_TITLE = 8
MAX_TITLE = 220
"""Columns of a title."""

LIKELY_TITLE = range(16, 161)
"""Columns of most titles."""

MIN_WORDS = 4
"""Words of a title that shares its line with a stamp or with several other segments."""

MAX_WORD = 20
"""Columns of a line that is no title if a longer one stands below it."""

MAX_STAMP = 32
"""Columns of a line with a day that says hardly more."""

MIN_SHATTERED = 5
"""Segments near each other on one line from which it is a page's head that lost its breaks."""

SAMPLE = 3000
"""Code points of the article against which a title is compared."""

MIN_SCORE = 1.0
"""Least sum of points for a title where there are several candidates."""

NEAR = 12
"""Segments right above the article among which a title stands; menus of real sites have hundreds further up."""

MIN_SHARED = 0.5
"""Share of the words of a page's first line that its article has too where that line is the title."""

_DATED = ("dates", *DATED)
_BELOW = ("byline", "section_label", "stats", "caption")
"""Labels of what stands below a title."""
_KICKER = regex.compile(r"^[\[【〔][^\]】〕]{1,12}[\]】〕]\s*")
_BAR = regex.compile(r"\s*[|｜]\s*|\s[–—•-]\s")
_COLON = regex.compile(": |：")
_SENTENCES = regex.compile(r"\p{Ll}{3}[.!?]\s+\p{Lu}|\p{Ll}{3}\.$|[。！？].{4}|。$")
"""More than one sentence, or one with its full stop."""

_AMOUNT = "amount"
"""The row of what sells outside an article that titles have too."""

_ADDRESS = regex.compile(r"://|www\.|\S@\S+\.\S|(?:\d[ ()/-]?){9}")
"""Where something is on the net, a mailbox, or the number of a telephone."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What a candidate is compared with."""

    segments: Sequence[Segment]
    start: int
    """Where the article begins."""
    body: str
    """The beginning of the article, folded."""
    heads: Counter[str]
    """How often each line stands above the article, alone or with the site's name behind it."""
    placed: frozenset[str]
    """The first line and those right above the article, in the forms of `heads`."""
    in_blocks: frozenset[int]
    """Lines above the article that are repeated together with their neighbours, as menus are."""
    told: Sequence[str]
    """What the site says of itself."""
    values: frozenset[str]
    """What stands behind a colon above the article, folded."""
    stamped: frozenset[str]
    """What stands right before a stamp on its line, folded."""
    nearest: int
    """The last line above the article that is long enough for a title."""


def label_title(doc: Document) -> Document:
    """Return `doc` with the title and every repetition of it labelled; unchanged where there is no article."""
    segments = list(doc.segments)
    start = next((i for i, s in enumerate(segments) if s.keep), None)
    best = _best(segments, start) if start is not None else None
    if start is not None and _is_first_heading(segments, start, best):
        best = start
    if best is None:
        return doc
    title = segments[best].text
    for i, segment in enumerate(segments):
        again = fold(segment.text) == fold(title)
        if (i == best or not segment.rule) and (again or _extends(segment.text, title)):
            segments[i] = segment.labelled("title", "title/best" if i == best else "title/repeated", TITLE)
    _repeat_inside(segments, start, fold(title))
    return replace(doc, segments=tuple(segments))


def _repeat_inside(segments: list[Segment], start: int | None, key: str) -> None:
    """Label the title where it comes again at the article's beginning, and free the short lines above it there."""
    kept = [i for i in range(start, len(segments)) if segments[i].keep] if start is not None else []
    first = next((k for k, i in enumerate(kept) if shape(segments[i].text) == "prose"), len(kept))
    again = [k for k in range(min(first + 1, len(kept))) if fold(segments[kept[k]].text) == key]
    # A post may have no other words.
    if not again or len(kept) == again[-1] + 1:
        return
    for k in range(again[-1]):
        segments[kept[k]] = segments[kept[k]].labelled("other", "", 0.0)._replace(level=0)
    for k in again:
        segments[kept[k]] = segments[kept[k]].labelled("title", "title/repeated", TITLE)._replace(level=0)


def _is_first_heading(segments: Sequence[Segment], start: int, best: int | None) -> bool:
    """Whether the article begins with its title: a heading, and above it nothing in its language that could be one."""
    heading = segments[start]
    if heading.label != "heading" or not _could_be_title(segments, start):
        return False
    return best is None or is_foreign(segments[best], heading.language.split("-")[0])


def _best(segments: Sequence[Segment], start: int) -> int | None:
    """Return the ordinal of the likeliest title among the segments above the article."""
    candidates = [i for i in range(start) if not segments[i].rule and _could_be_title(segments, i)]
    if not candidates:
        return None
    folded = [fold(s.text) for s in segments[:start]]
    near = (*segments[:1], *segments[max(0, start - NEAR) : start])
    page = _Page(
        segments,
        start,
        body=fold(" ".join(s.text for s in segments[start : start + 20])[:SAMPLE]),
        heads=Counter(head for s in segments[:start] for head in _heads(s.text)),
        placed=frozenset(head for s in near for head in _heads(s.text)),
        in_blocks=frozenset(_in_blocks(folded)),
        values=frozenset(value for line in folded for value in _values(line)),
        stamped=frozenset(_before_stamps(segments[:start])),
        told=told_by_site(segments),
        nearest=max((i for i in range(start) if _is_long_line(segments[i])), default=0),
    )
    points = {i: _points(page, i) for i in candidates}
    best = max(candidates, key=lambda i: (points[i], -i))
    if points[best] < MIN_SCORE and len(candidates) > 1:
        return None
    # The title tag repeats the title with the site's name behind it, or a section in brackets before it.
    told = (segments[best].text, _KICKER.sub("", segments[best].text))
    again = (i for i in candidates if _extends(told[0], segments[i].text) or segments[i].text == told[1] != told[0])
    return next(again, best)


def _is_stamp(segment: Segment) -> bool:
    """Whether `segment` is little more than a day: a place may stand behind it."""
    return segment.cue("dates") is not None and not segment.glued and width(segment.text) <= MAX_STAMP


def _is_long_line(segment: Segment) -> bool:
    return shape(segment.text) == "title" and width(segment.text) > MAX_WORD


def _extends(longer: str, title: str) -> bool:
    """Whether `longer` is `title` with more behind a bar or a dash."""
    return longer.startswith(title) and longer[len(title) :].lstrip()[:1] in tuple("|｜-–—_·•")


def _could_be_title(segments: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is neither part of a stamp or a menu nor a turn of an interview, and of fitting length."""
    segment = segments[i]
    line = [s for s in segments[max(0, i - 4) : i + 5] if s.line == segment.line]
    stamped = any(s.cue("ages", "days", "dates", "field") for s in line)
    head = regex.split("[:：]", segment.text, maxsplit=1)[0]
    turn = any(rule.id == "chrome/qa_marker" for rule, _ in labels_of(head))
    told = any(cue.table == "outside" and cue.row != _AMOUNT for cue in segment.cues)
    if turn or told or segment.cue("edge") or _ADDRESS.search(segment.text) or ends_in_credit(segment.text):
        return False
    if len(line) >= MIN_SHATTERED:
        return width(segment.text) in LIKELY_TITLE and width(segment.text) > MAX_WORD and not segment.cues
    # A head that lost its breaks has the title on a line with everything else; right before a stamp stands a paper.
    long = width(segment.text) in LIKELY_TITLE and len(segment.text.split()) >= MIN_WORDS and not segment.cues
    long = long and not any(s.line == segment.line and s.cue("ages", "days", *_DATED) for s in segments[i + 1 : i + 2])
    if (stamped or len(line) > 2) and not long:
        return False
    return MIN_TITLE <= width(segment.text) <= MAX_TITLE and shape(segment.text) in ("title", "prose")


def _heads(text: str) -> set[str]:
    """Return what a line may repeat the title as: the whole of it or, unless that is a person, what its bar follows."""
    before = _before_bar(text)
    return {fold(text)} if is_name(before) else {fold(text), fold(before)}


def _before_bar(text: str) -> str:
    return _BAR.split(text, maxsplit=1)[0]


def _points(page: _Page, i: int) -> float:
    """Return how much speaks for segment `i` as the title: repetition most, then what it shares with the article."""
    segment = page.segments[i]
    key = fold(segment.text)
    below = page.segments[i + 1 : min(i + 5, page.start)]
    stamped = any(s.label in _BELOW or s.cue("ages", "days") or _is_stamp(s) for s in below)
    words = title_words(key)
    shared = share_told(words, page.body)
    foreign = is_foreign(segment, page.segments[page.start].language.split("-")[0])
    named = is_name(_before_bar(segment.text)) or is_site_name(segment.text, page.told)
    likely = width(segment.text) in LIKELY_TITLE
    above = page.segments[: page.start]
    repeated = page.heads[key] > 1 and i not in page.in_blocks and not is_section(above, segment.text)
    return (
        (2.0 if key in page.placed else 1.0) * repeated
        + 1.5 * shared
        + 1.0 * stamped
        + 1.0 * likely
        + 1.5 * (i > 0 and not named and is_alike(words, title_words(_before_bar(page.segments[0].text))))
        + (1.5 if likely and not named and shared >= MIN_SHARED else 0.5) * (i == 0)
        + 0.5 * (i >= page.nearest)
        - 0.5 * segment.text.endswith((".", "。"))
        - 1.0 * (sum(not s.rule for s in page.segments[i : page.start]) > NEAR)
        - 1.0 * named
        - 1.0 * (segment.cue("head/byline-place") is not None or _is_in_field(page, key))
        - 2.0 * foreign
        - 1.0 * ends_with_company(segment.text)
        - 0.5 * (segment.cue("outside") is not None)
        - 1.5 * (_is_standfirst(page, i) or _names_photographer(segment.text))
        # Below the name of a site stand the buttons for its readers.
        - 1.0 * (i == 0 and any(s.cue("chrome/subscribe", "chrome/sign_in") for s in below[:1]))
    )


def _names_photographer(text: str) -> bool:
    """Whether `text` has the label of who took a photograph before its last colon.

    >>> _names_photographer("A picker with the scale Foto: Archive"), _names_photographer("Ice: a photograph")
    (True, False)
    """
    head, colon, _ = text.rpartition(":")
    label = head.split()[-1] if colon and head.strip() else ""
    return bool(label) and any(rule.id == "chrome/image_credit" for rule, _ in labels_of(label))


def _is_standfirst(page: _Page, i: int) -> bool:
    """Whether line `i` is sentences right below a line that could be the title and is none, in the same language."""
    above, line = page.segments[max(0, i - 1)], page.segments[i]
    sentences = _SENTENCES.search(line.text) is not None and _SENTENCES.search(above.text) is None
    near = i > 0 and line.line - above.line <= 1 and not above.rule and above.language == line.language
    return sentences and near and _is_long_line(above) and _could_be_title(page.segments, i - 1)


def _in_blocks(lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of folded `lines` that stand beside the same other line somewhere else too.

    >>> list(_in_blocks(["ice", "world", "sport", "ice", "by a.", "world", "sport"]))
    [1, 2, 5, 6]
    """
    pairs = Counter(pairwise(lines))
    for i in range(len(lines)):
        beside = pairwise(lines[max(0, i - 1) : i + 2])
        if any(pairs[pair] > 1 for pair in beside):
            yield i


def _values(line: str) -> Iterator[str]:
    """Yield all that stands behind a colon in the folded `line`, to its end."""
    for colon in _COLON.finditer(line):
        yield line[colon.end() :]


def _before_stamps(above: Sequence[Segment]) -> Iterator[str]:
    """Yield what stands right before a stamp on its line, folded."""
    for name, stamp in pairwise(above):
        if name.line == stamp.line and stamp.cue(*_DATED):
            yield fold(name.text)


def _is_in_field(page: _Page, key: str) -> bool:
    """Whether the folded line `key` stands behind a colon, or right before a stamp, elsewhere above the article."""
    return key in page.values or (width(key) <= MAX_WORD and key in page.stamped)

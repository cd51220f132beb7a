"""What the model of labels is told of the segments of a page: columns of named values, one a segment.

All of it is structure: how a line looks, what the tables know of it, what stands around it and how far away. Words of
no language are in it, so that what is learnt on some sites holds for those in other languages; how short lines sound
is told beside it (`pipeline.labels.wording`).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.document import KEPT_LABELS, Cue, Segment
from pipeline.labels.line_looks import looks
from pipeline.lines.shape import shape, width
from pipeline.lines.stamps import fold
from pipeline.metadata.author_life import authors_above

Column = Sequence[str]
Columns = Mapping[str, Column]

NONE = "none"
_WIDTHS = (4, 8, 14, 22, 34, 50, 80, 130, 220, 400)
_SIZES = (8, 22, 50, 130)
"""Columns of text, in steps; fewer steps for neighbours."""
_LINES = (0, 1, 2, 3, 5, 8, 13, 21, 34, 60)
_NEAR = (1, 2, 3, 5)
_BOX = (1, 2, 3, 5, 8, 13)
_AGAIN = (1, 2, 3, 6)
_BEFORE_NAME = "*†•·-–— "
_STAMPS = ("ages", "days", "dates")


def line_columns(segments: Sequence[Segment]) -> Columns:
    """Return what is known of each segment before anything is decided by the model."""
    seen = [looks(segment.text) for segment in segments]
    shapes = [shape(segment.text) for segment in segments]
    widths = [width(segment.text) for segment in segments]
    whole = [_first_cue(segment, whole=True) for segment in segments]
    stamped = [_stamped(segment) for segment in segments]
    last = len(segments) - 1
    return {
        "rule": [segment.rule or NONE for segment in segments],
        "shape": shapes,
        "width": [_step(columns, _WIDTHS) for columns in widths],
        "size": [f"{kind} to {_step(columns, _SIZES)}" for kind, columns in zip(shapes, widths, strict=True)],
        "ending": [one.ending for one in seen],
        "opening": [one.opening for one in seen],
        "figures": [one.figures for one in seen],
        "capitals": [one.capitals for one in seen],
        "known as": [cue.rule if cue else NONE for cue in whole],
        "known role": [cue.label or "open" if cue else NONE for cue in whole],
        "stamped": stamped,
        "stamp above": _distances([one == "whole" for one in stamped]),
        "stamp below": _distances([one == "whole" for one in reversed(stamped)])[::-1],
        "opens": [next((cue.opens for cue in segment.cues if cue.opens), NONE) for segment in segments],
        "on its line": _on_lines(segments),
        "from top": [_step(i, _LINES) for i in range(len(segments))],
        "from end": [_step(last - i, _LINES) for i in range(len(segments))],
        "tongue": _tongues(segments, widths),
        "again": _again(segments),
    }


def place_columns(segments: Sequence[Segment], labels: Sequence[str]) -> Columns:
    """Return where each segment stands on its page, if `labels` are right."""
    kept = [i for i, label in enumerate(labels) if label in KEPT_LABELS]
    title = labels.index("title") if "title" in labels else None
    boxes, inside = _boxes(segments, labels)
    return {
        "label": labels,
        "place": [_side(i, kept) for i in range(len(segments))],
        "reach": [_reach(i, kept) for i in range(len(segments))],
        "from title": [_from_title(i, title) for i in range(len(segments))],
        "box": boxes,
        "in box": inside,
        "author": _of_authors(segments, kept),
    }


def _step(number: int, steps: Sequence[int]) -> str:
    at = bisect_left(steps, number)
    return str(steps[at]) if at < len(steps) else "more"


def _first_cue(segment: Segment, *, whole: bool) -> Cue | None:
    """Return the first cue that explains the segment from end to end, one that gives it a role before others."""
    cues = [cue for cue in segment.cues if cue.whole == whole]
    return next((cue for cue in cues if cue.label), cues[0] if cues else None)


def _stamped(segment: Segment) -> str:
    stamps = [cue.whole for cue in segment.cues if cue.table in _STAMPS]
    return "whole" if any(stamps) else "in it" if stamps else NONE


def _distances(hits: Sequence[bool]) -> list[str]:
    """Return how far above each line the last hit is."""
    found: list[str] = []
    last: int | None = None
    for i, is_hit in enumerate(hits):
        found.append("far" if last is None else _step(i - last, _NEAR))
        last = i if is_hit else last
    return found


def _on_lines(segments: Sequence[Segment]) -> list[str]:
    """Return where each segment stands among those that share its line."""
    lines = [segment.line for segment in segments]
    above, below = [-1, *lines[:-1]], [*lines[1:], -1]
    names = {(False, False): "alone", (False, True): "first", (True, True): "amid", (True, False): "last"}
    return [names[line == before, line == after] for line, before, after in zip(lines, above, below, strict=True)]


def _tongues(segments: Sequence[Segment], widths: Sequence[int]) -> list[str]:
    """Return whose language each segment is in, the article's or its site's, and whether these are two."""
    languages = [segment.language.partition("-")[0] for segment in segments]
    site: Counter[str] = Counter()
    article: Counter[str] = Counter()
    for segment, language, columns in zip(segments, languages, widths, strict=True):
        if language not in ("und", "zxx"):
            (article if segment.keep else site)[language] += columns if segment.keep else 1
    own, around = (max(count, key=count.__getitem__, default=NONE) for count in (article, site))
    names = {"und": NONE, "zxx": NONE, around: "site's", own: "article's"}
    page = "one" if own == around else "two"
    return [f"{page}, {names.get(language, 'another')}" for language in languages]


def _again(segments: Sequence[Segment]) -> list[str]:
    """Return how often the page has the line."""
    folded = [fold(segment.text) for segment in segments]
    counts = Counter(folded)
    return [_step(counts[text], _AGAIN) for text in folded]


def _side(i: int, kept: Sequence[int]) -> str:
    if not kept:
        return NONE
    return "above" if i < kept[0] else "below" if i > kept[-1] else "inside"


def _reach(i: int, kept: Sequence[int]) -> str:
    """Return on which side of the article's borders a line is, and how far from the next."""
    side = _side(i, kept)
    if side == NONE:
        return NONE
    far = min(abs(i - kept[0]), abs(i - kept[-1]))
    return f"{side} {_step(far, _LINES)}"


def _from_title(i: int, title: int | None) -> str:
    if title is None:
        return NONE
    return f"{'above' if i < title else 'below'} {_step(abs(i - title), _LINES)}"


def _of_authors(segments: Sequence[Segment], kept: Sequence[int]) -> list[str]:
    """Return whether each segment begins with or has the full name of somebody who signs above the article."""
    authors = authors_above(segments, kept[0]) if kept else ()
    found: list[str] = []
    for segment in segments:
        text = segment.text.lstrip(_BEFORE_NAME)
        begins = any(text.startswith(name) for name in authors)
        found.append("begins" if begins else "has" if any(name in text for name in authors) else NONE)
    return found


def _boxes(segments: Sequence[Segment], labels: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the box that the last label of one above each segment opens, and how far above that is."""
    boxes: list[str] = []
    inside: list[str] = []
    box, at = NONE, 0
    for i, (segment, label) in enumerate(zip(segments, labels, strict=True)):
        boxes.append(box)
        inside.append(NONE if box == NONE else _step(i - at, _BOX))
        if label == "section_label":
            box, at = next((cue.opens for cue in segment.cues if cue.opens), "unknown"), i
    return boxes, inside

"""Label comments that no label announces: name, time, what was said, again and again below the article."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import regex

from pipeline.document import Document, Segment
from pipeline.lines.shape import ends_sentence, shape, width
from pipeline.lines.stamps import fold
from pipeline.page.article import is_name

RHYTHM = 0.8
"""Where the rhythm of comments alone decides."""

MIN_COMMENTS = 2
MAX_HANDLE = 30
"""Columns of the name somebody comments under; a card's title is longer."""

MAX_HEAD = 5
"""Lines from the name to the words: the time, how long a member, how many posts, who is quoted."""

MAX_QUOTED = 80
"""Columns of a line quoted between the time and the words."""

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_FIGURE = regex.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Comment:
    """Where a comment starts, where the time in its head stands, and where its words begin."""

    start: int
    time: int
    said: int


def label_comments(doc: Document) -> Document:
    """Return `doc` with unannounced comments labelled: below the article, each name with its time and words."""
    segments = list(doc.segments)
    comments = _below_article(segments, list(_comments(segments)))
    again = Counter(fold(s.text) for s in segments)
    if len(comments) < MIN_COMMENTS or all(_is_titled(segments, comment.start, again) for comment in comments):
        return doc
    ends = [*(comment.start for comment in comments[1:]), len(segments)]
    for comment, following in zip(comments, ends, strict=True):
        for i in range(comment.start, min(following, _end(segments, comment.said))):
            if not segments[i].rule or segments[i].label == "byline":
                segments[i] = segments[i].labelled("discussion", "comments/rhythm", RHYTHM)
    return replace(doc, segments=tuple(segments))


def _comments(segments: Sequence[Segment]) -> Iterator[_Comment]:
    """Yield what reads like a comment, from top to bottom; the second of two that share their words is none."""
    said = -1
    for i in range(len(segments)):
        comment = _comment(segments, i) if i > said else None
        if comment is not None:
            said = comment.said
            yield comment


def _comment(segments: Sequence[Segment], i: int) -> _Comment | None:
    """Return the comment that starts at `i`, None if none does: a name or handle, a time below it, then words."""
    text = segments[i].text
    if segments[i].rule or width(text) > MAX_HANDLE or not (is_name(text) or " " not in text):
        return None
    time = said = None
    for k in range(i + 1, min(i + MAX_HEAD + 2, len(segments))):
        segment = segments[k]
        if time is None and _is_time(segment):
            time = k
        elif time is not None and _is_said(segment):
            said = k
            break
        elif not _is_of_head(segment, may_quote=time is not None and time > i + 1):
            return None
    return _Comment(i, time, said) if time is not None and said is not None else None


def _is_said(segment: Segment) -> bool:
    """Whether a free line is words of somebody's; one with a colon at its end names whom it quotes."""
    if segment.rule or (shape(segment.text) != "prose" and segment.text.endswith((":", "："))):
        return False
    return shape(segment.text) == "prose" or ends_sentence(segment.text)


def _is_of_head(segment: Segment, *, may_quote: bool) -> bool:
    """Whether a line may stand between name and words: a figure on the member, or what is quoted.

    Where the time stands right below the name, a line below it is the title of the next card.
    """
    if shape(segment.text) == "prose" or width(segment.text) > MAX_QUOTED:
        return False
    return _FIGURE.search(segment.text) is not None or (may_quote and not segment.rule)


def _is_time(segment: Segment) -> bool:
    cue = segment.cue("ages", "days", "dates")
    return cue is not None and cue.whole


def _below_article(segments: Sequence[Segment], comments: Sequence[_Comment]) -> list[_Comment]:
    """Return the comments that answer the article.

    They stand below most of what is written on the page. In a thread the post that they answer has a head like theirs,
    and may be shorter than they are; a byline has no such head, of three lines or more.
    """
    below = _end_of_article(segments)
    if comments and not any(_is_written(s) for s in segments[: comments[0].said]):
        post, *answers = comments
        if post.said - post.start > 2:
            return [c for c in answers if c.start >= below or _outline(segments, c) == _outline(segments, post)]
    return [comment for comment in comments if comment.start >= below]


def _outline(segments: Sequence[Segment], comment: _Comment) -> str:
    """Return how the time in the head of `comment` is written, whatever its words and figures."""
    return _FIGURE.sub("0", _WORD.sub("a", segments[comment.time].text))


def _end_of_article(segments: Sequence[Segment]) -> int:
    """Return the first segment above which most of what is written on the page stands."""
    written = list(accumulate(width(s.text) if _is_written(s) else 0 for s in segments))
    return 1 + next((i for i, above in enumerate(written) if 2 * above > written[-1]), len(written))


def _is_written(segment: Segment) -> bool:
    return shape(segment.text) == "prose" and not segment.rule


def _is_titled(segments: Sequence[Segment], i: int, again: Counter[str]) -> bool:
    """Whether a title stands right above `i`: a card's source and age, not a comment's author and time.

    What comes again on the page is the button below the comment before.
    """
    above = segments[i - 1] if i else None
    return above is not None and not above.rule and shape(above.text) == "title" and again[fold(above.text)] == 1


def _end(segments: Sequence[Segment], said: int) -> int:
    """Return where a comment ends: after its paragraphs."""
    i = said + 1
    while i < len(segments) and _is_written(segments[i]):
        i += 1
    return i

"""Label the article's own text: paragraphs, headings, list items, and the captions among them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from pipeline.document import Document, Segment
from pipeline.languages.site_language import site_language
from pipeline.lines.line_rules import said_by_site
from pipeline.lines.shape import BULLET, ORDINAL, asks, ends_sentence, shape, width
from pipeline.lines.stamps import fold
from pipeline.lines.table_rows import TABLE_ROW, table_rows
from pipeline.metadata.author_life import before_life
from pipeline.page.article import find_article, is_foreign, main_language
from pipeline.page.end_marks import before_end_mark
from pipeline.page.facts import fact_lines
from pipeline.page.offer_boxes import offered_lines
from pipeline.page.participants import participants
from pipeline.page.pull_quotes import pull_quotes
from pipeline.page.sold_boxes import sold_lines
from pipeline.page.unmarked_lists import unmarked_items
from pipeline.page.zone_openers import LETTER_OF_TURN

RUN = 0.7
FALLBACK = 0.6
SURE = 0.9
TOLD = 0.95
"""Where letters tell the turns of an interview; the body model is not asked."""

MAX_INDENT = 80
"""Code points of the deepest indentation that is told from the next."""

CHAIN = 5
"""Titles in a row from which they are a menu and not the headings of empty sections."""

MAX_HEADING = 100
"""Columns of a numbered heading; a longer numbered line is a list item."""

_FULL_STOP = regex.compile(r"[.。](?:[ \u00a0\u202f]?[\"'”’“»«」])?$")
"""What a short paragraph ends on and a heading does not."""

_ROW = regex.compile(r"^[^:：]{2,60}(?:[:：]|\s[–—|｜-]|\t)\s?[^\p{L}\d]{0,3}\d")
"""What the rows of a price list begin with."""

_TURN = regex.compile(r"^(\p{L}[\p{L}.]{0,19}(?: \p{L}[\p{L}.]{0,19})?)[:：]\s?\S")
"""A speaker's name before what was said."""

MIN_TURNS = 3
MAX_LABEL = 28
"""Columns of a line that names a box; longer ones describe a picture."""

_DASHES = tuple("—–-")
_LONG_DASHES = tuple("—–")

_NESTED = "◦▫∙–"
"""Bullets that mark a second level where the indentation is lost."""


@dataclass(frozen=True, slots=True)
class _Article:
    """The segments of the article and what is true of all of them."""

    segments: Sequence[Segment]
    language: str
    """Primary subtag of its language."""
    site: str
    """That of the language of the page around it, where that is another one; else `und`."""
    repeated: Counter[str]
    """How often each line that is no paragraph stands in it."""
    speakers: Counter[str]
    """How often each word before a colon opens a line."""
    is_dialogue: bool
    """Whether dashes open turns of a conversation."""


def choose_body(doc: Document) -> Document:
    """Return `doc` with body, heading, list_item and caption labels inside the article.

    What lies outside stays free for the stage that labels the rest of the page.
    """
    segments = list(doc.segments)
    found = find_article(segments)
    if found is None:
        return replace(doc, segments=tuple(_only_text(segments)))
    start, end = found
    for i in _turns(segments):
        segments[i] = segments[i].labelled("body", LETTER_OF_TURN, TOLD)
    end = before_end_mark(segments, start, before_life(segments, start, end))
    levels = _levels(doc, start, end)
    article = _article(segments[start:end], segments)
    told = _told_by_others(article)
    for i in range(start, end):
        if i - start in told:
            label, rule, score = told[i - start]
            segments[i] = segments[i].labelled(label, rule, score)._replace(level=int(label == "list_item"))
        elif not segments[i].rule:
            segments[i] = _inside(article, i - start)._replace(level=levels.get(i, 0))
    return replace(doc, segments=tuple(segments))


def _turns(segments: Sequence[Segment]) -> Iterator[int]:
    """Yield the questions and answers of an interview, which `find_article` weighs as what they are: short or long."""
    return (i + 1 for i, (mark, host) in enumerate(pairwise(segments)) if mark.rule == LETTER_OF_TURN and not host.rule)


def _told_by_others(article: _Article) -> dict[int, tuple[str, str, float]]:
    """Return label, rule and score of the segments whose role shows only beside other lines of the article."""
    segments = article.segments
    found = dict.fromkeys(unmarked_items(segments), ("list_item", "body/unmarked-item", RUN))
    # By its looks alone, a rule for single lines takes a cell with a change in per cent for a ticker.
    tables = {i for i in table_rows([s.text for s in segments]) if not segments[i].rule or segments[i].cue("lines")}
    found |= dict.fromkeys(tables | fact_lines(segments), ("list_item", TABLE_ROW, SURE))
    found |= dict.fromkeys(participants(segments), ("list_item", "body/participant", RUN))
    found |= dict.fromkeys(pull_quotes(segments), ("other", "quotes/pulled", SURE))
    found |= {i: (label, "box/offer", SURE) for i, label in offered_lines(segments).items()}
    return found | dict.fromkeys(sold_lines(segments, article.language), ("ad", "box/sold", SURE))


def _article(segments: Sequence[Segment], page: Sequence[Segment]) -> _Article:
    language = main_language(segments)
    turns = [s.text for s in segments if s.text[:1] in _DASHES and shape(s.text) == "bullet"]
    return _Article(
        segments,
        language=language,
        site=site_language(page, language),
        repeated=Counter(fold(s.text) for s in segments if not s.rule and shape(s.text) != "prose"),
        speakers=Counter(turn[1] for s in segments if (turn := _TURN.match(s.text))),
        # One of them asks, and most are sentences.
        is_dialogue=any(map(asks, turns)) and 2 * sum(map(ends_sentence, turns)) > len(turns),
    )


def _only_text(segments: Sequence[Segment]) -> list[Segment]:
    """Return `segments`, where no article was found, with the only text there is as the body.

    That is an abstract, or the questions and answers below a label, or all of a page that has no
    furniture at all: a list, a table, a song.
    """
    for labels in (("summary",), ("qa_question", "qa_answer")):
        if any(s.label in labels and s.rule.startswith("zone/") for s in segments):
            return [s.labelled("body", "body/only-text", FALLBACK) if s.label in labels else s for s in segments]
    if len(segments) < 2 or any(s.rule or s.cues for s in segments):
        return list(segments)
    kinds = dict.fromkeys(("bullet", "ordinal"), "list_item")
    head = 1 if shape(segments[0].text) == "title" and not ends_sentence(segments[0].text) else 0
    rest = (s.labelled(kinds.get(shape(s.text), "body"), "body/bare-page", FALLBACK) for s in segments[head:])
    return [*segments[:head], *rest]


def _inside(article: _Article, i: int) -> Segment:
    """Return segment `i` of the article with its label."""
    segment = article.segments[i]
    cue = segment.cue("edge", "outside")
    if cue is not None and (cue.row in said_by_site() or is_foreign(segment, article.language)):
        return segment.labelled(cue.label, f"lines/{cue.row}", RUN)
    if "\t" in segment.text:
        return segment.labelled("list_item", "body/row", RUN)
    match shape(segment.text):
        case "prose" if is_foreign(segment, article.language) and segment.language.split("-")[0] == article.site:
            return segment.labelled("other", "body/site-speaks", RUN)
        case "prose":
            return segment.labelled("body", "body/run", RUN)
        case "bullet" if _is_turn(article, i):
            return segment.labelled("body", "body/turn", RUN)
        case "bullet":
            return segment.labelled("list_item", "body/bullet", RUN)
        case "ordinal":
            return segment.labelled(_numbered(article.segments, i), "body/ordinal", RUN)
        case "scrap":
            return segment.labelled("other", "body/scrap", FALLBACK)
        case "title" if i + 1 < len(article.segments) and "\t" in article.segments[i + 1].text:
            return segment.labelled("caption", "body/table-name", RUN)
        case _:
            return _line(article, i)


def _is_turn(article: _Article, i: int) -> bool:
    """Whether segment `i`, which begins as a list item does, is what somebody says: no list has one item alone."""
    text = article.segments[i].text
    if text[0] not in _DASHES:
        return False
    around = (*article.segments[max(0, i - 1) : i], *article.segments[i + 1 : i + 2])
    beside = [segment for segment in around if segment.label != "marker"]  # the time of a report
    alone = text[0] in _LONG_DASHES and all(shape(s.text) == "prose" for s in beside)
    led = bool(beside) and beside[0].text.endswith((":", "："))
    return article.is_dialogue or (alone and not led and ends_sentence(text))


def _line(article: _Article, i: int) -> Segment:
    """Return segment `i`, a line that is no paragraph and no list item, with its label."""
    segment = article.segments[i]
    if _FULL_STOP.search(segment.text) and not is_foreign(segment, article.language):
        return segment.labelled("body", "body/short-sentence", RUN)
    if article.repeated[fold(segment.text)] > 1 and not ends_sentence(segment.text):
        return segment.labelled("caption", "body/repeated-alt-text", FALLBACK)
    if is_foreign(segment, article.language):
        return segment.labelled(_foreign(article, i), "body/foreign-line", FALLBACK)
    turn = _TURN.match(segment.text)
    if turn is not None and article.speakers[turn[1]] >= MIN_TURNS:
        return segment.labelled("body", "body/turn", RUN)
    if _is_row(article.segments, i):
        return segment.labelled("list_item", "body/row", FALLBACK)
    if _in_chain(article.segments, i) and not _heads_chain(article.segments, i):
        return segment.labelled("nav", "body/menu", FALLBACK)
    if segment.text.endswith((":", "：")) and _is_listed(article.segments[i + 1 : i + 2]):
        return segment.labelled("body", "body/leads-list", RUN)
    return segment.labelled("heading", "body/heading", RUN)


def _is_listed(below: Sequence[Segment]) -> bool:
    return bool(below) and not below[0].rule and shape(below[0].text) in ("bullet", "ordinal")


def _foreign(article: _Article, i: int) -> str:
    """Return the label of a line of the site's inside the article: a caption, or a box of other articles."""
    first = last = i
    while first > 0 and _is_site(article, first - 1):
        first -= 1
    while last + 1 < len(article.segments) and _is_site(article, last + 1):
        last += 1
    if last + 1 < len(article.segments) and article.segments[last + 1].label == "marker" and i == last:
        return "section_label"
    if first == last or width(article.segments[first].text) > MAX_LABEL:
        return "caption"
    return "section_label" if i == first else "related_title"


def _is_site(article: _Article, i: int) -> bool:
    segment = article.segments[i]
    return not segment.rule and shape(segment.text) == "title" and is_foreign(segment, article.language)


def _is_row(article: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` is a row of a table that lost its cells: name and figure, like a line beside it."""
    near = [*article[max(0, i - 1) : i], *article[i + 1 : i + 2]]
    return bool(_ROW.match(article[i].text)) and any(_ROW.match(s.text) for s in near)


def _in_chain(article: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` stands among so many titles in a row that they are a menu."""
    above = next((k for k in range(CHAIN) if i - k < 0 or not _is_title(article[i - k])), CHAIN)
    below = next((k for k in range(CHAIN) if i + k >= len(article) or not _is_title(article[i + k])), CHAIN)
    return above + below - 1 >= CHAIN


def _heads_chain(article: Sequence[Segment], i: int) -> bool:
    """Whether segment `i` names what the titles below it are: behind a paragraph, with a colon, as a recipe's list."""
    return article[i].text.endswith((":", "：")) and (i == 0 or shape(article[i - 1].text) == "prose")


def _is_title(segment: Segment) -> bool:
    return not segment.rule and shape(segment.text) in ("title", "scrap") and not _ROW.match(segment.text)


def _numbered(article: Sequence[Segment], i: int) -> str:
    """Return heading or list_item for a numbered line: a heading is short and has text of its own below it."""
    text = article[i].text
    below = next((article[k] for k in range(i + 1, len(article)) if not article[k].rule), None)
    has_text = below is not None and shape(below.text) not in ("ordinal", "bullet")
    in_list = i > 0 and shape(article[i - 1].text) == "ordinal"
    short = width(text) <= MAX_HEADING and (asks(text) or not ends_sentence(ORDINAL.sub("", text)))
    return "heading" if has_text and short and not in_list else "list_item"


def _levels(doc: Document, start: int, end: int) -> dict[int, int]:
    """Return the nesting of each list item, 1 for the outermost of its list, read off indentation and bullet."""
    levels: dict[int, int] = {}
    block: list[int] = []
    for i in range(start, end + 1):
        if i < end and not doc.segments[i].rule and shape(doc.segments[i].text) in ("bullet", "ordinal"):
            block.append(i)
            continue
        depths = [_depth(doc, j) for j in block]
        # No list begins with an item of its second level.
        if depths and depths[0][1]:
            depths = [(indent, False) for indent, _ in depths]
        ranks = sorted(set(depths))
        levels.update({j: 1 + ranks.index(depth) for j, depth in zip(block, depths, strict=True)})
        block = []
    return levels


def _depth(doc: Document, i: int) -> tuple[int, bool]:
    segment = doc.segments[i]
    # Only the blanks right before it count, so a look back over a few of them is enough.
    before = doc.text[max(0, segment.at - MAX_INDENT) : segment.at]
    indent = before[len(before.rstrip(" \t\u00a0\u3000")) :].expandtabs(4)
    bullet = BULLET.match(segment.text)
    return len(indent), bool(bullet and bullet.group()[0] in _NESTED)

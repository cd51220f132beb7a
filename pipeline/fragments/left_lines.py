"""Lines, items and cells left in another language on a page that leaks.

On an ordinary page a line without a final mark in another language is a title, a slogan or a name. On a page that
has leaked elsewhere it was left untranslated, as long as it stands where the article's own text does.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from pipeline.document import SITE_LABELS, Document, Segment
from pipeline.fragments.foreign import autonyms, script_of
from pipeline.fragments.page_language import has_own_words, is_garbled, is_prose, is_quoted
from pipeline.fragments.place import Host
from pipeline.languages.everyday import WORD, everyday
from pipeline.languages.language_tag import primary
from pipeline.languages.script import DENSE, NO_LETTERS, Run, count_letters, letters_of, runs

_ROWS_LABELS = ("related_title", "related_meta", "popular", "discussion", "section_label", "byline", "title")
_MARKER = regex.compile(r"\s*(?:[-*•–—▪●]|[(（]?\d{1,3}[.)）、]|[a-z][.)]|[①-⑳])\s*")
_LETTER_MARKER = regex.compile(r"\s*(?:[QAqa]\d{0,2}|[问答問])(?:[.:：、]\s*|\s+)")
_QUESTIONS = ("qa_question", "qa_answer")
_PROSE_LABELS = ("other", "summary", *_QUESTIONS)
"""Labels of segments that may be the article's own where they are sentences."""
_CREDIT = regex.compile(r"[(（\[:：|/／©]")
_EDGES = regex.compile(r"[\p{L}\p{N}](?:.*[\p{L}\p{M}\p{N}])?", regex.S)
_LEAST_SCORE = 0.55
_LEAST_DENSE = 3
_LEAST_WORDS = 2
_LEAST_LATIN_WORDS = 5
_LEAST_EVERYDAY = 2
_LEAST_SMALL = 0.6
"""Share of words in small letters: titles have fewer."""
_MOST_IN_A_ROW = 2
_LEAST_CELLS = 3
_LEAST_RUN = 2
_CELL_BORDER = regex.compile(r"\s*[|｜\t]\s*|\s+/\s+")


def without_marker(text: str, label: str) -> tuple[int, int]:
    """Return where the text of a line begins and ends, without the marker of an item and the final mark.

    >>> [("2. 休ませる。"[start:end]) for start, end in [without_marker("2. 休ませる。", "list_item")]]
    ['休ませる']
    """
    marker = (_LETTER_MARKER if label in _QUESTIONS else _MARKER).match(text)
    found = _EDGES.search(text, marker.end() if marker else 0)
    return found.span() if found else (0, 0)


def left_lines(doc: Document, hosts: Sequence[Host], home: str) -> Iterator[int]:
    """Yield the ordinals of the segments of a leaky page in `home` that were left whole in another language."""
    for ordinal, (segment, host) in enumerate(zip(doc.segments, hosts, strict=True)):
        if host.language in ("und", "zxx") or primary(host.language) == primary(home):
            continue
        if (
            _may_be_text(doc, hosts, ordinal, home)
            and not _goes_on(doc, hosts, ordinal)
            and _is_left(segment, host, home)
        ):
            yield ordinal


def left_cells(doc: Document, home: str) -> Iterator[tuple[int, Run]]:
    """Yield the runs in another script in the tables of a leaky page in `home`: a segment and offsets in it."""
    script = script_of(home, NO_LETTERS)
    kept = [ordinal for ordinal, segment in enumerate(doc.segments) if segment.keep or segment.label == "other"]
    if script == NO_LETTERS or not kept:
        return
    for table in _tables(doc):
        ordinals = [ordinal for row in table for ordinal in row]
        if not kept[0] < ordinals[0] <= ordinals[-1] < kept[-1]:
            # A menu or a footer, and no part of the article.
            continue
        letters = count_letters("".join(doc.segments[ordinal].text for ordinal in ordinals))
        own = sum(letters[name] for name in letters_of(script))
        if 2 * own < letters.total():
            continue
        for ordinal in ordinals:
            yield from ((ordinal, run) for run in _foreign(doc.segments[ordinal].text, script))


def _may_be_text(doc: Document, hosts: Sequence[Host], ordinal: int, home: str) -> bool:
    """Return whether a segment stands where the article's own text does."""
    segment = doc.segments[ordinal]
    if segment.keep:
        return True
    if segment.label == "nav":
        return _is_item_of_article(doc, ordinal)
    if segment.label == "caption":
        if segment.cues or _CREDIT.search(segment.text):
            return False
    elif segment.label not in _PROSE_LABELS or not is_prose(segment):
        return False
    own = [i for i, one in enumerate(doc.segments) if _is_own(one, hosts[i], home)]
    if not own or ordinal < own[0]:
        # A notice before the article, of whoever runs the site.
        return False
    if _is_spoken_by_site(doc, hosts[ordinal].language):
        # Below the article that is a notice of translation, an author's box; between its paragraphs it was left.
        return any(one.keep for one in doc.segments[ordinal:])
    before = ordinal - 1
    while before > 0 and doc.segments[before].label in ("caption", "heading"):
        before -= 1
    return ordinal < own[-1] or before in own


def _is_spoken_by_site(doc: Document, language: str) -> bool:
    """Return whether menus and the like are in `language`: what stands in it below an article is the site's as well."""
    return any(one.label in SITE_LABELS and primary(one.language) == primary(language) for one in doc.segments)


def _is_own(segment: Segment, host: Host, home: str) -> bool:
    own = segment.label in _PROSE_LABELS and host.language == home
    return segment.keep or (own and is_prose(segment))


def _is_item_of_article(doc: Document, ordinal: int) -> bool:
    """Return whether an item that was taken for a link stands in a list that follows the article's own text.

    At most one line of another kind, the list's heading, may stand between the two.
    """
    others = 0
    for at in range(ordinal, -1, -1):
        segment = doc.segments[at]
        if segment.keep or segment.label == "other":
            return at < ordinal
        is_item = _MARKER.match(segment.text) is not None
        others += not is_item
        if segment.cues or segment.label != "nav" or others > 1 or (at == ordinal and not is_item):
            return False
    return False


def _goes_on(doc: Document, hosts: Sequence[Host], ordinal: int) -> bool:
    """Return whether a segment is part of a poem, a comment or another edition, and not left.

    One line beside another or three paragraphs in a row in the same other language are somebody's.
    """
    language = hosts[ordinal].language
    first = last = ordinal
    while first and hosts[first - 1].language == language and doc.segments[first - 1].keep:
        first -= 1
    while last + 1 < len(hosts) and hosts[last + 1].language == language and doc.segments[last + 1].keep:
        last += 1
    row = doc.segments[first : last + 1]
    return len(row) > _MOST_IN_A_ROW or (len(row) > 1 and not all(map(is_prose, row)))


def _is_left(segment: Segment, host: Host, home: str) -> bool:
    text = segment.text
    start, end = without_marker(text, segment.label)
    if segment.language_score < _LEAST_SCORE or is_quoted(text) or is_garbled(text):
        return False
    # The Q or A before an answer is no word of it.
    if has_own_words(text[start:end], home, host.language):
        return False
    words = WORD.findall(text)
    if host.script == script_of(home, NO_LETTERS) or host.script == "Latn":
        return is_prose(segment) or _is_clause(words, primary(host.language), primary(home))
    if host.script in DENSE:
        return end - start >= _LEAST_DENSE and text[start:end] not in autonyms()
    return len(words) >= _LEAST_WORDS and any(word.islower() for word in words)


def _is_clause(words: Sequence[str], language: str, home: str) -> bool:
    """Return whether a line is more than a title: several everyday words, most of its words in small letters."""
    known = everyday(home)
    small = [word.casefold() for word in words]
    named = dict(known.guests).get(language, frozenset())
    distinct = {word for word in small if word in named}
    return (
        len(words) >= _LEAST_LATIN_WORDS
        and sum(word[0].islower() for word in words) >= _LEAST_SMALL * len(words)
        and len(distinct) >= _LEAST_EVERYDAY
        and not distinct.isdisjoint(known.clause.get(language, frozenset()))
    )


def _tables(doc: Document) -> Iterator[list[list[int]]]:
    """Yield the tables of a page: rows in a row with as many cells, each the ordinals of its segments."""
    lines: dict[int, list[int]] = {}
    for ordinal, segment in enumerate(doc.segments):
        lines.setdefault(segment.line, []).append(ordinal)
    rows = [(line, ordinals, _cells(doc, ordinals)) for line, ordinals in lines.items()]
    table: list[list[int]] = []
    for (line, ordinals, cells), (below, _, more) in pairwise([*rows, (-1, [], 0)]):
        if cells >= _LEAST_CELLS:
            table.append(ordinals)
        if below == line + 1 and more == cells:
            continue
        if len(table) > 1:
            yield table
        table = []


def _cells(doc: Document, ordinals: Sequence[int]) -> int:
    """Return how many cells a line has, 0 for one of the furniture around an article."""
    first, last = doc.segments[ordinals[0]], doc.segments[ordinals[-1]]
    if any(doc.segments[ordinal].label in _ROWS_LABELS for ordinal in ordinals):
        return 0
    return len(_CELL_BORDER.split(doc.text[first.at : last.until]))


def _foreign(text: str, script: str) -> Iterator[Run]:
    """Yield what a cell holds in another script, names of languages and single letters left out."""
    own = {"Jpan": ("Hani", "Jpan", "Latn"), "Hani": ("Hani", "Latn")}.get(script, (script, "Latn"))
    for run in runs(text, skip=script):
        if run.script not in own and run.end - run.start >= _LEAST_RUN and text[run.start : run.end] not in autonyms():
            yield run

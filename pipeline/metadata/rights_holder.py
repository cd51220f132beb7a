"""Who holds the rights in a page, by the notices outside its article."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

import regex

from pipeline.document import Segment
from pipeline.lines.shape import shape, width
from pipeline.metadata.paper_names import is_paper
from pipeline.metadata.site_name import MAX_NAME, is_site_name
from pipeline.rules import PatternRule, load_rules

MOST_NOTICES = 50
"""Notices that are read on a page; hostile pages have more."""

MOST_BEFORE = 3
"""Words that may stand before the sign of a notice; more make a sentence on another's rights."""

_SOLID = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_QUOTE = regex.compile('[«„“"「『]')
QUOTES = ' «»„“”"「」『』'
_MARK = regex.compile(r"(?i)[©ⓒ]|\(c\)|copyright")
_SIDES = {"behind-sign": 0, "before-sign": -1, "belong-to": 0}
"""Where the name stands in a notice, and which of its words is at the sign."""

_LINKED = " .→›»>"
"""What stands behind a name that leads to another page."""
_SIGN = regex.compile(r"[©ⓒ\d]|\(c\)")
_BAR = regex.compile(r"[|·•]|(?<=\p{Ll}{2})[.!]\s|[。！]")
_ARTICLE = regex.compile(r"L[’']|(?:The|Le|La|Les|El|Los|Las|Il|Gli|Der|Die|Das|De|Het|O|A|Os)\s")


def holder_of_rights(segments: Sequence[Segment], notices: Sequence[Segment]) -> str | None:
    """Return who holds the rights in the page, by those `notices` of it that speak of rights.

    One of whom the page speaks elsewhere too is best.

    >>> page = [Segment(0, 0, 0, text, 1) for text in ("Harbour Post", "© 2026 Harbour Post Ltd")]
    >>> holder_of_rights(page, page[1:])
    'Harbour Post'
    """
    holders = sorted(_holders(segments, notices), key=lambda holder: not holder[1])
    name = next((name for name, _ in holders if width(name) <= MAX_NAME), None)
    return _as_the_page_writes_it(_without_its_house(name, segments), segments) if name else None


def writer_of_newsletter(segments: Sequence[Segment]) -> str | None:
    """Return who writes a newsletter, by the notice under it.

    >>> writer_of_newsletter([Segment(0, 0, 0, "© 2026 Jane Doe · Privacy ∙ Terms ∙ Collection notice", 1)])
    'Jane Doe'
    """
    lines = (s.text for s in islice(reversed(segments), MOST_NOTICES) if len(s.text) <= 3 * MAX_NAME)
    found = (match for line in lines if (match := _rights()["newsletter"].search(line)))
    return next((match["name"] for match in found), None)


def _without_its_house(name: str, segments: Sequence[Segment]) -> str:
    """Return `name` without the words for a publishing house, where another line outside the article has the rest."""
    paper = _rights()["publishing-only"].sub("", name)
    if paper != name and is_paper(paper):
        return paper
    bare = without_house(name)
    if bare == name:
        return name
    # The notices have the house's own name.
    lines = [s.text for s in segments if not s.keep and s.label != "title" and name not in s.text]
    return bare if is_site_name(bare, [" ".join(line[:300].lower().split()) for line in lines]) else name


def without_house(name: str) -> str:
    """Return `name` without the words for a publishing house at its ends.

    >>> without_house("Editorial Faro Norte"), without_house("Truyền thông Bến Nước")
    ('Faro Norte', 'Bến Nước')
    """
    while (shorter := _rights()["publishing"].sub("", name)) != name:
        name = shorter
    return name


def _as_the_page_writes_it(name: str, segments: Sequence[Segment]) -> str:
    """Return the line outside the article that is `name` with an article, or begins the name of a company."""
    for segment in segments:
        text = segment.text
        if segment.keep or segment.label == "title" or not _ARTICLE.match(text) or width(text) > MAX_NAME:
            continue
        if f"{name} ".startswith(_ARTICLE.sub("", text, count=1) + " "):
            return text
    return name


def _holders(segments: Sequence[Segment], notices: Sequence[Segment]) -> Iterator[tuple[str, bool]]:
    """Yield the names in the notices of rights, from the page's end on, and whether they stand elsewhere too.

    What only stands there must begin its line: a notice of another's rights is part of a sentence.
    """
    for segment, name, begins in islice(_notices(notices), MOST_NOTICES):
        known = any(name in other.text for other in segments if other is not segment and not other.keep)
        if known or begins:
            yield name, known


def _notices(segments: Sequence[Segment]) -> Iterator[tuple[Segment, str, bool]]:
    """Yield each notice of rights, from the page's end on, with the name in it, and whether it begins its line."""
    rights = _rights()
    for segment in reversed(segments):
        text = segment.text[:300]
        told = _MARK.search(text) or any(rights[side].search(text) for side in _SIDES)
        if not told or _is_entry(segment.text):
            continue
        text = parted_from_company(text)
        for side, word in _SIDES.items():
            found = rights[side].search(text)
            name = rights["said-in-it"].sub("", found["name"].strip()) if found else ""
            name = rights["published-by"].sub("", _nearest(name, word))
            if found and name and not rights["words"].search(name):
                yield segment, name, _begins(text[: found.start()])


def _is_entry(text: str) -> bool:
    """Whether `text` is an entry of a menu that leads to a page on rights: `- Copyright Guidelines`."""
    return shape(text) == "bullet" and _SIGN.search(text) is None


def _begins(before: str) -> bool:
    """Whether what stands before a notice leaves it the whole line: a few words, or some more that speak of rights.

    Behind a bar a row of links has ended, and behind a full stop a sentence.
    """
    before = _BAR.split(before)[-1]
    words = len(before.split())
    return words <= MOST_BEFORE or (words <= 2 * MOST_BEFORE and _rights()["words"].search(before) is not None)


def names_company(text: str) -> bool:
    """Whether `text` has the form of a company in it, as its registered name does."""
    return len(text) <= 2 * MAX_NAME and _rights()["company"].search(text) is not None


def ends_with_company(text: str) -> bool:
    """Whether `text` ends with the form of a company, as the line does that names who sent out a release.

    >>> ends_with_company("Skarvik Works, Inc. →"), ends_with_company("启岳电气股份有限公司"), ends_with_company("Inc")
    (True, True, False)
    """
    return len(text) <= 2 * MAX_NAME and parted_from_company(text).rstrip(_LINKED).endswith(";")


def begins_with_company(text: str) -> bool:
    """Whether `text` begins with the form of a company, as what stands behind its name does.

    >>> begins_with_company(" Ltd, 3 Quay Street"), begins_with_company("3 Quay Street")
    (True, False)
    """
    return _rights()["company"].match(text) is not None


def without_company(name: str) -> str:
    """Return `name` without the form of the company at its end or its beginning, and without quotation marks.

    >>> without_company("Lučki list d.o.o."), without_company("SIA „Krantinė“"), without_company("Harbour Post")
    ('Lučki list', 'Krantinė', 'Harbour Post')
    """
    return parted_from_company(name).partition(";")[0].strip(QUOTES) or name


def parted_from_company(text: str) -> str:
    """Return `text` with a semicolon for each form of a company behind a name, and with none before a name.

    >>> parted_from_company("Lučki list d.o.o. Obala 4")
    'Lučki list; Obala 4'
    """
    rights = _rights()
    return rights["company"].sub(";", rights["company-before"].sub("", text))


@cache
def _rights() -> dict[str, regex.Pattern[str]]:
    return {rule.id.partition("/")[2]: rule.pattern for rule in load_rules("rights", PatternRule)}


def _nearest(name: str, word: int) -> str:
    """Return `name` without words on rights behind it and without the kind of paper before a name in quotation marks.

    Of one in a script without blanks, it is the `word` at the sign.
    """
    name = _QUOTE.split(_rights()["words-behind"].split(name, maxsplit=1)[0])[-1].strip()
    return name.split()[word] if _SOLID.search(name) and " " in name else name

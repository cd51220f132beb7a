"""The name of a site at the head of its page: alone on a line above the article, where something else is told of it."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

import regex

from pipeline.document import Segment
from pipeline.paper_names import is_paper
from pipeline.rights_holder import names_company, without_company, without_house
from pipeline.shape import width
from pipeline.signatures import PARTS, could_name
from pipeline.site_name import MAX_NAME
from pipeline.stamps import labels_of

MOST_LINES = 40
"""Lines at either end that are compared; hostile pages have more."""

MAX_IMPRINT = 300
"""Code points of an imprint that are read."""

MIN_WORDS = 2
"""Words of a company's name with which that of its paper may begin; one is common to many a button."""

FIRST = 3
"""Names at the head of a page that can be its site's; behind them stand sections."""

MIN_ADDRESS = 4
"""Letters of a name that is looked for in addresses."""

_ADDRESS = regex.compile(r"[\w.-]+@[\w.-]+|(?<!\w)[\w-]+(?:\.[\w-]+)+|@\w+")
_NO_NAME = regex.compile(r"\s*[^\s\p{L}\p{M}\p{N}&’'.-]|\.?\s+[–—-]|\s+\p{Ll}")
MAX_SMALL = 3
"""Letters of an article or preposition in a name."""
_OTHERS = ("title", "byline", "caption", "summary", "related_title", "related_meta")
_TELLING = ("imprint", "copyright", "reproduction")


def name_at_both_ends(segments: Sequence[Segment]) -> str | None:
    """Return the line above the article with which an imprint below it begins, or that begins with its company.

    >>> ends = "Harbour Post", "Kept", "Harbour Post Ltd – 3 Quay Street, Skarvik – Reg. no. 1207"
    >>> name_at_both_ends([Segment(0, 0, 0, t, i, label="body" if t == "Kept" else "nav") for i, t in enumerate(ends)])
    'Harbour Post'
    """
    kept = [i for i, segment in enumerate(segments) if segment.keep]
    imprints = list(_imprints(segments[kept[-1] + 1 :])) if kept else []
    if not imprints:
        return None
    names = list(islice(names_alone(segments[: kept[0]]), MOST_LINES))
    found = (name for name in names if any(_begins(imprint, name) for imprint in imprints))
    companies = [house for imprint in imprints if len((house := _company(imprint)).split()) >= MIN_WORDS]
    longer = (name for name in names if any(name.startswith(f"{house} ") for house in companies))
    return next(found, None) or next(longer, None)


def name_at_head(segments: Sequence[Segment]) -> str | None:
    """Return the name at the head of a page that has a word of papers' names, or that an address on the page has.

    >>> texts = "Deichblatt", "Sport", "Wetter", "Kept", "redaktion@deichblatt.example"
    >>> name_at_head([Segment(0, 0, 0, t, i, label="body" if t == "Kept" else "nav") for i, t in enumerate(texts)])
    'Deichblatt'
    """
    kept = next((i for i, segment in enumerate(segments) if segment.keep), 0)
    title = next((i for i, segment in enumerate(segments[:kept]) if segment.label == "title"), kept)
    # Right above a title stands its section. The same in capitals alone stands elsewhere as it is written.
    names = [name for name in islice(names_alone(segments[: max(0, title - 1)]), FIRST) if not name.isupper()]
    addresses = _in_addresses(segments) if names else frozenset()
    return next((name for name in names if _is_written_as_paper(name) or _bare(name) in addresses), None)


def _is_written_as_paper(name: str) -> bool:
    """Whether `name` is a paper's by its words and capitals; in a row of menus a word is one by itself."""
    capitals = name[0].isupper() and not any(word[0].islower() and len(word) > MAX_SMALL for word in name.split())
    return capitals and is_paper(name) and not any(map(labels_of, name.split()))


def _in_addresses(segments: Sequence[Segment]) -> frozenset[str]:
    """Return the parts of addresses outside the article, in letters and digits alone."""
    found = (match.group() for s in segments if not s.keep for match in _ADDRESS.finditer(s.text[:MAX_IMPRINT]))
    parts = (_bare(part) for address in found for part in regex.split("[@.]", address))
    return frozenset(part for part in parts if len(part) >= MIN_ADDRESS)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def names_alone(head: Sequence[Segment]) -> Iterator[str]:
    """Yield the names that stand alone on their lines, or before the number of an issue."""
    for segment in head:
        if segment.glued or segment.label in _OTHERS or any(cue.table != "head" for cue in segment.cues):
            continue
        name = PARTS.split(segment.text)[0].strip()
        if width(name) <= MAX_NAME and could_name(name) and not labels_of(name):
            yield name


def _imprints(foot: Sequence[Segment]) -> Iterator[str]:
    """Yield the lines below the article that say who runs the site, from the last one on."""
    first = [s for above, s in pairwise((None, *foot)) if s and (above is None or above.line < s.line)]
    told = (s for s in reversed(first) if s.label not in ("discussion", "popular"))
    for segment in islice(told, MOST_LINES):
        text = segment.text[:MAX_IMPRINT]
        if any(cue.row.startswith(_TELLING) for cue in segment.cues) or names_company(text):
            yield text


def _begins(imprint: str, name: str) -> bool:
    """Whether `imprint` begins with `name` and then its company's form, a mark or a small word: with no longer name.

    >>> _begins("Harbour Post Ltd", "Harbour Post"), _begins("Harbour Post Weekly Ltd", "Harbour Post")
    (True, False)
    """
    if not imprint.startswith(name):
        return False
    rest = without_company(imprint)[len(name) :]
    return not rest or _NO_NAME.match(rest) is not None


def _company(imprint: str) -> str:
    """Return the company that begins an imprint, without its form and the words for a publishing house.

    >>> _company("Skerry Media Sp. z o.o., ul. Portowa 3"), _company("Skerry, 3 Quay Street")
    ('Skerry', '')
    """
    bare = without_company(imprint)
    return without_house(bare.partition(". ")[0].partition(",")[0]) if bare != imprint else ""

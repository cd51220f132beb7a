"""The author whom a page names twice: in a byline, and where it begins to tell who that is."""

from collections.abc import Iterator, Sequence

import regex

from pipeline.document import Segment
from pipeline.rights_holder import names_company
from pipeline.shape import width
from pipeline.signatures import MAX_NAME, words_of

MAX_WORDS = 5
"""Words of a name."""
MIN_LETTERS = 2
"""Letters of a name that is one word, in letters that know no capitals."""

_WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}.'’·・-]*")
_CAPITAL = regex.compile(r"\p{Lu}")
_CASELESS = regex.compile(r"\p{Lo}")


def named_twice(segments: Sequence[Segment]) -> str | None:
    """Return the longest name with which a box on the author begins and which a byline has too; None without any.

    A name in the title is that of whom the article is about, of the firm that has sent it out for one.
    """
    bylines = [s.text.lower() for s in segments if s.label == "byline" and width(s.text) <= 2 * MAX_NAME]
    titles = [s.text.lower() for s in segments if s.label == "title"]
    boxes = (s.text for s in segments if s.label == "author_bio")
    for name in (name for text in boxes if bylines for name in _beginnings(text)):
        own = name.lower()
        if any(_has(byline, own) for byline in bylines) and not any(_has(title, own) for title in titles):
            return name
    return None


def surer_author(author: str | None, repeated: str | None) -> str | None:
    """Return the name that is `repeated`, unless the page says that another is the `author`.

    What was cut too long or too short around the name, or is in capitals for looks, is put right.

    >>> surer_author("Jane Doe Harbour Desk", "Jane Doe"), surer_author("Li Lei", "Jane Doe")
    ('Jane Doe', 'Li Lei')
    """
    if repeated is None or author is None:
        return author or repeated
    own, other = author.lower(), repeated.lower()
    # Several authors may have a box each.
    return repeated if "," not in author and (_has(own, other) or _has(other, own)) else author


def _beginnings(text: str) -> Iterator[str]:
    """Yield the names with which `text` may begin, the longest first.

    >>> list(_beginnings("Jane Doe writes.")), list(_beginnings("She writes.")), list(_beginnings("李雷，记者"))
    (['Jane Doe writes', 'Jane Doe'], ['She writes'], ['李雷'])
    """
    words: list[regex.Match[str]] = []
    for word in _WORD.finditer(text[:MAX_NAME]):
        if words and text[words[-1].end() : word.start()] != " ":
            break
        words.append(word)
    ends = [word.end() for word in words[:MAX_WORDS]]
    if not ends or names_company(text[words[0].start() : ends[-1]]):
        return
    for end in reversed(ends):
        name = text[words[0].start() : end].rstrip(".'’·・-")
        if _could_be_person(name):
            yield name


def _could_be_person(name: str) -> bool:
    if " " not in name:
        return len(name) >= MIN_LETTERS and _CASELESS.match(name) is not None
    nobody = words_of("newsroom").search(name) or words_of("agency").search(name)
    return not nobody and (_CAPITAL.match(name) or _CASELESS.match(name)) is not None


def _has(text: str, name: str) -> bool:
    """Whether `name` stands in `text`, no letter right before or behind it."""
    at = text.find(name)
    end = at + len(name)
    return at >= 0 and not text[max(0, at - 1) : at].isalpha() and not text[end : end + 1].isalpha()

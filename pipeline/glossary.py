"""The user's glossary: how a term must be rendered, that it stays as it is, or that it goes."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.errors import SettingsError

Action = Literal["render", "keep", "drop"]
Part = Literal["", "noun", "verb", "adjective", "adverb"]

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag; words such as `chinese` are none."""
_JOINERS = "\u200c\u200d"
"""Invisible, yet part of how Persian and the languages of India are spelled."""
_UNFIT = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""General categories: controls, invisible formatting, surrogates, line and paragraph separators."""


@dataclass(frozen=True, slots=True, order=True)
class GlossaryEntry:
    """What becomes of one term. Raises SettingsError where the values do not go together.

    >>> GlossaryEntry("闭环", "zh", "render", ("closed loop",)).host
    'en'
    """

    term: str
    language: str
    """Of the term, a BCP 47 tag; `zh` means `zh-Hans` and `zh-Hant` too, empty means any."""
    action: Action
    renderings: tuple[str, ...]
    """Best first; at least one if the action is `render`, otherwise none."""
    part: Part = ""
    """What the term does in its sentence; empty means anything."""
    host: str = "en"
    """Language of the text around it, and of the renderings; a BCP 47 tag."""

    def __post_init__(self) -> None:
        if self.action not in get_args(Action):
            raise SettingsError(f"action: {self.action!r} is none of {', '.join(get_args(Action))}")
        if self.part not in get_args(Part):
            raise SettingsError(f"part: {self.part!r} is none of {', '.join(filter(None, get_args(Part)))}")
        for name, tag in (("language", self.language or "en"), ("host", self.host)):
            if not _TAG.fullmatch(tag):
                raise SettingsError(f"{name}: {tag!r} is no language tag such as en or zh-Hant")
        for name, text in (("term", self.term), *(("rendering", words) for words in self.renderings)):
            _check(name, text)
        if self.action == "render" and not self.renderings:
            raise SettingsError("rendering: none given; to leave the term out, say drop")
        if self.action != "render" and self.renderings:
            raise SettingsError(f"{self.action} and a rendering exclude each other")
        if len(set(self.renderings)) < len(self.renderings):
            raise SettingsError("rendering: one is given twice")

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What an entry answers for: a glossary has one entry for each key."""
        return self.term, self.language, self.part, self.host


def _check(name: str, text: str) -> None:
    """Raise SettingsError where `text` cannot be a term or a rendering."""
    if not text.strip():
        raise SettingsError(f"{name}: empty")
    if text != text.strip():
        raise SettingsError(f"{name}: {text!r} has a space around it")
    for char in text:
        if unicodedata.category(char) in _UNFIT and char not in _JOINERS:
            raise SettingsError(f"{name}: {text[:40]!r} holds U+{ord(char):04X}, a line end or an invisible character")

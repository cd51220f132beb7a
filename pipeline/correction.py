"""What a reviewer says of one place of one document; it comes before all that rules and models say."""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.document import LABELS, Kind
from pipeline.errors import SettingsError

What = Literal["label", "language", "kind", "repair"]

KINDS: tuple[str, ...] = get_args(Kind)
NO_FRAGMENT = "none"
"""In place of a kind: what was found there is no leftover at all."""

LABEL, LANGUAGE, KIND, REPAIR = "correction/label", "correction/language", "correction/kind", "correction/repair"
"""What tables name as the rule where a reviewer has decided."""

MAX_REPAIR = 1_000
"""Code points of a repair."""

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_UNFIT = frozenset(("Cc", "Cs", "Zl", "Zp"))


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """The right value of something; raises SettingsError where it cannot be one.

    `label` and `language` are those of the segment at `start` to `end` of the raw text, `kind` and `repair` those of
    the fragment there; an empty repair leaves the fragment out. `sha256` is of the raw text between: a correction of
    a text that has changed since is none.
    """

    document: str
    start: int
    end: int
    what: What
    value: str
    sha256: str

    def __post_init__(self) -> None:
        if self.what not in get_args(What):
            raise SettingsError(f"what: {self.what!r} is none of {', '.join(get_args(What))}")
        if not 0 <= self.start <= self.end:
            raise SettingsError(f"start and end: {self.start}-{self.end} is no span")
        known = {"label": LABELS, "kind": (*KINDS, NO_FRAGMENT)}.get(self.what)
        if known and self.value not in known:
            raise SettingsError(f"{self.what}: {self.value!r} is none of {', '.join(known)}")
        if self.what == "language" and not _TAG.fullmatch(self.value):
            raise SettingsError(f"language: {self.value!r} is no language tag such as en or zh-Hant")
        if self.what == "repair":
            _check_repair(self.value)

    @property
    def place(self) -> tuple[str, int, int, What]:
        """What it is about: of several corrections of one place the last is meant."""
        return self.document, self.start, self.end, self.what

    def fits(self, raw: str) -> bool:
        """Whether `raw`, the document's raw text, still has the text there that was corrected."""
        return digest(raw[self.start : self.end]) == self.sha256


def digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def corrections_of(corrections: Sequence[Correction], document: str) -> Sequence[Correction]:
    """Return those of `corrections`, which are sorted, that are about `document`."""
    first = bisect_left(corrections, document, key=lambda each: each.document)
    last = first
    while last < len(corrections) and corrections[last].document == document:
        last += 1
    return corrections[first:last]


def _check_repair(text: str) -> None:
    if text != text.strip() or text != unicodedata.normalize("NFC", text):
        raise SettingsError(f"repair: {text[:40]!r} has a space around it, or is not NFC")
    if len(text) > MAX_REPAIR:
        raise SettingsError(f"repair: longer than {MAX_REPAIR:,} characters")
    if any(unicodedata.category(char) in _UNFIT for char in text):
        raise SettingsError(f"repair: {text[:40]!r} holds a control character or a line end")

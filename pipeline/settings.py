"""What a user can set, and the fingerprint that goes into every table."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from pipeline.correction import Correction
from pipeline.errors import SettingsError
from pipeline.glossary import GlossaryEntry

FragmentPolicy = Literal["report", "suggest", "apply"]
Effort = Literal["fast", "balanced", "thorough"]

KNOWN_LANGUAGES = (
    "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu",
    "fa", "fi", "fr", "ga", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "la",
    "lg", "lt", "lv", "mi", "mk", "mn", "mr", "ms", "nb", "nl", "nn", "pa", "pl", "pt", "ro", "ru", "sk", "sl",
    "sn", "so", "sq", "sr", "st", "sv", "sw", "ta", "te", "th", "tl", "tn", "tr", "ts", "uk", "ur", "vi", "xh",
    "yo", "zh", "zu",
)  # fmt: skip
"""Those that the detector can be told to expect. Written down, since to ask it costs a second on some versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a run; anything that changes a table is in here and nothing else is."""

    fragments: FragmentPolicy = "suggest"
    """report: list them; suggest: propose renderings too; apply: put sure ones into the text."""
    min_confidence: float = 0.5
    """Least confidence at which `apply` changes the text, 0 to 1."""
    strict: bool = False
    """Hold back paragraphs of the English corpus in which a foreign script is left unexplained."""
    glossary: tuple[GlossaryEntry, ...] = ()
    """The user's word on single terms; it comes before all other sources of repairs."""
    corrections: tuple[Correction, ...] = ()
    """What reviewers say of single places, sorted; it comes before all that is found out."""
    cedict: str | None = None
    """Path of a dictionary in CC-CEDICT's format; without it the newest installed one is taken."""
    translator: str = "none"
    """Who is asked about leftovers that nothing else has a sure rendering for: none, command:PROGRAM ..., or a URL."""
    languages: tuple[str, ...] = ("en", "zh", "it", "pt", "es", "fr")
    """Languages to expect (BCP 47 primary tags): the detector's first, cheap question."""
    language_effort: Effort = "balanced"
    """fast: what is not plain stays open; balanced: lingua decides it; thorough: and whatever is not quite plain."""
    sentences: bool = False
    """Tag the sentences of kept paragraphs too, where they are in another language than their paragraph."""
    max_document_bytes: int = 32 * 2**20
    """A larger document is a reject: no page is that long, and one dump must not stall a run."""

    def __post_init__(self) -> None:
        if self.fragments not in get_args(FragmentPolicy):
            raise SettingsError(f"fragments: {self.fragments!r} is none of {', '.join(get_args(FragmentPolicy))}")
        if self.language_effort not in get_args(Effort):
            raise SettingsError(f"language_effort: {self.language_effort!r} is none of {', '.join(get_args(Effort))}")
        if not 0.0 <= self.min_confidence <= 1.0:
            raise SettingsError(f"min_confidence: {self.min_confidence} is not between 0 and 1")
        if self.max_document_bytes < 1:
            raise SettingsError(f"max_document_bytes: {self.max_document_bytes} is not positive")
        for tag in self.languages:
            if tag.partition("-")[0] not in KNOWN_LANGUAGES:
                known = " ".join(KNOWN_LANGUAGES)
                raise SettingsError(f"languages: {tag!r} is not among those that can be told apart: {known}")

    def fingerprint(self) -> str:
        """Return a hash that is equal for equal settings (64 bits, hexadecimal)."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

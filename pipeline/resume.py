"""Names for finished work: equal only where everything it was made from is equal."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.account import library_versions
from pipeline.guard import Limits
from pipeline.io.cedict import identify
from pipeline.io.record import Options, Unit
from pipeline.schema import VERSION
from pipeline.settings import Settings


def base_key(settings: Settings, options: Options, limits: Limits) -> str:
    """Return a digest of all that work depends on beside its input.

    The program counts by its content, since a rule can change without its version; so do the glossary, which is part
    of the settings, and the dictionary, wherever it lies.
    """
    return digest_of({
        "program": program_key(settings.cedict),
        "settings": asdict(settings) | {"cedict": None},
        "options": asdict(options),
        "limits": asdict(limits),
    })  # fmt: skip


def program_key(cedict: str | None) -> str:
    """Return a digest of what does the work here: code, rules, libraries and the dictionary that `cedict` names."""
    return digest_of({
        "schema": VERSION,
        "program": _program_digest(),
        "versions": library_versions(),
        "dictionary": identify(cedict),
    })  # fmt: skip


def unit_key(base: str, unit: Unit) -> str:
    """Return the name of the work on `unit`."""
    files = [[file.id, file.source] for file in unit.files]
    extent = asdict(unit.extent) if unit.extent else None
    return digest_of([base, unit.format, files, extent, unit.digest])


def clean_key(sketch_key: str, gathered: Sequence[str], left_out: Sequence[int]) -> str:
    """Return the name of the second pass's work, given digests of what was `gathered` and the ordinals left out."""
    return digest_of([sketch_key, list(gathered), list(left_out)])


def digest_of(told: object) -> str:
    """Return a digest of plain data (128 bits, hexadecimal)."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _program_digest() -> str:
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(f"{path.relative_to(package).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()

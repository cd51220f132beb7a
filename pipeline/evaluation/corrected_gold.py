"""Corrections as gold: what reviewers said of single places, for a run to be scored against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.correction import NO_FRAGMENT, Correction
from pipeline.document import KEPT_LABELS
from pipeline.errors import InputError
from pipeline.evaluation.gold import Block, Gold, GoldFragment
from pipeline.io.corrections import Span, read_corrections, read_kinds
from pipeline.lookup import Row, rows


def corrected_gold(out: Path, path: Path) -> tuple[Gold, ...]:
    """Return the corrections in the file `path` as gold, document by document; the run in `out` has their texts.

    Raises InputError where there is none, or one is of a document or text that the run does not have, SettingsError
    where the file is not one of corrections.
    """
    corrections = read_corrections(path)
    if not corrections:
        raise InputError(f"no corrections in {path}")
    kinds = read_kinds(path)
    segments: dict[str, list[Row]] = defaultdict(list)
    for row in rows(out, "segments", ids={each.document for each in corrections}, columns=("id", "start", "raw")):
        segments[row["id"]].append(row)
    return tuple(
        _gold(document, list(group), kinds, segments[document])
        for document, group in groupby(corrections, key=lambda each: each.document)
    )


def _gold(document: str, mine: Sequence[Correction], kinds: Mapping[Span, str], segments: Iterable[Row]) -> Gold:
    raw = _raw(segments)
    for each in mine:
        if not each.fits(raw):
            raise InputError(f"{document}: {each.start}-{each.end} is not the text that was corrected")
    places: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for each in mine:
        places[each.start, each.end][each.what] = each.value
    spans = {span: said for span, said in places.items() if {"kind", "repair"} & said.keys()}
    return Gold(
        name=document,
        document=document,
        raw=raw,
        stated={},
        blocks=tuple(_block(span, said) for span, said in places.items() if {"label", "language"} & said.keys()),
        fragments=tuple(
            _fragment(span, raw, kind, said.get("repair"))
            for span, said in spans.items()
            if (kind := said.get("kind") or kinds.get((document, *span), "residue")) != NO_FRAGMENT
        ),
        lexicon=(),
        clean=None,
        repaired=None,
        asked=frozenset(spans),
    )


def _raw(segments: Iterable[Row]) -> str:
    """Return the raw text of a document: by law nothing but space is outside its segments."""
    raw = ""
    for row in segments:
        raw = raw.ljust(row["start"]) + row["raw"]
    return raw


def _block(span: tuple[int, int], said: Mapping[str, str]) -> Block:
    label, language = said.get("label"), said.get("language", "und")
    return Block(
        start=span[0],
        end=span[1],
        labels=(label,) if label else (),
        languages=() if language == "und" else (language,),
        keep=label in KEPT_LABELS,
        uncertain=label is None,
    )


def _fragment(span: tuple[int, int], raw: str, kind: str, repair: str | None) -> GoldFragment:
    start, end = span
    return GoldFragment(
        start=start, end=end, text=raw[start:end], kind=kind, core=True, gloss=None, suggestion=repair, alternatives=()
    )

"""After the passes: which documents repeat an earlier one, exactly or nearly."""

import mmap
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from typing import IO

import numpy as np

from pipeline.corpus.collide import Place, collisions, take_rows
from pipeline.corpus.near import THRESHOLD, Shingles, jaccard, shingles
from pipeline.io.rows import read_rows
from pipeline.io.write import PART
from pipeline.schema import CORPUS_LANGUAGES

MOST_COMPARED = 100
"""Texts that one text is compared with: more have a band in common with it only in a corpus of form letters."""

Originals = dict[int, dict[str, str]]
"""By the number of a unit: the ids of its duplicates, each with the id of what it repeats."""


def find_duplicates(folders: Sequence[Path], n_texts: int, n_bands: int, scratch: Path) -> Originals:
    """Return the duplicates among the clean documents of the finished units in `folders`.

    The earliest of several stays. A near duplicate is as similar as `THRESHOLD` says to the very document that it is
    said to repeat. Memory grows with the number of documents that have a likely partner, not with the corpus.
    """
    exact = _exact(folders, n_texts)
    groups = (
        [place for place in group if place not in exact]
        for group in collisions([folder / "bands.parquet" for folder in folders], n_bands)
    )
    near = _near(folders, (group for group in groups if len(group) > 1), scratch)
    ids = _ids(folders, {*exact, *exact.values(), *near, *near.values()})
    found: Originals = defaultdict(dict)
    for place, first in (exact | near).items():
        # What an exact copy repeats can itself be a near duplicate of something else.
        found[place[0]][ids[place]] = ids[near.get(first, first)]
    return dict(found)


def _exact(folders: Sequence[Path], n_texts: int) -> dict[Place, Place]:
    groups = list(collisions([folder / "text_keys.parquet" for folder in folders], n_texts))
    wanted = _by_file(place for group in groups for place in group)
    digests = {
        (number, row): told["digest"]
        for number, rows in wanted.items()
        for row, told in take_rows(folders[number] / "texts.parquet", rows, ["digest"])
    }
    first: dict[object, Place] = {}
    found = {}
    for group in groups:
        for place in group:
            if (original := first.setdefault(digests[place], place)) != place:
                found[place] = original
    return found


def _near(folders: Sequence[Path], groups: Iterable[list[Place]], scratch: Path) -> dict[Place, Place]:
    """Return the near duplicates of places that share a band, with the earliest kept place that each resembles."""
    bands_of: dict[Place, array[int]] = defaultdict(lambda: array("I"))
    for band, group in enumerate(groups):
        for place in group:
            bands_of[place].append(band)
    if not bands_of:
        return {}
    kept: dict[int, list[Place]] = defaultdict(list)
    found = {}
    with scratch.open("w+b") as file, _Shingles(file, folders, bands_of) as shingled:
        for place in sorted(bands_of):
            others = _first([kept[band] for band in bands_of[place]], MOST_COMPARED)
            likely = [other for other in others if shingled.may_be_alike(place, other)]
            own = shingled.get(place)
            original = next((other for other in likely if jaccard(own, shingled.get(other)) >= THRESHOLD), None)
            if original is not None:
                found[place] = original
                continue
            for band in bands_of[place]:
                kept[band].append(place)
    return found


def _first(groups: Iterable[Sequence[Place]], most: int) -> Iterator[Place]:
    """Yield the first places in `groups`, each of which is in order, each place once.

    >>> list(_first([[(0, 1), (0, 4)], [(0, 1), (0, 2)]], 2))
    [(0, 1), (0, 2)]
    """
    return islice((place for place, _ in groupby(merge(*groups))), most)


class _Shingles:
    """The shingles of some texts, in a file that is mapped into memory."""

    def __init__(self, file: IO[bytes], folders: Sequence[Path], places: Iterable[Place]) -> None:
        self._at: dict[Place, tuple[int, int]] = {}
        at = 0
        for number, rows in _by_file(places).items():
            for row, hashes in _texts(folders[number], rows):
                self._at[number, row] = (at, hashes.nbytes)
                file.write(hashes.tobytes())
                at += hashes.nbytes
        file.flush()
        self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __enter__(self) -> "_Shingles":
        return self

    def __exit__(self, *_: object) -> None:
        self._map.close()

    def may_be_alike(self, place: Place, other: Place) -> bool:
        """Whether two texts have shingles in numbers that let them be near duplicates."""
        less, more = sorted((self._at[place][1], self._at[other][1]))
        return less >= THRESHOLD * more

    def get(self, place: Place) -> Shingles:
        """Return the shingles of the text at `place`."""
        at, size = self._at[place]
        return np.frombuffer(self._map[at : at + size], dtype=np.uint32)


def _texts(folder: Path, rows: list[int]) -> Iterator[tuple[int, Shingles]]:
    row_of = {told["id"]: row for row, told in take_rows(folder / "texts.parquet", rows, ["id"])}
    for language in CORPUS_LANGUAGES:
        for row in read_rows(folder / "corpus" / language / PART, ["id", "language", "text"]):
            if row["id"] in row_of:
                yield row_of[row["id"]], shingles(row["text"], row["language"])


def _ids(folders: Sequence[Path], places: Iterable[Place]) -> Mapping[Place, str]:
    return {
        (number, row): str(told["id"])
        for number, rows in _by_file(places).items()
        for row, told in take_rows(folders[number] / "texts.parquet", rows, ["id"])
    }


def _by_file(places: Iterable[Place]) -> dict[int, list[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for number, row in places:
        found[number].add(row)
    return {number: sorted(rows) for number, rows in sorted(found.items())}

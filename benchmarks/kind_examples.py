"""Runs whose kind somebody has judged, as the model of kinds sees them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.fragment_cases import FILES, read_cases
from benchmarks.fragment_markup import read_pages
from pipeline.document import Document
from pipeline.edit import to_exact_source
from pipeline.evaluation.gold import load_gold
from pipeline.fragments.kind_features import kind_features
from pipeline.fragments.page_evidence import Lookup, no_dictionary
from pipeline.fragments.place import Place, host_of
from pipeline.fragments.place_words import Features
from pipeline.io.cedict import open_dictionary
from pipeline.plan import DEFAULT, knowledge, reading_plan
from pipeline.stages.find_fragments import runs_of

DICTIONARY = partial(open_dictionary, None)


@dataclass(frozen=True, slots=True)
class Example:
    """A run with its features and its kind; `source` is the folder of its page, or `cases`. Those of a page follow on.

    Without a kind it is only company for the others.
    """

    source: str
    page: str
    place: Place
    features: Features
    kind: str

    @property
    def has_gloss(self) -> bool:
        """Whether a gloss was found beside it."""
        return self.place.gloss is not None

    @property
    def can_be_told(self) -> bool:
        """Whether the kind is one that the model may say: glossed with a gloss alone, residue without one alone."""
        return self.kind not in ("", "residue" if self.has_gloss else "glossed")


def from_pages(folder: Path) -> Iterator[Example]:
    """Yield the runs of the annotated pages in `folder`; those that are annotated elsewhere have no kind."""
    for page in read_pages(folder):
        kinds = {(one.start, one.end): one.kind for one in page.fragments}
        yield from _of_page(folder.name, page.name, page.text, kinds)


def from_gold(folder: Path, source: str) -> Iterator[Example]:
    """Yield the same of the whole pages whose gold annotations are in `folder`."""
    for gold in load_gold(folder):
        kinds = {(one.start, one.end): one.kind for one in gold.fragments if one.core}
        yield from _of_page(source, gold.name, gold.raw, kinds)


def _of_page(source: str, name: str, text: str, kinds: Mapping[tuple[int, int], str]) -> Iterator[Example]:
    """Yield the runs of a page, with their kinds if they are among the spans of `kinds`."""
    doc = _read(text)
    found = _runs(doc, DICTIONARY)
    spans = to_exact_source(doc.ledger, (_span(place) for place, _ in found))
    for (place, features), span in zip(found, spans, strict=True):
        yield Example(source, name, place, features, kinds.get(span, ""))


def from_cases() -> Iterator[Example]:
    """Yield the runs of the cases of a sentence or two, also as they are seen without a dictionary where that will do.

    So they count twice: each stands beside a look-alike of another kind, and says more than a run of a page. What
    stands in their further paragraphs is company.
    """
    for case in read_cases((*FILES, "cases.toml")):
        kinds = dict(case.runs)
        for number, dictionary in enumerate((DICTIONARY, DICTIONARY if case.needs_dictionary else no_dictionary)):
            for place, features in _runs(case.document(), dictionary):
                kind = kinds.get(place.text, "") if place.ordinal == 0 else ""
                yield Example("cases", f"{case.name}/{number}", place, features, kind)


def _read(text: str) -> Document:
    """Return `text` as the stage that finds fragments gets it."""
    doc = Document.from_raw(text)
    for name, stage in reading_plan(DEFAULT, knowledge(DEFAULT)).items():
        if name == "find_fragments":
            break
        doc = stage(doc)
    return doc


def _runs(doc: Document, dictionary: Lookup) -> list[tuple[Place, Features]]:
    hosts = [host_of(segment, doc.language) for segment in doc.segments]
    places = runs_of(doc, hosts, dictionary)
    return list(zip(places, kind_features(places, dictionary()), strict=True))


def _span(place: Place) -> tuple[int, int]:
    at = place.segment.at
    return at + place.run.start, at + place.run.end

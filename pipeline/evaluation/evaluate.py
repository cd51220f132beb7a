"""A run scored against gold annotations: the figures by which it is judged.

All are 0 to 1 and higher is better, but for `documents` and the two counts, where lower is better:

- documents: annotated documents
- coverage: share of the source's code points, spaces aside, that are in exactly one segment
- body_f1, body_f1_min: kept against gold kept, by code point; the documents' mean, and the worst one's
- label_accuracy: gold blocks most of whose code points carry a right label
- language_accuracy: gold blocks with a language most of whose code points carry it
- document_language: documents whose language is right (primary tag)
- false_language: gold `und` blocks without a letter that got a language (count)
- fragment_f1: exact spans of every kind; residue_f1: of residue and glossed ones alone
- kind_accuracy, gloss_accuracy: the kind and the gloss, where the span was found
- false_residue: spans that a repair would act on and must not (count)
- metadata: title, publisher, author and dates that are right, of those the page states
- text_similarity: clean text against the ideal one, over words; the documents' mean
- text_exact: documents whose clean text is the ideal one, each leftover kept or rightly repaired
- repair_accuracy: residues whose proposal is an accepted rendering
- lexicon_recall: gold gloss pairs that are in the lexicon
"""

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import ge, le
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.evaluation.corrected_gold import corrected_gold
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.evaluation.score import (
    BlockScore,
    Miss,
    Overlap,
    Share,
    fold,
    paint,
    primary,
    score_blocks,
    score_body,
    score_metadata,
    score_text,
)
from pipeline.evaluation.spans import FragmentScore, score_fragments
from pipeline.lookup import Row, check_tables, rows

Figures = dict[str, float | int | None]

MISS_KINDS = ("body", "label", "language", "fragment", "repair", "lexicon", "metadata", "text")

DIFF_LINES = 20
"""Lines of difference listed for a text that is not right."""


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """How one document fared."""

    coverage: Share
    body: Overlap
    blocks: BlockScore
    fragments: FragmentScore
    language: Share
    metadata: Share
    lexicon: Share
    similarity: float | None
    """None where there is no ideal text to compare with."""
    exact: Share
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a run, and everything behind them that is not right."""

    figures: Figures
    cases: Mapping[str, str]
    """By the name of a figure, how many cases are behind it: `3/7` for a share."""
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """What a run says of the annotated documents, by document id."""

    documents: Mapping[str, Row]
    segments: Mapping[str, Sequence[Row]]
    fragments: Mapping[str, Sequence[Row]]
    texts: Mapping[str, str]
    lexicon: frozenset[tuple[str, str]]


def evaluate(out: Path, gold: Path, sources: Path | None = None) -> Evaluation:
    """Return how the run in `out` agrees with the annotations in `gold`; see `load_gold` for `sources`.

    `gold` may be a file of corrections, too; then only the places that it corrects count.

    Raises InputError if the gold or its sources cannot be used, OutputError if `out` cannot.
    """
    check_tables(out)
    golds = corrected_gold(out, gold) if gold.is_file() else load_gold(gold, sources)
    tables = read_tables(out, {item.id for item in golds})
    scores = [score_document(item, tables) for item in golds]
    return Evaluation(total(scores), cases(scores), tuple(miss for score in scores for miss in score.misses))


def read_tables(out: Path, ids: set[str]) -> Tables:
    """Return the rows of the documents `ids`, and the whole lexicon."""
    return Tables(
        documents={row["id"]: row for row in rows(out, "documents", ids=ids)},
        segments=_grouped(rows(out, "segments", ids=ids)),
        fragments=_grouped(rows(out, "fragments", ids=ids)),
        texts={row["id"]: row["text"] or "" for row in rows(out, "corpus", ids=ids, columns=("id", "text"))},
        lexicon=frozenset(
            (row["term"], fold(row["translation"])) for row in rows(out, "lexicon", columns=("term", "translation"))
        ),
    )


def _grouped(found: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[row["id"]].append(row)
    return groups


def score_document(gold: Gold, tables: Tables) -> DocumentScore:
    """Return how the document of `gold` fared; one that the run does not know fares as an empty one."""
    row = tables.documents.get(gold.id, {})
    painting = paint(gold.raw, tables.segments.get(gold.id, ()))
    body, blocks = score_body(gold, painting), score_blocks(gold, painting)
    fragments = score_fragments(gold, tables.fragments.get(gold.id, ()))
    metadata = list(score_metadata(gold, row))
    unknown = [pair for pair in gold.lexicon if (pair[0], fold(pair[1])) not in tables.lexicon]
    text = tables.texts.get(gold.id, "").strip()
    similarity, exact = (None, Share()) if gold.clean is None else _text(gold, text)
    return DocumentScore(
        coverage=painting.coverage,
        body=body,
        blocks=blocks,
        fragments=fragments,
        language=_language(gold, row),
        metadata=Share(sum(right for right, _ in metadata), len(metadata)),
        lexicon=Share(len(gold.lexicon) - len(unknown), len(gold.lexicon)),
        similarity=similarity,
        exact=exact,
        misses=(
            _body_miss(gold, body),
            *blocks.misses,
            *fragments.misses,
            *(Miss("lexicon", gold.name, f"missed {term!r} {meaning!r}") for term, meaning in unknown),
            *(miss for right, miss in metadata if not right),
            *_text_misses(gold, text, similarity, exact),
        ),
    )


def _language(gold: Gold, row: Row) -> Share:
    if gold.asked is not None:
        return Share()
    return Share(primary(gold.stated.get("language")) == primary(row.get("language")), 1)


def _body_miss(gold: Gold, body: Overlap) -> Miss:
    said = f"f1={body.f1:.4f} kept={body.predicted} gold={body.gold} hit={body.hit}"
    return Miss("body", gold.name, said)


def _text(gold: Gold, text: str) -> tuple[float, Share]:
    similarity, exact = score_text(gold, text)
    return similarity, Share(exact, 1)


def _text_misses(gold: Gold, text: str, similarity: float | None, exact: Share) -> Iterable[Miss]:
    if similarity is None or exact.hit:
        return
    yield Miss("text", gold.name, f"ratio={similarity:.4f}")
    old, new = (gold.clean or "").split("\n"), text.split("\n")
    for line in islice(difflib.unified_diff(old, new, lineterm="", n=0), DIFF_LINES):
        yield Miss("text", gold.name, repr(line))


def total(scores: Sequence[DocumentScore]) -> Figures:
    """Return the figures of all documents together; `scores` must not be empty."""
    shares, overlaps = _shares(scores), _overlaps(scores)
    body = [score.body.f1 for score in scores]
    similar = [score.similarity for score in scores if score.similarity is not None]
    return {
        "documents": len(scores),
        "coverage": shares["coverage"].value,
        "body_f1": round(sum(body) / len(body), 4),
        "body_f1_min": round(min(body), 4),
        "label_accuracy": shares["label_accuracy"].value,
        "language_accuracy": shares["language_accuracy"].value,
        "document_language": shares["document_language"].value,
        "false_language": sum(score.blocks.false_languages for score in scores),
        "fragment_f1": round(overlaps["fragment_f1"].f1, 4),
        "residue_f1": round(overlaps["residue_f1"].f1, 4),
        "kind_accuracy": shares["kind_accuracy"].value,
        "gloss_accuracy": shares["gloss_accuracy"].value,
        "false_residue": sum(score.fragments.false_residues for score in scores),
        "metadata": shares["metadata"].value,
        "text_similarity": round(sum(similar) / len(similar), 4) if similar else None,
        "text_exact": shares["text_exact"].value,
        "repair_accuracy": shares["repair_accuracy"].value,
        "lexicon_recall": shares["lexicon_recall"].value,
    }


def cases(scores: Sequence[DocumentScore]) -> dict[str, str]:
    """Return how many cases are behind each figure of `total`, means and counts aside."""
    told = {name: f"{share.hit}/{share.total}" for name, share in _shares(scores).items()}
    return told | {name: f"{o.hit} of {o.predicted} found, {o.gold} to find" for name, o in _overlaps(scores).items()}


def _shares(scores: Sequence[DocumentScore]) -> dict[str, Share]:
    parts: dict[str, Callable[[DocumentScore], Share]] = {
        "coverage": lambda score: score.coverage,
        "label_accuracy": lambda score: score.blocks.labels,
        "language_accuracy": lambda score: score.blocks.languages,
        "document_language": lambda score: score.language,
        "kind_accuracy": lambda score: score.fragments.kinds,
        "gloss_accuracy": lambda score: score.fragments.glosses,
        "metadata": lambda score: score.metadata,
        "text_exact": lambda score: score.exact,
        "repair_accuracy": lambda score: score.fragments.repairs,
        "lexicon_recall": lambda score: score.lexicon,
    }
    return {name: sum(map(part, scores), Share()) for name, part in parts.items()}


def _overlaps(scores: Sequence[DocumentScore]) -> dict[str, Overlap]:
    return {
        "fragment_f1": sum((score.fragments.spans for score in scores), Overlap()),
        "residue_f1": sum((score.fragments.acting for score in scores), Overlap()),
    }


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound that a figure has to keep to: `sign` is `min` or `max`."""

    name: str
    sign: str
    value: float

    @classmethod
    def parse(cls, text: str, sign: str, names: Iterable[str]) -> "Limit":
        """Return the limit written as NAME=VALUE; raises SettingsError unless NAME is one of `names`."""
        name, _, number = text.partition("=")
        if name not in names:
            raise SettingsError(f"--{sign} {text}: no figure is called {name!r}")
        try:
            return cls(name, sign, float(number))
        except ValueError as error:
            raise SettingsError(f"--{sign} {text}: not NAME=VALUE with a number") from error

    def missed(self, figures: Figures) -> str | None:
        """Return what to say of `figures` that do not keep to it; a figure without a value does not."""
        keeps: Callable[[float, float], bool] = ge if self.sign == "min" else le
        got = figures[self.name]
        if got is not None and keeps(got, self.value):
            return None
        return f"{self.name}={got} ({self.sign} {self.value:g})"

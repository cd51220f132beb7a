"""Small dictionaries, encoders and fragments for the tests of renderings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from pipeline.document import Candidate, Fragment, GlossPair
from pipeline.glossary import GlossaryEntry
from pipeline.repairs.knowledge import Knowledge, Sources, sources_for
from pipeline.repairs.renderings import candidates
from pipeline.words import english
from pipeline.words.dictionary import Dictionary
from pipeline.words.lexicon import LexiconEntry
from pipeline.words.ranking import Encoder
from pipeline.words.starter import StarterRule
from pipeline.words.word_vectors import NearWord

LINES = """閉環 闭环 [bi4 huan2] /closed loop/
股東 股东 [gu3 dong1] /shareholder/CL:位[wei4]/
大批 大批 [da4 pi1] /large quantities of/
暴跌 暴跌 [bao4 die1] /to plunge/steep fall/
普及 普及 [pu3 ji2] /popular/universal/to popularize/
資本 资本 [zi1 ben3] /capital/
結構 结构 [jie2 gou4] /structure/
真 真 [zhen1] /real; true/
北京 北京 [Bei3 jing1] /Beijing/
"""
needs_word_forms = pytest.mark.skipif(not english.is_installed(), reason="lemminflect is not installed")


def without_word_forms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make lemminflect seem missing; what was remembered with it is forgotten, and the other way round."""
    cached = (english.parts, english.inflect, english.derived, english.is_plural, english.is_verb, english.singular)
    monkeypatch.setattr("pipeline.words.english.is_installed", lambda: False)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


def dictionary(lines: str = LINES) -> Dictionary:
    return Dictionary.parse(lines, name="CC-CEDICT", sha256="", date="2026-05-20")


@dataclass
class FakeEncoder:
    """Knows the nearness of some texts, 0 for all others, and what it was asked."""

    near: Mapping[str, float] = field(default_factory=dict)
    id: str = "fake@1"
    asked: list[str] = field(default_factory=list)
    words: tuple[NearWord, ...] = ()

    def nearness(self, word: str, others: Sequence[str]) -> Sequence[float]:
        self.asked.append(word)
        return [self.near.get(other, 0.0) for other in others]

    def words_near(self, word: str, most: int) -> Sequence[NearWord]:
        self.asked.append(word)
        return self.words[:most]


@dataclass(frozen=True)
class Known:
    """What a test lets the renderings know."""

    user: tuple[GlossaryEntry, ...] = ()
    lexicon: tuple[LexiconEntry, ...] = ()
    starter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suffixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[StarterRule, ...] = ()
    glosses: tuple[tuple[str, str], ...] = ()
    dictionary: Dictionary | None = None
    encoder: Encoder | None = None

    def sources(self, language: str = "en") -> Sources:
        knowledge = Knowledge(
            user=self.user,
            lexicon=self.lexicon,
            starter=lambda: (*_groups(self.starter, self.suffixes, self.prefixes), *self.rules),
            dictionary=lambda: self.dictionary,
            encoder=lambda: self.encoder,
        )
        pairs = [GlossPair(term, "zh-Hans", words, "en", i, "gloss") for i, (term, words) in enumerate(self.glosses)]
        return sources_for(language, pairs, knowledge)


def _groups(*terms: Mapping[str, tuple[str, ...]]) -> Iterator[StarterRule]:
    for topic, words in zip(("markets", "suffix", "prefix"), terms, strict=True):
        yield StarterRule(
            id=topic, why="w", source="s", hit=("h",), miss=(),
            topic=topic, term_language="zh", language="en", terms=words,
        )  # fmt: skip


def fragment(term: str, gloss: str | None = None, language: str = "zh-Hans", host: str = "en") -> Fragment:
    return Fragment(0, len(term), 0, 0, term, "residue", language, host, "test", 0.9, gloss)


def ask(text: str, known: Known, *, gloss: str | None = None, language: str = "zh-Hans") -> tuple[Candidate, ...]:
    """Return the candidates for what stands in braces in `text`: `the {闭环} of it`."""
    before, _, rest = text.partition("{")
    term, _, after = rest.partition("}")
    return candidates(fragment(term, gloss, language), before + term + after, len(before), known.sources())


def lexicon(term: str, translation: str, documents: int) -> LexiconEntry:
    return LexiconEntry(term, "zh-Hans", translation, "en", documents, documents, (), "gloss")

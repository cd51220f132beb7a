"""Tests of the tables of English words, which say what lemminflect's own dictionaries say."""

import pytest

from pipeline.words import english
from pipeline.words.word_tables import lemminflect

pytestmark = pytest.mark.skipif(not english.is_installed(), reason="lemminflect is not installed")


def test_each_word_has_what_the_package_reads_of_it() -> None:
    from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec
    from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec

    package = lemminflect()
    lemmas, forms = package.Lemmatizer(), package.Inflections()
    own_lemmas, own_forms = LemmaLUCodec.load(lemmas.lemma_lu_fn), InflectionLUCodec.load(forms.infl_lu_fn)
    asked = [*list(own_forms)[::50], "can", "be", "Aachen"]
    assert {word: lemmas.lemma_dict.get(word, {}) for word in asked} == {w: own_lemmas.get(w, {}) for w in asked}
    assert {word: forms.infl_dict.get(word, {}) for word in asked} == {w: own_forms.get(w, {}) for w in asked}


def test_a_word_that_no_line_has_is_not_known() -> None:
    assert lemminflect().Lemmatizer().lemma_dict.get("xyzzy", {}) == {}

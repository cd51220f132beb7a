"""The lines that are set into articles to see what becomes of them: learnt from by nobody, judged by what is kept."""

import pytest

from benchmarks.insertions import TABLE, Set, set_all, table
from benchmarks.label_insertions import Sentence, read_sentences, written_sentences

ASKED = Sentence("Sign up here for our daily letter, and never miss a story of ours again.", "en", "ad", "newsletter")
TOLD = Sentence("The harbour master had counted forty boats before the fog came in.", "en", "body", "ordinary")


def test_no_model_has_learnt_from_these_lines() -> None:
    assert not {one.text for one in read_sentences(TABLE)} & {one.text for one in written_sentences()}


@pytest.mark.parametrize(("sentence", "is_kept", "is_wrong"), [
    (ASKED, True, True), (ASKED, False, False), (TOLD, True, False), (TOLD, False, True),
])  # fmt: skip
def test_what_is_wrong_depends_on_whose_line_it_is(sentence: Sentence, is_kept: bool, is_wrong: bool) -> None:
    assert Set(sentence, is_below=True, is_kept=is_kept).is_wrong == is_wrong


def test_lines_in_a_language_of_no_page_are_left_out_and_a_paragraph_amid_an_article_is_kept() -> None:
    found = [*set_all([TOLD, Sentence("Nuqneh", "tlh", "body", "ordinary")])]
    assert [(one.sentence, one.is_kept) for one in found] == [(TOLD, True)]
    assert table(found).splitlines()[-2:] == [
        "| all that sites say | 0 | 0 | 0 of 0 | 0 of 0 |",
        f"| all paragraphs | 1 | 0 | 0 of {1 - found[0].is_below:d} | 0 of {found[0].is_below:d} |",
    ]

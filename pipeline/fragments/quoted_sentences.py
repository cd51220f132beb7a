"""Whole sentences that a text in another script quotes in Latin letters: “Nobody moves money in a panic anymore.”"""

from collections.abc import Iterator

import regex

from pipeline.fragments.untranslated import suspect
from pipeline.lines.quotations import quotations

_SENTENCES = regex.compile(
    r"[“\"「『‘]\s*+([\p{Latin}\d][^\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\n]+[.!?…])\s*[”\"」』’]"
)
"""What is quoted up to the mark that ends it: titles and slogans have none."""


def quoted_sentences(text: str, host: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and language of the sentences that `text`, in `host` (primary tag), quotes as they were said.

    >>> text = "他说：“We do not know when it will open again.”然后走了。"
    >>> [(text[start:end], tag) for start, end, tag in quoted_sentences(text, "zh")]
    [('We do not know when it will open again.', 'en')]
    """
    for start, end in quotations(text):
        found = _SENTENCES.fullmatch(text, start, end)
        if found and (language := suspect(found[1], 0, len(found[1]) - 1, host)):
            yield *found.span(1), language

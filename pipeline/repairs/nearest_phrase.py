"""How much of what stands before a bracket is its translation, by meaning: `payment by milestones (节点付款)`.

Words tell where a phrase may begin; a sentence encoder tells which of these phrases says most of the original.
"""

import regex

from pipeline.fragments.gloss import Gloss, is_everyday
from pipeline.languages.everyday import own_words
from pipeline.words.encoder import ENCODED
from pipeline.words.ranking import Encoder

_MOST_BEFORE = 90
"""Code points in which the phrase may begin earlier."""
_MOST_WORDS = 7
"""Words that the phrase may take in."""
_LONGER = 0.05
"""How much nearer a longer phrase must be than the one that the words around it mark."""
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}'’&+]+(?:[-.][\p{L}\p{M}\p{N}]++)*+")
_PARTED = regex.compile(r"[^ \p{Pd}]")


def nearest_phrase(text: str, gloss: Gloss, term: str, encoder: Encoder, language: str) -> str:
    """Return the phrase that ends with `gloss` and is nearest to `term` in meaning; `gloss` where none is nearer.

    `language` is a primary tag; of one that encoders have not learnt, nothing is asked. No phrase goes over a
    mark, or begins with an article, a preposition or the like.
    """
    phrases = _phrases(text, gloss, language) if language in ENCODED else []
    if len(phrases) < 2:
        return gloss.text
    near = dict(zip(phrases, encoder.nearness(term, phrases), strict=True))
    best = max(phrases, key=lambda phrase: (near[phrase], -len(phrase)))
    return best if near[best] >= round(near[gloss.text] + _LONGER, 2) else gloss.text


def _phrases(text: str, gloss: Gloss, language: str) -> list[str]:
    """Return `gloss` and the phrases that begin with an earlier word of its clause, shortest first."""
    floor = max(0, gloss.start - _MOST_BEFORE)
    found, after = [gloss.text], gloss.start
    # The window may cut its first word.
    for token in reversed(list(_TOKEN.finditer(text, floor, gloss.start))[1 if floor else 0 :][-_MOST_WORDS:]):
        if _PARTED.search(text, token.end(), after):
            break
        after = token.start()
        if not _is_small(token.group(), language):
            found.append(text[after : gloss.end])
    return found


def _is_small(word: str, language: str) -> bool:
    return is_everyday(word, language) or word.casefold() in own_words(language)

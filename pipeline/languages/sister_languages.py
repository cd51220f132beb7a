"""Lines in a sister of their page's language, which detectors confuse with it: a short one alone is in the page's."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.document import Segment
from pipeline.languages.language_tag import primary
from pipeline.languages.marked_languages import taken_as, taken_for
from pipeline.languages.second_opinion import KinRule
from pipeline.rules import load_rules

_MOST_OF_PAGE = 0.8
"""Share of the text in a script that one language needs to be the page's in that script."""
_MOST_MARKED = 0.5
"""The same of a language that is told by marks, where its lines without any are the rest of that share."""
_SHORT, _LONG = 40, 120
"""Code points below which any answer for a sister is a guess, and from which none is."""
_SURE = 0.98


def main_by_script(segments: Sequence[Segment]) -> dict[str, str]:
    """Return the language that nearly all text of a script is in, for every script that has one."""
    weight: dict[str, Counter[str]] = {}
    for segment in segments:
        if segment.language not in ("und", "zxx"):
            weight.setdefault(segment.script, Counter())[segment.language] += len(segment.text)
    most = {script: count.most_common(1)[0][0] for script, count in weight.items()}
    return {script: language for script, language in most.items() if _is_main(language, weight[script])}


def _is_main(language: str, weight: Counter[str]) -> bool:
    """Whether nearly all text, of which `weight` counts that in each language, is in `language`.

    A line without the marks that tell a language is given to the one that detectors take it for.
    """
    own, least = weight[language], _MOST_OF_PAGE * weight.total()
    taken = sum(weight[other] for other in taken_for(primary(language)))
    return own >= least or (own >= _MOST_MARKED * weight.total() and own + taken >= least)


def settle_sisters(segments: Sequence[Segment]) -> list[Segment]:
    """Return `segments`, short ones in a sister of what the page is in as a whole in the page's language."""
    main = main_by_script(segments)
    return [
        segment.tagged(main[segment.script], _score(segment), segment.script)
        if _is_guess(segment) and primary(segment.language) in sisters(primary(main.get(segment.script, "und")))
        else segment
        for segment in segments
    ]


def _is_guess(segment: Segment) -> bool:
    size = len(segment.text)
    return size < _SHORT or (size < _LONG and segment.language_score < _SURE)


def _score(segment: Segment) -> float:
    return min(segment.language_score, 0.7)


@cache
def sisters(language: str) -> frozenset[str]:
    """Return the languages that detectors take for `language`, or for one that they take `language` for."""
    families = [{rule.language, *rule.kin} for rule in load_rules("language_kin", KinRule)]
    kin = {tag for family in families if language in family for tag in family}
    return (taken_for(language) | taken_as(language) | kin) - {language}

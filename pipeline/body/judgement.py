"""The body of a page as the model sees it among what rules have left to it.

The model learnt from pages of many kinds and sites; rules were written for articles on sites whose furniture they know.
So they decide alone where they know the site, and elsewhere where they are sure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from pipeline.body.model import DECIMALS, KINDS, Model, calibrated_odds, chosen_by_odds, score_page, shipped_model
from pipeline.body.network import sigmoid
from pipeline.document import Segment, Verdict
from pipeline.languages.site_language import is_abroad
from pipeline.lines.line_rules import said_by_site
from pipeline.lines.shape import shape, width
from pipeline.lines.table_rows import TABLE_ROW
from pipeline.page.article import MAX_LINES, is_foreign, language_of_most

MIN_SEGMENTS = 20
"""Segments of a page that the model can judge by: it learnt from whole pages."""
SURE = 0.95
"""Score of a rule that decides on pages of any kind; a whole line that it explains."""
DOUBTED = frozenset({"zone/questions"})
"""Rules that do not decide although they are sure: of WCXB's boxes of questions most are the articles' own."""

SITES_OWN = frozenset({
    "lines/edit-link", "lines/follow-on-network", "lines/terms-of-subscribing", "lines/data-controller",
    "lines/app-box", "field/related_reading", "field/disclaimer",
})  # fmt: skip
"""Rules that decide as well: what they find says in so many words that it is the site's."""

OF_ANY_SITE = frozenset({"quotes/pulled", "box/sold"})
"""Rules that compare the lines of a page with each other, and by which no site is known."""

KNOWN_SHARE = 0.25
KNOWN_KINDS = 6
"""Share of a page's segments that rules know, and rules that know them, from which they know its site."""
LONG = 120
"""Segments of a page from which so many rules find something by chance: of 123 such pages of WCXB in one language,
rules that were thought to know the site kept what is worth 0.84, the model 0.90."""
MOST = 0.4
"""Share of its page from which an article that rules find on such a site is one, whatever the model calls the page."""
ARTICLE, FORUM = KINDS[:2]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a page: its kind with a score, and a verdict on each segment that is left to the model."""

    kind: str
    kind_score: float
    verdicts: dict[int, Verdict]


def judge(segments: Sequence[Segment], model: Model | None = None) -> Judgement | None:
    """Return what the model says of the page with `segments`, labelled as far as `choose_body` does it.

    None for a page without text but for rows of tables. There are no verdicts where rules alone decide: on short pages;
    on articles of sites that they know; on pages without any known furniture, which may be a text alone; and where the
    model finds nothing. The model is the shipped one unless another is given.
    """
    model = model or shipped_model()
    lines = [" ".join(segment.text.split()) for segment in segments]
    at = [i for i, line in enumerate(lines) if line and segments[i].rule != TABLE_ROW]
    if not at:
        return None
    scores = score_page(model, [lines[i] for i in at])
    best = int(np.argmax(scores.kinds))
    kind, kind_score = KINDS[best], round(float(scores.kinds[best]), DECIMALS)
    is_article = kind == ARTICLE
    if _is_for_rules(segments, is_article=is_article):
        return Judgement(kind, kind_score, {})
    decided = np.array(_decided([segments[i] for i in at], kind))
    odds = calibrated_odds(model, scores.body)
    chosen = chosen_by_odds(model, np.where(decided, -np.inf, odds), scores)
    if not chosen.any():
        return Judgement(kind, kind_score, {})
    likely = sigmoid(odds).round(DECIMALS)
    verdicts = {
        i: Verdict(bool(chosen[k]), float(likely[k]), bool(chosen[k]) != segments[i].keep)
        for k, i in enumerate(at)
        if not decided[k]
    }
    for i in list(_lists_within(segments, verdicts)) if is_article else ():
        del verdicts[i]
    return Judgement(kind, kind_score, verdicts | dict(_of_rows(segments, verdicts)))


def _of_rows(segments: Sequence[Segment], verdicts: Mapping[int, Verdict]) -> Iterator[tuple[int, Verdict]]:
    """Yield a verdict on the rows of each table that has to go with the lines around it, of which none stays."""
    for is_row, group in groupby(range(len(segments)), key=lambda i: segments[i].rule == TABLE_ROW):
        block = list(group)
        around = [i for i in (block[0] - 1, block[-1] + 1) if 0 <= i < len(segments)]
        told = [verdicts[i] for i in around if i in verdicts]
        stays = any(verdicts[i].is_body if i in verdicts else segments[i].keep for i in around)
        if is_row and told and not stays:
            score = max(verdict.score for verdict in told)
            yield from ((i, Verdict(False, score, segments[i].keep)) for i in block)


def _lists_within(segments: Sequence[Segment], verdicts: Mapping[int, Verdict]) -> Iterator[int]:
    """Yield the segments of lists, with their headings, that the model would cut out of the middle of an article.

    Rules took them for the article's, and so does the model what stands right before and after them.
    """
    cut = [i in verdicts and verdicts[i].overrules and segments[i].keep for i in range(len(segments))]
    for is_cut, group in groupby(range(len(segments)), key=cut.__getitem__):
        block = list(group)
        first, last = block[0], block[-1]
        if not is_cut or len(block) > MAX_LINES or first == 0 or last + 1 == len(segments):
            continue
        around = [verdicts[i].is_body if i in verdicts else segments[i].keep for i in (first - 1, last + 1)]
        listed = sum(segments[i].label == "list_item" for i in block)
        if all(around) and 2 * listed >= len(block):
            yield from block


def _is_for_rules(page: Sequence[Segment], *, is_article: bool) -> bool:
    segments = [segment for segment in page if segment.rule != TABLE_ROW]
    known = [segment.rule for segment in segments if _is_known(segment) and segment.rule not in OF_ANY_SITE]
    if len(segments) < MIN_SEGMENTS or not known:
        return True
    is_much = len(known) >= KNOWN_SHARE * len(segments) and len(set(known)) >= KNOWN_KINDS
    knows_site = is_much and (len(segments) < LONG or is_abroad(segments))
    kept = [segment for segment in segments if segment.keep]
    written = sum(width(segment.text) for segment in kept if shape(segment.text) == "prose")
    is_found = written >= MOST * sum(width(segment.text) for segment in segments)
    return knows_site and (is_article or is_found or not kept)


def _is_sites_own(rule: str) -> bool:
    return rule in SITES_OWN or rule.removeprefix("lines/") in said_by_site()


def _language(segments: Sequence[Segment]) -> str:
    """Return the primary language of what rules took for the article."""
    return language_of_most(segment for segment in segments if segment.keep)


def _is_known(segment: Segment) -> bool:
    """Whether a rule has told what `segment` is, more than how it stands to the article."""
    return bool(segment.rule) and not segment.rule.startswith("body/")


def _decided(segments: Sequence[Segment], kind: str) -> list[bool]:
    """Return which of `segments` are furniture for sure; what marks an article's may be a forum's own text."""
    if kind != ARTICLE and not (kind == FORUM and is_abroad(segments)):
        return [_is_known(s) and (s.score >= SURE or _is_sites_own(s.rule)) for s in segments]
    # The model reads no languages: what the site says in another one than its article stays the rules' affair.
    language = _language(segments)
    return [
        segment.rule not in DOUBTED if _is_known(segment) else not segment.keep and is_foreign(segment, language)
        for segment in segments
    ]

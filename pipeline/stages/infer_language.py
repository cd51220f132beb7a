"""Give a language to segments too short to tell theirs, where what they belong to tells it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.borders.language_names import is_code, own_name
from pipeline.document import SITE_LABELS, Document, Segment
from pipeline.languages.han_marks import chinese_marks
from pipeline.languages.japanese import strangers
from pipeline.languages.language_tag import primary
from pipeline.languages.lone_languages import settle_lone
from pipeline.languages.script import count_letters
from pipeline.languages.second_opinion import is_known
from pipeline.languages.sister_languages import main_by_script, settle_sisters
from pipeline.languages.site_words import counters, sections, stamp_languages
from pipeline.lines.shape import width
from pipeline.lines.stamps import fold

PLACE = 0.5
"""Score of a language that only the place on the page tells."""

TOLD = 0.6
"""Least score of a language that the words of a menu's entry tell."""

OWN_NAME = 0.95
"""Score of the language that a text is the own name of."""

MIN_FURNITURE = 3
"""Segments of furniture with a language of their own that make it the site's."""

MIN_SHARE = 0.6
"""Share of the furniture that must agree."""

KANA_FREE = 30
"""Letters of Han without kana that furniture in Japanese may have."""

MIN_SMALL_WORDS = 2
"""Words in small letters from which a line says more than a name."""

_NONE = ("und", "zxx")
_SMALL_WORDS = regex.compile(r"(?<![\p{L}\p{M}'’-])\p{Ll}[\p{L}\p{M}'’]+")
_WORD = regex.compile(r"\p{Ll}{4}|\p{Lo}{2}")
_PAGE = regex.compile(r"\p{L}{3}")
_BEYOND_NAME = regex.compile(r"[\p{Nd}:：,.]|\s\p{Ll}")
_NUMBER = regex.compile(r"\d+")
_PERSONS = ("byline", "author_bio", "discussion")
"""Labels of lines that name somebody."""
_QUOTES = ("ticker", "quote")
_HAN = ("Hani", "Hans", "Hant", "Jpan")


@dataclass(frozen=True, slots=True)
class _Page:
    """What the segments with a language say of those without; (language, script) of a part, None if it has none."""

    article: tuple[str, str] | None
    site: tuple[str, str] | None
    seen: Sequence[str]
    """Its languages, the site's first."""
    by_script: Mapping[str, str]
    """The one language of a script other than Latin."""
    counters: frozenset[str]


def infer_language(doc: Document) -> Document:
    """Return `doc` with kept segments of unknown language in the article's, and the site's own words in the site's.

    Both only where the script agrees, and with a low score; what holds no letters stays without.
    """
    segments = settle_lone(settle_sisters(doc.segments))
    page = _page(segments)
    segments = [_inferred(segment, page) for segment in segments]
    entries = sections(segments, TOLD)
    return replace(doc, segments=tuple([_named_in_menu(segment, entries) for segment in segments]))


def _page(segments: Sequence[Segment]) -> _Page:
    article, site = _main([s for s in segments if s.keep]), _site(segments)
    count = Counter(s.language for s in segments if s.language not in _NONE)
    first = [told[0] for told in (site, article) if told is not None]
    by_script = {script: language for script, language in main_by_script(segments).items() if script != "Latn"}
    if len(han := [by_script[script] for script in _HAN if script in by_script]) == 1:
        by_script["Hani"] = han[0]
    return _Page(
        article=article,
        site=site,
        seen=tuple(dict.fromkeys([*first, *(language for language, _ in count.most_common())])),
        by_script=by_script,
        counters=counters(segments),
    )


def _inferred(segment: Segment, page: _Page) -> Segment:
    text = segment.text
    if not any(map(str.isalpha, text)):
        return segment if segment.language in _NONE else segment.tagged("und", 0.0, segment.script)
    if not segment.keep and (name := own_name(text)):
        return segment.tagged(name, OWN_NAME, segment.script)
    if segment.language != "und":
        told = page.site[0] if page.site and _is_moved(segment, page.site) else ""
    else:
        told = _of_article(segment, page) if segment.keep else _of_furniture(segment, page)
    return _placed(segment, told) if told else segment


def _named_in_menu(segment: Segment, entries: Mapping[str, str]) -> Segment:
    """Return a segment without a language that names an entry of the site's menu in that entry's."""
    if segment.keep or segment.language != "und" or segment.label in _PERSONS or _is_read(segment):
        return segment
    told = entries.get(fold(segment.text), "")
    return _placed(segment, told) if told else segment


def _placed(segment: Segment, language: str) -> Segment:
    return segment._replace(language=language, language_score=PLACE, runner_up="", runner_up_score=0.0)


def _of_article(segment: Segment, page: _Page) -> str:
    told = page.article
    return told[0] if told and _has_script(segment, told[1]) and not _is_read(segment) else ""


def _of_furniture(segment: Segment, page: _Page) -> str:
    """Return what a line of furniture without a language of its own is in, empty where nothing tells."""
    if is_code(segment.text, glued=segment.glued):
        return ""
    if stamped := stamp_languages(segment.text):
        return next((language for language in page.seen if language in stamped), stamped[0] if not stamped[1:] else "")
    if page.site and _has_script(segment, page.site[1]) and not _is_read(segment):
        if segment.text in page.counters or _speaks_for_site(segment, page.site[0]):
            return page.site[0]
        # Of a language that eldc does not know nobody was asked: its lines are the ones that stay without.
        if not is_known(page.site[0]) and len(_SMALL_WORDS.findall(segment.text)) >= MIN_SMALL_WORDS:
            return page.site[0]
        if segment.script == "Latn" and page.site[1] != "Latn":
            return page.site[0]
    return "" if _is_read(segment) else page.by_script.get(segment.script, "")


def _speaks_for_site(segment: Segment, site: str) -> bool:
    """Whether the words of a segment are the site's own: a menu, a field with a label of its language, a stamp."""
    fields = (cue.language.split("|") for cue in segment.cues if cue.table == "field")
    stamp = any(cue.table == "dates" and cue.whole for cue in segment.cues)
    # What names somebody and no more stands beside the imprint, too.
    imprint = segment.rule == "lines/copyright" or (segment.label == "other" and _BEYOND_NAME.search(segment.text))
    return segment.label in SITE_LABELS or bool(imprint) or stamp or any(site in languages for languages in fields)


def _is_moved(segment: Segment, site: tuple[str, str]) -> bool:
    """Whether Han letters hide that a line is the site's: its word for `by` before a name, a menu in Japanese."""
    if segment.keep or segment.script not in _HAN or primary(segment.language) == primary(site[0]):
        return False
    if segment.label == "byline" and segment.cue("head/byline-han-name", "head/byline-han-name-first"):
        return site[1] not in _HAN and count_letters(segment.text)[site[1]] > 0
    japanese = any(cue.table == "field" and "ja" in cue.language.split("|") for cue in segment.cues)
    own = japanese or segment.label in SITE_LABELS or segment.label == "attribution"
    if site[0] != "ja" or not own or len(segment.text) >= KANA_FREE:
        return False
    return not chinese_marks(segment.text) and not strangers().search(segment.text)


def _has_script(segment: Segment, script: str) -> bool:
    """Whether a segment is in `script`; names in Latin letters may outweigh its words in another one."""
    letters = "Hani" if script in _HAN else script
    if segment.script in (script, letters):
        return True
    return segment.script == "Latn" and count_letters(segment.text)[letters] > 0


def _is_read(segment: Segment) -> bool:
    """Whether a rule has read all of the segment and found no language in it: a ticker, a row of networks.

    A word beside a date in numbers or the number of a page is a label that no table knows.
    """
    read = [cue for cue in segment.cues if cue.whole and cue.language == "und"]
    # What is quoted may be a sign of letters alone, but hardly in other scripts than Latin.
    if not read or (segment.script not in ("Latn", "Zyyy") and all(cue.row in _QUOTES for cue in read)):
        return False
    # A row of numbers may hold the button for the next page as well.
    if all(cue.row.startswith("pagination") for cue in read) and len(_NUMBER.findall(segment.text)) <= 2:
        return _PAGE.search(segment.text) is None
    return any(cue.table != "dates" for cue in read) or _WORD.search(segment.text) is None


def _main(segments: Iterable[Segment]) -> tuple[str, str] | None:
    """Return language and script of most of the text of `segments`."""
    weight: Counter[tuple[str, str]] = Counter()
    for segment in segments:
        if segment.language not in _NONE:
            weight[segment.language, segment.script] += width(segment.text)
    return weight.most_common(1)[0][0] if weight else None


def _site(segments: Iterable[Segment]) -> tuple[str, str] | None:
    """Return language and script of the site's furniture, None where too little of it agrees."""
    count = Counter((s.language, s.script) for s in segments if s.label in SITE_LABELS and s.language not in _NONE)
    if count.total() < MIN_FURNITURE:
        return None
    first, times = count.most_common(1)[0]
    return first if times >= MIN_SHARE * count.total() else None

"""Where a page holds runs in another script, and what stands around each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from pipeline.document import Document, Segment
from pipeline.fragments.beside import gloss_beside, has_reading_after, is_romanized
from pipeline.fragments.evidence import ALONE, Clue, clues, context, is_nothing, passage_clues
from pipeline.fragments.foreign import autonyms, foreign_runs, is_mojibake, may_hold_guests, script_of
from pipeline.fragments.gloss import Gloss, has_pinyin_after
from pipeline.languages.everyday import WORD, everyday, own_words
from pipeline.languages.japanese import may_hold_chinese
from pipeline.languages.language_tag import primary
from pipeline.languages.script import NO_LETTERS, Run, count_letters, letters_of
from pipeline.metadata.site_name import names_site

META_LABELS = ("related_meta", "byline")
_CREDIT_LABELS = (*META_LABELS, "author_bio", "attribution")
"""Labels of segments that name people and papers, in the furniture's words: di 莊以樂."""
_CARD_LABELS = ("related_title", "popular")
_MENU_LABELS = ("nav", "section_label", "marker", "stats", "ad", "other")
_GLUED = ("fragments/glued-left", "fragments/frame-cjk", "fragments/frame-korean")
"""Rules by which a run hangs on its neighbours as no guest does."""
_GLUED_MARK = "fragments/glued-mark"
_CITED = ("fragments/cue-", "fragments/pinyin", "fragments/in-language", "fragments/language-own")
"""Rules by which a page speaks of a word as a word."""
_SPOKEN = "fragments/passage-"
_LEAST_OWN_WORDS = 3
"""Everyday words of the page's language that keep a paragraph its own, however much Han it holds."""
_LEAST_OWN_SHARE = 0.08
_LEAST_KANA = 0.15
"""Share of kana in Han and kana below which a paragraph of a Chinese page is Chinese with Japanese words in it."""
_FOOTER_LABELS = (*_MENU_LABELS, "disclaimer", "footnote")
_FOOTER = regex.compile(r"(?i)©|\bcopyright\b|all rights reserved|版权所有|todos los derechos|alle rechte|tous droits")
_LEAST_GUESTS_EACH = 10
"""Latin letters for each Han one that make a line of a Chinese page's furniture no Chinese one."""
_PASSAGE = 350
"""Code points of a paragraph before a run that say what it speaks of."""
_LEAST_REMARK = 8
"""Code points of a clause in brackets that explains nothing before it."""
_NOUN_PHRASE = regex.compile(
    r"[^\P{Han}了着过們们我你他她这那没不是的]++的[^\P{Han}了着过們们我你他她这那没不是的]{2,5}+"
)
"""A noun with what belongs to it before 的: as good a term as any, where a verb or a pronoun makes a clause."""
_LICENCE = "fragments/licence"
_ROMANIZED = "fragments/romanized"
_BEHIND_TITLE = "fragments/behind-title"
_NO_WORDS = (_ROMANIZED, _BEHIND_TITLE)
"""Rules by which what stands beside a run is no translation of it: how it sounds, or what its site publishes."""
_BRACKETED = regex.compile(r"[(（][^()（）\n]{0,60}[)）]")
_SWAPPED = regex.compile(r"\p{Latin}\p{Han}+(?=\p{Latin})")
_LEAST_SWAPPED = 3
"""Words glued on both sides that make a line whose words were swapped one by one."""
_AMID = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]{2}⟦[^⟧]*⟧[ ,]?[ ]?[\p{Ll}]")
"""A run that hangs on a word of a sentence that goes on after it."""
_LATIN_FIRST = regex.compile(r"[^\p{L}]*\p{Latin}")


@dataclass(frozen=True, slots=True)
class Host:
    """The language (BCP 47) and the script (ISO 15924) that a segment is written in."""

    language: str
    script: str


@dataclass(frozen=True, slots=True)
class Place:
    """A run with the evidence around it and the gloss beside it; `run` and `gloss` are offsets in its segment."""

    ordinal: int
    segment: Segment
    run: Run
    clues: tuple[Clue, ...]
    gloss: Gloss | None
    host_language: str

    @property
    def text(self) -> str:
        """The run itself."""
        return self.segment.text[self.run.start : self.run.end]

    @property
    def is_glued(self) -> bool:
        """Whether it hangs on the word before it."""
        return any(clue.rule in _GLUED for clue in self.clues)

    @property
    def is_bare(self) -> bool:
        """Whether it hangs on no letter and on no mark, neither before nor after it."""
        rules = {clue.rule for clue in self.clues}
        return ALONE in rules and _GLUED_MARK not in rules

    @property
    def is_of_site(self) -> bool:
        """Whether it is what its site is called, behind a title in another language."""
        return any(clue.rule == _BEHIND_TITLE for clue in self.clues)

    @property
    def is_spoken_of(self) -> bool:
        """Whether its paragraph says that it is about words."""
        return any(clue.rule.startswith(_SPOKEN) for clue in self.clues)

    @property
    def is_cited(self) -> bool:
        """Whether the page speaks of it as a word."""
        return any(clue.rule.startswith(_CITED) for clue in self.clues)


def host_of(segment: Segment, language: str) -> Host:
    """Return what `segment` is written in, on a page in `language`.

    A tag goes by the letters of the whole segment. A short English paragraph with a long Chinese sentence in it
    comes as Chinese, a Chinese one with a few Japanese words as Japanese: the page knows better.
    """
    tagged, page = _hosts(segment.language, segment.script, language)
    if tagged is page or page.script == NO_LETTERS or tagged.script == NO_LETTERS:
        return tagged
    if page.script != "Latn" and segment.label in _CREDIT_LABELS and _has_own_letters(segment.text, tagged.script):
        return tagged
    if tagged.script == page.script:
        return page if tagged.language != page.language and _is_half_own(segment.text, page.language) else tagged
    return page if not segment.text.isascii() and _is_pages_own(segment, page) else tagged


@lru_cache(maxsize=4096)
def _hosts(language: str, script: str, page: str) -> tuple[Host, Host]:
    """Return the host by the segment's own tag, and the host that its page is."""
    own, pages = script_of(language, script), script_of(page, NO_LETTERS)
    if language == "und":
        return Host(page if pages == own else "und", own), Host(page, pages)
    return Host(language, own), Host(page, pages)


def _is_half_own(text: str, language: str) -> bool:
    """Return whether a text, tagged as another language of the same script, is in `language` for a good part."""
    own = everyday(primary(language)).own
    words = WORD.findall(text)
    return sum(word.casefold() in own for word in words) >= max(_LEAST_OWN_WORDS, _LEAST_OWN_SHARE * len(words))


def _speaks(segment: Segment) -> bool:
    """Return whether a segment is made of sentences in the language that it is tagged as."""
    own = own_words(primary(segment.language))
    return sum(word.casefold() in own for word in WORD.findall(segment.text)) >= _LEAST_OWN_WORDS


def _is_pages_own(segment: Segment, page: Host) -> bool:
    """Return whether a segment that is tagged as another script's is in the page's language all the same."""
    text = segment.text
    if page.script == "Latn":
        if len(_SWAPPED.findall(text)) >= _LEAST_SWAPPED:
            return False
        words = WORD.findall(text)
        own = own_words(primary(page.language))
        if sum(word.casefold() in own for word in words) >= _LEAST_OWN_WORDS:
            return True
        if segment.label in META_LABELS and _LATIN_FIRST.match(text):
            return True
    # What stands in brackets is a guest by nature: how a name is read.
    letters = count_letters(_BRACKETED.sub("", text))
    kana = letters["Hira"] + letters["Kana"]
    if page.script == "Hani":
        if not segment.keep and letters["Hani"] * _LEAST_GUESTS_EACH < letters["Latn"] and _speaks(segment):
            return False
        return letters["Hani"] > 0 and kana < _LEAST_KANA * (letters["Hani"] + kana)
    own_letters = letters[{"Kore": "Hang"}.get(page.script, page.script)]
    if page.script == "Latn":
        words = [word for word in WORD.findall(text) if word[0] < "ʰ"]
        guests = letters.total() - own_letters
        small = any(map(str.islower, words))
        return len(words) >= 2 and small and own_letters >= guests and segment.label not in _MENU_LABELS
    return own_letters >= 4 * _LEAST_OWN_WORDS


def may_hold_places(text: str, host: Host) -> bool:
    """Return, at a glance, whether `text` may hold runs that `places` would yield."""
    return may_hold_guests(text, host.script) or (host.script == "Jpan" and may_hold_chinese(text))


def places(doc: Document, ordinal: int, host: Host) -> Iterator[Place]:
    """Yield the runs in another script in segment `ordinal`, which is written in `host`."""
    segment = doc.segments[ordinal]
    text = segment.text
    if host.script == NO_LETTERS or segment.language == "zxx":
        return
    listed = [run for run in foreign_runs(text, host.script) if not is_mojibake(text, run.start, run.end)]
    # A segment all in another script has no host to be foreign in, whatever its language tag says.
    if not listed or not _has_own_letters(text, host.script):
        return
    has_sentences = _has_sentences(segment, host)
    page_script = script_of(doc.language, NO_LETTERS)
    language = "" if host.language == "und" else primary(host.language)
    switcher = sum(_is_autonym(text, run) for run in listed) > 1
    for run in listed:
        if (segment.label in _MENU_LABELS or not has_sentences) and _is_autonym(text, run):
            continue
        is_own = run.script == page_script != host.script and not (segment.keep or segment.label in _CREDIT_LABELS)
        # The page's own language in a line of its furniture that comes as another's; amid a sentence it leaked.
        if is_own and not (has_sentences and _AMID.search(context(text, run.start, run.end))):
            continue
        found = clues(context(text, run.start, run.end), language)
        if is_nothing(found) or (not has_sentences and any(clue.rule == _LICENCE for clue in found)):
            continue
        extra = tuple(_more_clues(doc, segment, run, switcher=switcher))
        gloss = gloss_beside(text, run, host.language, host.script)
        if gloss and (any(clue.rule in _NO_WORDS for clue in extra) or _is_remark(text, found, run, gloss)):
            gloss = None
        place = Place(ordinal, segment, run, (*found, *extra), gloss, host.language)
        if place.is_bare and gloss is None and run.end - run.start > 1:
            place = replace(place, clues=(*place.clues, *passage_clues(text[max(0, run.start - _PASSAGE) : run.start])))
        yield place


def _is_of_site(doc: Document, segment: Segment, run: Run) -> bool:
    """Return whether a run behind a title is what its site is called; behind a card's, if it stands elsewhere too."""
    if segment.label not in ("title", *_CARD_LABELS) or not names_site(segment.text, run.start, run.end):
        return False
    return segment.label == "title" or doc.text.count(segment.text[run.start : run.end]) > 1


def _is_remark(text: str, found: Sequence[Clue], run: Run, gloss: Gloss) -> bool:
    """Return whether the brackets hold a remark: a clause left untranslated, or an alternative to what is before."""
    if gloss.start > run.start:
        return any(clue.rule == "fragments/remark-after" for clue in found)
    rules = {clue.rule for clue in found}
    if _NOUN_PHRASE.fullmatch(text, run.start, run.end):
        return False
    return run.end - run.start >= _LEAST_REMARK and "fragments/clause" in rules and "fragments/slash" not in rules


def _has_sentences(segment: Segment, host: Host) -> bool:
    """Return whether a segment is made of sentences, as no footer and no menu is."""
    if segment.label in _FOOTER_LABELS or _FOOTER.search(segment.text):
        return False
    own = own_words(primary(host.language))
    words = WORD.findall(segment.text)
    return not own or sum(word.casefold() in own for word in words) >= _LEAST_OWN_WORDS


def _more_clues(doc: Document, segment: Segment, run: Run, *, switcher: bool) -> Iterator[Clue]:
    """Yield the evidence that no pattern sees."""
    if switcher:
        yield Clue("fragments/autonyms", "term", 8.0)
    if has_pinyin_after(segment.text, run.end) or has_reading_after(segment.text, run):
        yield Clue("fragments/pinyin", "term", 4.0)
    if is_romanized(segment.text, run):
        yield Clue(_ROMANIZED, "term", 9.0)
    if segment.label in META_LABELS:
        yield Clue("fragments/byline", "name", 8.0)
    if _is_of_site(doc, segment, run):
        yield Clue(_BEHIND_TITLE, "name", 9.0)


def _is_autonym(text: str, run: Run) -> bool:
    return text[run.start : min(run.end, run.start + 20)] in autonyms()


def _has_own_letters(text: str, host: str) -> bool:
    letters = count_letters(text)
    return any(letters[name] for name in letters_of(host))

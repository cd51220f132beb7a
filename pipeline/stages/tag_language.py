"""Give every segment its language and script: first what is certain, then what its page makes likely."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.document import Cue, Document, Segment
from pipeline.languages.chinese import variant
from pipeline.languages.detector import by_all, by_page, by_words
from pipeline.languages.guess import NOTHING, UNDETERMINED, Guess
from pipeline.languages.han_page import settle_han
from pipeline.languages.script import count_letters, main_script
from pipeline.languages.script_language import Undecided, by_script
from pipeline.languages.two_scripts import Line, settle_scripts
from pipeline.settings import Effort

MAX_NAME = 30
"""Code points of a name behind a label."""

_CUE_SCORE = 1.0
_SHARED_CUE_SCORE = 0.95
"""For a label that several languages share, once the page has told which."""
_PAGE_SCORE = 0.7
"""For what only the rest of the page tells."""
_VARIANTS = ("zh-Hans", "zh-Hant")
_SHORT = 160
"""Code points up to which what a text tells is kept for the next page."""


class _Heard(NamedTuple):
    """What a text tells by itself: its letters (see `count_letters`), their script, and a guess at its language."""

    letters: Counter[str]
    script: str
    guess: Guess
    line: Undecided | None = None
    """What to ask about where the guess is `und`."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the certain segments of a page say about the others."""

    labels: tuple[str, ...]
    """Languages of its unambiguous cues, most frequent first."""
    seen: tuple[str, ...]
    """Languages of its certain segments, most letters first, then those only hinted at."""
    scripts: frozenset[str]
    """The scripts of its certain segments."""


def tag_language(doc: Document, *, languages: tuple[str, ...], effort: Effort = "balanced") -> Document:
    """Return `doc` with language, score and script on every segment.

    `languages` are the primary tags to expect. A cue that explains a whole segment decides for it: `en|it|pt`
    goes by the other cues of the page, then by its other segments, then takes the first. All other segments
    speak for themselves; where they say too little, the languages of the page may decide, with a score of at
    most 0.7.

    >>> doc = Document.from_raw("这个国家")
    >>> tagged = tag_language(replace(doc, segments=(Segment(0, 4, 0, "这个国家", 1),)), languages=("en",))
    >>> [(s.language, s.script, s.language_score) for s in tagged.segments]
    [('zh-Hans', 'Hans', 1.0)]
    """
    alternatives = [_alternatives(segment.cues) for segment in doc.segments]
    heard = [
        _hear(segment.text, languages, effort) if tags is None else _by_cue(segment.text, tags)
        for segment, tags in zip(doc.segments, alternatives, strict=True)
    ]
    guesses = _of_their_script(_through_page(doc.segments, heard, alternatives, effort), heard, alternatives)
    lines = [
        Line(segment.text, guess, alone.letters, alone.script, tags is None)
        for segment, guess, alone, tags in zip(doc.segments, guesses, heard, alternatives, strict=True)
    ]
    lines = settle_han(settle_scripts(lines))
    guesses = _one_variant([line.guess for line in lines], doc.segments)
    segments = tuple(
        segment.tagged(
            guess.language, guess.score, _script(line.script, guess.language), guess.runner_up, guess.runner_up_score
        )
        for segment, guess, line in zip(doc.segments, guesses, lines, strict=True)
    )
    return replace(doc, segments=segments)


def _hear(text: str, languages: tuple[str, ...], effort: Effort) -> _Heard:
    """Return what a text tells by itself."""
    if len(text) <= _SHORT:
        return _hear_short(text, languages, effort)
    return _hear_any(text, languages, effort)


def _hear_any(text: str, languages: tuple[str, ...], effort: Effort) -> _Heard:
    letters = count_letters(text)
    script = main_script(letters)
    line = by_script(text, letters)
    if isinstance(line, Guess):
        return _Heard(letters, script, line)
    return _Heard(letters, script, by_words(line, languages, effort), line)


_hear_short = lru_cache(maxsize=4096)(_hear_any)
"""Pages of a site repeat short texts."""


def _by_cue(text: str, alternatives: tuple[str, ...]) -> _Heard:
    """Return what the cues of a text tell that they explain."""
    letters = count_letters(text)
    guess = Guess(alternatives[0], _CUE_SCORE) if len(alternatives) == 1 else NOTHING
    return _Heard(letters, main_script(letters), guess)


def _alternatives(cues: Iterable[Cue]) -> tuple[str, ...] | None:
    """Return the languages that cues for the whole segment allow, () for `und`, None without such a cue."""
    choices = [_tags(cue) for cue in cues if cue.whole or _names(cue)]
    if not choices:
        return None
    told = [tags for tags in choices if tags]
    if not told:
        return ()
    common = tuple(tag for tag in told[0] if all(tag in tags for tags in told))
    return common or told[0]


def _names(cue: Cue) -> bool:
    """Whether a cue reads `label: value` with a value as short as a name, which tells no language but its bearer's."""
    return cue.table == "field" and cue.label == "byline" and len(cue.value or "") <= MAX_NAME


def _tags(cue: Cue) -> tuple[str, ...]:
    return tuple(tag for tag in cue.language.split("|") if tag not in ("", UNDETERMINED))


def _through_page(
    segments: Sequence[Segment],
    heard: Sequence[_Heard],
    alternatives: Sequence[tuple[str, ...] | None],
    effort: Effort,
) -> list[Guess]:
    """Return what each segment tells by itself or, where that is nothing, through the languages of the page."""
    page = _page(segments, heard)
    return [
        alone.guess if alone.guess.language != UNDETERMINED else _with_page(alone, tags, page, effort)
        for alone, tags in zip(heard, alternatives, strict=True)
    ]


def _page(segments: Sequence[Segment], heard: Sequence[_Heard]) -> _Page:
    labels: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    scripts: set[str] = set()
    for segment, alone in zip(segments, heard, strict=True):
        if alone.guess.is_language:
            scripts.add(alone.script)
            seen[alone.guess.language] += alone.letters.total()
        for cue in segment.cues:
            tags = _tags(cue)
            if len(tags) == 1:
                labels[tags[0]] += 1
                seen[tags[0]] += 0  # a cue inside a segment is a hint and no more: it comes last
    return _Page(
        labels=tuple(tag for tag, _ in labels.most_common()),
        seen=tuple(tag for tag, _ in seen.most_common()),
        scripts=frozenset(scripts),
    )


def _with_page(alone: _Heard, alternatives: tuple[str, ...] | None, page: _Page, effort: Effort) -> Guess:
    """Return what the page tells of a segment that does not tell by itself.

    Where its label's languages are none of the page's, which has others in its script, the word is theirs as well.
    """
    if alternatives:
        fallback = () if alone.script in page.scripts else alternatives
        told = next((tag for tag in (*page.labels, *page.seen, *fallback) if tag in alternatives), None)
        return NOTHING if told is None else Guess(told, _SHARED_CUE_SCORE)
    return NOTHING if alone.line is None else _among_seen(alone.line, page.seen, effort)


@lru_cache(maxsize=1024)
def _among_seen(line: Undecided, seen: tuple[str, ...], effort: Effort) -> Guess:
    """Return what the languages of the page tell of a line, and then what only much work tells."""
    likely = by_page(line, seen, effort)
    return by_all(line, seen, effort) if likely == NOTHING and effort != "fast" else likely


def _of_their_script(
    guesses: list[Guess], heard: Sequence[_Heard], alternatives: Sequence[tuple[str, ...] | None]
) -> list[Guess]:
    """Return `guesses`, open ones in the one language that the page writes in their script, if it is one.

    Latin script does not count: any name may be written in it.
    """
    written: dict[str, set[str]] = {}
    for guess, alone in zip(guesses, heard, strict=True):
        if alone.script != "Latn" and guess.is_language:
            written.setdefault(alone.script, set()).add(guess.language)
    only = {script: Guess(min(languages), _PAGE_SCORE) for script, languages in written.items() if len(languages) == 1}
    if not only:
        return guesses
    return [
        only.get(alone.script, guess) if guess.language == UNDETERMINED and tags is None else guess
        for guess, alone, tags in zip(guesses, heard, alternatives, strict=True)
    ]


def _one_variant(guesses: Sequence[Guess], segments: Sequence[Segment]) -> list[Guess]:
    """Return `guesses` with undecided Chinese in the variant that the page's Chinese is in as a whole.

    A label or day of letters that both variants have is undecided, whichever the tables know it in.
    """
    told = {guess.language for guess in guesses}
    if "zh" not in told and not told.issuperset(_VARIANTS):
        return list(guesses)
    pairs = list(zip(guesses, segments, strict=True))
    form = variant("".join(segment.text for guess, segment in pairs if guess.language in _VARIANTS))
    return [_in_variant(guess, segment.text, form) if form else guess for guess, segment in pairs]


def _in_variant(guess: Guess, text: str, form: str) -> Guess:
    if guess.language == "zh":
        return Guess(f"zh-{form}", _PAGE_SCORE)
    is_other = guess.language in _VARIANTS and guess.language != f"zh-{form}"
    return guess._replace(language=f"zh-{form}") if is_other and variant(text) is None else guess


def _script(letters: str, language: str) -> str:
    """Return the ISO 15924 code for letters of that script in that language: Han has a form in each."""
    if letters not in ("Hani", "Jpan"):
        return letters
    return {"zh-Hans": "Hans", "zh-Hant": "Hant", "zh": "Hani", "ja": "Jpan"}.get(language, letters)

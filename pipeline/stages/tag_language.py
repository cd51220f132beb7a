"""Give every segment its language and script: first what is certain, then what its page makes likely."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.chinese import variant
from pipeline.detector import by_all, by_page, by_words
from pipeline.document import Cue, Document, Segment
from pipeline.guess import NOTHING, UNDETERMINED, Guess
from pipeline.han_page import settle_han
from pipeline.script import count_letters, main_script
from pipeline.script_language import Undecided, by_script
from pipeline.settings import Effort
from pipeline.two_scripts import Line, settle_scripts

_CUE_SCORE = 1.0
_SHARED_CUE_SCORE = 0.95
"""For a label that several languages share, once the page has told which."""
_PAGE_SCORE = 0.7
"""For what only the rest of the page tells."""
_SHORT = 160
"""Code points up to which a text's answer is kept for the next page."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the certain segments of a page say about the others."""

    labels: tuple[str, ...]
    """Languages of its unambiguous cues, most frequent first."""
    seen: tuple[str, ...]
    """Languages of its certain segments, most letters first, then those only hinted at."""


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
    letters = [count_letters(segment.text) for segment in doc.segments]
    scripts = [main_script(count) for count in letters]
    alternatives = [_alternatives(segment.cues) for segment in doc.segments]
    found = _guesses(doc, languages, effort, letters, alternatives)
    found = _of_their_script(found, scripts, alternatives)
    lines = [
        Line(segment.text, guess, count, script, tags is None)
        for segment, guess, count, script, tags in zip(doc.segments, found, letters, scripts, alternatives, strict=True)
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


def _guesses(
    doc: Document,
    languages: tuple[str, ...],
    effort: Effort,
    letters: Sequence[Counter[str]],
    alternatives: Sequence[tuple[str, ...] | None],
) -> list[Guess]:
    """Return what each segment tells by itself or, where that is nothing, through the languages of the page."""
    heard = [
        (_by_cue(tags), None) if tags is not None else _hear(segment.text, count, languages, effort)
        for segment, count, tags in zip(doc.segments, letters, alternatives, strict=True)
    ]
    page = _page(doc.segments, [guess for guess, _ in heard], letters)
    return [
        _with_page(guess, line, tags, page, effort) for (guess, line), tags in zip(heard, alternatives, strict=True)
    ]


def _hear(
    text: str, letters: Counter[str], languages: tuple[str, ...], effort: Effort
) -> tuple[Guess, Undecided | None]:
    """Return what a text tells by itself, and what to ask about where that is nothing."""
    if len(text) <= _SHORT:
        return _hear_short(text, languages, effort)
    return _heard(by_script(text, letters), languages, effort)


@lru_cache(maxsize=8192)
def _hear_short(text: str, languages: tuple[str, ...], effort: Effort) -> tuple[Guess, Undecided | None]:
    """Return the same for a short text; pages of a site repeat them."""
    return _heard(by_script(text), languages, effort)


def _heard(line: Guess | Undecided, languages: tuple[str, ...], effort: Effort) -> tuple[Guess, Undecided | None]:
    return (line, None) if isinstance(line, Guess) else (by_words(line, languages, effort), line)


def _alternatives(cues: Iterable[Cue]) -> tuple[str, ...] | None:
    """Return the languages that cues for the whole segment allow, () for `und`, None without such a cue."""
    choices = [_tags(cue) for cue in cues if cue.whole]
    if not choices:
        return None
    told = [tags for tags in choices if tags]
    if not told:
        return ()
    common = tuple(tag for tag in told[0] if all(tag in tags for tags in told))
    return common or told[0]


def _tags(cue: Cue) -> tuple[str, ...]:
    return tuple(tag for tag in cue.language.split("|") if tag not in ("", UNDETERMINED))


def _by_cue(alternatives: tuple[str, ...]) -> Guess:
    return Guess(alternatives[0], _CUE_SCORE) if len(alternatives) == 1 else NOTHING


def _page(segments: Sequence[Segment], guesses: Sequence[Guess], letters: Sequence[Counter[str]]) -> _Page:
    labels: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for segment, guess, count in zip(segments, guesses, letters, strict=True):
        if guess.is_language:
            seen[guess.language] += count.total()
        for cue in segment.cues:
            tags = _tags(cue)
            if len(tags) == 1:
                labels[tags[0]] += 1
                seen[tags[0]] += 0  # a cue inside a segment is a hint and no more: it comes last
    return _Page(
        labels=tuple(tag for tag, _ in labels.most_common()),
        seen=tuple(tag for tag, _ in seen.most_common()),
    )


def _with_page(
    guess: Guess, line: Undecided | None, alternatives: tuple[str, ...] | None, page: _Page, effort: Effort
) -> Guess:
    """Return what the page adds, where the segment alone did not tell, and then what only much work tells."""
    if guess.language != UNDETERMINED:
        return guess
    if alternatives:
        ranked = (*page.labels, *page.seen, *alternatives)
        return Guess(next(tag for tag in ranked if tag in alternatives), _SHARED_CUE_SCORE)
    if line is None:
        return guess
    likely = by_page(line, page.seen, effort)
    return by_all(line, page.seen, effort) if likely == NOTHING and effort != "fast" else likely


def _of_their_script(
    guesses: Sequence[Guess], scripts: Sequence[str], alternatives: Sequence[tuple[str, ...] | None]
) -> list[Guess]:
    """Return `guesses`, open ones in the one language that the page writes in their script, if it is one.

    Latin script does not count: any name may be written in it.
    """
    written: dict[str, set[str]] = {}
    for guess, script in zip(guesses, scripts, strict=True):
        if guess.is_language and script != "Latn":
            written.setdefault(script, set()).add(guess.language)
    only = {script: Guess(min(languages), _PAGE_SCORE) for script, languages in written.items() if len(languages) == 1}
    return [
        only.get(script, guess) if guess.language == UNDETERMINED and tags is None else guess
        for guess, script, tags in zip(guesses, scripts, alternatives, strict=True)
    ]


def _one_variant(guesses: Sequence[Guess], segments: Sequence[Segment]) -> list[Guess]:
    """Return `guesses` with undecided Chinese in the variant that the page's Chinese is in as a whole."""
    if not any(guess.language == "zh" for guess in guesses):
        return list(guesses)
    pairs = zip(guesses, segments, strict=True)
    form = variant("".join(segment.text for guess, segment in pairs if guess.language in ("zh-Hans", "zh-Hant")))
    if form is None:
        return list(guesses)
    inherited = Guess(f"zh-{form}", _PAGE_SCORE)
    return [inherited if guess.language == "zh" else guess for guess in guesses]


def _script(letters: str, language: str) -> str:
    """Return the ISO 15924 code for letters of that script in that language: Han has a form in each."""
    if letters not in ("Hani", "Jpan"):
        return letters
    return {"zh-Hans": "Hans", "zh-Hant": "Hant", "zh": "Hani", "ja": "Jpan"}.get(language, letters)

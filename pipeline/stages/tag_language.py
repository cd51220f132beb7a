"""Give every segment its language and script: first what is certain, then what its page makes likely."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.chinese import variant
from pipeline.detector import NO_LANGUAGE, UNDETERMINED, Guess, detect
from pipeline.document import Cue, Document, Segment
from pipeline.han_page import settle_han
from pipeline.script import count_letters, main_script
from pipeline.two_scripts import Line, settle_scripts

_CUE_SCORE = 1.0
_SHARED_CUE_SCORE = 0.95
"""For a label that several languages share, once the page has told which."""
_PAGE_SCORE = 0.7
"""For what only the rest of the page tells."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the certain segments of a page say about the others."""

    labels: tuple[str, ...]
    """Languages of its unambiguous cues, most frequent first."""
    seen: tuple[str, ...]
    """Languages of its certain segments, most letters first, then those only hinted at."""


def tag_language(doc: Document, *, languages: tuple[str, ...]) -> Document:
    """Return `doc` with language, score and script on every segment.

    `languages` are the primary tags to expect. A cue that explains a whole segment decides for it: `en|it|pt`
    goes by the other cues of the page, then by its other segments, then takes the first. All other segments
    speak for themselves; where they say too little, the languages of the page may decide, with a score of at
    most 0.7.

    >>> doc = Document.from_raw("天気")
    >>> tagged = tag_language(replace(doc, segments=(Segment(0, 2, 0, "天気", 1),)), languages=("en",))
    >>> [(s.language, s.script, s.language_score) for s in tagged.segments]
    [('zh', 'Hani', 1.0)]
    """
    letters = [count_letters(segment.text) for segment in doc.segments]
    alternatives = [_alternatives(segment.cues) for segment in doc.segments]
    lines = [
        Line(segment.text, guess, count, main_script(count), tags is None)
        for segment, guess, count, tags in zip(
            doc.segments, _guesses(doc, languages, letters, alternatives), letters, alternatives, strict=True
        )
    ]
    lines = settle_han(settle_scripts(lines))
    guesses = _one_variant([line.guess for line in lines], doc.segments)
    segments = tuple(
        replace(
            segment,
            language=guess.language,
            language_score=guess.score,
            script=_script(line.script, guess.language),
        )
        for segment, guess, line in zip(doc.segments, guesses, lines, strict=True)
    )
    return replace(doc, segments=segments)


def _guesses(
    doc: Document,
    languages: tuple[str, ...],
    letters: Sequence[Counter[str]],
    alternatives: Sequence[tuple[str, ...] | None],
) -> list[Guess]:
    """Return what each segment tells by itself or, where that is nothing, through the languages of the page."""
    alone: dict[str, Guess] = {}
    certain = [
        _certain(segment.text, tags, languages, alone) for segment, tags in zip(doc.segments, alternatives, strict=True)
    ]
    page = _page(doc.segments, certain, letters)
    together: dict[str, Guess] = {}
    guesses = [
        _likely(segment.text, guess, tags, languages, page, together)
        for segment, guess, tags in zip(doc.segments, certain, alternatives, strict=True)
    ]
    return [
        _of_its_script(guess, page) if guess.language == UNDETERMINED and tags is None else guess
        for guess, tags, page in zip(guesses, alternatives, _only_languages(guesses, letters), strict=True)
    ]


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


def _certain(
    text: str, alternatives: tuple[str, ...] | None, languages: tuple[str, ...], done: dict[str, Guess]
) -> Guess:
    """Return what the segment tells by itself; `done` keeps the answers, for pages repeat their lines."""
    if alternatives is not None:
        return Guess(alternatives[0], _CUE_SCORE) if len(alternatives) == 1 else Guess(UNDETERMINED, 0.0)
    if text not in done:
        done[text] = detect(text, languages)
    return done[text]


def _page(segments: Sequence[Segment], guesses: Sequence[Guess], letters: Sequence[Counter[str]]) -> _Page:
    labels: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for segment, guess, count in zip(segments, guesses, letters, strict=True):
        if _is_language(guess.language):
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


def _likely(
    text: str,
    guess: Guess,
    alternatives: tuple[str, ...] | None,
    languages: tuple[str, ...],
    page: _Page,
    done: dict[str, Guess],
) -> Guess:
    """Return what the page adds, where the segment alone did not tell."""
    if guess.language != UNDETERMINED:
        return guess
    if alternatives:
        ranked = (*page.labels, *page.seen, *alternatives)
        return Guess(next(tag for tag in ranked if tag in alternatives), _SHARED_CUE_SCORE)
    if alternatives is not None or not page.seen:
        return guess
    if text not in done:
        done[text] = detect(text, languages, page.seen)
    return done[text]


def _only_languages(guesses: Sequence[Guess], letters: Sequence[Counter[str]]) -> list[str | None]:
    """Return for each segment the one language that the page writes in the segment's script, None for several.

    Latin script does not count: any name may be written in it.
    """
    written: dict[str, set[str]] = {}
    scripts = [main_script(count) for count in letters]
    for guess, script in zip(guesses, scripts, strict=True):
        if _is_language(guess.language):
            written.setdefault(script, set()).add(guess.language)
    return [
        next(iter(languages)) if script != "Latn" and len(languages := written.get(script, set())) == 1 else None
        for script in scripts
    ]


def _of_its_script(guess: Guess, language: str | None) -> Guess:
    return guess if language is None else Guess(language, _PAGE_SCORE)


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


def _is_language(tag: str) -> bool:
    return tag not in (UNDETERMINED, NO_LANGUAGE)

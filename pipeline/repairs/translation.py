"""What is asked of a translator, and which of its answers may become a candidate for a leftover.

Nothing in here talks to anybody: `ask` calls the translator it is given, and those that start programs or open
connections are in `pipeline.io`. No stage calls one either. The answers reach the repair as data, so that a
document and its answers always give the same result.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import regex

from pipeline.document import Candidate, Document, Fragment
from pipeline.errors import TranslatorError
from pipeline.fragments.foreign import script_of
from pipeline.languages.script import count_letters, letters_of, script
from pipeline.rules import EditRule, load_rules

UNKNOWN_VERSION = "unknown"

MOST_CONTEXT = 200
"""Code points of its sentence that a fragment takes along, on either side."""
MOST_ANSWER = 400
"""Code points of an answer; a fragment that is longer than that is not worth the question."""

_CONFIDENCE = 0.45
"""Below the 0.5 that `apply` asks for by default; level with other lone witnesses, `knowledge.WEAK`."""
_SHORT = 8
"""Code points of a fragment that is a word or two."""
_MOST_WORDS_SHORT = 8
_WORDS_FREE, _WORDS_EACH = 2, 2
_LEAST_REPEATED = 2
"""Words shared with the context that make a repetition: one alone is an article or a preposition."""

_SENTENCE_END = regex.compile(r"[.!?…]['\"”’»)\]]{0,2}\s|[。！？]['\"”’」』）]{0,2}|[\n\r]")
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
_WORD = regex.compile(
    rf"[\p{{Lo}}&&[{_UNSPACED}]]|[[\p{{L}}\p{{N}}]--[{_UNSPACED}]][[\p{{L}}\p{{M}}\p{{N}}'’.&+-]--[{_UNSPACED}]]*+",
    regex.V1,
)
_REFUSED = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\uFFFD]")
_NAME = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._+:/-]{0,99}")
_NOT_NAME = regex.compile(r"[^A-Za-z0-9._+:/-]+")


@dataclass(frozen=True, slots=True)
class Request:
    """A fragment to be translated from `language` to `target` (BCP 47), with its sentence around it.

    `left` and `right` are the rest of the sentence, at most 200 code points each, with the space that parts
    them from the fragment, if one does.
    """

    text: str
    left: str
    right: str
    language: str
    target: str

    @property
    def id(self) -> str:
        """A hash of all that is asked (64 bits, hexadecimal): equal for equal requests, in every run."""
        asked = json.dumps([self.text, self.left, self.right, self.language, self.target])
        return hashlib.sha256(asked.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a translator said to one request, unchecked; None where it has no answer."""

    request: Request
    text: str | None


Answers = Mapping[Request, Candidate]
"""What a translator answered, as far as it can be used."""
NO_ANSWERS: Answers = MappingProxyType({})


class Translator(Protocol):
    """Whatever translates: a program, a service, a table in a test."""

    @property
    def name(self) -> str:
        """What it is called in the tables; final once it has answered."""

    @property
    def version(self) -> str:
        """Its version, or its model's; `unknown` where it does not say."""

    def translate(self, requests: Sequence[Request]) -> Sequence[str | None]:
        """Return an answer to each of `requests`, in order; None where there is none.

        Raises TranslatorError where it cannot do its work at all.
        """


def request_for(doc: Document, fragment: Fragment) -> Request | None:
    """Return what to ask about a fragment of `doc`; None where no answer could be of use.

    Only leftovers are asked about, in hosts of a known language in Latin letters: no other text is repaired.
    Needs the text that the fragments were found in.
    """
    segment = doc.segments[fragment.segment]
    if fragment.kind != "residue" or fragment.host_language == "und" or len(fragment.text) > MOST_ANSWER:
        return None
    if script_of(fragment.host_language, segment.script) != "Latn":
        return None
    start = fragment.at - segment.at
    left, right = segment.text[:start], segment.text[start + len(fragment.text) :]
    return Request(
        fragment.text, _sentence_left(left), _sentence_right(right), fragment.language, fragment.host_language
    )


def requests_for(docs: Iterable[Document], *, least: float) -> tuple[Request, ...]:
    """Return what to ask about the fragments of `docs`, each request once, in the order they come up.

    A fragment that has a candidate of at least confidence `least` needs no translator.
    """
    open_ones = (
        (doc, fragment)
        for doc in docs
        for fragment in doc.fragments
        if all(candidate.confidence < least for candidate in fragment.candidates)
    )
    found = (request_for(doc, fragment) for doc, fragment in open_ones)
    return tuple(dict.fromkeys(request for request in found if request))


def ask(translator: Translator, requests: Iterable[Request]) -> dict[Request, Candidate]:
    """Return the candidates that `translator` has for `requests`, asked all at once and each only once.

    What has no answer, or none that passes `check_answer`, is missing. An answer's confidence is 0.45, whatever
    the translator: nothing here can tell a good one from a bad one, a machine left this word untranslated before,
    and nobody has seen the answer. So it is shown as a suggestion under the default policy and goes into the text
    only for those who lower `min_confidence` on purpose; what the page or the corpus itself says goes before it.
    Raises TranslatorError if the translator fails, or answers in another form than agreed.
    """
    wanted = tuple(dict.fromkeys(requests))
    if not wanted:
        return {}
    answers = translator.translate(wanted)
    # Only now: a translator may introduce itself with its first answer.
    source = _source(translator)
    if len(answers) != len(wanted):
        raise TranslatorError(f"{source} gave {len(answers)} answers to {len(wanted)} requests")
    found: dict[Request, Candidate] = {}
    for request, answer in zip(wanted, answers, strict=True):
        text = check_answer(request, answer) if answer is not None else None
        if text is not None:
            found[request] = Candidate(text, source, _CONFIDENCE)
    return found


def check_answer(request: Request, text: str) -> str | None:
    """Return an answer in normal form (NFC, trimmed, single spaces); None where it cannot be a rendering.

    >>> asked = Request("闭环", "It is a commercial", ", they say", "zh-Hans", "en")
    >>> check_answer(asked, " closed  loop "), check_answer(asked, "闭环 loop"), check_answer(asked, "commercial")
    ('closed loop', None, None)
    """
    text = unicodedata.normalize("NFC", text.strip())
    if _REFUSED.search(text) or len(text) > MOST_ANSWER or _has_invisible(text):
        return None
    text = " ".join(text.split())
    words = _words(text)
    # Without a letter or digit there is nothing that could stand for a word.
    if not words or len(words) > _most_words(request.text):
        return None
    if text.casefold() == request.text.casefold() or not _is_translated(request, text):
        return None
    return None if _is_repetition(words, _words(request.left), _words(request.right)) else text


def plain_name(name: str) -> str:
    """Return `name` with what a translator's name cannot hold replaced by hyphens.

    >>> plain_name("my translator (2).py"), plain_name("翻译")
    ('my-translator-2-.py', 'translator')
    """
    return _NOT_NAME.sub("-", name)[:100].lstrip("-._+:/") or "translator"


def is_name(text: str) -> bool:
    """Return whether `text` can be a translator's name or version.

    ASCII letters, digits and `._+:/-`, at most 100, the first a letter or digit: it goes into tables and rule ids.
    """
    return _NAME.fullmatch(text) is not None


def _sentence_left(text: str) -> str:
    text = text[-MOST_CONTEXT:]
    return text[max((end.end() for end in _SENTENCE_END.finditer(text)), default=0) :].lstrip()


def _sentence_right(text: str) -> str:
    text = text[:MOST_CONTEXT]
    end = _SENTENCE_END.search(text)
    return text[: end.end() if end else None].rstrip()


def _source(translator: Translator) -> str:
    if not (is_name(translator.name) and is_name(translator.version)):
        raise TranslatorError(f"neither a name nor a version: {translator.name!r}, {translator.version!r}")
    return f"translator/{translator.name}@{translator.version}"


def _words(text: str) -> list[str]:
    """Return the words of `text`; where a script sets no spaces, each letter counts as one."""
    return [word.casefold() for word in _WORD.findall(text)]


def _most_words(fragment: str) -> int:
    return _MOST_WORDS_SHORT if len(fragment) <= _SHORT else _WORDS_FREE + _WORDS_EACH * len(_words(fragment))


def _is_translated(request: Request, text: str) -> bool:
    """Return whether no letter of the fragment's own script is left, unless the target is written in it too."""
    own, target = script(request.text), script_of(request.target, "Latn")
    # Chinese has no kana of its own, but a leftover may quote some.
    left_over = set(letters_of("Jpan" if own == "Hani" else own)) - set(letters_of(target))
    return left_over.isdisjoint(count_letters(text))


def _has_invisible(text: str) -> bool:
    # What is taken out of every page must not come back in through an answer.
    return any(True for rule in load_rules("invisible", EditRule) for _ in rule.propose(text))


def _is_repetition(words: list[str], left: list[str], right: list[str]) -> bool:
    """Return whether putting `words` between `left` and `right` would say the same twice."""
    shared = max(_overlap(left, words), _overlap(words, right))
    return shared >= _LEAST_REPEATED or shared == len(words)


def _overlap(first: list[str], second: list[str]) -> int:
    """Return how many words at most end `first` and begin `second`."""
    return next((n for n in range(min(len(first), len(second)), 0, -1) if first[-n:] == second[:n]), 0)

"""All that the model of kinds is told of a run: its borders, its letters, the words beside it, its gloss, its page."""

from collections.abc import Iterator, Sequence

from pipeline.fragments.gloss import Gloss
from pipeline.fragments.place import Place
from pipeline.fragments.place_company import Company
from pipeline.fragments.place_letters import han_features, in_manner, letter_features, standing_features
from pipeline.fragments.place_words import Features, border, border_features, grammar_features, sides, word_features
from pipeline.languages.language_tag import primary
from pipeline.words.dictionary import Dictionary

_MOST_WORDS = 5


def kind_features(places: Sequence[Place], words: Dictionary | None) -> Iterator[Features]:
    """Yield the features of each of `places`, the runs of a page; `words` is the dictionary, if there is one."""
    company = Company(places)
    for place in places:
        said = word_features(place) + grammar_features(place) + letter_features(place)
        said += standing_features(place, words) + han_features(place, words) + company.features(place)
        yield border_features(place) + in_manner(said, place) + gloss_features(place)


def gloss_features(place: Place) -> Features:
    """Return what the gloss looks like, nothing where there is none."""
    gloss = place.gloss
    if gloss is None:
        return Features()
    return Features(_gloss_names(place, gloss))


def _gloss_names(place: Place, gloss: Gloss) -> Iterator[str]:
    words = gloss.text.split()
    capitals = [word[0].isupper() for word in words]
    yield "has a gloss"
    yield f"gloss {'after' if gloss.start > place.run.start else 'before'} it"
    yield f"has a gloss, left: {border(sides(place)[0][-1:])}"
    yield f"words of the gloss: {min(_MOST_WORDS, len(words))}"
    # All nouns of German have one.
    host = "German" if primary(place.host_language) == "de" else "any other language"
    yield f"gloss {'begins with' if capitals[:1] == [True] else 'without'} a capital, {host}"
    if capitals and all(capitals):
        yield f"gloss all in capitals, {host}"

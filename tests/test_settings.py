import pytest
from lingua import Language

from pipeline.errors import SettingsError
from pipeline.settings import KNOWN_LANGUAGES, Settings


def test_the_known_languages_are_those_of_the_detector() -> None:
    assert sorted(str(language.iso_code_639_1.name).lower() for language in Language.all()) == list(KNOWN_LANGUAGES)


@pytest.mark.parametrize("languages", [("en", "zh-Hant"), ("pt-BR",), ()])
def test_a_language_stands_for_its_scripts_and_regions(languages: tuple[str, ...]) -> None:
    assert Settings(languages=languages).languages == languages


@pytest.mark.parametrize("tag", ["xx", "gl", "xx-Latn", "und"])
def test_an_unknown_language_is_refused_and_the_known_are_named(tag: str) -> None:
    with pytest.raises(SettingsError, match=rf"languages: '{tag}' is not among .*: af ar .* zh zu"):
        Settings(languages=("en", tag))

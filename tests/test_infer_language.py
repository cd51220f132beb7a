"""What the place on the page tells of lines too short to tell their language themselves."""

from collections.abc import Sequence

import pytest

from pipeline.document import Cue, Document, Segment
from pipeline.languages.script import count_letters, main_script
from pipeline.languages.site_words import counters, sections, stamp_languages
from pipeline.stages.infer_language import infer_language
from pipeline.stages.tag_language import tag_language

Line = tuple[str, str, str]
"""A text with its label and language."""

ENGLISH: Line = ("The committee will publish its findings before the end of the month.", "body", "en")
JAPANESE: list[Line] = [("ニュースを読む", "nav", "ja"), ("お問い合わせ", "nav", "ja"), ("ログインする", "nav", "ja")]


def page(lines: Sequence[Line], cues: tuple[Cue, ...] = ()) -> Document:
    """Return a page of `lines`; `cues` are those of the last."""
    segments, at = [], 0
    for number, (text, label, language) in enumerate(lines, start=1):
        script = {"zh-Hans": "Hans", "zh-Hant": "Hant", "ja": "Jpan"}.get(language, main_script(count_letters(text)))
        score = 0.0 if language == "und" else 0.9
        last = cues if number == len(lines) else ()
        segment = Segment(at, at + len(text), at, text, number, last, label=label)
        segments.append(segment.tagged(language, score, script))
        at += len(text) + 1
    doc = Document.from_raw("\n".join(text for text, _, _ in lines))
    return Document(id="", source="", raw=doc.raw, text=doc.text, segments=tuple(segments))


def site(*texts: str, language: str) -> list[Line]:
    return [(text, "nav", language) for text in texts]


CZECH = site("Úvodní stránka", "Kultura a věda", "Přihlásit se", language="cs")


def told(lines: Sequence[Line], *cues: Cue) -> str:
    return infer_language(page(lines, cues)).segments[-1].language


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Strana 4", "related_meta"),
        ("Líbí se (9)", "discussion"),
        ("Kultura a věda", "related_meta"),
        ("Jan Novák, 11. května", "discussion"),
        ("Petr 3. března 2026", "related_meta"),
        ("Vltavan a.s., Na Nábřeží 12, 110 00 Praha", "other"),
    ],
)
def test_words_of_the_site_are_in_its_language(text: str, label: str) -> None:
    others = [("Strana 7", "related_meta", "und")]
    assert told([*CZECH, ENGLISH, *others, (text, label, "und")]) == "cs"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Jan Novák", "discussion"),
        ("Petra Dvořáčková", "other"),
        ("Strana 4 Strana 5", "related_title"),
        ("Neo80", "related_meta"),
        ("iPhone 15", "related_title"),
        ("EN", "nav"),
        ("12 / 05", "nav"),
        ("2026.03.30.", "related_meta"),
    ],
)
def test_names_codes_and_numbers_stay_open(text: str, label: str) -> None:
    assert told([*CZECH, ENGLISH, ("Neo65", "related_meta", "und"), (text, label, "und")]) == "und"


def test_what_holds_no_letter_has_no_language() -> None:
    assert told([*CZECH, ("2026.03.30.", "related_meta", "ko")]) == "und"
    assert told([*CZECH, ("12", "nav", "zxx")]) == "zxx"


def test_a_language_s_own_name_is_a_word_of_it() -> None:
    assert told([*CZECH, ("Magyar", "nav", "cs")]) == "hu"
    assert told([*CZECH, ("sr - српски", "nav", "sr")]) == "sr"
    assert told([*CZECH, ENGLISH, ("Magyar", "heading", "cs")]) == "cs"


def test_a_day_goes_by_the_page_and_not_by_the_first_that_knows_it() -> None:
    dutch = site("Nieuws en sport", "Over ons en contact", "Word nu lid", language="nl")
    assert stamp_languages("Gerrit, 12 mei")[0] != "nl"
    assert told([*dutch, ("Gerrit, 12 mei", "discussion", "und")]) == "nl"
    assert (
        told([*site("Om oss", "Logga in", "Läs mer", language="sv"), ("Gerrit, 12 mei", "discussion", "und")]) == "und"
    )


def test_a_number_is_a_counter_s_where_its_word_has_others_or_it_has_brackets() -> None:
    lines = [
        "Seite 4",
        "Seite 7",
        "Kapitel 3",
        "Gefällt mir (2)",
        "MonsGeek M1",
        "MonsGeek M2",
        "75011 Paris",
        "G7",
        "4. Seite",
    ]
    doc = page([(line, "related_meta", "und") for line in lines])
    assert counters(doc.segments) == {"Seite 4", "4. Seite", "Seite 7", "Gefällt mir (2)"}
    titles = page([(line, "related_title", "und") for line in lines])
    assert counters(titles.segments) == frozenset()


def test_the_number_of_a_page_has_the_site_s_word_and_a_row_of_numbers_none() -> None:
    cue = Cue("lines", "pagination", label="nav")
    english = site("Read the news", "Sign in", "Subscribe now", language="en")
    assert told([*english, ("Page 2 of 9", "nav", "und")], cue) == "en"
    assert told([*english, ("1 2 3 … 9 Next", "nav", "und")], cue) == "und"
    assert told([*english, ("p. 2 / 9", "nav", "und")], cue) == "und"


def test_the_steps_of_a_path_are_sections() -> None:
    found = sections(
        page([("Domov › Kultúra", "nav", "sk"), ("›", "nav", "sk"), ("Ján", "byline", "sk")]).segments, 0.6
    )
    assert found == {"domov › kultúra": "sk", "domov": "sk", "kultúra": "sk"}


def test_a_short_line_in_a_sister_language_is_in_the_page_s() -> None:
    croatian = [("Povjerenstvo će objaviti zaključke prije kraja mjeseca, kaže predsjednik.", "body", "hr")] * 3
    assert told([*croatian, ("Sve vesti dana", "nav", "sr")]) == "hr"
    assert told([*croatian, ("Komisija će objaviti nalaze pre kraja meseca, a zatim " * 3, "discussion", "sr")]) == "sr"
    assert told([*croatian, ("Alle Nachrichten", "nav", "de")]) == "de"


def test_a_word_alone_in_its_language_is_in_the_page_s_where_it_may_be() -> None:
    english = [(text, "body", "en") for text in ("It rained all day.", "Nobody came to the fair.", "They went home.")]
    assert told([*english, ("Documentation", "nav", "fr")]) == "en"
    assert told([*english, ("Datenschutz", "nav", "de")]) == "de"
    assert told([*english, ("Documentation", "nav", "fr")], Cue("chrome", "nav", "fr")) == "fr"
    assert told([*english, ("Contacts", "nav", "fr")], Cue("chrome", "nav", "fr")) == "en"
    assert told([*english, ("Chia sẻ", "nav", "vi")], Cue("chrome", "share", "vi")) == "vi"
    french = site("Accueil du site", "Nos services", "Nous contacter", language="fr")
    assert told([*english, *french, ("Documentation", "nav", "fr")]) == "fr"


def test_menus_in_han_are_japanese_where_the_site_is() -> None:
    chinese = [("委員會將在月底前公布結論,並請專家們出席下一次會議。", "body", "zh-Hant")]
    assert told([*JAPANESE, *chinese, ("特集", "nav", "zh-Hant")]) == "ja"
    assert told([*JAPANESE, *chinese, ("簡體字與我們", "nav", "zh-Hant")]) == "zh-Hant"
    assert told([*JAPANESE, *chinese, ("晨光報", "related_meta", "zh-Hant")]) == "zh-Hant"
    assert told([*CZECH, *chinese, ("特集", "nav", "zh-Hant")]) == "zh-Hant"


def test_the_word_before_an_author_in_han_is_the_site_s() -> None:
    cue = Cue("head", "byline-han-name", whole=False, label="byline")
    assert told([*CZECH, ("Napsal 周小渡", "byline", "zh-Hans")], cue) == "cs"
    assert told([*CZECH, ("周小渡", "byline", "zh-Hans")], cue) == "zh-Hans"


def test_letters_of_the_site_beside_a_latin_name_tell() -> None:
    greek = site("Αρχική σελίδα", "Όλες οι ειδήσεις", "Σύνδεση χρήστη", language="el")
    assert told([*greek, ("της Danae Orfanou", "byline", "und")]) == "el"
    assert told([*greek, ("Danae Orfanou", "byline", "und")]) == "und"


def test_a_script_with_one_language_tells_though_a_line_in_it_was_read_otherwise() -> None:
    russian = site("Главная страница", "Культура и наука", "Войти на сайт", "Все новости города", language="ru")
    assert told([*russian, ("Вести", "nav", "bg"), ("Логистика •", "related_meta", "und")]) == "ru"


def test_a_label_that_none_of_the_page_s_languages_has_is_open() -> None:
    doc = page([ENGLISH, ("Data", "nav", "und")], (Cue("chrome", "published", "it|pt"),))
    assert tag_language(doc, languages=("en",)).segments[-1].language == "und"
    russian = page(
        [("Комитет опубликует выводы до конца месяца.", "body", "ru"), ("Data", "nav", "und")], doc.segments[-1].cues
    )
    assert tag_language(russian, languages=("en",)).segments[-1].language == "it"


def test_a_label_that_both_variants_have_is_in_the_page_s() -> None:
    hant = "委員會將在月底前公布結論,並請專家們出席下一次會議。"
    doc = page([(hant, "body", "und"), ("1月9日", "related_meta", "und")], (Cue("days", "zh-Hans", "zh-Hans"),))
    assert tag_language(doc, languages=("en", "zh")).segments[-1].language == "zh-Hant"

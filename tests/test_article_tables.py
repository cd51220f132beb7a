"""Tables in the midst of an article: their rows are its own, and so is what stands below them."""

import pytest

from pipeline.body.judgement import judge
from pipeline.document import Document, Segment, Verdict
from pipeline.lines.table_rows import TABLE_ROW, table_rows
from pipeline.page.article import find_article
from pipeline.plan import clean

ABOVE = [
    "Přístavní správa zveřejnila v pondělí výroční zprávu a počet kontejnerů poprvé za deset let klesl.",
    "Úředníci viní sucho, kvůli kterému byly dvě komory téměř celé léto zavřené a lodě musely jet oklikou.",
    "Odbory to vidí jinak a poukazují na nové poplatky, které byly zavedeny bez jakékoli konzultace.",
]
BELOW = [
    "Poplatky za skladování se během roku zvýšily dvakrát a několik dopravců odešlo do sousedního přístavu.",
    "Správa chce o slevě rozhodnout v březnu, až se sejde dozorčí rada a projedná stanovisko odborů.",
]
HEAD = ["Přístavní noviny", "Domů | Zprávy | Byznys | Sport", "Kontejnerů poprvé za deset let ubylo", "12. března 2026"]
FOOT = ["Čtěte také", "Dvě komory se na podzim znovu zavřou", "© 2026 Přístavní noviny"]

TABLES = {
    "bars and figures": [
        "Rok | Kontejnery | Změna",
        "2022 | 1 204 | +3,1 %",
        "2023 | 1 251 | +3,9 %",
        "2024 | 1 188 | -5 %",
    ],
    "bars without figures": ["Přístav | Země", "Brémy | Německo", "Kóbe | Japonsko", "Callao | Peru"],
    "bars at the ends": ["| Přístav | Země |", "| Brémy | Německo |", "| Kóbe | Japonsko |", "| Callao | Peru |"],
    "tabs without figures": ["Přístav\tZemě", "Brémy\tNěmecko", "Kóbe\tJaponsko", "Callao\tPeru"],
    "wide blanks": [
        "Přístav    Země    Podíl",
        "Brémy    Německo    12",
        "Kóbe    Japonsko    9",
        "Callao    Peru    4",
    ],
    "wide characters": ["湖區電池　40　64%", "風電　22　33%", "水電　18　12%"],
    "a cell a line": [
        "Rok",
        "Kontejnery",
        "Změna",
        "2022",
        "1 204",
        "3,1",
        "2023",
        "1 251",
        "3,9",
        "2024",
        "1 188",
        "-5",
    ],
    "facts": ["Otevřeno: 1968", "Kotviště: čtrnáct", "Provozovatel: Nordhaven", "Zaměstnanci: 2 300"],
}
LOOK_ALIKES = {
    "two lines alike": ["Brémy | Německo", "Kóbe | Japonsko"],
    "headlines of one site": ["Komory stojí | Noviny", "Odbory jednají | Noviny", "Poplatky rostou | Noviny"],
    "cards with days": ["Komory | 12.3.2026 | Byznys", "Odbory | 11.3.2026 | Doma", "Sleva | 10.3.2026 | Svět"],
    "counters": ["12", "Sdílet", "4", "Líbí se"],
    "numbers of pages": ["1", "2", "3", "4", "5", "6"],
    "sentences two blanks apart": ["Pršelo celý den.  Nikdo nepřišel k moři.", "Loď stála.  Vítr sílil a moře šumělo."]
    * 2,
}


def page(table: list[str], *, lines_between: str = "\n\n") -> Document:
    return clean(lines_between.join([*HEAD, *ABOVE, "\n".join(table), *BELOW, *FOOT]))


def kept(doc: Document) -> list[str]:
    return [segment.text for segment in doc.segments if segment.keep]


@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["apart", "close"])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_articles_and_does_not_end_it(name: str, between: str) -> None:
    doc = page(TABLES[name], lines_between=between)
    assert [text for text in kept(doc) if text in (*ABOVE, *BELOW)] == [*ABOVE, *BELOW]
    rows = [s for s in doc.segments if doc.raw[s.start : s.end] in TABLES[name]]
    assert len(rows) == len(TABLES[name])
    assert {segment.label for segment in rows} == {"list_item"}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_what_looks_like_a_table_is_none(name: str) -> None:
    lines = [ABOVE[0], *LOOK_ALIKES[name], BELOW[0]]
    assert not table_rows(lines)
    assert [text for text in kept(page(LOOK_ALIKES[name])) if text in (*ABOVE, *BELOW)] == [*ABOVE, *BELOW]


def test_a_table_of_words_needs_a_paragraph_on_either_side() -> None:
    rows = TABLES["bars without figures"]
    assert table_rows([ABOVE[0], "Tabulka 1", *rows, "Zdroj: úřad", BELOW[0]]) == {2, 3, 4, 5}
    assert not table_rows([*HEAD, *rows, BELOW[0]])
    assert not table_rows([ABOVE[0], *rows, *FOOT])


@pytest.mark.parametrize("row", ["|   |   |", "|\t|", "| |", "｜　｜"])
def test_rows_of_nothing_but_marks_are_none(row: str) -> None:
    rows = ["| Port | Price |", *[row] * 3]
    assert not table_rows([ABOVE[0], *[row] * 3, BELOW[0]])
    assert not table_rows([ABOVE[0], *rows, BELOW[0]])
    assert [text for text in kept(page(rows)) if text in (*ABOVE, *BELOW)] == [*ABOVE, *BELOW]


def test_a_title_above_cells_is_no_cell() -> None:
    cells = ["Ceny zinku", "Rok", "Cena", "2022", "12", "2023", "14", "2024", "9"]
    assert table_rows([ABOVE[0], *cells, BELOW[0]]) == set(range(2, 10))


def labelled(text: str, label: str, rule: str) -> Segment:
    return Segment(0, len(text), 0, text, 1, label=label, rule=rule, score=0.7)


def judged(rows: list[str], around: str) -> dict[str, Verdict]:
    """Return the verdicts on a page with `rows` of a table, among its paragraphs or `around` other furniture."""
    above = [labelled(text, "nav", "chrome/nav" if text == "Domů" else "") for text in ("Domů", *map(str, range(10)))]
    article = [labelled(text, "body", "body/run") for text in ABOVE]
    table = [labelled(text, "list_item", TABLE_ROW) for text in rows]
    rest = [labelled(text, "body", "body/run") for text in BELOW]
    chatter = [labelled(f"Odkaz číslo {number}", "other", "") for number in range(12)]
    places = {
        "article": [*article, *table, *rest, *chatter],
        "furniture": [*article, *rest, *chatter[:6], *table, *chatter[6:]],
    }
    segments = [*above, *places[around]]
    judgement = judge(segments)
    assert judgement is not None and judgement.verdicts
    return {segments[i].text: verdict for i, verdict in judgement.verdicts.items()}


@pytest.mark.parametrize("around", ["article", "furniture"])
def test_the_body_model_does_not_see_the_rows(around: str) -> None:
    rows = TABLES["tabs without figures"]
    with_rows = judged(rows, around)
    assert {text: verdict for text, verdict in with_rows.items() if text not in rows} == judged([], around)


def test_a_table_goes_with_the_furniture_around_it() -> None:
    rows = TABLES["tabs without figures"]
    assert not any(text in judged(rows, "article") for text in rows)
    assert [judged(rows, "furniture")[text].is_body for text in rows] == [False] * len(rows)


@pytest.mark.parametrize("row", ["\x1c\t\x1c", "\x1d  \x1d", "|\x1c|\x1c|"])
def test_blanks_that_patterns_take_for_words_are_no_error(row: str) -> None:
    assert clean("\n\n".join([ABOVE[0], *[row] * 3, BELOW[0]])).segments


def test_a_long_table_does_not_part_a_short_article() -> None:
    cells = [cell for number in range(20) for cell in (f"Přístav {chr(65 + number)}", f"{number} 204", f"{number},1")]
    segments = [labelled(text, "other", "") for text in (*ABOVE, *cells, *BELOW)]
    assert find_article(segments) == (0, len(segments))


def test_a_table_tells_of_no_site() -> None:
    article = [labelled(text, "body", "body/run") for text in (ABOVE + BELOW) * 4]
    table = [labelled(text, "list_item", TABLE_ROW) for text in TABLES["tabs without figures"]]
    judgement = judge([*article[:10], *table, *article[10:]])
    assert judgement is not None and not judgement.verdicts


def test_what_names_facts_and_what_they_stand_above_are_none() -> None:
    facts = ["Kapacita: 12 l", "Výkon: 800 W", "Hmotnost: 4 kg"]
    doc = clean("\n\n".join([*HEAD, *ABOVE, "Údaje: výrobce", *facts, "Omyl první: ticho", *BELOW, *FOOT]))
    labels = {segment.text.removeprefix("- "): segment.label for segment in doc.segments}
    assert {labels[fact] for fact in facts} == {"list_item"}
    assert labels["Omyl první: ticho"] != "list_item" and labels["Údaje: výrobce"] != "list_item"


@pytest.mark.parametrize("at", [0, 2, 4])
def test_facts_with_figures_and_without_stay_together(at: int) -> None:
    facts = ["Provozovatel: Nordhaven", "Vlastník: město", "Architekt: Dvořák", "Otevřeno: 1968"]
    facts.insert(at, "Zaměstnanci: 2 300")
    doc = page(facts)
    assert {s.label for s in doc.segments if doc.raw[s.start : s.end] in facts} == {"list_item"}


def test_who_wrote_below_a_standfirst_is_no_list_of_facts() -> None:
    signed = ["Napsala: Anna Dvořáková", "Foto: Petr Malý", "Zdroj: úřad"]
    doc = clean("\n\n".join([*HEAD, ABOVE[0], *signed, *ABOVE[1:], *BELOW, *FOOT]))
    assert not any(text in kept(doc) for text in signed)

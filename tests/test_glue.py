"""Cutting lines that hold several segments, and reading the stamps on them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.borders.glue import cut
from pipeline.lines.dates import parse_date
from pipeline.lines.stamps import age_at_end, label_before, labels_of


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("Küstenblatt3 h fa", ["Küstenblatt", "3 h fa"]),
        ("链上报5小时前", ["链上报", "5小时前"]),
        ("블록신문3시간 전", ["블록신문", "3시간 전"]),
        ("KüstenblattVor 2 Std.", ["Küstenblatt", "Vor 2 Std."]),
        ("Kıyı Postası · 2 saat önce", ["Kıyı Postası ·", "2 saat önce"]),
        ("NewsroomPublished 2026-05-29Updated 2026-06-01", ["Newsroom", "Published 2026-05-29", "Updated 2026-06-01"]),
        ("2.1k viewsPublished 2024.04.01", ["2.1k views", "Published 2024.04.01"]),
        ("IntermediateMar 12, 2024", ["Intermediate", "Mar 12, 2024"]),
        (
            "17.03.2025 Von Dr. Anna Spiegel Lesedauer: ca. 5 Min.",
            ["17.03.2025", "Von Dr. Anna Spiegel", "Lesedauer: ca. 5 Min."],
        ),
        ("31.12.2024 por Ana Souza", ["31.12.2024", "por Ana Souza"]),
        ("icon Daily Post", ["icon", "Daily Post"]),
        ("Home > News > Markets", ["Home", ">", "News", ">", "Markets"]),
        ("旧衣回收箱归谁管 (03-06)", ["旧衣回收箱归谁管", "(03-06)"]),
        ("日期：2026-05-29 来源：晚报 编辑：李雷", ["日期：2026-05-29", "来源：晚报", "编辑：李雷"]),
        ("Gefällt mir12Teilen3", ["Gefällt mir", "12", "Teilen", "3"]),
        ("Нравится12Ответить", ["Нравится", "12", "Ответить"]),
        ("いいね！34コメント12", ["いいね！", "34", "コメント", "12"]),
        ("قبل 3 ساعاترد", ["قبل 3 ساعات", "رد"]),
        ("Czas czytania: 4 min2.310 wyświetleń", ["Czas czytania: 4 min", "2.310 wyświetleń"]),
        ("Anna BergströmFölj", ["Anna Bergström", "Följ"]),
        ("Morskie novinyTagi: rzeka, lód", None),
        ("Tagi: rzeka, lód", ["Tagi:", "rzeka, lód"]),
        ("صحيفة الميناءمنذ ساعتين", ["صحيفة الميناء", "منذ ساعتين"]),
        (
            "Vanha laituri talvella. Kuva: Aino VirtanenKukaan ei tiedä, kuka sen rakensi tai miksi se jäi tyhjäksi.",
            [
                "Vanha laituri talvella. Kuva: Aino Virtanen",
                "Kukaan ei tiedä, kuka sen rakensi tai miksi se jäi tyhjäksi.",
            ],
        ),
        (
            "渡口的最后一班船。（记者何岸摄）天还没有亮，码头上就排起了长队。",
            ["渡口的最后一班船。（记者何岸摄）", "天还没有亮，码头上就排起了长队。"],
        ),
        (
            "The pier at ebb (Image: HarbourPress)NOBODY has moored here since the war, says the keeper.",
            ["The pier at ebb (Image: HarbourPress)", "NOBODY has moored here since the war, says the keeper."],
        ),
        ("The field Container Image: The ContainerStatus.ImageID tells the digest of what was started.", None),
        ("© ZwischenraumVerlag GmbH, Leipzig. Nachdruck nur mit Genehmigung der Redaktion.", None),
        ("每隔四秒它响一声。没有摄像头，也没有屏幕，只有一个小小的圆环。", None),
        ("News24", None),
        ("Windows11", None),
        ("热门评论3", None),
        ("Topics: what they are.", None),
        # Sentences that mention what stamps are made of stay whole.
        ("The ferry sailed on March 11, 2000, and nobody was on board.", None),
        ("He left three days ago", None),
        ("What happened 3 days ago", None),
        ("Quarterly results: what to expect", None),
        ("The Harbour and the Ice", None),
    ],
)
def test_lines_are_cut_where_they_are_glued(line: str, pieces: list[str] | None) -> None:
    assert [line[i:j] for i, j in cut([line])[0]] == (pieces or [line])


def test_ranks_are_cut_where_three_of_them_count_from_one() -> None:
    lines = ["1Lodě stojí", "2„Nikdo nečekal led“", "3Kolik stojí sůl", "5G je tu"]
    assert [[line[i:j] for i, j in spans] for line, spans in zip(lines, cut(lines), strict=True)] == [
        ["1", "Lodě stojí"],
        ["2", "„Nikdo nečekal led“"],
        ["3", "Kolik stojí sůl"],
        ["5G je tu"],
    ]


def test_question_letters_need_a_question_and_its_answer() -> None:
    lines = ["QWhy did it freeze?", "AIt was cold.", "A ferry sailed.", "Quite so."]
    assert [[line[i:j] for i, j in spans] for line, spans in zip(lines, cut(lines), strict=True)] == [
        ["Q", "Why did it freeze?"],
        ["A", "It was cold."],
        ["A ferry sailed."],
        ["Quite so."],
    ]


def test_a_publisher_named_elsewhere_is_cut_from_an_age_in_words() -> None:
    lines = ["KüstenblattVor 2 Std.", "KüstenblattGestern"]
    assert [lines[1][i:j] for i, j in cut(lines)[1]] == ["Küstenblatt", "Gestern"]


@given(st.lists(st.text(max_size=60).map(str.strip), max_size=6))
def test_every_solid_code_point_is_in_exactly_one_piece(lines: list[str]) -> None:
    for line, spans in zip(lines, cut(lines), strict=True):
        inside = [i for start, end in spans for i in range(start, end)]
        assert len(inside) == len(set(inside))
        assert {i for i, c in enumerate(line) if not c.isspace()} <= set(inside)
        assert all(not line[start].isspace() and not line[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize(
    ("text", "languages", "day"),
    [
        ("2026-05-29", (), date(2026, 5, 29)),
        ("2025年8月11日", ("zh-Hans",), date(2025, 8, 11)),
        ("民國113年5月2日", ("zh-Hant",), date(2024, 5, 2)),
        ("令和6年5月2日", ("ja",), date(2024, 5, 2)),
        ("2024년 5월 2일", ("ko",), date(2024, 5, 2)),
        ("5/6/2024", ("en",), date(2024, 5, 6)),
        ("5/6/2024", ("fr",), date(2024, 6, 5)),
        ("25/6/2024", (), date(2024, 6, 25)),
        ("5/6/2024", (), None),
        ("12 de marzo de 2026", ("es",), date(2026, 3, 12)),
        ("12 Şubat 2026", ("tr",), date(2026, 2, 12)),
        ("3 พฤษภาคม 2567", ("th",), date(2024, 5, 3)),
        ("June 16", ("en",), None),
        ("2024-13-45", (), None),
        ("2026ko otsailaren 22a, 20:54", ("eu",), date(2026, 2, 22)),
        ("9-aprel, 2026-yil", ("uz",), date(2026, 4, 9)),
        ("11 ta’ Marzu 2026, 07:40", ("mt",), date(2026, 3, 11)),
        ("3 Meán Fómhair 2025", ("ga",), date(2025, 9, 3)),
        ("30.mar.2026 às 11h08", ("pt",), date(2026, 3, 30)),
        ("டிசம்பர் 1, 2025 09:45 AM", ("ta",), date(2025, 12, 1)),
        ("12-март, 2026-жыл", ("ky",), date(2026, 3, 12)),
    ],
)
def test_dates_are_read_as_their_page_means_them(text: str, languages: tuple[str, ...], day: date | None) -> None:
    assert parse_date(text, languages) == day


def test_ages_tell_their_language() -> None:
    for text, language in [("3 h fa", "it"), ("Há 12m", "pt"), ("hace 3 horas", "es"), ("3 часа назад", "ru")]:
        found = age_at_end(text)
        assert found is not None and language in found.languages
    assert age_at_end("a long time ago") is None


def test_labels_are_folded_before_they_are_looked_up() -> None:
    assert [rule.id for rule, _ in labels_of("  LETTURE ASSOCIATE: ")] == ["chrome/related_reading"]
    assert [rule.id for rule, _ in labels_of("İLGİLİ HABERLER")] == ["chrome/related_reading"]
    assert labels_of("Letture associate del mese") == ()


def test_the_longest_label_before_a_date_wins() -> None:
    found = label_before("XPubblicato ultima volta ", len("XPubblicato ultima volta "))
    assert found is not None and (found.start, found.rule) == (1, "chrome/updated")

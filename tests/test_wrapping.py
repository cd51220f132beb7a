"""Paragraphs whose lines were broken at a fixed width are one segment again."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.borders.glue import line_spans
from pipeline.borders.wrapping import join_wrapped
from pipeline.plan import clean

WRAPPED = """\
The harbour froze for the first time in forty years, and the ferries stayed where
they were. Nobody had thought to order salt. It was dear, some 640 euros a ton, and
the town had other worries: the steps of the customs house were closed until noon,
and the clerk had lost the key."""


def _joined(text: str) -> list[list[str]]:
    return [[text[i:j] for i, j in group] for group in join_wrapped(text, list(line_spans(text)))]


def test_a_wrapped_paragraph_is_one_group_and_its_neighbours_are_not_drawn_in() -> None:
    text = f"Harbour news\n{WRAPPED}\n\nThree days of ice\n"
    assert [len(group) for group in _joined(text)] == [1, 4, 1, 1]


def test_lines_that_are_sentences_or_items_stay_apart() -> None:
    sentences = "The harbour froze for the first time in forty years, and all was quiet.\n" * 3
    items = "- small boats, rowing boats and whatever else is moored inside the basin\n- ferries\n"
    titles = "Ferries sail again after a week of ice on the northern route\nSalt prices double as towns empty depots\n"
    head = (
        "Wind pump Wednesday: the town that runs its radio station on four old blades\n"
        "deur Hettie Brand — 22 Oktober 2025 in Gemeenskap en Boerdery 3 kommentare\n"
        "Deel op WhatsApp\n"
    )
    for text in (sentences, items, titles, head):
        assert all(len(group) == 1 for group in _joined(text))


def test_the_clean_text_has_no_line_breaks_inside_a_paragraph() -> None:
    doc = clean(f"{WRAPPED}\n\n{WRAPPED}")
    assert [(s.label, "\n" in s.text) for s in doc.segments] == [("body", False), ("body", False)]
    assert doc.restored() == doc.raw


@given(st.text(alphabet="ab .\n" * 3 + "A汉\r\u2028", max_size=400))
def test_every_line_is_in_exactly_one_group(text: str) -> None:
    lines = list(line_spans(text))
    assert [line for group in join_wrapped(text, lines) for line in group] == lines


SOLID = """\
十二路公交车每天早上五点四十分从老汽车站开出，沿着江边慢慢走
二十七站，终点是一座已经停产的水泥厂。开车的人叫梁守田，今年
五十八岁，他说自己闭着眼睛也知道哪一站会有人上车。"""


def test_solid_writing_goes_on_without_a_space() -> None:
    doc = clean(f"{SOLID}\n\n{SOLID.replace('十二', '十五')}")
    assert [s.label for s in doc.segments] == ["body", "body"]
    assert "沿着江边慢慢走二十七站" in doc.segments[0].text


def test_two_lines_of_solid_writing_need_a_page_that_is_wrapped_at_their_width() -> None:
    footer = "發行所：澎岸週報社，登記證為局版澎誌字第〇〇〇號，投稿信箱請見\n本站內容採姓名標示授權，圖片除外。"
    assert [len(group) for group in _joined(footer)] == [1, 1]
    assert [len(group) for group in _joined(f"{SOLID}\n\n{footer}") if group[0]] == [3, 2]


def test_names_at_the_start_of_lines_do_not_part_a_paragraph() -> None:
    text = (
        "ANXI, Fujian — A storage company has to pay 318,000 yuan to the\n"
        "merchant whose harvest went mouldy in a rented hall, the county's\n"
        "People's Court said in a judgment that was made public late on\nMonday."
    )
    assert [len(group) for group in _joined(text)] == [4]


TITLE = "Harbour Frozen for the First Time in Forty Years as Town Runs Out of Salt and\nPatience"
NOTE = "The clerk found the key on Thursday. It had been in the other pocket of his old\nWinter coat."


def test_on_a_page_that_was_wrapped_throughout_two_lines_are_one_paragraph() -> None:
    text = "\n\n".join([TITLE, *[WRAPPED] * 3, NOTE])
    assert [len(group) for group in _joined(text) if group[0]] == [2, 4, 4, 4, 2]
    assert [len(group) for group in _joined("\n\n".join([TITLE, *[WRAPPED] * 2]))[:2]] == [1, 1]


def test_a_line_that_is_full_by_chance_does_not_take_in_a_name_below_it() -> None:
    title = TITLE.replace("\n", " ").removesuffix(" and Patience")
    page = "\n\n".join([f"Home\nNews\nSport\n\n{title}\nMargarethe Vale\nThursday", *[WRAPPED] * 3])
    assert [group for group in _joined(page) if "Vale" in group[0]] == [["Margarethe Vale"]]


def test_lines_wider_than_a_paragraph_show_that_nobody_wrapped_the_page() -> None:
    page = "\n\n".join([TITLE, *[WRAPPED] * 3, "The steps of the customs house were closed. " * 3])
    assert [len(group) for group in _joined(page)[:2]] == [1, 1]


ARABIC = """\
يملك الرجل نحو مئتي شجرة في معتمدية بني حسان جنوبي محافظة المنستير، وقد فقد
ربعها خلال سنوات الجفاف الأخيرة. وحين يئس من حفر الآبار عاد إلى ما كان يفعله
جده: نظام المسقى، الذي يجمع مياه الأمطار من المنحدرات ويوجهها نحو جذور
الأشجار."""


def test_writing_without_small_letters_is_wrapped_where_no_line_had_room_for_the_next_word() -> None:
    assert [len(group) for group in _joined(ARABIC)] == [4]
    assert [len(group) for group in _joined(ARABIC.replace("جذور\n", "\nجذور "))] == [1] * 4


def test_two_lines_of_solid_writing_are_one_paragraph_where_others_are_as_wide() -> None:
    pair = SOLID.partition("\n")[2]
    assert [len(group) for group in _joined("\n\n".join([pair] * 3)) if group[0]] == [2, 2, 2]
    assert [len(group) for group in _joined("\n\n".join([pair] * 2)) if group[0]] == [1] * 4

"""The report in a real browser, opened from disk: nothing is loaded, filters work, hostile text does no harm."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Watched, complaints, open_browser
from out_folder import fragment_of, segments_of, write_out

from pipeline.plan import clean
from pipeline.report.page import write_report
from pipeline.run import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent

HOSTILE = (
    "<script>alert(1)</script>",
    '"onmouseover="alert(2)" autofocus onfocus="alert(3)',
    "</div></li></details></section><img src=http://127.0.0.1:9/x onerror=alert(4)>",
    "abc \u202egnp.exe\u202c \u2067x\u2069 \x07\x1b[2J\u0000".replace("\u0000", "\u0001"),
    "مرحبا بالعالم، هذا نص عربي يُقرأ من اليمين إلى اليسار.",
)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report on the seeds, alone in its folder."""
    folder = tmp_path_factory.mktemp("seeds")
    run([ROOT / "seeds"], folder / "out")
    page = shutil.move(write_report(folder / "out"), folder / "report.html")
    shutil.rmtree(folder / "out")
    return Path(page).as_uri()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    raw = "\n".join([*HOSTILE, "x" * 2**20])
    rows = [(text, "body", "ar" if "مر" in text else "en") for text in raw.split("\n")]
    id = HOSTILE[1]
    document = {"id": id, "source": id, "language": "en", "status": "clean", "chrome_languages": [HOSTILE[0]],
                "title": HOSTILE[0], "author": HOSTILE[1], "n_segments": 6, "n_kept": 6, "n_fragments": 1,
                "n_chars": len(raw), "source_sha256": "00"}  # fmt: skip
    fragment = fragment_of(id, raw, "alert(1)", "residue", 0, proposal=HOSTILE[1], gloss=HOSTILE[2])
    out = write_out(tmp_path_factory.mktemp("hostile") / "out", {
        "documents": [document], "segments": segments_of(id, raw, *rows), "fragments": [fragment],
        "rejects": [{"id": id, "source": id, "stage": "read", "error": HOSTILE[0], "message": HOSTILE[2]}],
    })  # fmt: skip
    return write_report(out).as_uri()


def opened(browser: "Browser", url: str, **more: object) -> Watched:
    watched = Watched(browser.new_page(**more))  # type: ignore[arg-type]
    watched.page.goto(url)
    return watched


def shown(watched: Watched) -> int:
    return watched.page.locator(".p:visible").count()


def counted(page: "Page", pattern: str) -> None:
    """Wait until the count of what is shown says `pattern`."""
    from playwright.sync_api import expect

    expect(page.locator("#count")).to_contain_text(re.compile(pattern))


def test_it_loads_nothing_and_says_no_word_to_the_console(browser: "Browser", seeds: str) -> None:
    watched = opened(browser, seeds)
    watched.page.wait_for_load_state("networkidle")
    assert watched.requests == [seeds] and watched.troubles == []
    assert watched.page.locator("h1").inner_text() == "5 pages in, 5 clean documents out"


def test_filters_and_search_leave_what_fits(browser: "Browser", seeds: str) -> None:
    from playwright.sync_api import expect

    page = (watched := opened(browser, seeds)).page
    count = sum(len(clean(path.read_bytes().decode()).segments) for path in (ROOT / "seeds").iterdir())
    assert f"{count} paragraphs in 5 documents" in page.locator("#count").inner_text()
    page.get_by_role("combobox", name="Label").select_option("related_meta")
    page.get_by_role("combobox", name="Language").select_option("it")
    expect(page.locator(".p:visible:not([data-language=it])")).to_have_count(0)
    rows = page.locator(".p:visible").evaluate_all("rows => rows.map(row => [row.dataset.label, row.dataset.language])")
    assert len(rows) > 5
    assert all(row == ["related_meta", "it"] for row in rows)
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("searchbox").fill("MASAYOSHI son")
    counted(page, rf"^\d+ paragraphs? of {count}")
    assert 0 < shown(watched) < 20
    assert all("masayoshi son" in text.lower() for text in page.locator(".p:visible").all_inner_texts())
    page.get_by_role("searchbox").fill("no page says this")
    counted(page, r"^0 paragraphs")
    assert shown(watched) == 0 and page.locator(".doc:visible").count() == 0
    assert watched.troubles == []


def test_a_concern_leads_to_its_paragraphs(browser: "Browser", seeds: str) -> None:
    page = opened(browser, seeds).page
    page.get_by_role("link", name="leftovers stand in").click()
    counted(page, r" of ")
    assert page.get_by_role("combobox", name="Leftover").input_value() == "residue"
    kinds = page.locator(".p:visible").evaluate_all("rows => rows.map(row => row.dataset.kind || '')")
    assert kinds and all("residue" in kind for kind in kinds)


def test_a_leftover_tells_what_it_is_on_hover_and_on_focus(browser: "Browser", seeds: str) -> None:
    page = opened(browser, seeds).page
    mark = page.locator(".p mark.residue").first
    note = mark.locator(".note")
    assert (note.bounding_box() or {})["width"] <= 1
    mark.hover()
    assert (note.bounding_box() or {})["width"] > 100 and "residue, zh-Hans" in note.inner_text()
    page.mouse.move(0, 0)
    mark.focus()
    assert (note.bounding_box() or {})["width"] > 100
    page.keyboard.press("Escape")
    assert (note.bounding_box() or {})["width"] <= 1


def test_it_can_be_used_with_the_keyboard_alone(browser: "Browser", seeds: str) -> None:
    page = opened(browser, seeds).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "text"
    second = page.locator("details.doc").nth(1)
    second.locator("summary").focus()
    page.keyboard.press("Enter")
    assert second.get_attribute("open") is not None


def test_it_can_be_read_without_scripts(browser: "Browser", seeds: str) -> None:
    page = opened(browser, seeds, java_script_enabled=False).page
    assert page.locator("#filters:visible").count() == 0
    assert page.locator(".p:visible").count() > 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_serious_stands_in_the_way_of_anybody(browser: "Browser", seeds: str, scheme: str, width: int) -> None:
    page = opened(browser, seeds, color_scheme=scheme, viewport={"width": width, "height": 800}).page
    page.get_by_role("combobox", name="Leftover").select_option("residue")
    counted(page, r" of ")
    assert complaints(page) == []


def test_the_checker_of_barriers_finds_one(browser: "Browser") -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>t</title><main><h1>h</h1><img src=data:,></main>")
    assert [line.split(":")[0] for line in complaints(page)] == ["image-alt"]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(browser: "Browser", seeds: str, hostile: str, width: int) -> None:
    for url in (seeds, hostile):
        page = opened(browser, url, viewport={"width": width, "height": 800}).page
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_text_does_no_harm(browser: "Browser", hostile: str) -> None:
    watched = opened(browser, hostile)
    page = watched.page
    assert page.locator(".p").count() == 6
    for mark in page.locator("mark[tabindex]").all():
        mark.hover()
        mark.focus()
    text = page.locator(".paragraphs").inner_text()
    assert all(part in text for part in (HOSTILE[0], HOSTILE[1], HOSTILE[2]))
    assert "<U+202E>gnp.exe<U+202C>" in text.replace("\n", "") and "␇␛[2J␁" in text
    assert not set("\u202e\u202c\u2067\u2069\x07\x1b") & set(page.content())
    assert "1,046,076 more code points are not shown" in text
    assert page.locator("script").count() == 1 and page.locator("img").count() == 0
    assert watched.requests == [hostile] and watched.troubles == []


def test_text_that_runs_from_right_to_left_does(browser: "Browser", hostile: str) -> None:
    page = opened(browser, hostile).page
    arabic = page.locator(".source[lang=ar]")
    assert arabic.evaluate("(each) => getComputedStyle(each).direction") == "rtl"
    assert page.locator(".source[lang=en]").first.evaluate("(each) => getComputedStyle(each).direction") == "ltr"

"""The server in a real browser: what a reviewer says by click or key is in the next run."""

import json
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Watched, complaints, open_browser
from out_folder import fragment_of, segments_of, write_out

from pipeline.io.corrections import read_corrections
from pipeline.lookup import rows
from pipeline.run import run
from pipeline.settings import Settings

if find_spec("starlette") is None and not os.environ.get("CI"):
    pytest.skip("the extra serve is not installed: make setup", allow_module_level=True)
from served import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = (
    "Condividi\n\nThe long way home\n\n"
    "It rained all day, and nobody came to see the fair, which was a pity for the town.\n\n"
    "The company has closed its commercial闭环 in the third quarter, the chairman told a newspaper on Monday.\n\n"
    "Share prices fell by three per cent, and the bank that had lent the money asked for more of it back at once.\n"
)
HOSTILE = ("<script>alert(1)</script>", '"autofocus onfocus="alert(2)', "\u202egnp.exe \x1b]0;x\x07", "x" * 2**20)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(PAGE, encoding="utf-8")
    run([tmp_path / "in"], tmp_path / "out")
    with serving(tmp_path / "out") as served:
        yield served


def opened(browser: "Browser", url: str, **more: object) -> Watched:
    watched = Watched(browser.new_page(**more))  # type: ignore[arg-type]
    watched.page.goto(url)
    return watched


def rerun(served: Served) -> dict[str, str]:
    """Run again with the corrections, and return the label of each paragraph by its first word."""
    folder = served.corrections.parent.parent
    run([folder / "in"], folder / "out", Settings(fragments="apply", corrections=read_corrections(served.corrections)))
    return {row["raw"].split()[0]: row["label"] for row in rows(folder / "out", "segments")}


def test_a_click_changes_the_next_run(browser: "Browser", served: Served) -> None:
    watched = opened(browser, f"{served.origin}/document?id=a.txt")
    page = watched.page
    item = page.locator(".p", has_text="It rained all day")
    item.get_by_text("Correct", exact=True).click()
    item.get_by_label("Label").select_option("caption")
    item.get_by_role("button", name="Save").click()
    item.locator(".pending").wait_for()
    assert "label: caption, from the next run on" in page.get_by_role("status").inner_text()
    leftover = page.locator(".p", has_text="闭环")
    leftover.get_by_text("Correct", exact=True).click()
    leftover.get_by_label("repair").fill("loop of its own")
    leftover.get_by_role("button", name="Save").click()
    leftover.locator(".pending").wait_for()
    assert rerun(served)["It"] == "caption"
    page.reload()
    assert page.locator(".pending").count() == 0
    clean = " ".join(page.locator(".clean").all_inner_texts())
    assert "commercial loop of its own in" in clean and "rained" not in clean
    assert watched.troubles == [] and all(url.startswith(served.origin) for url in watched.requests)


def test_a_key_changes_the_next_run(browser: "Browser", served: Served) -> None:
    page = opened(browser, f"{served.origin}/document?id=a.txt").page
    page.locator(".fix > summary").first.focus()
    for key in ("j", "j", "n"):
        page.keyboard.press(key)
    page.locator(".pending").wait_for()
    assert page.evaluate("document.activeElement.closest('.p').id") == "p2"
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.locator("#p3 .pending").wait_for()
    page.keyboard.press("u")
    page.locator("#p3 .pending").wait_for(state="detached")
    assert [json.loads(line)["value"] for line in served.corrections.read_text().splitlines()] == ["nav", "other", None]
    assert rerun(served)["It"] == "nav"


def test_a_form_works_without_scripts(browser: "Browser", served: Served) -> None:
    page = opened(browser, f"{served.origin}/document?id=a.txt", java_script_enabled=False).page
    item = page.locator(".p", has_text="It rained all day")
    item.get_by_text("Correct", exact=True).click()
    item.get_by_label("Language").fill("it")
    item.get_by_role("button", name="Save").click()
    page.wait_for_url("**/document?id=a.txt#p2")
    assert "language: it" in page.locator("#p2 .pending").inner_text()


def test_what_cannot_be_right_is_told_where_it_was_said(browser: "Browser", served: Served) -> None:
    page = opened(browser, f"{served.origin}/document?id=a.txt").page
    item = page.locator(".p", has_text="It rained all day")
    item.get_by_text("Correct", exact=True).click()
    item.get_by_label("Language").fill("Italian")
    item.get_by_role("button", name="Save").click()
    assert "no language tag" in item.get_by_role("alert").inner_text()
    assert not served.corrections.exists()


def test_another_site_cannot_correct(browser: "Browser", served: Served, tmp_path: Path) -> None:
    token = served.token()
    evil = tmp_path / "evil.html"
    evil.write_text(
        f"<form method=post action='{served.origin}/corrections'><input name=token value='{token}'>"
        "<input name=document value=a.txt><input name=segment value=2><input name=label value=nav><button>win</button>"
    )
    page = opened(browser, evil.as_uri()).page
    page.get_by_role("button").click()
    page.wait_for_url(f"{served.origin}/corrections")
    assert "sent by another site" in page.locator("h1").inner_text() and not served.corrections.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_serious_stands_in_the_way_of_anybody(
    browser: "Browser", served: Served, scheme: str, width: int
) -> None:
    for path in ("/", "/paragraphs?keep=yes", "/document?id=a.txt", "/documents"):
        page = opened(browser, served.origin + path, color_scheme=scheme, viewport={"width": width, "height": 800}).page
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert complaints(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_hostile_text_does_no_harm(browser: "Browser", tmp_path: Path) -> None:
    raw, id = "\n".join(HOSTILE), HOSTILE[1]
    document = {"id": id, "source": id, "language": "en", "status": "clean", "chrome_languages": [],
                "title": HOSTILE[0], "n_segments": 4, "n_kept": 4, "n_fragments": 1, "n_chars": len(raw)}  # fmt: skip
    out = write_out(tmp_path / "out", {
        "documents": [document], "segments": segments_of(id, raw, *((text, "body", "en") for text in HOSTILE)),
        "fragments": [fragment_of(id, raw, "alert(1)", "residue", 0, proposal=HOSTILE[1], gloss=HOSTILE[0])],
    })  # fmt: skip
    with serving(out) as served:
        for path in ("/", "/documents", "/paragraphs?text=%3Cscript%3Ealert(3)%3C/script%3E", "/paragraphs"):
            watched = opened(browser, served.origin + path)
            watched.page.wait_for_load_state("networkidle")
            assert watched.troubles == [] and all(url.startswith(served.origin) for url in watched.requests)
        page = watched.page
        page.locator(".fix > summary").nth(2).focus()
        page.keyboard.press("n")
        page.locator(".pending").wait_for()
        page.locator(".whence a").first.click()
        assert page.locator(".p").count() == 4 and "<U+202E>gnp.exe ␛" in page.locator("#p2 .source").inner_text()
        assert not {"\u202e", "\x1b", "\x07"} & set(page.content())
        assert watched.troubles == []
        (line,) = map(json.loads, served.corrections.read_text(encoding="utf-8").splitlines())
    assert line["document"] == id and line["value"] == "nav"

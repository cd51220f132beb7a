"""The server by itself: what it finds, whom it answers, and what it lets be changed."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from out_folder import fragment_of, segments_of, write_out
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.correction import digest
from pipeline.errors import OutputError, SettingsError
from pipeline.report.database import Database

if find_spec("starlette") is None and not os.environ.get("CI"):
    pytest.skip("the extra serve is not installed: make setup", allow_module_level=True)
from served import Served, serving

from pipeline.serve.app import create_app
from pipeline.serve.filters import PER_PAGE, Filter, find_documents, find_segments

LINES = [(f"Paragraph {n} says 100% of_it in Straße {n % 7}", "body" if n % 2 else "nav", "en" if n % 3 else "it")
         for n in range(130)]  # fmt: skip
RAW = "\n".join(text for text, _, _ in LINES)
BARE = {"status": "clean", "chrome_languages": [], "n_segments": 130, "n_kept": 65, "n_fragments": 1, "n_chars": 9}


def tables() -> dict[str, list[dict[str, Any]]]:
    ids = ("a.txt", "b/ü?&.txt")
    return {
        "documents": [{"id": id, "source": id, "language": "en", "title": f"On {id}", **BARE} for id in ids],
        "segments": [row for id in ids for row in segments_of(id, RAW, *LINES)],
        "fragments": [fragment_of("a.txt", RAW, "Straße", "residue", 0, proposal="street")],
        "rejects": [{"id": "c.txt", "source": "c.txt", "stage": "read", "error": "InputError", "message": "empty <b>"}],
    }


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_out(tmp_path_factory.mktemp("serve") / "out", tables())


@pytest.fixture
def served(out: Path, tmp_path: Path) -> Iterator[Served]:
    with serving(out, tmp_path / "corrections.jsonl") as served:
        yield served


def form_of(served: Served, **more: object) -> dict[str, object]:
    text, label, language = LINES[1]
    return {"token": served.token(), "document": "a.txt", "segment": 1, "sha256": digest(text), "label": label,
            "language": language, "back": "/paragraphs?label=body"} | more  # fmt: skip


def lines(served: Served) -> list[dict[str, Any]]:
    return [json.loads(line) for line in served.corrections.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"label": "nav"}, lambda n: n % 2 == 0),
        ({"language": "it", "keep": "yes"}, lambda n: n % 3 == 0 and n % 2 == 1),
        ({"kind": "residue"}, lambda n: n == 0),
        ({"text": "strasse"}, lambda n: False),
        ({"text": "STRAßE 3"}, lambda n: n % 7 == 3),
        ({"text": "100% OF_IT"}, lambda n: True),
        ({"text": "1__% of"}, lambda n: False),
        ({"text": "' OR true --"}, lambda n: False),
        ({"doubtful": "yes"}, lambda n: False),
    ],
)
def test_filters_find_what_fits_and_page_through_it(out: Path, query: dict[str, str], fits: Any) -> None:
    with Database(out) as tables:
        got: list[int] = []
        page, more = 1, True
        while more:
            found = find_segments(tables, Filter.parse(query | {"page": str(page)}), "a.txt")
            got += [row["segment"] for row in found.rows]
            page, more = page + 1, found.more
        if "text" not in query:
            assert found.total == len(got)
    assert got == [n for n in range(130) if fits(n)]


def test_pages_follow_each_other_without_gaps(out: Path) -> None:
    with Database(out) as tables:
        pages = [find_segments(tables, Filter(page=page)).rows for page in range(1, 7)]
        assert [len(rows) for rows in pages] == [PER_PAGE] * 5 + [10]
        places = [(row["id"], row["segment"]) for rows in pages for row in rows]
        assert places == sorted(places) and len(set(places)) == 260
        assert find_documents(tables, Filter(text="ON B/Ü?")).total == 1


@pytest.mark.parametrize("page", ["0", "-1", "1e9", "٣", "9" * 30, "x", ""])
def test_a_page_that_is_no_number_is_the_first_or_the_last(page: str) -> None:
    assert 1 <= Filter.parse({"page": page}).page <= 20_000


def test_every_page_answers(served: Served) -> None:
    for path in ("/", "/paragraphs", "/paragraphs?text=no&label=x", "/documents?text=b", "/document?id=a.txt&page=3",
                 "/document?id=b%2F%C3%BC%3F%26.txt", "/document?id=c.txt", "/assets/look.css"):  # fmt: skip
        assert served.ask(path).status == 200, path
    assert "empty &lt;b&gt;" in served.ask("/document?id=c.txt").text
    for path in ("/document?id=none", "/nope", "/assets/report.html", "/assets/..%2f..%2fpage.py"):
        assert served.ask(path).status == 404, path


def test_links_to_a_document_lead_to_it(served: Served) -> None:
    for link in re.findall(r'href="(/document\?[^"#]+)', served.ask("/documents").text):
        assert served.ask(link.replace("&amp;", "&")).status == 200


def test_other_names_get_nothing(served: Served) -> None:
    for name in ("evil.example", f"evil.example:{served.port}", "127.0.0.1.evil.example", ""):
        answer = served.ask("/paragraphs", Host=name)
        assert answer.status == 400 and "Straße" not in answer.text
    assert served.ask("/", Host=f"localhost:{served.port}").status == 200


def test_every_answer_keeps_to_itself(served: Served) -> None:
    for path in ("/", "/nope", "/assets/serve.js"):
        headers = served.ask(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and "server" not in headers


def test_a_correction_is_kept_and_shown(served: Served) -> None:
    answer = served.correct(form_of(served, label="caption", language="it"))
    assert (answer.status, answer.headers["location"]) == (303, "/paragraphs?label=body#p1")
    told = {line["what"]: line for line in lines(served)}
    assert (told["label"]["value"], told["label"]["before"]["value"], told["label"]["before"]["rule"]) == (
        "caption", "body", "test/row")  # fmt: skip
    assert told["language"]["value"] == "it" and told["label"]["text"] == LINES[1][0]
    assert "from the next run on" in served.ask("/document?id=a.txt").text
    served.correct(form_of(served, label="body", language="it"))
    assert [line["value"] for line in lines(served)] == ["caption", "it", None]
    assert len(lines(served)) == 3
    served.correct(form_of(served, label="body", language="it"))
    assert len(lines(served)) == 3


def test_a_leftover_gets_a_kind_and_a_repair(served: Served) -> None:
    start = RAW.index("Straße")
    fields = {f"kind-{start}-{start + 6}": "name", f"repair-{start}-{start + 6}": " road "}
    text = LINES[0][0]
    form = form_of(served, segment=0, sha256=digest(text), label="nav", language="it", **fields)
    answer = served.correct(form, X_Part="1")
    assert answer.status == 200 and "repair of <bdi>Straße</bdi>: <b><bdi>road</bdi></b>" in answer.text
    assert [(line["what"], line["value"], line["before"]["value"]) for line in lines(served)] == [
        ("kind", "name", "residue"), ("repair", "road", "street")]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({}, {"Origin": "https://evil.example"}, 403),
        ({}, {"Origin": "null"}, 403),
        ({}, {"Sec_Fetch_Site": "cross-site"}, 403),
        ({"token": "guess"}, {}, 403),
        ({"token": ""}, {}, 403),
        ({}, {"Host": "evil.example"}, 400),
        ({}, {"Content_Type": "text/plain"}, 415),
        ({"back": "x" * 70_000}, {}, 413),
        ({"sha256": "0" * 64}, {}, 409),
        ({"label": "boddy"}, {}, 409),
        ({"language": "<script>"}, {}, 409),
        ({"segment": 9999}, {}, 404),
        ({"segment": "1; DROP"}, {}, 404),
        ({"document": "none"}, {}, 404),
    ],
)
def test_what_others_send_changes_nothing(
    served: Served, change: dict[str, object], headers: dict[str, str], status: int
) -> None:
    form = form_of(served, label="caption") | change
    assert served.correct(form, **headers).status == status
    assert not served.corrections.exists()


def test_a_request_without_an_origin_changes_nothing(served: Served) -> None:
    body = "token=" + served.token()
    answer = served.ask("/corrections", "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 403
    assert served.ask("/corrections").status == 405


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away(served: Served, back: str) -> None:
    answer = served.correct(form_of(served, label="caption", back=back))
    assert answer.headers["location"] == "/document?id=a.txt#p1"


def test_a_new_run_in_the_same_place_is_seen(out: Path, tmp_path: Path) -> None:
    here = shutil.copytree(out, tmp_path / "out")
    with serving(here) as served:
        assert "On a.txt" in served.ask("/documents").text
        shutil.rmtree(here)
        assert served.ask("/documents").status == 503
        write_out(here, {"documents": [{"id": "new", "source": "new", "language": "en", "title": "Anew", **BARE}]})
        assert "Anew" in served.ask("/documents").text


def test_what_was_corrected_before_is_known(served: Served, out: Path) -> None:
    served.correct(form_of(served, label="caption"))
    with serving(out, served.corrections) as again:
        assert "1 correction in corrections.jsonl" in again.ask("/").text


def test_what_cannot_be_served_is_told(out: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        create_app(tmp_path, tmp_path / "c.jsonl", ("localhost",))
    (tmp_path / "c.jsonl").write_text("no")
    with pytest.raises(SettingsError):
        create_app(out, tmp_path / "c.jsonl", ("localhost",))
    open_to_all = CliRunner().invoke(app, ["serve", str(out), "--host", "0.0.0.0"])
    assert open_to_all.exit_code == 2 and "--allow-host" in open_to_all.output
    taken = CliRunner().invoke(app, ["serve", str(out), "--port", "999999"])
    assert taken.exit_code == 2 and "cannot listen" in taken.output

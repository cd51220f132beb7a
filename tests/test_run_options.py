"""The options of `run` that bring something of the user's own: real files, a real program, a real server."""

import json
import shlex
import sys
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stub_plan import write_pages
from typer.testing import CliRunner

from pipeline.account import file_metadata
from pipeline.batch import clean_batch
from pipeline.cli import app
from pipeline.document import why_held
from pipeline.io.folder import WORK
from pipeline.io.write import FOLDERS, PART
from pipeline.languages.script import count_letters
from pipeline.repairs.translation import Request
from pipeline.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
PLAIN = (
    "The company said on Monday that it would open a new factory next year, and that it hopes to hire two hundred "
    "people in the town."
)
LEFT = "He said that the plan of the firm闭环would have to be looked at again before the end of the year."
PAGES = {
    "a.txt": f"{PLAIN}\n\n{LEFT}\n\n{PLAIN}",
    "b.txt": f"{PLAIN}\n\n{LEFT} Nobody knows 锟斤拷 here.\n\n{PLAIN}",
    "c.txt": "公司周一表示，明年将开设一家新工厂，并希望雇用两百人。\n\n他说 Apple 和 привет 都是词，明年再说。",
    "d.txt": f"{PLAIN}\n\nA trial of β-blockers with 9 μm fibres showed no effect on the patients of the school.",
}
OTHER_WORDS = "# CC-CEDICT\n#! date=2026-05-20T06:06:55Z\n鬱金香 郁金香 [yu4 jin1 xiang1] /tulip/\n"
"""A dictionary in which nothing of the pages is found: what it has is the user's, not what is installed."""
PROGRAM = """
import json, pathlib, sys
log = pathlib.Path(sys.argv[1]).open("a")
log.write("started\\n")
print(json.dumps({"name": "org/my-model", "version": "1.2"}), flush=True)
for line in sys.stdin:
    log.write(line)
    print(json.dumps({"id": json.loads(line)["id"], "translation": "feedback loop"}), flush=True)
"""


class Service(ThreadingHTTPServer):
    """Answers `feedback loop` to everything, or with the status in its path, and remembers what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[list[str]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["requests"]
        self.server.received.append([each["text"] for each in asked])
        listed = [{"id": each["id"], "translation": "feedback loop"} for each in asked]
        body = json.dumps({"translations": listed, "name": "mt", "version": "3"}).encode()
        self.send_response(500 if self.path.startswith("/broken") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the pages in `in/` and a dictionary without their words."""
    write_pages(tmp_path / "in", PAGES)
    (tmp_path / "words.u8").write_text(OTHER_WORDS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def program(here: Path) -> str:
    """The setting for a good local translator, which writes what it is asked to `log`."""
    (here / "translator.py").write_text(PROGRAM, encoding="utf-8")
    return command(sys.executable, here / "translator.py", here / "log")


def command(*arguments: object) -> str:
    return "command:" + shlex.join(map(str, arguments))


def invoke(*options: object, inputs: Sequence[object] = ("in",), out: str = "out") -> Any:
    arguments = [*inputs, "--out", out, "--cedict", "words.u8", *options]
    return CliRunner().invoke(app, ["run", *map(str, arguments)])


def clean(*options: object, **more: Any) -> None:
    result = invoke(*options, **more)
    assert result.exit_code == 0, result.output


def assert_refused(result: Any, status: int, *parts: str) -> None:
    assert result.exit_code == status, result.output
    assert result.stderr.startswith("clean-corpus: error: ") and result.stderr.count("\n") == 1, result.stderr
    assert all(part in result.stderr for part in parts), result.stderr


def rows(folder: str, out: str = "out") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(Path(out) / folder / PART).to_pylist()
    return found


def leftovers(out: str = "out") -> list[dict[str, Any]]:
    return [row for row in rows("fragments", out) if row["text"] == "闭环"]


def texts(out: str = "out") -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows("corpus/en", out)}


def told(out: str = "out") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(out) / "run.json").read_text(encoding="utf-8"))
    return found


def parquet(out: str = "out") -> dict[str, bytes]:
    return {folder: (Path(out) / folder / PART).read_bytes() for folder in FOLDERS}


def verified(out: str = "out") -> str:
    return str(CliRunner().invoke(app, ["verify", out]).output)


# --glossary


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("terms.toml", '[terms]\n"闭环" = "feedback loop"', "firm feedback loop would"),
        ("terms.toml", '[[term]]\nterm = "闭环"\nlanguage = "zh"\nrendering = ["plan", "loop"]', "firm plan would"),
        ("terms.toml", '[[term]]\nterm = "闭环"\ndrop = true', "firm would"),
        ("terms.toml", '[[term]]\nterm = "闭环"\nkeep = true', "firm闭环would"),
        ("terms.csv", "term,action,rendering\n闭环,render,feedback loop|loop\n", "firm feedback loop would"),
        ("terms.csv", "term,action,rendering,part,language,host\n闭环,keep,,,,\n", "firm闭环would"),
    ],
)
def test_a_glossary_has_the_last_word(here: Path, name: str, content: str, words: str) -> None:
    (here / name).write_text(content, encoding="utf-8")
    clean("--fragments", "apply", "--glossary", name)
    assert all(words in texts()[page] for page in ("a.txt", "b.txt")), texts()
    assert all("repair/user" in row["source"] for row in leftovers())
    assert {row["kind"] for row in leftovers()} == {"term" if "闭环" in words else "residue"}
    assert told()["settings"]["glossary"]["terms"] == 1
    assert verified() == "everything holds in out\n"


def test_two_glossaries_are_told_apart(here: Path) -> None:
    found = []
    for word in ("loop", "circle"):
        (here / "terms.toml").write_text(f'[terms]\n"闭环" = "{word}"', encoding="utf-8")
        clean("--glossary", "terms.toml")
        found.append((told()["fingerprint"], told()["settings"]["glossary"]["sha256"]))
    assert len({fingerprint for fingerprint, _ in found}) == len({digest for _, digest in found}) == 2
    clean()
    assert told()["settings"]["glossary"] is None


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("missing.toml", None, "No such file"),
        ("terms.txt", "闭环 loop", "a file in .toml or .csv"),
        ("terms.toml", "[terms", "not TOML"),
        ("terms.toml", '[terms]\n"闭环" = 7', "rendering: it is a text"),
        ("terms.csv", "word,rendering\n闭环,loop\n", "'word' is unknown"),
    ],
)
def test_a_glossary_that_cannot_be_used_ends_with_2(here: Path, name: str, content: str | None, part: str) -> None:
    if content is not None:
        (here / name).write_text(content, encoding="utf-8")
    assert_refused(invoke("--glossary", name), 2, f"glossary {name}: ", part)
    assert not (here / "out").exists()


# --cedict


def test_a_dictionary_of_the_users_own(here: Path) -> None:
    line = "閉環 闭环 [bi4 huan2] /loop/\n"
    (here / "mine.u8").write_text(OTHER_WORDS.replace("2026-05-20", "2026-06-01") + line, encoding="utf-8")
    clean("--cedict", here / "mine.u8")
    assert {row["proposal"] for row in leftovers()} == {"loop"}
    assert all("dictionary/cc-cedict@2026-06-01#CC-BY-SA-4.0" in row["source"] for row in leftovers())
    assert told()["settings"]["cedict"] == "mine.u8"
    assert told()["versions"]["dictionary"].startswith("cc-cedict@2026-06-01 sha256:")
    clean()
    assert not any("dictionary/" in row["source"] for row in leftovers())
    assert told()["versions"]["dictionary"].startswith("cc-cedict@2026-05-20 sha256:")


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("missing.u8", None, "No such file"),
        ("words.doc", b"x", "a dictionary is a file in"),
        ("words.gz", b"\x1f\x8b", "damaged, or not a .gz file"),
        ("empty.u8", b"# nothing\n", ""),
        ("latin.u8", b"\xe9\xe9 \xe9", "not UTF-8"),
    ],
)
def test_a_dictionary_that_cannot_be_used_ends_with_2(here: Path, name: str, content: bytes | None, part: str) -> None:
    if content is not None:
        (here / name).write_bytes(content)
    assert_refused(invoke("--cedict", name), 2, f"dictionary {name}: ", part)
    assert not (here / "out").exists()


# --translator


def test_answers_are_suggestions_with_their_source(here: Path, program: str) -> None:
    clean("--translator", program)
    found = [(row["proposal"], round(row["confidence"], 2), row["applied"]) for row in leftovers()]
    assert found == [("feedback loop", 0.45, False)] * 2
    assert {row["source"].split("; ")[1] for row in leftovers()} == {"translator/org/my-model@1.2"}
    assert all("firm闭环would" in texts()[page] for page in ("a.txt", "b.txt"))
    started, *asked = (here / "log").read_text(encoding="utf-8").splitlines()
    # The same sentence on two pages is one question, and the page in Chinese is none of its business.
    assert started == "started"
    assert {json.loads(line)["text"] for line in asked} == {"闭环"}
    assert len(asked) == len({json.loads(line)["id"] for line in asked}) == 1
    request = json.loads(asked[0])
    assert (request["left"], request["language"], request["target"]) == (
        "He said that the plan of the firm",
        "zh-Hans",
        "en",
    )


def test_answers_go_into_the_text_only_for_those_who_ask_for_less(program: str) -> None:
    clean("--translator", program, "--fragments", "apply")
    assert "firm闭环would" in texts()["a.txt"]
    clean("--translator", program, "--fragments", "apply", "--min-confidence", "0.4")
    assert all("firm feedback loop would" in texts()[page] for page in ("a.txt", "b.txt"))
    assert {row["rule"] for row in rows("ledger") if row["old"] == "闭环"} == {"translator/org/my-model@1.2"}
    assert verified() == "everything holds in out\n"


def test_a_report_starts_no_translator(here: Path, program: str) -> None:
    clean("--translator", program, "--fragments", "report")
    assert not (here / "log").exists()
    assert {row["proposal"] for row in leftovers()} == {None}


def test_what_is_known_is_not_asked_about(here: Path, program: str) -> None:
    (here / "terms.toml").write_text('[terms]\n"闭环" = "loop"', encoding="utf-8")
    clean("--translator", program, "--glossary", "terms.toml")
    assert (here / "log").read_text(encoding="utf-8") == "started\n"


def test_the_same_bytes_whatever_the_run_and_the_order(program: str) -> None:
    options = ("--translator", program, "--fragments", "apply", "--min-confidence", "0.4", "--strict")
    names = [f"in/{name}" for name in PAGES]
    clean(*options, inputs=names)
    first = parquet()
    clean(*options, inputs=names)
    assert parquet() == first
    clean(*options, inputs=names[::-1], out="other")
    assert parquet("other") == first


def test_run_json_tells_no_path_and_no_secret(here: Path, program: str, service: Service) -> None:
    clean("--translator", program, "--cedict", here / "words.u8")
    assert told()["settings"]["translator"] == f"command:{Path(sys.executable).name}"
    assert str(here) not in Path("out/run.json").read_text(encoding="utf-8")
    for secret in ("/v1?key=hidden", "/v1#hidden", "/v1?a=b#hidden"):
        clean("--translator", service.url(secret), "--allow-network")
        assert told()["settings"]["translator"] == service.url("/v1")
        assert "hidden" not in Path("out/run.json").read_text(encoding="utf-8")
        assert not any(b"hidden" in data for data in parquet().values())


def test_a_service_is_asked_once_a_batch(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    clean("--translator", service.url("/v1"), "--allow-network")
    assert service.received == [["闭环"]]
    assert {row["source"].split("; ")[1] for row in leftovers()} == {"translator/mt@3"}
    whole = parquet()
    monkeypatch.setattr("pipeline.corpus.batches.MAX_BATCH_DOCUMENTS", 1)
    clean("--translator", service.url("/v1"), "--allow-network")
    # Two batches have nothing to ask.
    assert service.received == [["闭环"]] * 3
    assert parquet() == whole


def test_a_url_needs_to_be_allowed(here: Path, service: Service) -> None:
    assert_refused(invoke("--translator", service.url("/v1")), 2, "--allow-network")
    assert service.received == []
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    ("setting", "part"),
    [
        ("google", "has to be none, command:"),
        ("command:", "there is no program"),
        ("command:no-such-program-here --fast", "there is no program 'no-such-program-here'"),
        ("command:'open", "the command cannot be read"),
        ("https://name:password@example.org", "must not hold a user name or password"),
        ("ftp://example.org", "has to be none, command:"),
    ],
)
def test_a_translator_that_cannot_be_ends_with_2(here: Path, setting: str, part: str) -> None:
    result = invoke("--translator", setting, "--allow-network")
    assert_refused(result, 2, "translator: ", part)
    assert "name:password" not in result.stderr
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("import sys; sys.exit('no model here')", "no model here"),
        ("print('hello', flush=True); input(); input()", "hello"),
        ('input(); print(\'{"id": "0", "translation": "x"}\', flush=True); input()', "0"),
    ],
)
def test_a_program_that_fails_leaves_the_last_run_alone(here: Path, code: str, part: str) -> None:
    clean()
    before = parquet(), (here / "out" / "run.json").read_bytes()
    assert_refused(invoke("--translator", command(sys.executable, "-c", code)), 1, "translator", part)
    assert (parquet(), (here / "out" / "run.json").read_bytes()) == before
    # What was finished before stays, for the next run.
    assert [path.name for path in (here / "out").iterdir() if path.name.startswith(".")] == [WORK]


def test_a_service_that_fails_leaves_the_last_run_alone(here: Path, service: Service) -> None:
    clean()
    before = parquet()
    failed = invoke("--translator", service.url("/broken?key=hidden"), "--allow-network")
    assert_refused(failed, 1, "/broken failed: status 500")
    assert "hidden" not in failed.stderr
    assert parquet() == before


class Table:
    """A translator that remembers what it was asked."""

    name, version = "table", "1"

    def __init__(self) -> None:
        self.asked: list[Sequence[Request]] = []

    def translate(self, requests: Sequence[Request]) -> list[str | None]:
        self.asked.append(requests)
        return ["feedback loop" for _ in requests]


def test_from_python_a_batch_asks_once() -> None:
    batch = pa.RecordBatch.from_pydict({"id": list(PAGES), "text": list(PAGES.values())})
    table = Table()
    found = clean_batch(batch, settings=Settings(cedict="words.u8"), translator=table).to_pylist()
    assert [[request.text for request in asked] for asked in table.asked] == [["闭环"]]
    sources = [f["source"].split("; ")[1] for row in found for f in row["fragments"] if f["text"] == "闭环"]
    assert sources == ["translator/table@1"] * 2
    silent = Table()
    clean_batch(batch, settings=Settings(fragments="report"), translator=silent)
    clean_batch(batch.slice(3), translator=silent)
    assert silent.asked == []


# --strict


def foreign(text: str) -> str:
    """Return the letters of `text` that are neither Latin nor Greek."""
    return "".join(letter for letter in text if count_letters(letter).keys() - {"Latn", "Grek"})


def assert_explained(out: str) -> None:
    """Check that a letter of another script is in the English corpus only where a fragment accounts for it."""
    known: dict[tuple[str, int], str] = {}
    for row in rows("fragments", out):
        if row["kind"] != "residue" and not row["applied"]:
            key = row["id"], row["segment"]
            known[key] = known.get(key, "") + foreign(row["text"])
    for row in rows("corpus/en", out):
        assert row["n_residue"] == 0
        for paragraph in row["paragraphs"]:
            assert sorted(foreign(paragraph["text"])) == sorted(known.get((row["id"], paragraph["segment"]), ""))
        assert foreign(row["text"]) == "".join(foreign(paragraph["text"]) for paragraph in row["paragraphs"])


@pytest.mark.parametrize("policy", ["report", "suggest", "apply"])
def test_a_strict_run_leaves_nothing_unexplained(policy: str) -> None:
    result = invoke("--strict", "--fragments", policy, inputs=["in", SEEDS])
    assert result.exit_code == 0, result.output
    assert_explained("out")
    held = [row for row in rows("segments") if why_held(row["rule"])]
    assert all(not row["keep"] and row["label"] in ("body", "heading", "list_item") for row in held)
    mine = [row for row in held if row["id"] in PAGES]
    assert [(row["id"], row["segment"], row["rule"].rpartition("+")[2]) for row in mine] == [
        ("a.txt", 1, "strict/leftover"),
        ("b.txt", 1, "strict/leftover"),
    ]
    assert [row["text"] for row in mine] == [LEFT, f"{LEFT} Nobody knows 锟斤拷 here."]
    counts = told()["segments_held_back"]
    assert sum(counts.values()) == len(held)
    number = f"{len(held)} paragraphs: " + ", ".join(f"{count} {why}" for why, count in counts.items())
    assert result.output.splitlines()[2] == f"held back  {number}"
    assert verified() == "everything holds in out\n"


def test_strict_takes_nothing_but_paragraphs(here: Path) -> None:
    clean()
    clean("--strict", out="strict")
    assert texts("strict")["d.txt"] == texts()["d.txt"]
    assert rows("corpus/zh", "strict") == rows("corpus/zh")
    assert rows("fragments", "strict") == rows("fragments")
    assert rows("ledger", "strict") == rows("ledger")
    assert texts("strict")["a.txt"] == f"{PLAIN}\n\n{PLAIN}"
    assert [row["n_residue"] for row in rows("corpus/en")] == [1, 1, 0]
    shown = [{name: row[name] for name in ("text", "label", "start", "end")} for row in rows("segments", "strict")]
    assert shown == [{name: row[name] for name in shown[0]} for row in rows("segments")]
    assert file_metadata(Settings()) != file_metadata(Settings(strict=True))


def test_a_repair_lets_a_paragraph_stay(program: str) -> None:
    clean("--strict", "--translator", program, "--fragments", "apply", "--min-confidence", "0.4")
    assert "firm feedback loop would" in texts()["a.txt"]
    assert told()["segments_held_back"] == {"unexplained-script": 1}


def test_a_page_of_which_all_is_held_back_is_empty(here: Path) -> None:
    write_pages(here / "one", {"a.txt": LEFT})
    clean("--strict", inputs=["one"])
    (row,) = rows("documents")
    assert (row["status"], row["n_segments"], row["n_kept"], texts()) == ("empty", 1, 0, {})
    assert verified() == "everything holds in out\n"


def test_only_a_strict_run_speaks_of_what_it_held_back(here: Path) -> None:
    assert "held back" not in invoke().output
    assert told()["segments_held_back"] == {}
    fine = invoke("--strict", inputs=["in/d.txt"])
    assert fine.output.splitlines()[2] == "held back  0 paragraphs"


def test_verify_finds_a_paragraph_that_was_put_back(here: Path) -> None:
    clean("--strict")
    path = here / "out" / "segments" / PART
    table = pq.read_table(path)
    found = table.to_pylist()
    for row in found:
        row["keep"] = row["keep"] or why_held(row["rule"]) is not None
    pq.write_table(pa.Table.from_pylist(found, schema=table.schema), path)
    printed = verified()
    assert "a.txt: segment 1: keep is True for label body by " in printed
    assert "a.txt: documents: n_kept is 2, but 3 follows from the other tables" in printed
    assert "a.txt: corpus: text is " in printed


def test_inspect_tells_what_was_held_back_and_why(here: Path) -> None:
    clean("--strict")
    lines = CliRunner().invoke(app, ["inspect", "out", "b.txt"]).output.splitlines()
    held = [line for line in lines if line.startswith("- ")]
    assert len(held) == 1 and "闭环" in held[0] and held[0].endswith("⟨held back: leftover⟩")
    assert sum(line.startswith("+ ") for line in lines) == 2

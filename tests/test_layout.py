"""The house rules that a machine can check: sizes, names, and that no rule was written for one document."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))
FORBIDDEN = {"utils", "helpers", "common", "misc", "base", "core", "manager"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_is_short_and_well_named(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert path.stem not in FORBIDDEN


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_functions_are_short(path: Path) -> None:
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno is not None
        # A docstring is no code: the contract may be as long as it has to be.
        and node.end_lineno - node.lineno + 1 - _docstring_lines(node) > 40
    ]
    assert not long


def _docstring_lines(node: ast.FunctionDef) -> int:
    docstring = ast.get_docstring(node, clean=False)
    return docstring.count("\n") + 1 if docstring else 0


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name == "stages"], ids=lambda p: p.stem)
def test_stages_do_not_import_one_another(path: Path) -> None:
    imported = {
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert not {name for name in imported if name.startswith("pipeline.stages")}


def test_no_rule_quotes_a_seed() -> None:
    """No line of a seed of 25 or more code points, and no run of 25 of its letters, stands in rules or code."""
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "pipeline").rglob("*.*") if p.suffix in (".py", ".toml")]
    knowledge = "\n".join(texts)
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        raw = seed.read_text(encoding="utf-8")
        quoted = {raw[i : i + 25] for i in range(0, len(raw) - 25, 5) if raw[i : i + 25] in knowledge}
        assert not {q for q in quoted if q.strip() and "\n" not in q}, seed.name

"""Write docs/reference from the code and the rule data. `python docs/generate.py` renews it; a test compares."""

import ast
import inspect
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Of two checkouts, this one is told about, whatever is installed.
sys.path.insert(0, str(ROOT))

import typer  # noqa: E402

from pipeline.cli import app  # noqa: E402
from pipeline.cli.status import Status  # noqa: E402
from pipeline.document import KEPT_LABELS, LABELS  # noqa: E402
from pipeline.io.card import describe_columns, describe_row, type_in_words  # noqa: E402
from pipeline.io.write import FOLDERS  # noqa: E402
from pipeline.schema import TABLES, VERSION  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

NOTE = "Made by `python docs/generate.py` from the code; not to be edited."

PACKAGE = ROOT / "pipeline"
RULES = PACKAGE / "rules"

_RULE_ID = re.compile(r"[a-z_]+/[a-z][a-z_-]*")

NO_RULES = ("corpus", "text", "application", "report")
"""What stands before a slash in strings that name no rule."""


ELSEWHERE = """\
`edge/…`, `outside/…` and `head/…` are rows of lines that hold only at the edge of an article, outside it, or above it;
`field/…` and `count/…` are rows of chrome as `label: value` and beside a number; `zone/…` is the inside of a box of
that name; `dictionary/…`, `translator/…` and `model/…` name what was asked. The others are decided in code, since only
the place of a line on its page tells:
""".splitlines()
"""What stands before the rules that are in no table."""


def pages() -> dict[str, str]:
    """Return the pages of docs/reference by file name."""
    made = {
        "commands.md": commands(), "tables.md": tables(), "labels.md": labels(), "settings.md": settings(),
        "rules.md": rules(), "code.md": code(),
    }  # fmt: skip
    return {name: "\n".join([*lines]).rstrip() + "\n" for name, lines in made.items()}


def _head(title: str, *more: str) -> Iterator[str]:
    yield from (f"# {title}", "", NOTE, "", *(line for text in more for line in (text, "")))


def _table(heads: Sequence[str], rows: Iterator[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(_cell(str(cell)) for cell in row) + " |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def commands() -> Iterator[str]:
    """Yield the commands with their arguments and options."""
    statuses = "; ".join(f"{status.value} {status.name.lower()}" for status in Status)
    yield from _head("Commands", f"Exit statuses of all commands: {statuses}.")
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        yield f"## {name}"
        yield ""
        yield from ("```text", *inspect.cleandoc(command.help).replace("\b\n", "").split("\n"), "```", "")
        yield from _table(
            ("", "means", "default"), (_parameter(item) for item in command.params if item.name != "help")
        )


def _parameter(parameter: Any) -> tuple[str, str, str]:
    if parameter.param_type_name == "argument":
        name = parameter.metavar
    else:
        name = " ".join(filter(None, [", ".join(parameter.opts), None if parameter.is_flag else parameter.metavar]))
    if parameter.required:
        default = "needed"
    elif getattr(parameter, "is_flag", False):
        default = "off"
    else:
        default = "" if parameter.default in (None, "", ()) else f"`{parameter.default}`"
    return f"`{name}`", parameter.help or "", default


def tables() -> Iterator[str]:
    """Yield the tables of OUT with their columns."""
    yield from _head(
        "Tables",
        f"Schema {VERSION}, which goes up whenever a column changes its name, type or meaning. Each is a folder of "
        "Parquet files. Offsets are half-open ranges of Unicode code points in the decoded source.",
    )
    yield from _table(("folder", "a row is"), ((f"`{folder}/`", describe_row(folder)) for folder in FOLDERS))
    for table, schema in TABLES.items():
        said = describe_columns()[table]
        yield from (f"## {table}", "")
        rows = ((f"`{field.name}`", type_in_words(field), said[field.name]) for field in schema)
        yield from _table(("column", "type", "meaning"), rows)


def labels() -> Iterator[str]:
    """Yield the labels, what they mean and whether they are kept."""
    said = tomllib.loads((ROOT / "docs" / "labels.toml").read_text(encoding="utf-8"))
    yield from _head("Labels", "What a segment is on its page. Kept is what the clean text is made of.")
    rows = ((f"`{label}`", "yes" if label in KEPT_LABELS else "", said[label]) for label in LABELS)
    yield from _table(("label", "kept", "is"), rows)


def settings() -> Iterator[str]:
    """Yield the settings, which are all that changes a table beside the input and the versions."""
    source = ast.parse(inspect.getsource(Settings)).body[0]
    assert isinstance(source, ast.ClassDef)
    said = {}
    for field, after in zip(source.body, source.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            said[ast.unparse(field.target)] = (ast.unparse(field.annotation), str(after.value.value))
    options = {item.name for item in typer.main.get_command(app).commands["run"].params}  # type: ignore[attr-defined]
    yield from _head(
        "Settings",
        "`pipeline.settings.Settings`, for `pipeline.clean` and `pipeline.clean_batch`. Whatever changes a table is in "
        "it, and `run.json` of a run tells its values. Most are options of `clean-corpus run`, too.",
    )
    rows = (
        (
            f"`{name}`", f"`{kind}`", f"`{getattr(Settings(), name)!r}`", " ".join(text.split()),
            f"`--{name.replace('_', '-')}`" if name in options else "",
        )
        for name, (kind, text) in said.items()
    )  # fmt: skip
    yield from _table(("setting", "type", "default", "means", "option"), rows)


def rules() -> Iterator[str]:
    """Yield every rule with its reason: those of the tables, then those that stand in the code."""
    yield from _head(
        "Rules",
        "What stands in the columns `rule` and `source`: `table/row`, several joined by `+`. The rows are in "
        "[pipeline/rules](../../pipeline/rules), with what each has to hit and to miss.",
    )
    known = set()
    for path in sorted(RULES.glob("*.toml")):
        toml = path.read_text(encoding="utf-8")
        rows = tomllib.loads(toml)["rule"]
        known |= {f"{path.stem}/{row['id']}" for row in rows}
        yield from (f"## {path.stem}", "", _comment(toml), "")
        reasons: dict[str, list[str]] = {}
        for row in rows:
            reasons.setdefault(row["why"], []).append(f"`{row['id']}`")
        yield from _table(("row", "why"), ((", ".join(ids), why) for why, ids in reasons.items()))
    yield from ("## In no table", "", *ELSEWHERE, "")
    rows = ((f"`{module}`", what, ", ".join(f"`{id}`" for id in sorted(ids))) for module, what, ids in _in_code(known))
    yield from _table(("module", "does", "rules"), rows)


def _comment(toml: str) -> str:
    """Return the comment at the head of a table."""
    lines = []
    for line in toml.split("\n"):
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines).replace("<", "&lt;")


def _in_code(known: set[str]) -> Iterator[tuple[str, str, set[str]]]:
    """Yield each module that names rules of no table, what it does, and those rules."""
    found: defaultdict[Path, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _RULE_ID.fullmatch(node.value):
                found[path].add(node.value)
        ids = {id for id in found[path] - known if id.partition("/")[0] not in NO_RULES and not id.endswith("-")}
        if ids:
            yield path.relative_to(ROOT).as_posix(), _what(path), ids


def code() -> Iterator[str]:
    """Yield the layers of the code with their packages and modules, from top to bottom."""
    yield from _head(
        "Code",
        "What is in [pipeline](../../pipeline), in layers: a module imports from layers below its own, or from its own "
        "package. `make lint` holds that, and that no imports run in a circle.",
    )
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (row["layers"] for row in config["tool"]["importlinter"]["contracts"] if row["type"] == "layers")
    for number, layer in enumerate(layers, 1):
        yield from (f"## Layer {number}", "")
        names = [name.strip() for name in layer.split("|")]
        single = [PACKAGE / f"{name}.py" for name in names if not (PACKAGE / name).is_dir()]
        yield from _modules(single)
        for package in (PACKAGE / name for name in names if (PACKAGE / name).is_dir()):
            yield from (f"### {package.name}", "", _cell(_what(package / "__init__.py")), "")
            yield from _modules([path for path in sorted(package.glob("*.py")) if not path.stem.startswith("__")])


def _modules(paths: Sequence[Path]) -> Iterator[str]:
    if paths:
        yield from _table(("module", "does"), ((f"`{path.stem}`", _what(path)) for path in paths))


def _what(path: Path) -> str:
    """Return the first paragraph of the docstring of a module."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(told.partition("\n\n")[0].split())


def main() -> None:
    """Write the pages."""
    folder = ROOT / "docs" / "reference"
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

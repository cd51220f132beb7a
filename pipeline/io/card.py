"""The dataset card: README.md of OUT, whose front matter lets `load_dataset(OUT, "en")` find the files."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import pyarrow as pa

from pipeline.io.write import FOLDERS
from pipeline.schema import CORPUS_LANGUAGES, TABLES

LANGUAGE_NAMES = {"en": "English", "zh": "Chinese"}

_TYPES = {
    pa.string(): "string", pa.int32(): "int", pa.int64(): "int", pa.float32(): "float", pa.bool_(): "bool",
    pa.date32(): "date",
}  # fmt: skip


@cache
def describe_columns() -> dict[str, dict[str, str]]:
    """Return what a row ("") and each column of every table means."""
    return tomllib.loads(files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))


def describe_row(folder: str) -> str:
    """Return what a row of `folder`, a key of `FOLDERS`, is.

    >>> describe_row("corpus/zh")
    'a clean Chinese document'
    """
    table, _, language = folder.partition("/")
    return describe_columns()[table][""].format(language=LANGUAGE_NAMES.get(language, ""))


def render_card(rows: Mapping[str, int]) -> str:
    """Return the card of a folder that holds so many `rows` of each table (keys of `FOLDERS`, not all of them)."""
    folders = [folder for folder in FOLDERS if folder in rows]
    filled = [_config(folder) for folder in folders if rows[folder]]
    tables = dict.fromkeys(folder.partition("/")[0] for folder in folders)
    return "\n".join([
        *_front_matter(folders),
        "# Clean corpus",
        "",
        "Web text without its page furniture, as written by `clean-corpus`: the body of each document, and",
        "beside it the evidence for every decision.",
        "",
        "Licence: that of the sources. A run adds renderings of words; those whose `source` in `fragments/` or `rule`",
        "in `ledger/` names `cc-cedict@` are from [CC-CEDICT](https://www.mdbg.net/chinese/dictionary?page=cc-cedict):",
        "whoever passes them on credits it and keeps them under the licence named there, such as",
        "[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/).",
        "",
        *_loading(filled),
        *_empty([_config(folder) for folder in folders if not rows[folder]]),
        "Offsets are half-open ranges of Unicode code points in the decoded source. `run.json` of the run holds the",
        "settings, the versions and the counts.",
        "",
        *_sizes(folders, rows),
        *(line for table in tables for line in _columns(table)),
    ])  # fmt: skip


def _config(folder: str) -> str:
    return folder.rpartition("/")[2]


def _front_matter(folders: Sequence[str]) -> list[str]:
    languages = [language for language in CORPUS_LANGUAGES if f"corpus/{language}" in folders]
    lines = ["---", *(["language:"] if languages else []), *(f"- {language}" for language in languages), "configs:"]
    for folder in folders:
        lines.append(f"- config_name: {_config(folder)}")
        lines.append(f"  data_files: {folder}/*.parquet")
        if folder == folders[0]:
            lines.append("  default: true")
    return [*lines, "---", ""]


def _loading(filled: Sequence[str]) -> list[str]:
    """Return how to load one of the tables that are `filled`, and the names of the others."""
    if not filled:
        return []
    first, *others = filled
    code = ["from datasets import load_dataset", "", f'load_dataset(OUT, "{first}", split="train")  # OUT: this folder']
    also = [f"In place of `{first}`: {_names(others)}.", ""] if others else []
    return ["```python", *code, "```", "", *also]


def _empty(empty: Sequence[str]) -> list[str]:
    return [f"Without rows, so that `datasets` cannot load them: {_names(empty)}.", ""] if empty else []


def _names(configs: Sequence[str]) -> str:
    return ", ".join(f"`{config}`" for config in configs)


def _sizes(folders: Sequence[str], rows: Mapping[str, int]) -> list[str]:
    table = [f"| `{folder}/` | {describe_row(folder)} | {rows[folder]} |" for folder in folders]
    return ["| folder | a row is | rows |", "|---|---|--:|", *table, ""]


def _columns(table: str) -> list[str]:
    said = describe_columns()[table]
    rows = [f"| `{field.name}` | {type_in_words(field)} | {said[field.name]} |" for field in TABLES[table]]
    return [f"## {table}", "", "| column | type | meaning |", "|---|---|---|", *rows, ""]


def type_in_words(field: pa.Field) -> str:
    """Return the type of a column in words; a list of records goes by the name of its column."""
    if not pa.types.is_list(field.type):
        return _TYPES[field.type]
    item = field.type.value_type
    if not pa.types.is_struct(item):
        return f"list of {_TYPES[item]}s"
    return f"list of {field.name} ({', '.join(f'{part.name}: {_TYPES[part.type]}' for part in item)})"

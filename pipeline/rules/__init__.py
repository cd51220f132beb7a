"""Rule tables: knowledge as data, one TOML file a table, and the one reader for all of them.

A table is a list of `[[rule]]` rows. Every row has an `id` (unique in its table), says `why` it
exists and its `source`, and carries texts it must `hit` and texts it must `miss`; a test runs them
all. What else a row has is set by its kind, a dataclass below or beside the stage that uses it.
Stages name a rule as `table/id`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import regex

from pipeline.edit import Edit
from pipeline.errors import RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every row has."""

    id: str
    why: str
    source: str
    hit: tuple[str, ...]
    miss: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRule(Rule):
    """A row that finds something: `pattern` is a linear regular expression, searched as it stands."""

    pattern: regex.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedRule(Rule):
    """A row of a long table: `pattern` is made ready where a screen tells that it may match, mostly never."""

    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRule(PatternRule):
    """A row that rewrites: every match becomes `new` (with `\\1` for groups)."""

    new: str

    def propose(self, text: str, offset: int = 0) -> Iterator[Edit]:
        """Yield an edit for each match in `text` that the rule changes, `offset` added to each."""
        for match in self.pattern.finditer(text):
            edit = Edit(match.start() + offset, match.group(), match.expand(self.new), self.id)
            if edit.old != edit.new:
                yield edit


R = TypeVar("R", bound=Rule)


@cache
def load_rules(table: str, kind: type[R]) -> tuple[R, ...]:
    """Return the rows of `rules/<table>.toml`, in file order, ids as `table/id`.

    Raises RuleError on a missing or unknown key, an empty reason or hit, a bad pattern, a double id.
    """
    toml = files(__package__).joinpath(f"{table}.toml").read_text(encoding="utf-8")
    return parse_rules(table, toml, kind)


def parse_rules(table: str, toml: str, kind: type[R]) -> tuple[R, ...]:
    """Return the rows of a table given as text; see `load_rules`."""
    keys = {field.name: field.type for field in fields(kind)}
    rules: dict[str, R] = {}
    for row in tomllib.loads(toml)["rule"]:
        name = f"{table}/{row.get('id', '?')}"
        if row.keys() != keys.keys():
            raise RuleError(f"{name}: missing or unknown keys {sorted(row.keys() ^ keys.keys())}")
        if not (row["why"] and row["source"] and row["hit"]):
            raise RuleError(f"{name}: why, source and hit must not be empty")
        if name in rules:
            raise RuleError(f"{name}: stands twice")
        rules[name] = kind(**{key: _value(name, key, value, keys[key]) for key, value in row.items()} | {"id": name})
    return tuple(rules.values())


def _value(name: str, key: str, value: Any, kind: object) -> Any:
    if key == "pattern" and kind is not str:
        try:
            return regex.compile(value, regex.VERSION0)
        except regex.error as error:
            raise RuleError(f"{name}: {error}") from error
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, Mapping):
        return {lang: tuple(item) if isinstance(item, list) else item for lang, item in value.items()}
    return value

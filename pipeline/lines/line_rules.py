"""What a line says about its own role: the rows of lines.toml, and those that are believed wherever a line stands."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.rules import ScreenedRule, load_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule(ScreenedRule):
    """A shape of line with its role; see the head of lines.toml."""

    label: str
    where: Literal["anywhere", "site", "edge", "outside", "head"]
    languages: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table that its cues name: where they are believed; what the site says stands mostly at the edge."""
        return {"anywhere": "lines", "site": "edge"}.get(self.where, self.where)


@cache
def said_by_site() -> frozenset[str]:
    """Return the rows, without the name of the table, that tell in so many words that the site is speaking."""
    rules = (rule for rule in load_rules("lines", LineRule) if rule.where == "site")
    return frozenset(rule.id.partition("/")[2] for rule in rules)

"""The marks with which a program wrote a page as text: what they are, and whether a text has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.rules import EditRule


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRule(EditRule):
    """A row that takes marks away; a text without a match of each row with `proof` was not written by the program."""

    proof: bool


def are_in(text: str, rules: Sequence[MarkRule]) -> bool:
    """Whether the program whose marks `rules` know wrote `text`."""
    return all(rule.pattern.search(text) for rule in rules if rule.proof)

"""Who wrote an article: the likeliest of the names in and around its bylines, by a model that learnt it from pages."""

from functools import cache

from pipeline.metadata.author_columns import read_columns
from pipeline.metadata.name_model import NameModel, shipped_names
from pipeline.metadata.publisher_candidates import Told
from pipeline.metadata.publisher_furniture import Furniture
from pipeline.metadata.signatures import is_full_name
from pipeline.rules import PatternRule, load_rules


def choose_author(
    told: Told, furniture: Furniture, publisher: str | None, kind: str, model: NameModel | None = None
) -> str | None:
    """Return the likeliest author on a page of a `kind` and a `publisher`, None if none is likelier."""
    model = model or shipped_names("author")
    return model.choose(read_columns(told, furniture, publisher, kind))


def without_by(author: str | None, site: str) -> str | None:
    """Return `author` without the word for `by` of the page's language, `site` (BCP 47), that is a name elsewhere.

    >>> without_by("Na Wanjiru Odera", "sw"), without_by("Na Wanjiru Odera", "en"), without_by("Na Ying", "sw")
    ('Wanjiru Odera', 'Na Wanjiru Odera', 'Na Ying')
    """
    rule = _words_for_by().get(site)
    bare = rule.pattern.sub("", author) if rule and author else None
    return bare if bare and is_full_name(bare) else author


@cache
def _words_for_by() -> dict[str, PatternRule]:
    return {rule.id.partition("/")[2]: rule for rule in load_rules("bylines", PatternRule)}

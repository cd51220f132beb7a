"""Who wrote an article: the likeliest of the names in and around its bylines, by a model that learnt it from pages."""

from pipeline.author_columns import read_columns
from pipeline.name_model import NameModel, shipped_names
from pipeline.publisher_candidates import Told
from pipeline.publisher_furniture import Furniture


def choose_author(
    told: Told, furniture: Furniture, publisher: str | None, kind: str, model: NameModel | None = None
) -> str | None:
    """Return the likeliest author on a page of a `kind` and a `publisher`, None if none is likelier."""
    model = model or shipped_names("author")
    return model.choose(read_columns(told, furniture, publisher, kind))

"""Who published a page: the likeliest of the names around its article, by a model that learnt it from pages."""

from pipeline.metadata.name_model import NameModel, shipped_names
from pipeline.metadata.publisher_candidates import Told, find_candidates
from pipeline.metadata.publisher_columns import read_columns
from pipeline.metadata.publisher_furniture import Furniture


def choose_publisher(told: Told, furniture: Furniture, model: NameModel | None = None) -> str | None:
    """Return the likeliest publisher by `model` (the shipped one unless another is given), None if none is likelier."""
    model = model or shipped_names("publisher")
    return model.choose(read_columns(told, furniture, find_candidates(told, furniture)))

"""clean-corpus: multilingual cleanup of dirty web text into clean bilingual Parquet.

>>> import pipeline
>>> doc = pipeline.clean("Condividi\\n\\nIt rained all day, and nobody came to see the fair.")
>>> doc.text
'It rained all day, and nobody came to see the fair.'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.batch import clean_batch
    from pipeline.cleaned import Cleaned
    from pipeline.cleaned import clean_text as clean
    from pipeline.settings import Settings

__all__ = ["Cleaned", "Settings", "clean", "clean_batch"]

_HOMES = {
    "Cleaned": ("pipeline.cleaned", "Cleaned"),
    "Settings": ("pipeline.settings", "Settings"),
    "clean": ("pipeline.cleaned", "clean_text"),
    "clean_batch": ("pipeline.batch", "clean_batch"),
}


def __getattr__(name: str) -> Any:
    # Importing the package must stay cheap: `clean-corpus --help` needs neither detectors nor Arrow.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)

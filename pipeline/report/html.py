"""Pages out of templates: everything escaped, nothing that a page could load or run but what we put into it."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.glance import DOUBTFUL
from pipeline.report.paragraphs import told
from pipeline.report.visible import runs, visible

_TEMPLATES = "report/templates"
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NO_LANGUAGE = ("und", "zxx")


@cache
def environment() -> Environment:
    """Return the environment of all templates; a name that a template misspells is an error."""
    made = Environment(
        loader=PackageLoader("pipeline", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": number, "percent": percent, "lang": language_attribute, "told": told, "visible": visible,
        "runs": lambda text: list(runs(text)),
    }  # fmt: skip
    made.globals["doubtful"] = DOUBTFUL
    return made


def asset(name: str) -> Markup:
    """Return the style or script called `name`, to be put into a page as it is."""
    return Markup(files("pipeline").joinpath(_TEMPLATES, name).read_text(encoding="utf-8"))


def policy(style: str, script: str) -> str:
    """Return the content security policy of a page that holds `style` and `script`, and loads nothing at all."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def number(value: int) -> str:
    """Return a whole number with its digits in groups."""
    return f"{value:,}"


def percent(part: float, whole: float) -> str:
    """Return a share in per cent, such that neither a little nor almost everything is rounded away.

    >>> percent(1, 3), percent(1, 1000), percent(999, 1000), percent(0, 5), percent(0, 0)
    ('33%', '0.1%', '99.9%', '0%', '0%')
    """
    share = part / whole if whole else 0.0
    if share in (0.0, 1.0) or 0.1 <= share < 0.99:
        return f"{share:.0%}"
    if share < 0.0005:
        return "<0.1%"
    return f"{min(share, 0.999):.1%}"


def language_attribute(tag: str) -> str:
    """Return `tag` as the value of the attribute `lang`, which is empty where the language is not known.

    >>> language_attribute("zh-Hans"), language_attribute("und")
    ('zh-Hans', '')
    """
    return tag if _TAG.fullmatch(tag) and tag not in _NO_LANGUAGE else ""

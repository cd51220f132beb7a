"""Language switchers: lines of the names by which languages call themselves, and editions in a menu."""

import re
from functools import cache

from pipeline.document import Document
from pipeline.fragments.foreign import autonyms
from pipeline.fragments.place import Place

_LABEL = re.compile(r"^[^:：\n]{1,60}[:：]\s*")
_BORDER = re.compile(r"\s*[|/·•,、;\t()（）【】\[\]]\s*|\s{2,}|\s[-–—]\s")
_MENU_BORDER = re.compile(r"\s*[|·•\t【】\[\]]\s*|\s{2,}|\s[-–—/]\s")
_WORD = re.compile(r"[^\W\d_]+")
_EDITION = re.compile(r"[ ]?(?:版|版本|网站|網站|サイト|판|версия|версія)?$")
_MOST_READ = 300
"""Code points of a line that are looked at on each side."""
_MOST_WORDS = 2
"""Words of a part that are no autonym: another language's name in Latin letters."""


def is_in_switcher(doc: Document, place: Place) -> bool:
    """Return whether a run is a language's own name in a switcher or a menu, which says nothing on the page's text."""
    if not _autonym().match(place.text):
        return False
    start = place.segment.at + place.run.start
    line = _line(doc.text, start)
    body = _LABEL.sub("", line)
    if len(_autonym().findall(body)) > 1 and all(map(_is_name, _BORDER.split(body))):
        return True
    parts = _MENU_BORDER.split(body)
    return len(parts) > 2 and any(map(_is_edition, parts)) and not line.rstrip().endswith((".", "。"))


def _line(text: str, at: int) -> str:
    left = text.rfind("\n", max(0, at - _MOST_READ), at) + 1 or max(0, at - _MOST_READ)
    right = text.find("\n", at, at + _MOST_READ)
    return text[left : right if right >= 0 else at + _MOST_READ]


def _is_name(part: str) -> bool:
    return len(_WORD.findall(_autonym().sub(" ", part))) <= _MOST_WORDS and not part.endswith(".")


def _is_edition(part: str) -> bool:
    found = _autonym().match(part)
    return found is not None and _EDITION.fullmatch(part, found.end()) is not None


@cache
def _autonym() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(autonyms(), key=lambda name: (-len(name), name)))))

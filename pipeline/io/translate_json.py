"""The JSON that translators speak: requests out, answers and introductions in, everything foreign checked."""

import json
from collections.abc import Mapping

from pipeline.errors import TranslatorError
from pipeline.repairs.translation import UNKNOWN_VERSION, Answer, Request, is_name

Json = Mapping[str, object]


def request_object(request: Request) -> dict[str, str]:
    """Return `request` as it is sent."""
    return {
        "id": request.id,
        "text": request.text,
        "left": request.left,
        "right": request.right,
        "language": request.language,
        "target": request.target,
    }


def read_object(data: bytes) -> Json:
    """Return the JSON object in `data`; raises TranslatorError where there is anything else."""
    try:
        value = json.loads(data.decode())
    except UnicodeDecodeError as error:
        raise TranslatorError(f"it wrote invalid UTF-8: {shown(data)}") from error
    # Brackets in brackets without end, and numbers of thousands of digits, are no ordinary syntax errors.
    except (ValueError, RecursionError) as error:
        raise TranslatorError(f"it wrote what is not JSON: {shown(data)}") from error
    if not isinstance(value, dict):
        raise TranslatorError(f"it wrote what is not a JSON object: {shown(data)}")
    return value


def take_answer(entry: object, pending: dict[str, Request]) -> Answer:
    """Return the answer in `entry` and take its request out of `pending` (by id).

    Raises TranslatorError where `entry` is no answer, or answers what is not asked or not any more.
    """
    if not isinstance(entry, dict) or "id" not in entry or "translation" not in entry:
        raise TranslatorError(f"it wrote an answer without id and translation: {shown(entry)}")
    id, text = entry["id"], entry["translation"]
    request = pending.pop(id, None) if isinstance(id, str) else None
    if request is None:
        raise TranslatorError(f"it answered what was not asked, or twice: id {shown(id)}")
    if text is not None and not isinstance(text, str):
        raise TranslatorError(f"its translation is neither text nor null: {shown(text)}")
    return Answer(request, text)


def read_introduction(entry: Json) -> tuple[str, str]:
    """Return the name and version that a translator gives; raises TranslatorError where they cannot be used."""
    name, version = entry.get("name"), entry.get("version", UNKNOWN_VERSION)
    for value in (name, version):
        if not isinstance(value, str) or not is_name(value):
            raise TranslatorError(f"its name and version have to be short and plain ASCII, not {shown(value)}")
    return str(name), str(version)


def shown(value: object, most: int = 80) -> str:
    r"""Return what a translator wrote as one line for a message, cut to its first `most` code points.

    >>> shown(b"a\x1b[2J\xff"), shown(["a\nb"]), shown("abc", 2)
    ('a\\x1b[2J\\ufffd', "['a\\nb']", 'ab…')
    """
    # Twelve bytes a code point is more than any JSON takes, and a whole megabyte need not be looked at.
    text = value[: 12 * most].decode(errors="replace") if isinstance(value, bytes) else str(value)
    return spelled(text[:most]) + ("…" if len(text) > most else "")


def spelled(text: str) -> str:
    r"""Return `text` with everything that would act on a terminal spelled out.

    >>> spelled("a\n\u202e«é»")
    'a\\n\\u202e«é»'
    """
    return "".join(char if char.isprintable() and char != "\ufffd" else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()

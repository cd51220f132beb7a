"""Undo encoding accidents: text read in another encoding than its own, and HTML entities that were never decoded.

Both are repaired before segmentation, since no pattern and no language model knows mangled text. ftfy
decides what is UTF-8 read as something else; everything else it offers (quotes, widths, ligatures, line
ends) is switched off, because those are no accidents and other stages treat them with the language in
hand. Older encodings of other scripts, and GBK read where Latin letters stood, are what ftfy cannot
tell; they come first, since its piecemeal repairs of them would leave less to tell them by.

An entity with its semicolon is decoded, however often it was escaped, except where the text is about
markup: on a line with code in it, and between quotation marks. The HTML 4 names are decoded and the
1,900 later ones are not: on pages they are rare, and they hold ordinary words (`phone`, `order`).
"""

import html
import re
from collections.abc import Iterator
from html.entities import name2codepoint

import regex
from ftfy import TextFixerConfig, fix_encoding
from ftfy.badness import is_bad

from pipeline.document import Document
from pipeline.edit import Edit, difference
from pipeline.fragments.misread import count_high, may_be_misread, reread
from pipeline.fragments.misread_words import reread_words

MAX_PASSES = 8
"""One repair can uncover another (an entity inside mojibake); real text settles after two passes."""
MAX_DIFFERENCE_CODE_POINTS = 200
"""Longer changed runs become one edit: comparing them in detail takes quadratic time."""

ENCODING_ONLY = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)

# What no sign of mojibake that ftfy knows is made of alone, so that good text is told from the rest at one glance:
# ASCII, typographic marks, and the scripts from Hebrew on.
_PLAIN = r"\x00-\x7F\xA0¡¿©®™«»‹›‚„‘’“”·•…–—\u0590-\u1CFF\u2E80-\uD7FF\uFF00-\uFFEF\U00010000-\U0010FFFF"
SUSPECT = re.compile(f"[^{_PLAIN}]")
# NEL (U+0085) ends a line, except after what it would continue as a byte of mojibake.
# Possessive, so that a line of many megabytes needs no memory for ways back.
_LINE = regex.compile(r"(?:[^\n\r\x85]++|(?<=[\x80-\xBF\xC2-\xF4])\x85)++")
_ANCHOR = regex.compile(r"([!-~]+)")
_ENTITY = regex.compile(
    r"&(?:(?:amp|#0*38|#[xX]0*26);)*((?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,7});)"
)
_CODE = regex.compile(r"`|(?:<|&lt;)/|/>|=[\"'{>]|\(\);|[{}]")
_MIXED = regex.compile(r"[À-ÿ](?!\p{Latin})\p{L}|\p{L}(?<!\p{Latin})[À-ÿ]")
_QUOTED_LETTER = regex.compile(r"\"[\xC2-\xF4][\x80-\xBF]\"")
_QUOTES = frozenset("\"'“”‘’«»„「」")


def repair_mojibake(doc: Document) -> Document:
    """Return the document with mojibake and left-over HTML entities repaired; it has no segments yet.

    >>> repair_mojibake(Document.from_raw("caf\\u00c3\\u00a9 &amp; bar")).text
    'café & bar'
    """
    for _ in range(MAX_PASSES):
        before = doc
        doc = doc.edited(_decode_entities(doc.text))
        doc = doc.edited(reread(doc.text))
        doc = doc.edited(reread_words(doc.text))
        doc = doc.edited(_fix_encodings(doc.text))
        if doc is before:
            break
    return doc


def _fix_encodings(text: str) -> Iterator[Edit]:
    if not SUSPECT.search(text):
        return
    for line in _LINE.finditer(text):
        old = line.group()
        if SUSPECT.search(old) and is_bad(old):
            new = fix_encoding(old, ENCODING_ONLY)
            if not _is_made_worse(old, new) and not _is_quoted_only(old):
                yield from _align(old, new, line.start())


def _is_made_worse(old: str, new: str) -> bool:
    """Return whether ftfy found letters of UTF-8 by chance in a line that is in another encoding."""
    if not may_be_misread(old) or 2 * count_high(new) < count_high(old):
        return False
    return is_bad(new) or _MIXED.search(new) is not None


def _is_quoted_only(text: str) -> bool:
    """Return whether all that is mangled in `text` is single letters in quotation marks: a text about mojibake.

    >>> _is_quoted_only('it reads "\\u00c3\\u00a4" for "\\u00e4"'), _is_quoted_only('the "caf\\u00c3\\u00a9"')
    (True, False)
    """
    return not is_bad(_QUOTED_LETTER.sub("", text))


def _align(old: str, new: str, offset: int) -> Iterator[Edit]:
    """Yield the edits that make `new` of `old`: ftfy leaves printable ASCII alone, so that it anchors."""
    olds, news = _ANCHOR.split(old), _ANCHOR.split(new)
    if olds[1::2] != news[1::2]:
        olds, news = [old], [new]
    for before, after in zip(olds, news, strict=True):
        if max(len(before), len(after)) <= MAX_DIFFERENCE_CODE_POINTS:
            yield from difference(before, after, "mojibake/ftfy", offset)
        elif before != after:
            yield _trimmed(Edit(offset, before, after, "mojibake/ftfy"))
        offset += len(before)


def _trimmed(edit: Edit) -> Edit:
    """Return the edit without what its two sides have in common at their ends."""
    old, new = edit.old, edit.new
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    return Edit(edit.start + head, old[head : len(old) - tail], new[head : len(new) - tail], edit.rule)


def _decode_entities(text: str) -> Iterator[Edit]:
    if "&" not in text:
        return
    for line in _LINE.finditer(text):
        if "&" in line.group() and not _CODE.search(line.group()):
            yield from _decode_line(line.group(), line.start())


def _decode_line(line: str, offset: int) -> Iterator[Edit]:
    for match in _ENTITY.finditer(line):
        new = _decode_entity(match.group(1))
        around = line[max(0, match.start() - 1) : match.start()], line[match.end() : match.end() + 1]
        is_quoted = all(sign in _QUOTES for sign in around)
        if new is not None and not is_quoted:
            yield Edit(match.start() + offset, match.group(), new, "mojibake/entity")


def _decode_entity(reference: str) -> str | None:
    """Return the character that `reference` (`amp;`, `#39;`) stands for, None if it is none for a text.

    Line ends and other control characters are none: as references they are always a mistake.
    """
    if not reference.startswith("#") and reference[:-1] not in name2codepoint and reference != "apos;":
        return None
    char = html.unescape(f"&{reference}")
    is_text = len(char) == 1 and char != "\ufffd" and (char.isprintable() or char in "\u00a0\u00ad\u200c\u200d")
    return char if is_text or (char.isspace() and ord(char) >= 0x2000) else None

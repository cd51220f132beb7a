"""Where the credit of a picture begins behind the sentence that describes it, in the languages of the label table."""

import re
from functools import cache
from itertools import chain

import regex

from pipeline.lines.full_stops import FULL_STOPS
from pipeline.lines.glue_borders import borders
from pipeline.lines.shape import shape
from pipeline.lines.stamps import ChromeRule, labels_of
from pipeline.metadata.signatures import words_of
from pipeline.rules import load_rules

CREDITS = "chrome/image_credit"

MAX_CREDIT = 110
"""Code points of a credit: the word for it, a name, an agency."""

MIN_CREDITED, MAX_CREDITED = 50, 200
"""Code points of a caption that ends with a name in capitals: a heading has its number, a paragraph is longer."""

MIN_CAPTION = 6
"""Code points before a credit that nothing parts from its caption."""

MAX_CAPTION = 300
"""Code points of a caption with its credit; a longer line is a paragraph that ends on one by chance."""

# Behind a stop or a bracket, with a blank or glued to it; in a name nothing but an initial ends on a stop.
_CREDIT = regex.compile(
    rf"(?<=[{FULL_STOPS}!?！？…)）\]”»」]\s?)"
    r"(?P<word>\p{L}[^\s.!?。:：/|©]*+(?:\s[^\s.!?。:：/|©]++){0,3}+\.?)\s?[:：/|©]\s?"
    r"[^.!?。！？:：;\s](?:[^.!?。！？:：;]|(?<=\b\p{L})\.){1,60}\.?$"
)
# What both stand behind, and fewer lines have; `re` looks for one of several characters in half the time of `regex`.
_BEHIND_STOP = re.compile(rf"[{FULL_STOPS}!?！？…)）\]”»」].{{3}}")
_HAN = regex.compile(r"\p{Han}")
# Writing without blanks between words, or with words that end as the label does.
_UNPARTED = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Hangul}\p{Hiragana}\p{Katakana}]")
_ENDED = re.compile(rf"[{FULL_STOPS}!?！？]")
_COLON = re.compile("[:：]")
# What stands before the colon of a credit in a script without capitals.
_BEHIND_CASELESS = re.compile(r"[\u0590-\uffff]\s?[:：]")
# Behind the caption's stop nothing but a name in capitals, or that of an agency: in Spanish papers, say.
_IN_CAPITALS = regex.compile(
    r"(?<=\p{L}{2}[.!?»”\"]\s)(?!.*\b(?:THE|OF|AND|IN|ON|FOR|TO|IS|OR)\b)"
    r"(?:\p{Lu}{2,}(?:[ -]\p{Lu}[\p{Lu}.’-]+){1,3}(?:\s?[/|]\s?\p{Lu}[\p{L} ]{1,20})?"
    r"|(?:EFE|AFP|REUTERS|Reuters|EP|ANSA|LAPRESSE|LaPresse|LUSA|EPA|ATS|ANP|APA|DPA|dpa|TASR|MTI|PAP|ČTK|HINA))$"
)
# What a title never ends on: a credit in brackets, behind the mark of rights, or behind a word for it and a colon.
_IN_BRACKETS = regex.compile(
    r"[(\[（【]\s?(?P<first>[\p{L}\p{M}]+\.?)(?P<second>\s\p{L}+)?[^()\[\]（）【】]{1,60}[)\]）】]\.?$"
)
_BEHIND_SIGN = regex.compile(r"©\s?\p{L}(?:[^.!?。]|(?<=\b\p{L})\.){1,60}$")
_BEHIND_COLON = regex.compile(
    r"(?:^|[\s|.!?。！？…)\]”»」]|(?=\p{Lo}))(?P<first>\p{Lu}\p{L}{2,}|[\p{Lo}\p{M}]{2,})(?P<second>)[:：=]\s?"
    r"\p{L}(?:[^.!?。]|(?<=\b\p{L})\.){1,60}$"
)
_PHOTOGRAPHER = regex.compile(
    r"(?:[。.!?！？”」]\s?(?:[记記]者)?[\p{Han}\p{Hiragana}]{2,6}(?:\s|\s?[/／]\s?)(?:[摄攝]影?|撮影)"
    r"|[(（](?:[记記]者)?[\p{Han}\p{Hiragana}]{2,6}\s?[/／]?\s?(?:[摄攝]影?|撮影)[)）])$"
)
# What stands before a credit that is no part of a sentence: the caption's end, a bar, a dash.
_SET_OFF = regex.compile(r"(?:^|[.!?。！？…)\]”»」|–—])\s?$")
# Where a credit may end and a paragraph begin, no blank between them.
_GLUED = regex.compile(r"(?<=[)）\]】»”])(?=\p{L})|(?<=[\p{Lu}.])(?=\p{Lu}\p{Ll})|(?<=[摄攝影])(?=\p{Han})(?!影)")
# A credit that a paragraph may be glued to: its sign, and no sentence's end behind.
_SIGNED = regex.compile(r"(?:[©:：=/／|(（【\[摄攝]|撮影)[^!?。！？;；]{0,66}")
# What there has to be for that, and `re` is quick to tell: most lines have no such two letters behind each other.
_MAY_BE_GLUED = re.compile(
    r"[)）\]】»”摄攝影.A-Z\u00c0-\u1fff\u2071-\U0010ffff]"
    r"(?:[A-Z\u00c0-\u00de\u0100-\u1fff\u2071-\U0010ffff]|(?<=[)）\]】»”摄攝影])[a-z\u00aa-\U0010ffff])"
)


def credit_at(line: str) -> int | None:
    """Return where the credit begins that ends `line` and stands behind a sentence on it, None where there is none.

    >>> line = "The old dyke at ebb.Фото: Даан Векстра"
    >>> line[credit_at(line) :]
    'Фото: Даан Векстра'
    >>> line = "The old dyke at ebb. Beeld Daan van der Veen"
    >>> line[credit_at(line) :]
    'Beeld Daan van der Veen'
    >>> line = "闸门在夜里降下 图源：新华社"
    >>> line[credit_at(line) :]
    '图源：新华社'
    >>> line = "A man helps his neighbour out of the house on Thursday. FERRAN ORTELLS"
    >>> line[credit_at(line) :]
    'FERRAN ORTELLS'
    >>> credit_at("They took a photo. It shows a dyke."), credit_at("She is back. Photo booths went out of use.")
    (None, None)
    """
    if len(line) > MAX_CAPTION:
        return None
    start = max(0, len(line) - MAX_CREDIT)
    if _BEHIND_STOP.search(line, max(0, start - 2)):
        found = chain(_CREDIT.finditer(line, start), _named_credit().finditer(line, start))
        credits = (match.start() for match in found if any(rule.id == CREDITS for rule, _ in labels_of(match["word"])))
        if (at := next(credits, None)) is not None:
            return at
        if MIN_CREDITED <= len(line) <= MAX_CREDITED and (capitals := _IN_CAPITALS.search(line, start)):
            return capitals.start()
    if not _BEHIND_CASELESS.search(line, start):
        return None
    unparted = _unparted_credit().search(line, max(start, MIN_CAPTION))
    # Behind another colon it is one of a row of fields: who wrote, who took the pictures.
    if unparted is None or _COLON.search(line, 0, unparted.start()):
        return None
    # Glued, it may be the end of a word, as of a headline's.
    apart = line[unparted.start() - 1] in " ，、" or _HAN.match(unparted["word"])
    return unparted.start() if apart or _ENDED.search(line, 0, unparted.start()) else None


@cache
def _unparted_credit() -> regex.Pattern[str]:
    """Return what finds a credit behind a caption without a stop, in scripts without capitals."""
    rules = (rule for rule in load_rules("chrome", ChromeRule) if rule.id == CREDITS)
    strings = {string.rstrip("/｜") for rule in rules for strings in rule.strings.values() for string in strings}
    words = sorted((s for s in strings if len(s) >= 2 and s == s.upper()), key=len, reverse=True)
    # Glued, a word for pictures in Han may be the sentence's own: 他看到一张图片：…
    told = (word for word in words if not _UNPARTED.search(word))
    glued = [word for word in told if not _HAN.match(word) or word.endswith("源") or "供" in word]
    apart, close = ("|".join(map(regex.escape, some)) for some in (words, glued))
    return regex.compile(
        rf"(?:(?<=[\p{{Lo}}\p{{M}}\p{{Nd}}][\s，、])(?P<word>{apart})|(?<=[\p{{Lo}}\p{{M}}])(?P<word>{close}))"
        r"\s?[:：]\s?\p{L}[^.!?。！？…:：;；，,]{1,40}$"
    )


@cache
def _named_credit() -> regex.Pattern[str]:
    """Return what finds a credit without a sign where a name ends the line: `The dyke. Beeld Jan van der Zee`."""
    particle = words_of("particle").pattern
    return regex.compile(
        r"(?<=[.!?…)\]”»]\s?)(?P<word>\p{Lu}\p{L}{2,}\.?)\s\p{Lu}[\p{L}\p{M}’'-]*\.?"
        rf"(?:\s(?:{particle}|\p{{Lu}}[\p{{L}}\p{{M}}’'-]*\.?)){{1,5}}"
        r"(?:\s?[/|,–]\s?\p{Lu}[\p{L}\p{N} ]{1,20})?$"
    )


def credit_borders(line: str) -> list[int]:
    """Return the offset in `line` of a credit that is glued to its caption: the site's words behind the article's.

    Or that of the paragraph that is glued to a caption with its credit.

    >>> credit_borders("The old dyke at ebb.Фото: Даан Векстра"), credit_borders("The old dyke. Photo: Daan Vekstra")
    ([20], [])
    >>> credit_borders("The old dyke. Photo: Daan VekstraNobody knows who built it, nor why it was given up.")
    [33]
    """
    if (below := _paragraph_below(line)) is not None:
        return [below]
    at = credit_at(line)
    # In solid writing nothing ever stands between two sentences.
    solid = at is not None and line[at - 1] >= "\u2e80" and line[at] >= "\u2e80"
    return [] if at is None or solid or line[at - 1].isspace() else [at]


def _paragraph_below(line: str) -> int | None:
    """Return where the paragraph begins that is glued to the end of a credit on `line`."""
    windows = (match.span() for match in _SIGNED.finditer(line, 0, MAX_CAPTION, overlapped=True))
    cuts = {start + at for start, end in windows for at in _ends_of_names(line[start : end + 1])}
    return next((at for at in sorted(cuts) if _is_set_off(line[:at]) and shape(line[at:]) == "prose"), None)


def _ends_of_names(text: str) -> set[int]:
    """Return where in `text` a name may end that something is glued to."""
    glued = _GLUED.finditer(text) if _MAY_BE_GLUED.search(text) else ()
    return {*borders(text), *(match.start() for match in glued)}


def _is_set_off(caption: str) -> bool:
    """Whether `caption` ends in a credit that no word of a sentence stands before, nor in a notice of rights."""
    if _PHOTOGRAPHER.search(caption) or credit_at(caption):
        return True
    signed = _BEHIND_SIGN.search(caption)
    if signed and signed.start() and not any(map(str.isdigit, signed.group())):
        return _SET_OFF.search(caption[: signed.start()]) is not None
    start = max(0, len(caption) - MAX_CREDIT)
    if (framed := _IN_BRACKETS.search(caption, start)) and _credits(framed):
        return True
    named = _BEHIND_COLON.search(caption, start)
    return named is not None and _credits(named) and _SET_OFF.search(caption[: named.start("first")]) is not None


def ends_in_credit(line: str) -> bool:
    """Whether `line` ends with the credit of a picture, as captions do.

    >>> ends_in_credit("At his orchard [Foto: Ana Ruiz]"), ends_in_credit("The quay in May © Y. Stern / Traverse")
    (True, True)
    >>> ends_in_credit("The scale that sends his day Foto: Archive"), ends_in_credit("Photo booths are back (again)")
    (True, False)
    """
    if len(line) > MAX_CAPTION:
        return False
    if credit_at(line) is not None or _BEHIND_SIGN.search(line) or _PHOTOGRAPHER.search(line):
        return True
    found = (pattern.search(line, max(0, len(line) - MAX_CREDIT)) for pattern in (_IN_BRACKETS, _BEHIND_COLON))
    return any(map(_credits, filter(None, found)))


def _credits(match: regex.Match[str]) -> bool:
    words = (match["first"], match["first"] + (match["second"] or ""))
    return any(rule.id == CREDITS for word in words for rule, _ in labels_of(word))

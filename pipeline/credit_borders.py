"""Where the credit of a picture begins behind the sentence that describes it, in the languages of the label table."""

import re
from itertools import chain

import regex

from pipeline.stamps import labels_of

CREDITS = "chrome/image_credit"

MAX_CREDIT = 110
"""Code points of a credit: the word for it, a name, an agency."""

MAX_CAPTION = 300
"""Code points of a caption with its credit; a longer line is a paragraph that ends on one by chance."""

# Behind a stop or a bracket, with a blank or glued to it; in a name nothing but an initial ends on a stop.
_CREDIT = regex.compile(
    r"(?<=[.!?。！？…।)）\]”»」]\s?)(?P<word>\p{L}[^\s.!?。:：/|©]*+(?:\s[^\s.!?。:：/|©]++){0,3}+\.?)\s?[:：/|©]\s?"
    r"[^.!?。！？:：;\s](?:[^.!?。！？:：;]|(?<=\b\p{L})\.){1,60}\.?$"
)
# The same without a sign between them, where a name ends the line: `The old dyke. Beeld Ruben van der Zwaag`.
_NAMED_CREDIT = regex.compile(
    r"(?<=[.!?…)\]”»]\s?)(?P<word>\p{Lu}\p{L}{2,}\.?)\s\p{Lu}[\p{L}\p{M}’'-]*\.?"
    r"(?:\s(?:v[ao]n|de[nrlt]?|d[aiou]s?|di|del|la|le|ten|ter|af|al|el|bin|\p{Lu}[\p{L}\p{M}’'-]*\.?)){1,5}"
    r"(?:\s?[/|,–]\s?\p{Lu}[\p{L}\p{N} ]{1,20})?$"
)
# What both stand behind, and fewer lines have; `re` looks for one of several characters in half the time of `regex`.
_BEHIND_STOP = re.compile(r"[.!?。！？…।)）\]”»」].{3}")
# What a title never ends on: a credit in brackets, behind the mark of rights, or behind a word for it and a colon.
_IN_BRACKETS = regex.compile(
    r"[(\[（【]\s?(?P<first>\p{L}+\.?)(?P<second>\s\p{L}+)?[^()\[\]（）【】]{1,60}[)\]）】]\.?$"
)
_BEHIND_SIGN = regex.compile(r"©\s?\p{L}(?:[^.!?。]|(?<=\b\p{L})\.){1,60}$")
_BEHIND_COLON = regex.compile(r"\s(?P<first>\p{Lu}\p{L}{2,})(?P<second>)[:：]\s?\p{L}[^.!?。]{1,60}$")


def credit_at(line: str) -> int | None:
    """Return where the credit begins that ends `line` and stands behind a sentence on it, None where there is none.

    >>> line = "The old dyke at ebb.Фото: Даан Векстра"
    >>> line[credit_at(line) :]
    'Фото: Даан Векстра'
    >>> line = "The old dyke at ebb. Beeld Daan van der Veen"
    >>> line[credit_at(line) :]
    'Beeld Daan van der Veen'
    >>> credit_at("They took a photo. It shows a dyke."), credit_at("She is back. Photo booths went out of use.")
    (None, None)
    """
    if len(line) > MAX_CAPTION:
        return None
    start = max(0, len(line) - MAX_CREDIT)
    if not _BEHIND_STOP.search(line, max(0, start - 2)):
        return None
    found = chain(_CREDIT.finditer(line, start), _NAMED_CREDIT.finditer(line, start))
    credits = (match.start() for match in found if any(rule.id == CREDITS for rule, _ in labels_of(match["word"])))
    return next(credits, None)


def credit_borders(line: str) -> list[int]:
    """Return the offset in `line` of a credit that is glued to its caption: the site's words behind the article's.

    >>> credit_borders("The old dyke at ebb.Фото: Даан Векстра"), credit_borders("The old dyke. Photo: Daan Vekstra")
    ([20], [])
    """
    at = credit_at(line)
    # In solid writing nothing ever stands between two sentences.
    solid = at is not None and line[at - 1] >= "\u2e80" and line[at] >= "\u2e80"
    return [] if at is None or solid or line[at - 1].isspace() else [at]


def ends_in_credit(line: str) -> bool:
    """Whether `line` ends with the credit of a picture, as captions do.

    >>> ends_in_credit("At his orchard [Foto: Ana Ruiz]"), ends_in_credit("The quay in May © Y. Stern / Traverse")
    (True, True)
    >>> ends_in_credit("The scale that sends his day Foto: Archive"), ends_in_credit("Photo booths are back (again)")
    (True, False)
    """
    if len(line) > MAX_CAPTION:
        return False
    if credit_at(line) is not None or _BEHIND_SIGN.search(line):
        return True
    found = (pattern.search(line, max(0, len(line) - MAX_CREDIT)) for pattern in (_IN_BRACKETS, _BEHIND_COLON))
    return any(map(_credits, filter(None, found)))


def _credits(match: regex.Match[str]) -> bool:
    words = (match["first"], match["first"] + (match["second"] or ""))
    return any(rule.id == CREDITS for word in words for rule, _ in labels_of(word))

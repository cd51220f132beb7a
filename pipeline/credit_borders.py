"""Where the credit of a picture begins behind the sentence that describes it, in the languages of the label table."""

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


def credit_at(line: str) -> int | None:
    """Return where the credit begins that ends `line` and stands behind a sentence on it, None where there is none.

    >>> line = "The old dyke at ebb.Фото: Даан Векстра"
    >>> line[credit_at(line) :]
    'Фото: Даан Векстра'
    >>> credit_at("They took a photo. It shows a dyke.")
    """
    if len(line) > MAX_CAPTION:
        return None
    found = _CREDIT.finditer(line, max(0, len(line) - MAX_CREDIT))
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

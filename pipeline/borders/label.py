"""Where the site begins to speak in a long line that lost its breaks: a label glued to what stands before it."""

import re2

from pipeline.borders.label_starts import label_at

# A letter of the next thing right behind the last mark, small letter or digit of the one before it. Not by package
# `regex`, which takes ten times as long to find nothing in a paragraph.
_GLUED = re2.compile(r"[\p{Ll}\p{N}.!?。！？…)\]}\"”’」』][\p{Lu}\p{Lo}]|©")
_QUOTES = '"”’'
_SENTENCE_MARKS = (".", ",", ";")


def label_borders(line: str) -> list[int]:
    """Return the offsets in `line` at which a label is glued to what stands before it.

    In solid writing every sentence is, so labels in Han or kana are looked for behind other scripts alone.

    >>> line = "The tanks are almost full.Tags: copperRelated articlesZinc is up© 2026 Metal Post"
    >>> [line[at : at + 9] for at in label_borders(line)]
    ['Tags: cop', 'Related a', '© 2026 Me']
    >>> label_borders("a course, for which 14 people haveสมัคร. It isn't the wage, says the teacher.")
    []
    """
    starts = (match.end() - 1 for match in _GLUED.finditer(line))
    return [at for at in starts if at and (line[at] == "©" or _is_label(line, at))]


def _is_label(line: str, at: int) -> bool:
    if line[at] >= "\u2e80" and line[at - 1] >= "\u2e80":
        return False
    if line[at - 1] in _QUOTES and line[at - 2 : at - 1].isspace():
        return False  # click the "Privacy" button
    end = label_at(line, at)
    if end is None or line[end : end + 1].islower():
        return False
    if line[at - 1].islower() and line[end : end + 1] in _SENTENCE_MARKS:
        return False  # a word left over in its sentence: calculated by theكاتب.
    # One word that a small one follows begins a sentence as well: `full.Contact with the pier`.
    return " " in line[at:end] or not (line[end : end + 1].isspace() and line[end + 1 : end + 2].islower())

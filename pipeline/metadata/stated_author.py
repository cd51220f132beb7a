"""Who wrote an article, where a byline says so by its words: a field, or what stands behind a word for `by`."""

from collections.abc import Sequence

import regex

from pipeline.document import Segment
from pipeline.lines.stamps import SEPARATORS, labels_of
from pipeline.metadata.signatures import PARTS, is_full_name, signs, words_of
from pipeline.metadata.site_name import is_site_name
from pipeline.metadata.statements import BETWEEN

_BEHIND_NAME = ("stats", "caption")
"""Labels of words that end the name before them: what counts its readers, and who took the photograph."""

_FIELD = regex.compile("[・:：/／]")
_ANOTHER = regex.compile(r"[,，、;；]\s?(?=[^,，、;；:：]{2,8}[:：])")
"""What parts a name from the label of the next field: 作者：李雷，头图来自：网络."""
_HAN = regex.compile(r"\p{Han}+")


def stated_author(bylines: Sequence[Segment], told: Sequence[str]) -> str | None:
    """Return the author whom a byline names in so many words; not a newsroom, nor a site by what is `told` of it."""
    for segment in bylines:
        if segment.rule == "head/poster":
            return segment.text
        if _has_other_role(segment):
            continue
        for cue in segment.cues:
            if signs(cue) and cue.value and (name := _person(cue.value, told)):
                return name
    return None


def _has_other_role(segment: Segment) -> bool:
    """Whether `segment` names an editor, a translator, a photographer or a source."""
    return any(cue.rule == "lines/editor" or (cue.table == "field" and cue.row != "author") for cue in segment.cues)


def _person(value: str, told: Sequence[str]) -> str | None:
    """Return the person or persons in the value of a byline, joined by commas; None where it is a newsroom."""
    value = words_of("filed").sub("", _ANOTHER.split(value, maxsplit=1)[0].strip())
    bare = words_of("by").sub("", value)
    words = PARTS.split(bare if is_full_name(bare) else value)[0].split()
    ends = (i for i, word in enumerate(words) if i and _is_other_field(word))
    name = " ".join(words[: next(ends, len(words))]).strip(SEPARATORS + "／")
    if _HAN.fullmatch(name) and (end := next((k for k in (2, 4) if len(name) > k + 1 and _is_role(name[-k:])), 0)):
        name = name[:-end]  # the label of the next field is glued to it
    if is_full_name(bare := words_of("role-behind").sub("", name)):
        name = bare
    if not name or words_of("newsroom").search(name):
        return None
    several: Sequence[str] = [part.strip() for part in words_of("and").split(name)]
    if len(several) > 1:
        several = [words_of("reports-from").sub("", part) for part in several]
        several = _without_roles([part for part in several if part], name)
        several = [part for part in several if not is_site_name(part, told)] or several
        name = name if len(several) > 1 else several[0]
    return BETWEEN.join(several) if all(map(is_full_name, several)) else name


def _without_roles(parts: Sequence[str], name: str) -> Sequence[str]:
    """Return the full names that `parts` of `name` begin with, without what their bearers do and where they are.

    >>> _without_roles(["Jane Doe", "our reporter", "Skarvik"], ""), _without_roles(["Jane", "Li Lei"], "")
    (['Jane Doe'], ['Jane', 'Li Lei'])
    """
    other = (i for i, part in enumerate(parts) if not is_full_name(part) or (i and _is_role_or_place(part)))
    end = next(other, len(parts))
    # Behind a word for `and`, a name alone is an author's as well.
    last = end + 1 == len(parts) and name.endswith(f", {parts[end]}")
    return parts[:end] if 0 < end < len(parts) and (last or _is_role_or_place(parts[end])) else parts


def _is_role_or_place(part: str) -> bool:
    return part[0].islower() or any(words_of(row).search(part) for row in ("role", "place"))


def _is_role(label: str) -> bool:
    return any(rule.field == "byline" for rule, _ in labels_of(label))


def _is_other_field(word: str) -> bool:
    """Whether `word` begins with the label of a count or of a photographer."""
    head = _FIELD.split(word, maxsplit=1)[0]
    return any(rule.label in _BEHIND_NAME for rule, _ in labels_of(head))

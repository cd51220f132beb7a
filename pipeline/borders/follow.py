"""Where the button begins that stands glued to the name of whom it lets readers follow."""

import regex

from pipeline.lines.stamps import label_before

MAX_LINE = 60
"""Code points of a name with its button."""

_MAY_HAVE = regex.compile(r"\p{Ll}\p{Lu}\p{Ll}[\p{L}\s]*$|[\p{Lo}\p{M}]{4}$")
_NAME = regex.compile(r"(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*\s){1,3}[\p{Lu}\p{Lo}][\p{L}\p{M}'’-]+")


def follow_borders(line: str) -> list[int]:
    """Return the offset at which a button for followers begins in `line`, none where no name stands before it.

    >>> follow_borders("Jane DoeFollow"), follow_borders("Rules to follow"), follow_borders("Follow")
    ([8], [], [])
    """
    if len(line) > MAX_LINE or not _MAY_HAVE.search(line):
        return []
    label = label_before(line, len(line), dated=False)
    if label is None or label.rule != "chrome/follow" or label.end != len(line):
        return []
    return [label.start] if _NAME.fullmatch(line, 0, label.start) else []

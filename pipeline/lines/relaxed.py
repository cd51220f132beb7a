"""Looser patterns for RE2: each matches wherever the pattern of package `regex` that it stands for does.

RE2 searches for many patterns in one pass, yet knows no look-around, no back-references and only ASCII `\\b`, `\\s`,
`\\d` and `\\w`. What it does not know is left out or widened here. So is the upper bound of a counted repetition: the
counters of many patterns multiply into more states than memory holds.

Both know Unicode, each its own version: a class such as `\\p{L}` may lack letters here that were added last.
"""

import re
from collections.abc import Iterator

from pipeline.errors import RuleError

_TOKEN = re.compile(
    r"""(?P<set>\[(?:\\.|[^\]\\])(?:\\.|[^\]\\])*\])
    | (?P<flags>\A\(\?[is]+\))
    | (?P<look>\(\?<?[=!])
    | (?P<back>\(\?P=\w+\)|\\[1-9])
    | (?P<open>\((?:\?(?:P?<\w+>|[is]*(?:-[is]+)?:|>))?(?!\?))
    | (?P<close>\))
    | (?P<repeat>(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?)
    | (?P<property>\\[pP]\{\^?\w+\})
    | (?P<code>\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2})
    | (?P<escape>\\[^\W\d_]|\\\W)
    | (?P<word>[^\\()\[*+?{$iIİı]{2,}(?![*+?{]))
    | (?P<plain>[^\\()\[*+?{])""",
    re.VERBOSE | re.DOTALL,
)

_SPACE = r"\s\x{0b}\x{85}\p{Z}"
_NARROW_WORD = r"\p{L}\p{M}\p{Nd}\p{Pc}"
_WIDE_WORD = r"0-9A-Za-z_\x{80}-\x{10FFFF}"
r"""Less and more than what `\w` is in package `regex`, which RE2 has no class for."""

_ESCAPES = {
    r"\s": rf"[{_SPACE}]",
    r"\S": rf"[^{_SPACE}]",
    r"\d": r"\p{Nd}",
    r"\D": r"\P{Nd}",
    r"\w": rf"[{_WIDE_WORD}]",
    r"\W": rf"[^{_NARROW_WORD}]",
    r"\b": "",
    r"\B": "",
    r"\K": "",
    r"\A": r"\A",
    r"\Z": r"\z",
    r"\t": r"\t",
    r"\n": r"\n",
    r"\r": r"\r",
}
_IN_SET = {r"\s": _SPACE, r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"\t": r"\t", r"\n": r"\n", r"\r": r"\r"}
_INNER = re.compile(r"\\[pP]\{\^?\w+\}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\.|.", re.DOTALL)
MOST_COPIES = 10
"""Least number of repetitions that is kept, by as many copies of what is repeated; more are cut to this."""

_DOTTED = "iIİı"
"""The letters that package `regex` takes for one another without case, as Turkish has them, and RE2 does not."""


def relaxed(pattern: str) -> str:
    r"""Return a pattern for RE2 that matches in every text in which `pattern` does, and may match in others.

    Raises RuleError where `pattern` has something that this reader does not know.

    >>> relaxed(r"(?<!\d)\d{4}(?: (?P<said>\p{L}+) (?P=said))+\b")
    '\\p{Nd}\\p{Nd}\\p{Nd}\\p{Nd}(?: (?:\\p{L}+) (?:\\p{L}+))+'
    >>> relaxed("(?i)by (?-i:\\p{Lu})")
    '(?i)by (?-i:\\p{Lu})'
    """
    ignore_case = bool(re.search(r"\(\?s?is?[:)]", pattern))
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    groups: dict[str, str] = {}
    last = ""
    for kind, token in _visible(pattern):
        if kind == "open":
            opened.append((token.partition("<")[2].rstrip(">"), len(out)))
        if kind == "repeat":
            out.append(_repeat(token, last))
        elif kind == "back":
            # What a group has matched is something that it may match; by number it could be one left out here.
            out.append(groups.get(token[len("(?P=") : -1], ".*"))
        else:
            out.append(_looser(kind, token, ignore_case))
        last = out[-1]
        if kind == "close" and opened:
            name, start = opened.pop()
            last = "".join(out[start:])
            groups |= {name: last} if name else {}
            out[start:] = [last]
    return "".join(out)


def _visible(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the tokens of `pattern` with their kinds, without conditions: fewer of them make for more matches."""
    at, depth, hidden = 0, 0, 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            raise RuleError(f"no looser pattern for {pattern[at : at + 20]!r}")
        at, kind = token.end(), str(token.lastgroup)
        depth += (kind in ("open", "look")) - (kind == "close")
        if kind == "look" and not hidden:
            hidden = depth
        elif not hidden:
            yield kind, token.group()
        elif kind == "close" and depth < hidden:
            hidden = 0


def _looser(kind: str, token: str, ignore_case: bool) -> str:
    match kind:
        case "set":
            return _set(token, ignore_case)
        case "open":
            return token if token.endswith(":") else "(?:"
        case "code":
            return rf"\x{{{token[2:]}}}"
        case "escape":
            return _escape(token, _ESCAPES)
        case "plain" if token == "$":
            return r"(?:\n?$)"
        case "plain" if ignore_case and token in _DOTTED:
            return f"[{_DOTTED}]"
        case _:
            return token


def _repeat(token: str, repeated: str) -> str:
    """Return what follows `repeated`, a character or group, where it is repeated as `token` says."""
    if token[0] != "{":
        return token[0]
    least, bar, _ = token[1 : token.index("}")].partition(",")
    if not int(least or 0):
        return "*"
    copies = repeated * (min(int(least), MOST_COPIES) - 1)
    return copies if not bar and int(least) <= MOST_COPIES else f"{copies}+"


def _escape(token: str, known: dict[str, str]) -> str:
    if token in known:
        return known[token]
    if token[1].isalnum():
        raise RuleError(f"no looser pattern for {token}")
    return token if token[1].isascii() else token[1]


def _set(token: str, ignore_case: bool) -> str:
    negated = token.startswith("[^")
    # What RE2 leaves out of `\S` and `\W` is ASCII, and so less.
    words = {r"\w": _NARROW_WORD} if negated else {r"\w": _WIDE_WORD, r"\S": r"\S", r"\W": r"\W"}
    out = []
    for inner in _INNER.finditer(token[1:-1]):
        found = inner.group()
        if found[:2] in (r"\u", r"\U", r"\x"):
            out.append(rf"\x{{{found[2:]}}}")
        elif found[:2] in (r"\p", r"\P"):
            out.append(found)
        elif found.startswith("\\"):
            out.append(_escape(found, _IN_SET | words))
        else:
            out.append(r"\[" if found == "[" else found)
    if ignore_case and not negated:
        # A range may hold the letter i; a dash that was the first of the set is no range.
        out[:1] = [_DOTTED, r"\-" if out[0] == "-" else out[0]]
    return f"[{''.join(out)}]"

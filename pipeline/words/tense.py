"""Whether an English sentence tells of now or of then: what a verb that is missing in it has to say too."""

import regex

_MOST = 240
"""Code points on either side that are looked at."""
_END = regex.compile(r"[.!?]['\"”’)]*\s|\n")
_NOW = regex.compile(
    r"(?i)\b(?:is|are|am|isn't|aren't|has|have|hasn't|haven't|does|do|doesn't|don't|says?|means?|makes?|wants?|needs?|"
    r"knows?|keeps?|takes?|gets?|gives?|goes|comes|lives?|works?|costs?|pays|sells|buys|runs|(?-i:will)|can|cannot|(?-i:may)|must|"
    r"now|nowadays|today|usually|currently|every (?:day|week|month|year|winter|spring|summer|autumn|morning|night))\b"
    r"|\b(?:it|that|there|what|he|she)['’]s\b|['’](?:re|ve|ll)\b"
)
_THEN = regex.compile(
    r"(?i)\b(?:was|were|wasn't|weren't|had|hadn't|did|didn't|said|told|could|would|became|began|took|came|went|got|"
    r"made|gave|saw|found|kept|left|felt|fell|rose|grew|knew|thought|brought|bought|sold|paid|lost|won|ran|wrote|"
    r"spoke|stood|held|met|spent|sent|built|led|ago|yesterday|earlier that|last (?:year|month|week|winter|spring|"
    r"summer|autumn|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|in (?:18|19|20)\d\d)\b"
    r"|(?<!\b(?:is|are|be|been|being|am|was|were|has|have|had|get|gets|the|an?|by|of|and|or|not|well|newly) )"
    r"\b\p{Ll}{3,}ed\b"
)


def is_present(text: str, start: int, end: int) -> bool:
    """Return whether the sentence around `start` to `end` of `text` is in the present; news tell of the past.

    >>> is_present("The app _ the bank with its clients and is free.", 8, 9), is_present("The app _ the bank.", 8, 9)
    (True, False)
    """
    before, after = text[max(0, start - _MOST) : start], text[end : end + _MOST]
    opens = max((match.end() for match in _END.finditer(before)), default=0)
    closes = _END.search(after)
    sentence = (before[opens:], after[: closes.start() if closes else None])
    balance = _balance(sentence)
    return balance > 0 if balance else _balance((before[:opens], after[closes.start() :] if closes else "")) > 1


def _balance(parts: tuple[str, str]) -> int:
    return sum(len(_NOW.findall(part)) - len(_THEN.findall(part)) for part in parts)

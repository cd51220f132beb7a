"""Minutes behind a label for the time that reading takes, with nothing between them that makes a field."""

import regex

from pipeline.lines.stamps import MAX_LABEL, Found, labels_of

_MINUTES = regex.compile(
    r"(?P<label>[^\d:：]{3,40}?)\s?[≈~∼～≃]?\s?(?:(?:ca|circa|about|etwa|около|约|約)\.?\s?)?"
    r"\d{1,3}\s?(?:['’′]|[\p{L}\p{M}]{1,10}\.?)"
)


def labelled_minutes(text: str) -> Found | None:
    """Return the reading time that `text` is, if it is a label of the tables and a number of minutes.

    >>> labelled_minutes("Tempo de leitura ≈ 4 min").languages, labelled_minutes("Tempo de espera 4 min")
    (('pt',), None)
    """
    minutes = _MINUTES.fullmatch(text) if len(text) <= 2 * MAX_LABEL else None
    rules = labels_of(minutes["label"]) if minutes else ()
    rows = (languages for rule, languages in rules if rule.id == "chrome/reading_time")
    return next((Found(0, len(text), "field/reading_time", languages) for languages in rows), None)

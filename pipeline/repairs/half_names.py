"""The other half of a name whose first half is translated already: Professor孙, Wenshan區."""

from pipeline.document import Candidate
from pipeline.repairs.knowledge import WEAK, Sources
from pipeline.repairs.meanings import source
from pipeline.words.slot import classes
from pipeline.words.surnames import surname

_SURE = 0.75


def half_name(text: str, start: int, end: int, language: str, sources: Sources) -> tuple[Candidate, ...]:
    """Return what `start` to `end` of `text`, in `language` (BCP 47 primary tag), is behind a title or a name.

    After a name it is what kind of thing bears it, District or River; else, and after a title, it may be a surname.
    """
    term = text[start:end]
    before = classes(text, start, end).partition(" _")[0].split(" ")[-1]
    if before == "NAME" and (generic := sources.starter.generic(term, language)):
        return generic
    dictionary = sources.dictionary()
    if dictionary is None or before not in ("TITLE", "NAME"):
        return ()
    name = surname(term, dictionary)
    return (Candidate(name, source(dictionary, None), _SURE if before == "TITLE" else WEAK),) if name else ()

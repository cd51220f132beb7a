"""Propose renderings for what translation left over."""

from dataclasses import replace

from pipeline.document import Document, Fragment, Kind
from pipeline.languages.language_tag import primary
from pipeline.repairs.knowledge import Knowledge, Sources, sources_for
from pipeline.repairs.renderings import candidates, is_kept
from pipeline.settings import FragmentPolicy

_REPAIRED: tuple[Kind, ...] = ("residue", "glossed")


def propose_repairs(doc: Document, *, policy: FragmentPolicy, knowledge: Knowledge) -> Document:
    """Return `doc` with candidates for its leftovers, unless the policy is to `report` them only.

    Names and cited words get none. A word that the user's glossary says to keep is a `term` from here on, whatever
    the policy. Must run on the text that the fragments were found in.
    """
    if not doc.fragments or (policy == "report" and not knowledge.user):
        return doc
    languages = {primary(f.host_language) for f in doc.fragments if f.kind in _REPAIRED}
    sources = {language: sources_for(language, doc.glosses, knowledge) for language in sorted(languages)}
    return replace(doc, fragments=tuple(_proposed(doc, fragment, sources, policy) for fragment in doc.fragments))


def _proposed(doc: Document, fragment: Fragment, sources: dict[str, Sources], policy: FragmentPolicy) -> Fragment:
    segment = doc.segments[fragment.segment]
    if fragment.kind not in _REPAIRED:
        return fragment
    language = primary(fragment.host_language)
    start = fragment.at - segment.at
    if is_kept(fragment, segment.text, start, sources[language]):
        return replace(fragment, kind="term", source=f"{fragment.source}+repair/user", confidence=1.0)
    if policy == "report":
        return fragment
    return replace(fragment, candidates=candidates(fragment, segment.text, start, sources[language]))

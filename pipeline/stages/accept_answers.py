"""Take a translator's answers in as candidates."""

from dataclasses import replace

from pipeline.document import Document, Fragment
from pipeline.repairs.translation import Answers, request_for


def accept_answers(doc: Document, *, answers: Answers) -> Document:
    """Return `doc` with the answer to each fragment that was asked about among its candidates.

    What was found without a translator goes before an answer that is as sure. Must run on the text that the
    fragments were found in.
    """
    if not answers:
        return doc
    return replace(doc, fragments=tuple(_with_answer(doc, fragment, answers) for fragment in doc.fragments))


def _with_answer(doc: Document, fragment: Fragment, answers: Answers) -> Fragment:
    request = request_for(doc, fragment)
    answer = answers.get(request) if request else None
    if answer is None:
        return fragment
    same = [known for known in fragment.candidates if known.text.casefold() == answer.text.casefold()]
    if any(known.confidence >= answer.confidence for known in same):
        return fragment
    # What less sure sources say too stands under the name of the surest.
    others = [known for known in fragment.candidates if known not in same]
    ranked = sorted((*others, answer), key=lambda candidate: -candidate.confidence)
    return replace(fragment, candidates=tuple(ranked))

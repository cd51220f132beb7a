"""The body of a page in HTML as the model sees it that reads its markup."""

import numpy as np

from pipeline.body.judgement import Judgement
from pipeline.body.lines import body_lines, line_of_each
from pipeline.body.model import KINDS, Model, predict_body
from pipeline.document import Segment, Verdict
from pipeline.html.markup import Markup

MIN_LINES = 5
"""Lines of a page that the model can judge by: its elements tell more than plain lines do."""

ARTICLE = KINDS[0]

STANDING = ("chrome/", "count/", "field/read_more", "field/related_reading", "lines/")
"""Rules that know a line by what it says: they stand against the model.

Those that go by its place among others were made for plain text: on 120 pages of WCXB that neither knew they took 8,900
words of the body away, and 240 of furniture.
"""


def judge_markup(raw: str, segments: tuple[Segment, ...], markup: Markup, model: Model | None = None) -> Judgement:
    """Return what the model says of the page `raw` with `segments`, a verdict for each that no rule stands for.

    There are no verdicts, and the rules decide, on short pages and where the model finds nothing on what it takes for
    an article. The model is the shipped one unless another is given.
    """
    found = predict_body(body_lines(raw, markup), model, markup)
    # Pages of other kinds may have no body: of eight of WCXB on which it found nothing, six had none.
    lost = found.kind == ARTICLE and not np.any(found.is_body)
    if len(markup.lines) < MIN_LINES or lost:
        return Judgement(found.kind, found.kind_score, {})
    lines = line_of_each(markup, [segment.start for segment in segments])
    verdicts = {
        i: Verdict(found.is_body[line], found.scores[line], found.is_body[line] != segments[i].keep)
        for i, line in enumerate(lines)
        if segments[i].text.strip() and not segments[i].rule.startswith(STANDING)
    }
    return Judgement(found.kind, found.kind_score, verdicts)

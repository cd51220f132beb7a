"""A paragraph in the terminal: its tag, and its text with fragments marked or with what became of it."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.document import why_held
from pipeline.lookup import Row
from pipeline.pieces import Piece
from pipeline.report.screen import print_line
from pipeline.report.visible import shown_or_dash, visible, visible_lines

KIND_STYLES = {
    "residue": "bold white on red",
    "glossed": "black on yellow",
    "name": "black on cyan",
    "term": "black on green",
}

WRAPPED_CODE_POINTS = 20_000
"""A longer paragraph is not set in a column: that costs more than reading it is worth."""

LEAST_WIDTH = 72
"""On a narrower terminal the tag stands above its paragraph and not beside it."""

TAG_WIDTH = 39

REMOVED, ADDED = "red", "green"


def print_paragraph(screen: Console, segment: Row, text: Text) -> None:
    """Print `text`, which is about a row of `segments/`, with its tag before it."""
    tag = _tag(segment)
    if not screen.is_terminal:
        print_line(screen, _hanging(tag, text))
    elif screen.width < LEAST_WIDTH or len(text) > WRAPPED_CODE_POINTS:
        print_line(screen, tag)
        print_line(screen, text)
    else:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=TAG_WIDTH, no_wrap=True, overflow="crop")
        grid.add_column(overflow="fold")
        grid.add_row(tag, text)
        screen.print(grid)


def _tag(segment: Row) -> Text:
    """Return `+` for what is kept, `-` for what was held back, then language and label, each with its score."""
    held = why_held(segment["rule"]) is not None
    # A style given to `Text` itself would colour all that is appended.
    tag = Text().append("- ", "bold red") if held else Text().append("+ " if segment["keep"] else "  ", "bold green")
    tag.append(f"{shown_or_dash(segment['language']):8} ", "bold cyan" if segment["keep"] else "cyan")
    tag.append(f"{_score(segment['language_score'])} ", "dim")
    tag.append(f"{shown_or_dash(segment['label']):15} ", "bold magenta" if segment["keep"] else "magenta")
    return tag.append(f"{_score(segment['score'])} ", "dim")


def _score(value: float | None) -> str:
    return "   -" if value is None else f"{value:.2f}"


def _hanging(tag: Text, text: Text) -> Text:
    """Return `text` after `tag`, its further lines indented as far, so that each line of output tells."""
    indent = "\n" + " " * len(tag)
    return Text.assemble(tag, *_joined(text.split("\n", allow_blank=True), indent))


def _joined(lines: Iterable[Text], between: str) -> Iterator[Text]:
    for number, line in enumerate(lines):
        if number:
            yield Text(between)
        yield line


def marked(segment: Row, fragments: Sequence[Row]) -> Text:
    """Return the source of a row of `segments/`, with notes behind its `fragments`, and why it was held back."""
    raw, origin = segment["raw"], segment["start"]
    text = Text(style="" if segment["keep"] else "dim")
    done = 0
    for fragment in sorted(fragments, key=itemgetter("start", "end")):
        start, end = fragment["start"] - origin, fragment["end"] - origin
        if not done <= start < end <= len(raw):
            continue  # one that lies in another is told by the outer one
        text.append(visible_lines(raw[done:start]))
        text.append(visible_lines(raw[start:end]), KIND_STYLES.get(fragment["kind"], "reverse"))
        text.append(_note(fragment), "italic")
        done = end
    text.append(visible_lines(raw[done:]))
    why = why_held(segment["rule"])
    return text.append(visible(f"⟨held back: {why}⟩"), "bold italic") if why else text


def _note(fragment: Row) -> str:
    """Return what is known of a fragment, as it stands behind it.

    The number stands behind what it is about: the proposal, or without one the kind.
    """
    gloss, proposal, sure = fragment["gloss"], fragment["proposal"], fragment["confidence"]
    number = None if sure is None else f"{sure:.2f}"
    parts = [fragment["language"], fragment["kind"], None if proposal else number]
    if gloss and not (fragment["applied"] and gloss == proposal):
        parts.append(f"= {gloss}")
    if proposal and (fragment["applied"] or gloss != proposal):
        parts.append(f"{'replaced by' if fragment['applied'] else 'perhaps'} {proposal}")
    if proposal:
        parts.append(number)
    return visible(f"⟨{' '.join(filter(None, parts))}⟩")


def compared(segment: Row, pieces: Sequence[Piece]) -> Text | None:
    """Return the source of a row of `segments/` against the clean text; None where they are the same.

    `pieces` are those of the segment. What is gone stands in `[-` and `-]`, what came in `{+` and `+}`, as `wdiff`
    has it, and the rules that asked for it at the end.
    """
    if not segment["keep"]:
        return _gone(segment["raw"]).append(visible(f" ⟨{segment['rule']}⟩"), "italic")
    rules = dict.fromkeys(rule for piece in pieces for rule in piece.rules)
    if not rules:
        return None
    text = Text()
    for piece in pieces:
        if not piece.rules:
            text.append(visible_lines(piece.text))
            continue
        old = segment["raw"][piece.start - segment["start"] : piece.end - segment["start"]]
        text.append_text(_change(old, piece.text))
    return text.append(visible(f" ⟨{', '.join(rules)}⟩"), "italic")


def _change(old: str, new: str) -> Text:
    before, left, after = old.partition(new) if new else (old, "", "")
    if left or not new:
        return _gone(before).append(visible_lines(left)).append_text(_gone(after))
    return _gone(old).append(f"{{+{visible_lines(new)}+}}", ADDED)


def _gone(text: str) -> Text:
    return Text().append(f"[-{visible_lines(text)}-]" if text else "", REMOVED)


def told(fragment: Row) -> Text:
    """Return all that is known of a row of `fragments/`, on one line."""
    line = Text().append(f"{fragment['start']}-{fragment['end']} ", "dim")
    line.append(visible(fragment["text"]), KIND_STYLES.get(fragment["kind"], "reverse"))
    line.append(_note(fragment), "italic")
    if fragment["alternatives"]:
        line.append(visible(f" or {', '.join(fragment['alternatives'])}"))
    return line.append(visible(f" by {fragment['source']}"), "dim")

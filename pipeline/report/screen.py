"""Where commands print: whole lines in a pipe, lines that fit on a terminal."""

from typing import IO

from rich.console import Console
from rich.text import Text


class Screen(Console):
    """A console that leaves a closed pipe to its caller."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError; newer versions of rich would end the process with status 1 here."""
        raise BrokenPipeError


def open_screen(*, stderr: bool = False, pager: IO[str] | None = None) -> Screen:
    """Return a screen on standard output or error, or behind a `pager` on the terminal.

    Nothing printed to it is taken for markup.
    """
    terminal = None if pager is None else True
    return Screen(stderr=stderr, file=pager, force_terminal=terminal, markup=False, highlight=False, emoji=False)


def print_line(screen: Console, line: Text | str, *, clip: bool = False) -> None:
    """Print one line: whole in a pipe, and on a terminal wrapped by it, or with `clip` cut to its width."""
    text = Text(line) if isinstance(line, str) else line
    if clip and screen.is_terminal:
        screen.print(text, no_wrap=True, overflow="ellipsis")
    else:
        # Wrapped by the terminal and not by rich, a line is copied as the one line that it is.
        screen.print(text, soft_wrap=True)

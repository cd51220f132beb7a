"""How far a run has come, for who watches it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Show = Callable[[str, int, int], None]


@contextmanager
def shown_progress() -> Iterator[Show | None]:
    """Give what shows progress on standard error: name of the pass, documents done, documents in all.

    Gives None where standard error is not a terminal: a log is no place for a bar.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TaskID, TextColumn, TimeRemainingColumn
    from rich.text import Text

    from pipeline.report.screen import open_screen

    screen = open_screen(stderr=True)
    if not screen.is_terminal:
        yield None
        return

    class Rate(TextColumn):
        """Documents a second."""

        def __init__(self) -> None:
            super().__init__("")

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.1f}/s" if speed else "", "cyan")

    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*parts, console=screen, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=total)
            bars.update(tasks[name], completed=done)

        yield show

"""A bar on a terminal: files read, how many a second, and the time left; nothing where the output goes elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

Advance = Callable[[], None]


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        """See ProgressColumn."""
        return Text(f"{task.finished_speed or task.speed or 0:,.1f}/s")


@contextmanager
def progress(total: Callable[[], int | None]) -> Iterator[Advance]:
    """A function that is called for each file done. ``total`` counts the files, None where that takes too long.

    It is asked only where the bar is shown: standard error is a terminal.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("load", total=total())
        yield lambda: bar.advance(task)

"""What was written since the last publication: a file of the graphs that changed, each noted before it is written.

A process that is killed leaves at most a graph noted that did not change, or the start of a line, which counts for
nothing. An empty file says that something changed, but not what.
"""

import os
from collections.abc import Iterable
from pathlib import Path


class Journal:
    """The file ``path``; not there while nothing has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._noted: set[str] = set(self.graphs() or ())

    @property
    def pending(self) -> bool:
        """True where something was written, or began to be, that is not published."""
        return self._path.exists()

    def graphs(self) -> frozenset[str] | None:
        """The names of the graphs that may have changed, None where that is not known."""
        if not self.pending:
            return frozenset()
        lines = self._path.read_text().splitlines(keepends=True)
        return frozenset(line.rstrip("\n") for line in lines if line.endswith("\n")) or None

    def note(self, graphs: Iterable[str]) -> None:
        """Write down, durably, that these graphs are about to change."""
        new = [graph for graph in dict.fromkeys(graphs) if graph not in self._noted]
        if not new and self.pending:
            return
        start = "\n" if self._cut() else ""  # closes what a killed process began: no graph has such a name
        with self._path.open("a") as file:
            file.write(start + "".join(f"{graph}\n" for graph in new))
            file.flush()
            os.fsync(file.fileno())
        self._noted.update(new)

    def clear(self) -> None:
        """Everything is published."""
        self._path.unlink(missing_ok=True)
        self._noted.clear()

    def _cut(self) -> bool:
        text = self._path.read_text() if self.pending else ""
        return bool(text) and not text.endswith("\n")

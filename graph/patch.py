"""What publishing changed in a snapshot, kept beside it as an RDF Patch: DATA/snapshots/<name>.rdfp."""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from chidao.graph.texts import write_durably

PATCH = ".rdfp"
_MOST = 500_000  # statements; to read more of them is not cheaper than to compare two snapshots
_BEFORE = "H prev <"


@dataclass(frozen=True, slots=True)
class Patch:
    """The statements that are not in a snapshot any more, and those that came, since the snapshot ``before``."""

    before: str
    removed: Set[Quad]
    added: Set[Quad]

    def then(self, later: "Patch") -> "Patch":
        """Both in one."""
        removed = (self.removed - later.added) | (later.removed - self.added)
        return Patch(self.before, removed, (self.added - later.removed) | (later.added - self.removed))


def write_patch(folder: Path, name: str, patch: Patch) -> None:
    """Keep it beside the snapshot of that name, unless it is very long. Raises OSError."""
    if patch.before == name or len(patch.removed) + len(patch.added) > _MOST:
        return
    lines = [f"{_BEFORE}{patch.before}> ."]
    for letter, quads in (("D", patch.removed), ("A", patch.added)):
        lines += sorted(f"{letter} {_written(quad)} ." for quad in quads)
    write_durably(folder / f"{name}{PATCH}", "\n".join([*lines, ""]).encode())


def read_patch(folder: Path, name: str) -> Patch | None:
    """What changed since the snapshot before; None where that is not known."""
    try:
        head, *lines = (folder / f"{name}{PATCH}").read_bytes().decode().split("\n")
        removed, added = (
            frozenset(pyoxigraph.parse("\n".join(_of(letter, lines)), RdfFormat.N_QUADS)) for letter in "DA"
        )
    except (FileNotFoundError, ValueError, SyntaxError):
        return None
    return Patch(head.removeprefix(_BEFORE).removesuffix("> ."), removed, added)


def patch_between(folder: Path, before: str, after: str) -> Patch | None:
    """What changed from one snapshot to a later one; None where a step between them is not known."""
    found: Patch | None = None
    seen = set()
    while after != before:
        step = None if after in seen else read_patch(folder, after)
        if step is None:
            return None
        seen.add(after)
        found, after = step.then(found) if found else step, step.before
    return found


def _written(quad: Quad) -> str:
    graph = quad.graph_name
    return str(quad.triple) if isinstance(graph, DefaultGraph) else f"{quad.triple} {graph}"


def _of(letter: str, lines: list[str]) -> list[str]:
    return [line[2:] for line in lines if line.startswith(letter)]

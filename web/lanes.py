"""Places for the documents of a chain: a lane for each level, children beside their parent, no two on one spot."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LANE = 430  # pixels between levels
STEP = 70  # pixels of a step within a level: from a Party directive to the State plan that carries it out
ROW = 74  # pixels between documents of one lane

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """Each thing's level, its steps within that level, and its children."""

    ranks: Mapping[str, int]
    depths: Mapping[str, int]
    children: Mapping[str, Sequence[str]]


def places(ranks: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> dict[str, Place]:
    """Thing -> (x, y). ``ranks`` gives its level, ``edges`` go from child to parent.

    A parent stands at the top of its children, those of its own level under it. Where there are several parents the
    nearest level decides, then the order of names; the other edges, and those that run in a circle, place nothing.
    """
    parents = _primary_parents(ranks, edges)
    children: defaultdict[str, list[str]] = defaultdict(list)
    for thing in ranks:
        if thing in parents:
            children[parents[thing]].append(thing)
    depths = {thing: _depth(thing, parents, ranks) for thing in ranks}
    tree = Tree(ranks, depths, children)
    free: defaultdict[int, int] = defaultdict(int)
    placed: dict[str, Place] = {}
    for root in (thing for thing in ranks if thing not in parents):
        _place(root, tree, max(free.values(), default=0), free, placed)
    return placed


def _primary_parents(ranks: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parent that places each thing: the nearest of no lower level, and never one that closes a circle."""
    candidates = sorted(
        ((child, parent) for child, parent in edges if ranks[parent] <= ranks[child] and child != parent),
        key=lambda edge: (edge[0], -ranks[edge[1]], edge[1]),
    )
    parents: dict[str, str] = {}
    for child, parent in candidates:
        if child not in parents and child not in _line(parent, parents):
            parents[child] = parent
    return parents


def _line(thing: str, parents: Mapping[str, str]) -> Sequence[str]:
    line = [thing]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line


def _depth(thing: str, parents: Mapping[str, str], ranks: Mapping[str, int]) -> int:
    """How many steps of the line to ``thing`` lie within its own level."""
    return sum(1 for above in _line(thing, parents)[1:] if ranks[above] == ranks[thing])


def _x(rank: int, depth: int) -> int:
    return rank * LANE + min(depth, 3) * STEP


def _place(thing: str, tree: Tree, row: int, free: dict[int, int], placed: dict[str, Place]) -> None:
    """Place ``thing`` at ``row`` or below, where its lane is free, and what is below it beside or under it."""
    waiting = [(thing, row)]
    while waiting:
        thing, wanted = waiting.pop()
        rank = tree.ranks[thing]
        row = max(wanted, free[rank])
        free[rank] = row + 1
        placed[thing] = (_x(rank, tree.depths[thing]), row * ROW)
        below = tree.children.get(thing, ())
        waiting += [(child, row + (tree.ranks[child] == rank)) for child in reversed(below)]

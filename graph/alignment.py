"""Which duty of a child document answers which of its parent: the matching with the greatest sum of likeness, and after
it the duties that repeat a part of one that is matched already (a point that was split, or two that became one)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import networkx as nx

from chidao.graph.carry import Duty, likeness
from chidao.graph.delegation import is_natural
from chidao.graph.similarity import common_terms, coverage

LEAST = 0.34  # measured on tests/carry_pairs.csv: precision first
LEAST_REASSIGNED = 0.5  # where another bearer has it than the natural way down leads to, the words must say more
_LEAST_OF_PART = 0.5
_COVERED = 0.6  # share of a left-over duty that stands in the one that it joins


@dataclass(frozen=True, slots=True)
class Pair:
    """A duty of the parent, the child's duty that answers it, and how alike they are (0 to 1)."""

    parent: Duty
    child: Duty
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs, in the order of the parent's duties, and the duties that nothing answers."""

    pairs: tuple[Pair, ...]
    dropped: tuple[Duty, ...]
    added: tuple[Duty, ...]


def align(parents: Sequence[Duty], children: Sequence[Duty], issuer: str | None = None) -> Alignment:
    """Align the duties of a document with those of one that implements it; ``issuer`` is who issued the latter."""
    common = common_terms([duty.features for duty in (*parents, *children)])
    above_duties, below_duties = (
        [duty.among(common) for duty in duties] if common else duties for duties in (parents, children)
    )
    alike = {
        (above, below): score
        for above, parent in enumerate(above_duties)
        for below, child in enumerate(below_duties)
        if (score := answer(parent, child, issuer))
    }
    chosen = _matching(alike)
    expected = {pair for pair in alike if _is_expected(parents[pair[0]], children[pair[1]], issuer)}
    chosen |= set(_parts(parents, children, {pair: alike[pair] for pair in sorted(expected)}, chosen))
    pairs = tuple(Pair(parents[above], children[below], alike[above, below]) for above, below in sorted(chosen))
    answered, answering = {above for above, _ in chosen}, {below for _, below in chosen}
    return Alignment(
        pairs,
        tuple(duty for at, duty in enumerate(parents) if at not in answered),
        tuple(duty for at, duty in enumerate(children) if at not in answering),
    )


def answer(parent: Duty, child: Duty, issuer: str | None = None) -> float | None:
    """How alike the duties are where the child's may answer the parent's, None where too little speaks for it."""
    score = likeness(parent, child)
    if score < LEAST:
        return None
    return score if score >= LEAST_REASSIGNED or _is_expected(parent, child, issuer) else None


def _is_expected(parent: Duty, child: Duty, issuer: str | None) -> bool:
    """Whether the bearers are those to whom the duty leads, as far as is known."""
    return is_natural(parent.bearers, child.bearers, issuer) is not False


def _matching(alike: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    """One to one, with the greatest sum. Children stand as -1, -2 … in the graph."""
    graph: nx.Graph[int] = nx.Graph()
    # thousandths: sums of whole numbers do not depend on their order
    graph.add_weighted_edges_from((above, -1 - below, round(score * 1000)) for (above, below), score in alike.items())
    matched = nx.max_weight_matching(graph)
    return {(max(edge), -1 - min(edge)) for edge in matched}


def _parts(
    parents: Sequence[Duty],
    children: Sequence[Duty],
    alike: dict[tuple[int, int], float],
    chosen: set[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """The left-over duties that repeat a part of a matched one, each beside the one that it is most like."""
    answered, answering = {above for above, _ in chosen}, {below for _, below in chosen}
    best: dict[tuple[str, int], tuple[float, tuple[int, int]]] = {}
    for (above, below), score in alike.items():
        if score < _LEAST_OF_PART or (above in answered) == (below in answering):
            continue
        part, whole = (children[below], parents[above]) if above in answered else (parents[above], children[below])
        side = ("child", below) if above in answered else ("parent", above)
        if coverage(part.features, whole.features) >= _COVERED:
            best[side] = max(best.get(side, (0.0, (-1, -1))), (score, (above, below)))
    yield from (pair for _, pair in best.values())

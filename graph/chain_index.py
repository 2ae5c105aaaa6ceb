"""The chain relations of a snapshot in memory: who implements whom, with the heads of the documents.

Serves commands and pages that look at many chains at once. What is odd in a chain (a level left out, a circle, a child
older than its parent) is reported; no walk over the index runs in a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

import networkx as nx
import pyoxigraph

from chidao.graph.facts import Facts
from chidao.graph.names import body_iri
from chidao.graph.registered import registered_body
from chidao.graph.terms import cd


class StepKind(StrEnum):
    """How an implementing document stands to the one that it implements."""

    NEXT_LEVEL = "next level"
    LEVEL_SKIP = "level skip"
    CROSSING = "Party-State crossing"
    SAME_BODY = "same body"
    LATERAL = "lateral"
    UPWARD = "upward"
    UNKNOWN = "level not known"


@dataclass(frozen=True, slots=True)
class Head:
    """What a chain needs of a document. ``level``, ``system`` are local names, ``issued`` is ISO, ``day`` its number.

    ``voices`` are the bodies that speak in it (see ``voice``); ``held``: its own text is there; ``reported``: a report.
    """

    iri: str
    issuers: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    level: str | None = None
    system: str | None = None
    issued: str | None = None
    day: int | None = None
    held: bool = False
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """The rank of a level (0 centre, 4 grassroots) and its last ISO day: districts ended on 2025-06-30."""

    rank: int
    last_day: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An edge of a chain. ``days`` from parent to child, None where a date is not known; below zero contradicts."""

    child: str
    parent: str
    kind: StepKind
    days: int | None


@lru_cache(maxsize=1 << 16)
def voice(body: str) -> str:
    """The body that speaks when ``body`` (an IRI) issues: standing committee, standing board and head speak for it.

    They number in one series (36-HD/VPTW, II.1.3), which is how the register tells: "Ban Thường vụ Huyện ủy Ba Chẽ" ->
    "Huyện ủy Ba Chẽ". Bodies that the register does not know speak for themselves.
    """
    entry = registered_body(body)
    return body_iri(entry.series_path) if entry and entry.series_path else body


class ChainIndex:
    """Look-ups over ``cd:implements``; ``graph`` has an edge from each document to those that it implements."""

    def __init__(
        self, heads: Mapping[str, Head], edges: Iterable[tuple[str, str]], levels: Mapping[str, Level]
    ) -> None:
        self.heads = heads
        self.levels = levels
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        self.graph.add_nodes_from(sorted(heads))
        self.graph.add_edges_from(sorted(edges))

    def head(self, document: str) -> Head:
        """What is known of the document; an empty head for one that is only pointed to."""
        return self.heads.get(document) or Head(document)

    def parents(self, document: str) -> list[str]:
        """The documents that this one implements, in order."""
        return sorted(self.graph.successors(document)) if document in self.graph else []

    def children(self, document: str) -> list[str]:
        """The documents that implement this one, the earliest first, undated ones last."""
        return sorted(self.graph.predecessors(document), key=self._by_day) if document in self.graph else []

    def below(self, document: str) -> set[str]:
        """Every document that goes back to this one, itself left out even in a circle."""
        return nx.ancestors(self.graph, document) - {document} if document in self.graph else set()

    def above(self, document: str) -> set[str]:
        """Every document that this one goes back to."""
        return nx.descendants(self.graph, document) - {document} if document in self.graph else set()

    def _by_day(self, document: str) -> tuple[bool, int, str]:
        day = self.head(document).day
        return day is None, day or 0, document

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """Groups of documents that implement each other, or one that implements itself; each and all in order."""
        groups = (tuple(sorted(group)) for group in nx.strongly_connected_components(self.graph))
        return tuple(sorted(group for group in groups if len(group) > 1 or self.graph.has_edge(group[0], group[0])))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every edge with its kind, in the order of child and parent."""
        return tuple(self.step(child, parent) for child, parent in sorted(self.graph.edges))

    def step(self, child: str, parent: str) -> Step:
        """The edge from the child to the parent."""
        below, above = self.head(child), self.head(parent)
        days = None if below.day is None or above.day is None else below.day - above.day
        return Step(child, parent, self._kind(below, above), days)

    def _kind(self, child: Head, parent: Head) -> StepKind:
        below, above = self.levels.get(child.level or ""), self.levels.get(parent.level or "")
        if below is None or above is None:
            return StepKind.UNKNOWN
        if below.rank != above.rank:
            return StepKind.UPWARD if below.rank < above.rank else self._down(below, above, child.issued)
        if set(child.voices) & set(parent.voices):
            return StepKind.SAME_BODY
        crossing = {child.system, parent.system} == {"party", "state"}
        return StepKind.CROSSING if crossing else StepKind.LATERAL

    def _down(self, below: Level, above: Level, day: str | None) -> StepKind:
        """A skip leaves out a level that existed on the child's day: none since July 2025 from province to commune."""
        between = (level for level in self.levels.values() if above.rank < level.rank < below.rank)
        left_out = any(not level.last_day or (day or "") <= level.last_day for level in between)
        return StepKind.LEVEL_SKIP if left_out else StepKind.NEXT_LEVEL

    @property
    def contradictions(self) -> tuple[Step, ...]:
        """The edges whose child is older than its parent."""
        return tuple(step for step in self.steps if step.days is not None and step.days < 0)

    def primary_parent(self, document: str) -> str | None:
        """The one parent under which a document is drawn: of the nearest level above, of its own system, the latest.

        Documents of one circle are nobody's primary parent there, so primary parents make a forest.
        """
        circle = next((group for group in self.cycles if document in group), ())
        steps = [self.step(document, parent) for parent in self.parents(document) if parent not in circle]
        return min(steps, key=self._distance).parent if steps else None

    def _distance(self, step: Step) -> tuple[int, bool, int, str]:
        child, parent = self.head(step.child), self.head(step.parent)
        below, above = self.levels.get(child.level or ""), self.levels.get(parent.level or "")
        levels = below.rank - above.rank if below and above else 9
        far = levels if levels > 0 else 10 - levels
        return far, child.system != parent.system, -(parent.day or 0), step.parent


def read_chain_index(store: pyoxigraph.Store) -> ChainIndex:
    """Read the index from the default graph of a snapshot."""
    facts = Facts(store)
    heads = {iri: _head(iri, values) for iri, values in _values(facts).items()}
    edges = ((child.value, parent.value) for child, parent in facts.pairs(cd("implements")))
    levels = {
        _local_name(level.value): Level(int(rank.value), facts.value(level, cd("validTo")))
        for level, rank in facts.pairs(cd("rank"))
    }
    return ChainIndex(heads, edges, levels)


_PROPERTIES = ("issuedBy", "level", "system", "issued", "issuedDay", "hasText", "reportedIn")


def _values(facts: Facts) -> Mapping[str, Mapping[str, list[str]]]:
    """Document -> property -> values. Bodies and places have levels too: only what is a document counts."""
    documents: dict[str, dict[str, list[str]]] = {}
    for name in ("documentType", "symbol", "issued", "issuedBy", "hasText", "reportedIn", "implements"):
        documents.update((subject.value, defaultdict(list)) for subject, _ in facts.pairs(cd(name)))
    documents.update((parent.value, defaultdict(list)) for _, parent in facts.pairs(cd("implements")))
    for name in _PROPERTIES:
        for subject, value in facts.pairs(cd(name)):
            if subject.value in documents:
                documents[subject.value][name].append(value.value)
    return documents


def _head(iri: str, values: Mapping[str, list[str]]) -> Head:
    def one(name: str) -> str | None:
        return min(values.get(name, ()), default=None)

    issuers = tuple(sorted(values.get("issuedBy", ())))
    level, system, day = one("level"), one("system"), one("issuedDay")
    return Head(
        iri,
        issuers,
        tuple(dict.fromkeys(map(voice, issuers))),
        _local_name(level) if level else None,
        _local_name(system) if system else None,
        one("issued"),
        int(day) if day else None,
        bool(values.get("hasText")),
        bool(values.get("reportedIn")),
    )


def _local_name(iri: str) -> str:
    return iri.removeprefix(cd("").value)

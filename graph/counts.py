"""How much of what a snapshot holds."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.facts import DEFAULT, Facts
from chidao.graph.terms import TYPE, cd


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over the default graph; ``citations`` by (relation, resolution), local names of the vocabulary."""

    snapshot: str
    sources: int
    documents: int
    documents_held: int
    citations: Mapping[tuple[str, str], int]
    collective_references: int
    oral_instructions: int
    norms: int
    deadlines: int
    receptions: int
    unresolved: int
    unread: int
    triples: int


def count(store: pyoxigraph.Store, snapshot: Path) -> Counts:
    """Count what ``store``, opened on the folder ``snapshot``, holds."""
    held = {document for document, _ in Facts(store).pairs(cd("hasText"))}
    return Counts(
        snapshot=snapshot.name,
        sources=_of_class(store, "SourceText"),
        documents=_of_class(store, "Document"),
        documents_held=len(held),
        citations=_citations(store),
        collective_references=_of_class(store, "CollectiveReference"),
        oral_instructions=_of_class(store, "OralInstruction"),
        norms=_of_class(store, "Norm"),
        deadlines=_matching(store, cd("deadline"), None),
        receptions=_of_class(store, "Reception"),
        unresolved=_of_class(store, "UnresolvedMention"),
        unread=_of_class(store, "UnreadSection"),
        triples=_matching(store, None, None),
    )


def _of_class(store: pyoxigraph.Store, name: str) -> int:
    return _matching(store, TYPE, cd(name))


def _matching(store: pyoxigraph.Store, predicate: NamedNode | None, target: NamedNode | None) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, predicate, target, DEFAULT))


def _citations(store: pyoxigraph.Store) -> Mapping[tuple[str, str], int]:
    vocabulary = cd("").value
    found: Counter[tuple[str, str]] = Counter()
    facts = Facts(store)
    for citation, resolution in facts.pairs(cd("resolution")):
        for relation in facts.values(citation, cd("relation")):
            found[(relation.removeprefix(vocabulary), resolution.value.removeprefix(vocabulary))] += 1
    return dict(sorted(found.items()))


def count_rows(counts: Counts) -> list[dict[str, object]]:
    """The counts as rows of "what" and "count", citations apart by relation and resolution."""
    plain = {name: value for name, value in asdict(counts).items() if name != "citations"}
    cited = {f"citations {relation} {resolution}": n for (relation, resolution), n in counts.citations.items()}
    return [{"what": name.replace("_", " "), "count": value} for name, value in (plain | cited).items()]


def source_rows(store: pyoxigraph.Store) -> list[dict[str, object]]:
    """Every source: the sixteen digits that name it, its kind, its path."""
    facts = Facts(store)
    return [
        {"source": sha.value[:16], "kind": facts.value(source, cd("sourceKind")), "path": path}
        for source, sha in sorted(facts.pairs(cd("sha256")), key=lambda pair: pair[1].value)
        for path in facts.values(source, cd("path"))
    ]

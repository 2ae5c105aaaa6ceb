"""What a remote store says of itself: which snapshot it holds whole, and which of its graphs hold what.

The marker is a graph of its own. It is written before a push and after it, so that a reader sees whether the push is
whole, and the next push sees what of it is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from chidao.graph.names import graph_iri
from chidao.graph.remote_store import RemoteStore
from chidao.ontology.namespaces import DCTERMS, OWL

MARKER = graph_iri("published")
_SNAPSHOT, _DIGEST = NamedNode(str(OWL.versionInfo)), NamedNode(str(DCTERMS.identifier))
_TOGETHER = 20_000  # statements sent at a time
CURRENT = f"SELECT ?snapshot WHERE {{ GRAPH <{MARKER}> {{ <{MARKER}> {_SNAPSHOT} ?snapshot }} }}"
"""Asks for the snapshot that a store holds whole: no row while it is being written."""


@dataclass(frozen=True, slots=True)
class Marker:
    """``snapshot`` is None while a push is under way or was cut; ``digests`` tell what a graph holds, "" is unknown."""

    snapshot: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)


def read_marker(remote: RemoteStore) -> Marker | None:
    """The marker of a store; None where nothing was ever pushed. Raises StoreError."""
    digests: dict[str, str] = {}
    snapshot = None
    for triple in remote.read(MARKER):
        if not isinstance(triple.object, Literal) or not isinstance(triple.subject, NamedNode):
            continue
        if triple.predicate == _SNAPSHOT:
            snapshot = triple.object.value
        else:
            known = digests.get(triple.subject.value, "")
            digests[triple.subject.value] = max(known, triple.object.value)
    return Marker(snapshot, digests) if digests else None


def write_marker(remote: RemoteStore, marker: Marker) -> None:
    """Replace the marker; the snapshot is written last. Raises StoreError."""
    lines = [_digest(graph, digest) for graph, digest in sorted(marker.digests.items())]
    for start in range(0, max(len(lines), 1), _TOGETHER):
        send = remote.add if start else remote.put
        send(MARKER, _written(lines[start : start + _TOGETHER]))
    if marker.snapshot is not None:
        remote.add(MARKER, _written([Triple(NamedNode(MARKER), _SNAPSHOT, Literal(marker.snapshot))]))


def note_digests(remote: RemoteStore, digests: Mapping[str, str]) -> None:
    """Say of graphs that were unknown what they hold now. Raises StoreError."""
    remote.add(MARKER, _written(_digest(graph, digest) for graph, digest in digests.items()))


def _digest(graph: str, digest: str) -> Triple:
    return Triple(NamedNode(graph), _DIGEST, Literal(digest))


def _written(triples: Iterable[Triple]) -> bytes:
    return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""

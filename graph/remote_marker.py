"""What a remote store says of itself: which snapshot it holds whole, and which of its graphs hold what.

The marker is a graph of its own. Before the first change of a push the name of the snapshot is taken out of it, and who
pushes is put in; after the last change it is the other way round. So a reader sees whether the store is whole, another
push sees that one is going on, and the next one sees what of it is done.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from chidao.graph.errors import StoreError
from chidao.graph.names import graph_iri
from chidao.graph.remote_store import RemoteStore
from chidao.ontology.namespaces import DCTERMS, OWL

MARKER = graph_iri("published")
_SELF = NamedNode(MARKER)
_SNAPSHOT, _DIGEST = NamedNode(str(OWL.versionInfo)), NamedNode(str(DCTERMS.identifier))
_PUSHER = NamedNode(str(DCTERMS.contributor))
_TOGETHER = 20_000  # statements sent at a time
_PAGE = 5_000  # rows asked for at a time; a store may give fewer
CURRENT = f"SELECT ?snapshot WHERE {{ GRAPH <{MARKER}> {{ <{MARKER}> {_SNAPSHOT} ?snapshot }} }}"
"""Asks for the snapshot that a store holds whole: no row while it is being written."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What a store holds.

    ``snapshot`` is None while a push is under way or was cut; then ``pushers`` tell whose, see ``push_claim``.
    ``digests`` tell what a graph holds, "" is unknown.
    """

    snapshot: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    pushers: tuple[str, ...] = ()


def read_state(remote: RemoteStore) -> Marker | None:
    """The marker without digests; None where nothing was ever pushed. Raises StoreError."""
    query = f"SELECT ?property ?value WHERE {{ GRAPH <{MARKER}> {{ {_SELF} ?property ?value }} }}"
    rows = remote.rows(query)
    snapshots = [row["value"] for row in rows if row["property"] == _SNAPSHOT.value]
    pushers = sorted(row["value"] for row in rows if row["property"] == _PUSHER.value)
    if not rows and not remote.rows(f"SELECT * WHERE {{ GRAPH <{MARKER}> {{ ?s ?p ?o }} }} LIMIT 1"):
        return None
    return Marker(snapshots[0] if len(snapshots) == 1 else None, {}, tuple(pushers))


def read_marker(remote: RemoteStore) -> Marker | None:
    """The whole marker; None where nothing was ever pushed. Raises StoreError, also where the store leaves rows out."""
    state = read_state(remote)
    if state is None:
        return None
    found = set(_digest_pages(remote))
    (count,) = remote.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{MARKER}> {{ ?graph {_DIGEST} ?digest }} }}")
    if int(count["n"]) != len(found):
        raise StoreError(
            f"{remote.address.query}: it gave {len(found)} of {count['n']} rows of <{MARKER}>; another push may be "
            "under way, or the store gives too few rows at a time: raise its limit (ResultSetMaxRows in Virtuoso)"
        )
    digests: dict[str, str] = {}
    for graph, digest in found:
        digests[graph] = max(digests.get(graph, ""), digest)
    return Marker(state.snapshot, digests, state.pushers)


def _digest_pages(remote: RemoteStore) -> Iterator[tuple[str, str]]:
    """Graph and digest, page after page in the order of the graphs: a store may give fewer rows than asked for."""
    seen, last = set[tuple[str, str]](), ""
    while True:
        rows = remote.rows(
            f"SELECT ?graph ?digest WHERE {{ GRAPH <{MARKER}> {{ ?graph {_DIGEST} ?digest }} "
            f'FILTER(STR(?graph) >= "{last}") }} ORDER BY STR(?graph) ?digest LIMIT {_PAGE}'
        )
        new = {(row["graph"], row["digest"]) for row in rows} - seen
        if not new:
            return
        yield from new
        seen, last = new, max(graph for graph, _ in new)


def read_digests(remote: RemoteStore, graphs: Iterable[str]) -> dict[str, str]:
    """What the marker says of these graphs alone. Raises StoreError."""
    digests: dict[str, str] = {}
    wanted = sorted(graphs)
    for start in range(0, len(wanted), _ASKED):
        values = " ".join(f"<{graph}>" for graph in wanted[start : start + _ASKED])
        query = f"SELECT * WHERE {{ VALUES ?graph {{ {values} }} GRAPH <{MARKER}> {{ ?graph {_DIGEST} ?digest }} }}"
        for row in remote.rows(query):
            digests[row["graph"]] = max(digests.get(row["graph"], ""), row["digest"])
    return digests


_ASKED = 200  # graphs that one query names


def write_marker(remote: RemoteStore, marker: Marker) -> None:
    """Replace the marker; the snapshot is written last. Raises StoreError."""
    lines = [Triple(_SELF, _PUSHER, Literal(pusher)) for pusher in marker.pushers]
    lines += [_digest(graph, digest) for graph, digest in sorted(marker.digests.items())]
    for start in range(0, max(len(lines), 1), _TOGETHER):
        send = remote.add if start else remote.put
        send(MARKER, _written(lines[start : start + _TOGETHER]))
    if marker.snapshot is not None:
        name_snapshot(remote, marker.snapshot)


def exchange_pusher(remote: RemoteStore, old: Iterable[str], new: str | None, snapshot: str | None = None) -> None:
    """Put in who pushes, if somebody, and take out who did, and what the store held whole. Raises StoreError."""
    if new is not None:
        remote.add(MARKER, _written([Triple(_SELF, _PUSHER, Literal(new))]))
    gone = [Triple(_SELF, _PUSHER, Literal(other)) for other in old if other != new]
    _delete(remote, gone + ([Triple(_SELF, _SNAPSHOT, Literal(snapshot))] if snapshot else []))


def name_snapshot(remote: RemoteStore, snapshot: str) -> None:
    """Say that the store holds this snapshot whole. Raises StoreError."""
    remote.add(MARKER, _written([Triple(_SELF, _SNAPSHOT, Literal(snapshot))]))


def note_digests(remote: RemoteStore, digests: Mapping[str, str]) -> None:
    """Say of graphs that were unknown what they hold now. Raises StoreError."""
    if digests:
        remote.add(MARKER, _written(_digest(graph, digest) for graph, digest in digests.items()))


def exchange_digests(remote: RemoteStore, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Say of graphs what they hold now, and not what was said of them. Raises StoreError."""
    note_digests(remote, new)
    _delete(remote, [_digest(graph, digest) for graph, digest in old.items() if new.get(graph) != digest])


def _delete(remote: RemoteStore, triples: list[Triple]) -> None:
    for start in range(0, len(triples), _ASKED):
        lines = _written(triples[start : start + _ASKED]).decode()
        remote.update(f"DELETE DATA {{ GRAPH <{MARKER}> {{ {lines} }} }}")


def _digest(graph: str, digest: str) -> Triple:
    return Triple(NamedNode(graph), _DIGEST, Literal(digest))


def _written(triples: Iterable[Triple]) -> bytes:
    return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""

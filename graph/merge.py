"""The default graph: every statement of the named graphs once, with canonical IRIs in place of local ones.

The statements of a large store pass as lines of N-Triples, some hundred thousand at a time, and never as objects.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from chidao.graph.bulk import ahead, loading, source_graphs, together
from chidao.graph.content_digest import ContentDigest, Counted
from chidao.graph.identify import DERIVED
from chidao.graph.names import SOURCE_GRAPHS
from chidao.graph.place_base import REGISTER
from chidao.graph.terms import cd
from chidao.ontology.namespaces import ID

DEFAULT = DefaultGraph()
JOINING = frozenset({cd("sameDocumentAs"), cd("localDocument"), cd("canonicalDocument")})
"""What joins a local and a canonical IRI keeps both."""
_JOINING = frozenset(str(predicate).encode() for predicate in JOINING)
_BODY, _MEMBER = f" <{ID}body/".encode(), str(cd("member")).encode()
_READ = 16 << 20  # bytes of a large graph that are held at a time


def merged(quads: Iterable[Quad], canonical: Mapping[str, str]) -> Iterator[Quad]:
    """The statements of named graphs as those of the default graph; ``canonical`` gives local IRI -> canonical IRI."""
    shared: dict[object, NamedNode] = {NamedNode(local): NamedNode(iri) for local, iri in canonical.items()}
    for quad in quads:
        subject, target = quad.subject, quad.object
        if shared and quad.predicate not in JOINING:
            subject, target = shared.get(subject, subject), shared.get(target, target)
        yield Quad(subject, quad.predicate, target, DEFAULT)


@dataclass(slots=True)
class Merged:
    """What passed on the way into the default graph: its digest, and the paths of bodies, as members or otherwise."""

    digest: ContentDigest = field(default_factory=ContentDigest)
    named: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)

    def take(self, graph: NamedNode, lines: Sequence[bytes]) -> None:
        """Take down what lines of a graph say of bodies, and count them."""
        self.digest.add_lines(graph, lines)
        for line in lines:
            at = line.rfind(_BODY)
            if at > 0 and line.count(b" ", 0, at) == 1:  # the object, not a part of a text
                (self.members if line.endswith(_MEMBER, 0, at) else self.named).add(line[at + len(_BODY) : -4].decode())

    def join(self, other: "Merged") -> None:
        """Take over what another has counted."""
        self.digest.join(other.digest)
        self.named |= other.named
        self.members |= other.members


def merge_all(
    store: pyoxigraph.Store,
    canonical: Mapping[str, str],
    scratch: Path,
    carried: Iterable[Counted] = (),
    pending: Path | None = None,
) -> Merged:
    """Write the default graph of all named graphs but the register's; ``scratch`` is a file that may be made.

    ``carried`` are statements that belong to the derived graph and are not in it: they come into both graphs. They
    name documents by their canonical IRIs. ``pending`` is a file of N-Triples: what of the derived graph is not yet
    in the default graph, where that is not all.
    """
    shared = _Shared(canonical)
    sources = source_graphs(store)
    apart = {REGISTER, *sources}
    others = [each for each in store.named_graphs() if isinstance(each, NamedNode) and each not in apart]
    total = Merged()

    def parts() -> Iterator[bytes]:
        for part, its in ahead(partial(_sources, store, shared), together(sources)):
            total.join(its)
            yield part
        for graph in others:
            if graph == DERIVED and pending:
                yield from _parts(shared, graph, pending, total)
            else:
                store.dump(str(scratch), RdfFormat.N_TRIPLES, from_graph=graph)
                yield from _parts(shared, graph, scratch, total)

    with loading(store, DEFAULT) as load, loading(store, DERIVED) as load_derived:
        for part in parts():
            load(part)
        for counted in carried:
            part = counted.file.read_bytes()
            counted.file.unlink()
            total.digest.join(counted.digest)
            load_derived(part)
            load(part)
    return total


class _Shared:
    """The canonical names, as terms in lines, by the graph that may use the local ones."""

    def __init__(self, canonical: Mapping[str, str]) -> None:
        self._all = {f"<{local}>".encode(): f"<{iri}>".encode() for local, iri in canonical.items()}
        self._of_source: defaultdict[str, dict[bytes, bytes]] = defaultdict(dict)
        self._elsewhere: dict[bytes, bytes] = {}
        for local in canonical:
            key = f"<{local}>".encode()
            source = local.removeprefix(f"{ID}source/").partition("/")[0] if local.startswith(f"{ID}source/") else ""
            (self._of_source[source] if source else self._elsewhere)[key] = self._all[key]

    def of(self, graph: NamedNode) -> Mapping[bytes, bytes]:
        """The names that may stand in the graph: a source speaks of its own local things only."""
        if not graph.value.startswith(SOURCE_GRAPHS):
            return self._all
        own = self._of_source.get(graph.value.removeprefix(SOURCE_GRAPHS), {})
        return {**own, **self._elsewhere} if own else self._elsewhere


def _sources(store: pyoxigraph.Store, shared: _Shared, graphs: Sequence[NamedNode]) -> tuple[bytes, Merged]:
    """The lines of some graphs for the default graph."""
    merged = Merged()
    parts: list[bytes] = []
    for graph in graphs:
        lines = _lines(store, graph).splitlines(keepends=True)
        merged.take(graph, lines)
        parts += _renamed(lines, shared.of(graph))
    return b"".join(parts), merged


def _lines(store: pyoxigraph.Store, graph: NamedNode) -> bytes:
    """The statements of a graph. A dump looks the graph's name up for each of them, a query does not."""
    found = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert isinstance(found, pyoxigraph.QueryTriples)  # noqa: S101 - CONSTRUCT gives nothing else
    return found.serialize(format=RdfFormat.N_TRIPLES) or b""


def _parts(shared: _Shared, graph: NamedNode, file: Path, total: Merged) -> Iterator[bytes]:
    """The lines of a graph that may be large for the default graph, in parts, from a file that is removed."""
    names = shared.of(graph)
    with file.open("rb") as lines:
        while part := lines.readlines(_READ):
            total.take(graph, part)
            yield b"".join(_renamed(part, names))
    file.unlink()


def _renamed(lines: Sequence[bytes], names: Mapping[bytes, bytes]) -> Iterable[bytes]:
    if not names:
        return lines
    return (_named_anew(line, names) for line in lines)


def _named_anew(line: bytes, names: Mapping[bytes, bytes]) -> bytes:
    """``<s> <p> <o> .`` with other names for subject and object."""
    subject, predicate, rest = line.split(b" ", 2)
    if predicate in _JOINING:
        return line
    target = rest[:-3]
    return b" ".join((names.get(subject, subject), predicate, names.get(target, target), b".\n"))

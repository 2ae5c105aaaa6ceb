"""The peer of `chidao load`: the same texts into the same dataset with rdflib, in memory and then on the disk.

What rdflib does: it reads the statements of each text, of the ontology and of the register with its own parsers, adds
the default graph from the graphs it holds (without parsing anything again), and writes the dataset out. What it is
given, so that the comparison is of stores and not of who wrote which rules: our reading of the texts, the register as
a file, and our deriving, which runs on an engine in memory that answers quicker than rdflib would; its time counts.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph
import rdflib
from pyoxigraph import NamedNode, RdfFormat
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from chidao.graph.derive import derive
from chidao.graph.identify import DERIVED, canonical_documents
from chidao.graph.members import member_quads
from chidao.graph.merge import JOINING
from chidao.graph.names import graph_iri
from chidao.loaders.extraction import Extraction, Options, Order, extract_batch, refused
from chidao.loaders.locations import locations_in
from chidao.loaders.pool import DIED, InOrder, batched, local_workers
from chidao.loaders.rules import rules_version
from chidao.ontology.vocabulary import vocabulary_ntriples

TOGETHER = 8  # texts that a worker gets, and rdflib parses, at a time
KEPT = frozenset(rdflib.URIRef(predicate.value) for predicate in JOINING)


def load_with_rdflib(texts: Path, register: Path, file: Path, jobs: int) -> int:
    """Read the texts in ``jobs`` processes, take in ``register`` (N-Triples), write all to ``file``; how many statements."""
    dataset, engine = rdflib.Dataset(), pyoxigraph.Store()
    for batch in batched(extracted(texts, jobs), TOGETHER):
        nquads = b"".join(each.nquads for each in batch)
        dataset.parse(data=nquads, format="nquads")
        engine.bulk_load(nquads, RdfFormat.N_QUADS)
    dataset.graph(graph_iri("ontology")).parse(data=vocabulary_ntriples(), format="nt")
    derived, canonical = _derived(engine)
    dataset.parse(data=derived, format="nquads")
    dataset.graph(graph_iri("register")).parse(register, format="nt")
    dataset.addN(list(_merged(dataset, canonical)))
    dataset.serialize(file, format="nquads", encoding="utf-8")
    return sum(len(graph) for graph in dataset.graphs())


def extracted(texts: Path, jobs: int) -> Iterator[Extraction]:
    """What each text says, read as `chidao load` reads it; nothing is kept of it."""
    options = Options(rules_version())
    work = InOrder(local_workers(jobs), partial(extract_batch, options), lambda order: refused(order.where, DIED))
    return work.results(batched(map(Order, locations_in((texts,))), TOGETHER))


def _derived(engine: pyoxigraph.Store) -> tuple[bytes, dict[str, str]]:
    """The derived graph as N-Quads, and the canonical IRI of each local one."""
    engine.bulk_extend(list(member_quads(engine)))
    derive(engine)
    quads = engine.quads_for_pattern(None, None, None, NamedNode(DERIVED.value))
    return pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b"", canonical_documents(engine)


def _merged(dataset: rdflib.Dataset, canonical: dict[str, str]) -> Iterator[tuple[Node, Node, Node, rdflib.Graph]]:
    """Every statement for the default graph, with canonical IRIs in the place of local ones."""
    default = dataset.graph(DATASET_DEFAULT_GRAPH_ID)
    shared: dict[Node, Node] = {rdflib.URIRef(local): rdflib.URIRef(iri) for local, iri in canonical.items()}
    for subject, predicate, target, _ in dataset.quads():
        if predicate in KEPT:
            yield subject, predicate, target, default
        else:
            yield shared.get(subject, subject), predicate, shared.get(target, target), default

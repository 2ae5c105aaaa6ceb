"""Stores for the tests of chains: a few hand-made texts, or files read as `chidao load` reads them."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from place_base import seed
from pyoxigraph import NamedNode, RdfFormat

from chidao.graph.derive import derive
from chidao.graph.identify import canonical_documents
from chidao.graph.members import member_quads
from chidao.graph.merge import merged
from chidao.graph.model import Body, Record
from chidao.graph.names import graph_iri
from chidao.graph.place_base import REGISTER, stated_quads
from chidao.graph.publish import snapshot
from chidao.graph.quads import record_quads
from chidao.graph.register_quads import BodiesNamed, described
from chidao.loaders.load import load_files
from chidao.ontology.vocabulary import vocabulary_ntriples


def in_memory(texts: Iterable[tuple[Record, str]]) -> pyoxigraph.Store:
    """The dataset that publishing these records gives, without the places of the register, which take seconds."""
    store = pyoxigraph.Store()
    for record, text in texts:
        store.extend(record_quads(record, text))
    store.load(vocabulary_ntriples(), RdfFormat.N_TRIPLES, to_graph=NamedNode(graph_iri("ontology")))
    store.extend(list(member_quads(store)))
    derive(store)
    bodies = BodiesNamed()
    bodies.add(stated_quads(store))
    store.extend(described(bodies.paths()))
    store.extend(list(merged(stated_quads(store), canonical_documents(store))))
    store.extend(list(merged(store.quads_for_pattern(None, None, None, REGISTER), {})))
    return store


def loaded(data_dir: Path, paths: Iterable[Path]) -> Path:
    """The data folder after loading these files."""
    report = load_files(tuple(sorted(paths)), seed(data_dir), 1, print)
    assert not report.refused
    return data_dir


def opened(data_dir: Path) -> pyoxigraph.Store:
    """The current snapshot of the data folder."""
    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


def addressed(made: tuple[Record, str], *addressees: Body) -> tuple[Record, str]:
    """The record of ``directive`` with addressees."""
    record, text = made
    return replace(record, documents=(replace(record.documents[0], addressees=addressees),)), text

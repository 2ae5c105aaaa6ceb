"""The default graph without the places that no text names: what is worth checking again with every publication.

The register's places are checked where they come from (``tests/test_places.py``); to walk through sixteen thousand of
them would take a hundred times as long as the rest.
"""

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from chidao.graph.facts import DEFAULT
from chidao.graph.place_base import stated_quads
from chidao.ontology.namespaces import ID


def checked_ntriples(store: pyoxigraph.Store) -> bytes:
    """The default graph as N-Triples, of the register what the rest points to, directly or over others."""
    subjects = {quad.subject for quad in stated_quads(store)}
    triples = (quad.triple for quad in _reached(store, {each for each in subjects if isinstance(each, NamedNode)}))
    return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _reached(store: pyoxigraph.Store, subjects: set[NamedNode]) -> Iterator[Quad]:
    """The statements about the subjects, and about every thing of the data that these point to."""
    seen, waiting = set(subjects), sorted(subjects, key=str)
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, DEFAULT):
            yield quad
            thing = quad.object
            if isinstance(thing, NamedNode) and thing.value.startswith(ID) and thing not in seen:
                seen.add(thing)
                waiting.append(thing)

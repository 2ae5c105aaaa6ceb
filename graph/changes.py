"""What publishing changes in the named graphs of a store, and what is different of what texts and people say."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from chidao.graph.decisions import CURATED
from chidao.graph.facts import Facts
from chidao.graph.names import SOURCE_GRAPHS
from chidao.graph.terms import Term


class Changes:
    """Writes to ``store`` and remembers which statements came, and which went, in the end."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store
        self.added: set[Quad] = set()
        self.removed: set[Quad] = set()

    def replace(self, old: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Make ``new`` of statements that are in the store; both are read to their ends before anything is written."""
        before, after = set(old), set(new)
        for quad in before - after:
            self._store.remove(quad)
            self._note(quad, self.added, self.removed)
        for quad in after - before:
            self._note(quad, self.removed, self.added)
        self._store.extend(after - before)

    def compare(self, before: pyoxigraph.Store, unsure: Iterable[Quad]) -> None:
        """Remember also which of these, that others wrote, came since ``before`` or went."""
        for quad in unsure:
            if quad in self._store:
                if quad not in before:
                    self.added.add(quad)
            elif quad in before:
                self.removed.add(quad)

    @staticmethod
    def _note(quad: Quad, undone: set[Quad], done: set[Quad]) -> None:
        if quad in undone:
            undone.remove(quad)
        else:
            done.add(quad)


class Difference:
    """What texts and people say, ``before`` in one store and ``after`` in another.

    ``graphs`` are those of the sources that changed, ``touched`` the statements that one of the two makes.
    """

    def __init__(
        self, before: pyoxigraph.Store, after: pyoxigraph.Store, changes: Changes, graphs: Iterable[NamedNode]
    ):
        self.graphs = tuple(graphs)
        self.before, self.after = Facts(before, None), Facts(after, None)
        self.stores = (before, after)
        gone = {quad.triple for quad in changes.removed if not _stated(after, quad.triple)}
        come = {quad.triple for quad in changes.added if not _stated(before, quad.triple)}
        self.touched: frozenset[Triple] = frozenset(gone | come)

    def subjects(self, predicate: NamedNode, target: Term) -> set[NamedNode]:
        """The things that have or had ``target`` as a value of the property."""
        return {*self.before.subjects(predicate, target), *self.after.subjects(predicate, target)}

    def objects(self, subject: Term, predicate: NamedNode) -> set[NamedNode]:
        """The things that are or were values of the property."""
        found = (*self.before.objects(subject, predicate), *self.after.objects(subject, predicate))
        return {each for each in found if isinstance(each, NamedNode)}

    def of_graphs(self, predicate: NamedNode, target: Term | None = None) -> set[Quad]:
        """The statements with the property that a changed graph makes or made."""
        return {
            quad
            for store in self.stores
            for graph in self.graphs
            for quad in store.quads_for_pattern(None, predicate, target, graph)
        }


def graph_quads(store: pyoxigraph.Store, graph: NamedNode) -> Iterable[Quad]:
    """Every statement of a named graph."""
    return store.quads_for_pattern(None, None, None, graph)


def _stated(store: pyoxigraph.Store, triple: Triple) -> bool:
    """True where a source, or a person, says so."""
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    graphs = (quad.graph_name for quad in quads)
    return any(
        isinstance(graph, NamedNode) and (graph == CURATED or graph.value.startswith(SOURCE_GRAPHS)) for graph in graphs
    )

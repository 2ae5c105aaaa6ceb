"""Typed look-ups in one graph of a store. The data holds no blank nodes and no quoted triples, so none come out."""

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode

from chidao.graph.terms import TYPE, Term, cd

DEFAULT = DefaultGraph()


class Facts:
    """The statements of ``graph`` (default graph if not said; None: all graphs together). Answers are in order."""

    def __init__(self, store: pyoxigraph.Store, graph: NamedNode | DefaultGraph | None = DEFAULT) -> None:
        self._store = store
        self._graph = graph

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
        """(subject, object) of every statement with ``predicate``, in the order of the store."""
        for quad in self._store.quads_for_pattern(None, predicate, None, self._graph):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject, quad.object

    def objects(self, subject: Term | None, predicate: NamedNode) -> list[Term]:
        """The values of a property; none for None and for literals."""
        if not isinstance(subject, NamedNode):
            return []
        quads = self._store.quads_for_pattern(subject, predicate, None, self._graph)
        return sorted({quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)}, key=str)

    def subjects(self, predicate: NamedNode, target: Term) -> list[NamedNode]:
        """The things that have ``target`` as a value of the property."""
        quads = self._store.quads_for_pattern(None, predicate, target, self._graph)
        return sorted({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}, key=str)

    def first(self, subject: Term | None, predicate: NamedNode) -> Term | None:
        """The first value of a property, None where it has none."""
        return next(iter(self.objects(subject, predicate)), None)

    def values(self, subject: Term | None, predicate: NamedNode) -> list[str]:
        """The values of a property as strings."""
        return [term.value for term in self.objects(subject, predicate)]

    def value(self, subject: Term | None, predicate: NamedNode) -> str | None:
        """The first value of a property as a string, None where it has none."""
        return next(iter(self.values(subject, predicate)), None)

    def is_document(self, thing: NamedNode) -> bool:
        """True for a cd:Document."""
        return cd("Document") in self.objects(thing, TYPE)

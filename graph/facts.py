"""Typed look-ups in one graph of a store. The data holds no blank nodes and no quoted triples, so none come out."""

from collections.abc import Iterator, Sequence

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from chidao.graph.terms import TYPE, Term, cd

DEFAULT = DefaultGraph()


class Facts:
    """The statements of ``graph`` (by default the default graph; None: all named ones). Answers are in order."""

    def __init__(self, store: pyoxigraph.Store, graph: NamedNode | DefaultGraph | None = DEFAULT) -> None:
        self._store = store
        self._graph = graph

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
        """(subject, object) of every statement with ``predicate``, once, in the order of the store."""
        for thing, value in self._found("?thing ?value", f"?thing {predicate} ?value"):
            if isinstance(thing, NamedNode) and isinstance(value, NamedNode | Literal):
                yield thing, value

    def instances(self, kind: NamedNode) -> list[NamedNode]:
        """The things of a class; quicker than ``subjects`` where they are many."""
        found = (thing for (thing,) in self._found("?thing", f"?thing {TYPE} {kind}"))
        return sorted((thing for thing in found if isinstance(thing, NamedNode)), key=str)

    def objects(self, subject: Term | None, predicate: NamedNode) -> list[Term]:
        """The values of a property; none for None and for literals."""
        if not isinstance(subject, NamedNode):
            return []
        quads = self._quads(subject, predicate, None)
        return sorted({quad.object for quad in quads if isinstance(quad.object, NamedNode | Literal)}, key=str)

    def subjects(self, predicate: NamedNode, target: Term) -> list[NamedNode]:
        """The things that have ``target`` as a value of the property."""
        quads = self._quads(None, predicate, target)
        return sorted({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}, key=str)

    def described(
        self, predicate: NamedNode, target: NamedNode, properties: Sequence[NamedNode]
    ) -> dict[NamedNode, dict[NamedNode, list[Term]]]:
        """The things that have ``target`` as value of ``predicate``, in order, each with its values of ``properties``.

        Things without any are left out. One question for all: each look-up of its own costs as much.
        """
        wanted = ", ".join(map(str, properties))
        found = self._found(
            "?thing ?property ?value",
            f"?thing {predicate} {target}",
            f"?thing ?property ?value FILTER(?property IN ({wanted}))",
        )
        things: dict[NamedNode, dict[NamedNode, list[Term]]] = {}
        for thing, name, value in sorted((tuple(row) for row in found), key=lambda row: (str(row[0]), str(row[2]))):
            if isinstance(thing, NamedNode) and isinstance(name, NamedNode) and isinstance(value, NamedNode | Literal):
                things.setdefault(thing, {}).setdefault(name, []).append(value)
        return things

    def first(self, subject: Term | None, predicate: NamedNode) -> Term | None:
        """The first value of a property, None where it has none."""
        return next(iter(self.objects(subject, predicate)), None)

    def values(self, subject: Term | None, predicate: NamedNode) -> list[str]:
        """The values of a property as strings."""
        return [term.value for term in self.objects(subject, predicate)]

    def value(self, subject: Term | None, predicate: NamedNode) -> str | None:
        """The first value of a property as a string, None where it has none."""
        return next(iter(self.values(subject, predicate)), None)

    def state(self, subject: Term, predicate: NamedNode, target: Term) -> bool:
        """Whether the statement is made; none is about a literal."""
        return isinstance(subject, NamedNode) and any(True for _ in self._quads(subject, predicate, target))

    def is_document(self, thing: NamedNode) -> bool:
        """True for a cd:Document."""
        return cd("Document") in self.objects(thing, TYPE)

    def _found(self, variables: str, *patterns: str) -> "pyoxigraph.QuerySolutions":
        """The engine is several times quicker at finding many values at once than at giving the statements."""
        within = (f"{self._within(number)} {{ {pattern} }}" for number, pattern in enumerate(patterns))
        found = self._store.query(f"SELECT DISTINCT {variables} {{ {' '.join(within)} }}")
        assert isinstance(found, pyoxigraph.QuerySolutions)  # noqa: S101 - SELECT gives nothing else
        return found

    def _within(self, number: int) -> str:
        """Each pattern may stand in another graph."""
        return "" if self._graph == DEFAULT else f"GRAPH {self._graph or f'?graph{number}'}"

    def _quads(self, subject: NamedNode | None, predicate: NamedNode, target: Term | None) -> Iterator[Quad]:
        """The statements that fit; one is given as often as graphs state it."""
        quads = self._store.quads_for_pattern(subject, predicate, target, self._graph)
        return quads if self._graph is not None else (quad for quad in quads if quad.graph_name != DEFAULT)

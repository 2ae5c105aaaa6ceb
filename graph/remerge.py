"""Bringing the default graph up to date: a statement goes where no named graph gives it any more."""

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from chidao.graph.affected import Named, Names
from chidao.graph.changes import Changes
from chidao.graph.facts import Facts
from chidao.graph.merge import DEFAULT, JOINING, merged
from chidao.graph.terms import Term


def remerge(before: pyoxigraph.Store, store: pyoxigraph.Store, changes: Changes, names: Names) -> set[Quad]:
    """Write into the default graph of ``store`` what ``changes`` and other canonical names make of it.

    ``before`` holds the named graphs as they were. Returns the statements that may have come or gone.
    """
    moved = {NamedNode(iri) for iri in names.moved()}
    old = set(merged({*changes.removed, *_about(before, moved)}, names.before))
    new = set(merged({*changes.added, *_about(store, moved)}, names.after))
    sources = _Sources(store, names.after)
    for quad in old - new:
        if not sources.give(quad):
            store.remove(quad)
    store.extend(new - old)
    return old ^ new


def _about(store: pyoxigraph.Store, things: set[NamedNode]) -> Iterator[Quad]:
    """The statements of named graphs about these, and those that lead to them."""
    for thing in things:
        for subject, target in ((thing, None), (None, thing)):
            quads = store.quads_for_pattern(subject, None, target, None)
            yield from (quad for quad in quads if quad.graph_name != DEFAULT)


class _Sources:
    """Whether a named graph gives a statement of the default graph, by any name of what it is about."""

    def __init__(self, store: pyoxigraph.Store, canonical: Mapping[str, str]) -> None:
        self._facts = Facts(store, None)
        self._named = Named(canonical)

    def give(self, quad: Quad) -> bool:
        """True where one does."""
        subject, target = quad.subject, quad.object
        if quad.predicate in JOINING:
            return self._facts.state(subject, quad.predicate, target)  # type: ignore[arg-type]
        return any(
            self._facts.state(one, quad.predicate, other)
            for one in self._names(subject)  # type: ignore[arg-type]
            for other in self._names(target)  # type: ignore[arg-type]
        )

    def _names(self, term: Term) -> Sequence[Term]:
        return [term] if isinstance(term, Literal) else self._named.by(term)

"""Bringing the default graph up to date: a statement goes where no named graph gives it any more."""

from collections.abc import Iterator, Mapping

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from chidao.graph.affected import Names
from chidao.graph.changes import Changes
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
        self._store = store
        self._canonical = canonical
        self._locals: dict[str, list[str]] = {}
        for local, iri in canonical.items():
            self._locals.setdefault(iri, []).append(local)

    def give(self, quad: Quad) -> bool:
        """True where one does."""
        if quad.predicate in JOINING:
            return self._stated(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]
        return any(
            self._stated(subject, quad.predicate, target)
            for subject in self._named(quad.subject)  # type: ignore[arg-type]
            for target in self._named(quad.object)  # type: ignore[arg-type]
        )

    def _named(self, term: Term) -> list[Term]:
        """The names that are replaced by this one, and itself where it is not replaced."""
        if isinstance(term, Literal):
            return [term]
        own = [term.value] if self._canonical.get(term.value, term.value) == term.value else []
        return [NamedNode(iri) for iri in (*own, *self._locals.get(term.value, ()))]

    def _stated(self, subject: Term, predicate: NamedNode, target: Term) -> bool:
        quads = self._store.quads_for_pattern(subject, predicate, target, None)  # type: ignore[arg-type]
        return any(quad.graph_name != DEFAULT for quad in quads)

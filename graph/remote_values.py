"""Answers of other engines as ours would write them, where that is the same value in other letters."""

from collections.abc import Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, Triple

from chidao.ontology.namespaces import XSD

Term = NamedNode | BlankNode | Literal | Triple
_BOOLEAN = NamedNode(str(XSD.boolean))
_LETTERS = {"0": "false", "1": "true"}


def rows_of(solutions: Iterator[QuerySolution]) -> Iterator[Sequence[Term | None]]:
    """The rows, term by term."""
    for solution in solutions:
        yield tuple(None if term is None else canonical(term) for term in solution)


def canonical(term: Term) -> Term:
    """The term; a boolean as "true" or "false", for which Virtuoso writes 1 and 0."""
    if isinstance(term, Literal) and term.datatype == _BOOLEAN and term.value in _LETTERS:
        return Literal(_LETTERS[term.value], datatype=_BOOLEAN)
    return term


def canonical_triples(triples: Iterator[Triple]) -> Iterator[Triple]:
    """The statements, each with its object as `canonical` gives it."""
    for triple in triples:
        yield Triple(triple.subject, triple.predicate, canonical(triple.object))

"""The chains of documents within a graph that a query gave: each can be opened in the explorer and as a picture."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from chidao.ontology.namespaces import CD, RDFS
from chidao.ontology.vocabulary import vocabulary
from chidao.web import links
from chidao.web.result_names import Names
from chidao.web.result_rows import Row

MOST = 10  # chains that are offered
LONGEST = 8  # documents of an address


@dataclass(frozen=True, slots=True)
class ResultChain:
    """``names`` are those of its documents from the top down; the addresses of the explorer and of the picture."""

    names: tuple[str, ...]
    url: str
    picture: str


def result_chains(triples: Iterable[Row], names: Names) -> tuple[ResultChain, ...]:
    """A chain for each document that another one of the graph stands above, and none below: the first ones."""
    parents = _parents(triples, names)
    above = {parent for found in parents.values() for parent in found}
    lowest = sorted(child for child in parents if child not in above) or sorted(parents)[:1]
    return tuple(_chain(_line(child, parents), names) for child in lowest[:MOST])


def _parents(triples: Iterable[Row], names: Names) -> Mapping[str, Sequence[str]]:
    """Document -> those that it cites in some way; the ones it implements first."""
    found = defaultdict[str, dict[str, bool]](dict)
    for subject, predicate, value in triples:
        if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(value, NamedNode)):
            continue
        related = predicate.value in relations() and subject != value
        if related and names.is_document(subject.value) and names.is_document(value.value):
            implemented = predicate.value == str(CD.implements)
            found[subject.value][value.value] = implemented or found[subject.value].get(value.value, False)
    return {
        child: sorted(nearest, key=lambda parent: (not nearest[parent], parent)) for child, nearest in found.items()
    }


@cache
def relations() -> frozenset[str]:
    """The properties between documents: ``cd:cites`` and all below it."""
    return frozenset(map(str, vocabulary().transitive_subjects(RDFS.subPropertyOf, CD.cites)))


def _line(child: str, parents: Mapping[str, Sequence[str]]) -> list[str]:
    """From the top down to ``child``, always by the first parent; a circle ends where it closes."""
    line = [child]
    while len(line) < LONGEST:
        above = next((parent for parent in parents.get(line[0], ()) if parent not in line), None)
        if above is None:
            break
        line.insert(0, above)
    return line


def _chain(line: Sequence[str], names: Names) -> ResultChain:
    return ResultChain(tuple(map(names.name, line)), links.chain(*line), links.picture(line[0]))

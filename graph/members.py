"""The members of groups: who "UBND các huyện, thị xã" of a province were on the day of the document that names them."""

from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from chidao.graph.facts import Facts
from chidao.graph.names import SOURCE_GRAPHS, body_iri, graph_iri, register_path
from chidao.graph.terms import PREF_LABEL, TYPE, cd
from chidao.ontology.register import register

MOST_MEMBERS = 300
"""Groups with more (all communes of the country) state the level of their members only."""
_OF_DOCUMENTS = (cd("issuedBy"), cd("addressedTo"), cd("copiedTo"))
_OF_NORMS = (cd("bearer"), cd("reportsTo"), cd("via"), cd("with"))
_DERIVED = NamedNode(graph_iri("derived"))


def member_quads(store: pyoxigraph.Store, groups: Iterable[NamedNode] | None = None) -> Iterator[Quad]:
    """The members, for the derived graph, of every group that documents of one day name; or of ``groups`` only."""
    for group in (None,) if groups is None else groups:
        for quad in store.quads_for_pattern(group, TYPE, cd("BodyGroup"), None):
            named, graph = quad.subject, quad.graph_name
            if isinstance(named, NamedNode) and isinstance(graph, NamedNode) and graph.value.startswith(SOURCE_GRAPHS):
                for path in _members(Facts(store, graph), named):
                    yield Quad(named, cd("member"), NamedNode(body_iri(path)), _DERIVED)


def _members(facts: Facts, group: NamedNode) -> list[str]:
    """The paths of the members, in order; none where the day is not known or the words leave them open."""
    days, label = _days(facts, group), facts.value(group, PREF_LABEL)
    within = facts.value(group, cd("within"))
    if len(days) != 1 or not label:
        return []
    path = register_path(within, "place") if within else None
    found = register().members(label, path, days.pop())
    return sorted(entry.path for entry in found) if len(found) <= MOST_MEMBERS else []


def _days(facts: Facts, group: NamedNode) -> set[str]:
    """The dates of the documents that name the group, or impose norms on it."""
    documents = {document for line in _OF_DOCUMENTS for document in facts.subjects(line, group)}
    norms = {norm for line in _OF_NORMS for norm in facts.subjects(line, group)}
    imposing = (each for norm in norms for each in facts.objects(norm, cd("imposedBy")))
    documents |= {each for each in imposing if isinstance(each, NamedNode)}
    return {day for document in documents for day in facts.values(document, cd("issued"))}

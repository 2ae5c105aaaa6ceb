"""What follows from a source's own statements is left out of its graph, and published in the derived one."""

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple
from record_factory import ba_che, full_record

from chidao.graph.identify import DERIVED
from chidao.graph.implied import implied_triples, write_implied
from chidao.graph.names import folded, local_iri, source_graph_iri, source_iri
from chidao.graph.quads import record_quads
from chidao.graph.terms import FOLDED, HIDDEN_LABEL, PREF_LABEL, TYPE, cd, oa


def store_of(*records) -> tuple[pyoxigraph.Store, list[NamedNode]]:
    store = pyoxigraph.Store()
    for record, text in records:
        store.extend(record_quads(record, text))
    return store, [NamedNode(source_graph_iri(record.source.sha256)) for record, _ in records]


def test_a_graph_does_not_say_what_follows_from_it() -> None:
    store, graphs = store_of(*ba_che(), full_record())
    found = set(implied_triples(store, graphs))
    assert found.isdisjoint(quad.triple for quad in store)
    assert {cd("Norm"), oa("SpecificResource"), oa("TextQuoteSelector")} <= {triple.object for triple in found}


def test_each_source_implies_things_of_its_own_only() -> None:
    """So that a source that goes takes with it what no other implies."""
    store, graphs = store_of(*ba_che())
    for graph in graphs:
        own = list(implied_triples(store, [graph]))
        assert own
        assert all(triple.subject.value.startswith(f"{source_iri(graph.value[-16:])}/") for triple in own)


def test_all_sources_together_imply_what_each_of_them_does() -> None:
    store, graphs = store_of(*ba_che(), full_record())
    write_implied(store)
    written = [quad.triple for quad in store.quads_for_pattern(None, None, None, DERIVED)]
    assert set(written) == set(implied_triples(store, graphs))
    assert len(written) == sum(len(list(implied_triples(store, [graph]))) for graph in graphs)


def test_a_quote_ends_where_its_code_points_do() -> None:
    store, (graph,) = store_of(full_record())
    quote = NamedNode(f"{local_iri(graph.value[-16:], 'quote', '7-10')}")
    selector = NamedNode(f"{quote.value}/selector")
    for each in (
        Triple(quote, oa("hasSelector"), selector),
        Triple(selector, oa("exact"), Literal("a\U0001d11eẹ")),
        Triple(selector, oa("start"), Literal(7)),
    ):
        store.add(pyoxigraph.Quad(each.subject, each.predicate, each.object, graph))
    assert Triple(selector, oa("end"), Literal(10)) in set(implied_triples(store, [graph]))


def test_names_and_norms_are_searched_without_marks() -> None:
    store, (graph,) = store_of(full_record())
    body = NamedNode(local_iri(graph.value[-16:], "body", "x"))
    store.add(pyoxigraph.Quad(body, PREF_LABEL, Literal("Tổ công tác Đ", language="vi"), graph))
    found = set(implied_triples(store, [graph]))
    assert Triple(body, FOLDED, Literal("to cong tac d")) in found
    assert Triple(body, HIDDEN_LABEL, Literal("to cong tac d", language="vi")) in found
    for triple in found:
        if triple.predicate == cd("text"):
            assert Triple(triple.subject, FOLDED, Literal(folded(triple.object.value))) in found
            assert Triple(triple.subject, TYPE, cd("Norm")) in found

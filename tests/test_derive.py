"""What follows from several texts: identities where they are sure, ancestors along cd:implements, circles reported."""

import networkx as nx
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store
from record_factory import DISTRICT_PARTY, PRIME_MINISTER, PROVINCE_PARTY, PROVINCE_STATE, ba_che, directive

from chidao.graph.derive import closure_triples, cycles, derive
from chidao.graph.identify import CURATED, DERIVED, canonical_documents
from chidao.graph.names import derived_iri
from chidao.graph.periods import same_period
from chidao.graph.quads import record_quads
from chidao.graph.terms import TYPE, cd


def store_of(*texts) -> pyoxigraph.Store:
    store = Store()
    for record, text in texts:
        store.extend(record_quads(record, text))
    return store


def undated(issuer, type_code, number, code, citing_date="2021-10-19"):
    """A district's directive that cites a document without its date."""
    return directive(DISTRICT_PARTY, "CT", "7", "HU", citing_date, cites=((issuer, type_code, number, code, None),))


@pytest.mark.parametrize(
    ("corpus", "citing_date", "identified"),
    [
        (["2021-10-18"], "2021-10-19", True),
        (["2021-10-18"], "2021-10-18", True),
        (["2021-10-20"], "2021-10-19", False),  # issued after the text that cites it
        (["2016-10-18"], "2021-10-19", False),  # a term of the Party before
        (["2020-10-20"], "2021-10-19", False),  # while the congress sat: either term
        (["2020-12-20", "2021-10-18"], "2021-10-19", False),  # two of that number: never chosen
        (["2021-10-18"], None, False),  # the citing text has no date: no period
        ([], "2021-10-19", False),
    ],
)
def test_a_citation_without_date_names_the_one_document_that_corpus_and_period_leave(
    corpus: list[str], citing_date: str | None, identified: bool
) -> None:
    known = [directive(PROVINCE_PARTY, "CT", "18", "TU", issued, path=issued) for issued in corpus]
    record, text = undated(PROVINCE_PARTY, "CT", "18", "TU", citing_date)
    store = store_of(*known, (record, text))
    derive(store)
    local = record.citations[0].cited.iri
    expected = {local: known[0][0].documents[0].iri} if identified else {}
    assert canonical_documents(store) == expected
    suggested = list(store.quads_for_pattern(None, cd("suggestedDocument"), None, DERIVED))
    assert len(suggested) == (0 if identified else len(corpus))


@pytest.mark.parametrize(
    ("issued", "citing_date", "identified"),
    [("2021-03-31", "2021-04-20", True), ("2020-03-31", "2021-04-20", False)],
)
def test_numbers_of_the_state_restart_each_year(issued: str, citing_date: str, identified: bool) -> None:
    known = directive(PRIME_MINISTER, "CT", "16", "TTg", issued)
    store = store_of(known, undated(PRIME_MINISTER, "CT", "16", "TTg", citing_date))
    derive(store)
    assert bool(canonical_documents(store)) == identified


def test_another_body_with_the_same_symbol_is_no_candidate() -> None:
    known = directive(PROVINCE_STATE, "CT", "18", "UBND", "2021-10-18")
    store = store_of(known, undated(PROVINCE_PARTY, "CT", "18", "TU"))
    derive(store)
    assert canonical_documents(store) == {}
    assert not list(store.quads_for_pattern(None, cd("suggestedDocument"), None, DERIVED))


def test_what_a_person_settled_or_refused_outranks_the_rule() -> None:
    known = directive(PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
    record, text = undated(PROVINCE_PARTY, "CT", "18", "TU")
    local, canonical = NamedNode(record.citations[0].cited.iri), NamedNode(known[0].documents[0].iri)
    settled = NamedNode("https://w3id.org/chidao/id/document/quang-ninh/tinh-uy/2020/ct-18")
    store = store_of(known, (record, text))
    store.add(Quad(local, cd("sameDocumentAs"), settled, CURATED))
    derive(store)
    assert canonical_documents(store) == {local.value: settled.value}

    store = store_of(known, (record, text))
    store.add(Quad(local, cd("ruledOut"), canonical, CURATED))
    derive(store)
    assert canonical_documents(store) == {}


def test_an_identity_carries_the_chain() -> None:
    eighteen = directive(PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
    store = store_of(eighteen, undated(PROVINCE_PARTY, "CT", "18", "TU"))
    derive(store)
    descended = {quad.object.value for quad in store.quads_for_pattern(None, cd("descendsFrom"), None, DERIVED)}
    assert descended == {eighteen[0].documents[0].iri}


def test_every_ancestor_has_a_descent_with_steps_method_and_confidence() -> None:
    store = store_of(*ba_che())
    circles = derive(store)
    plan, seven, eighteen = (text[0].documents[0].iri for text in reversed(ba_che()))
    for document, ancestor, steps in ((plan, eighteen, 2), (plan, seven, 1), (seven, eighteen, 1)):
        descent = NamedNode(derived_iri("descent", document, ancestor))
        assert step_values(store, descent) == {"steps": str(steps), "confidence": "1"}
    assert sum(quad.object == cd("Descent") for quad in store.quads_for_pattern(None, TYPE, None, DERIVED)) == 3
    assert circles == ()


def step_values(store: pyoxigraph.Store, descent: NamedNode) -> dict[str, str]:
    found = {}
    for name in ("steps", "confidence"):
        (quad,) = store.quads_for_pattern(descent, cd(name), None, DERIVED)
        found[name] = quad.object.value
    return found


def test_deriving_again_gives_the_same() -> None:
    store = store_of(*ba_che())
    derive(store)
    first = sorted(map(str, store))
    derive(store)
    assert sorted(map(str, store)) == first


def test_a_circle_is_reported_and_gives_no_ancestors_within() -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("b", "top"), ("c", "a"), ("d", "d")])
    assert cycles(graph) == [("a", "b"), ("d",)]
    triples = closure_triples(graph_of_iris(graph))
    pairs = {(t.subject.value[-1], t.object.value[-1]) for t in triples if t.predicate == cd("descendsFrom")}
    assert pairs == {("a", "p"), ("b", "p"), ("c", "a"), ("c", "b"), ("c", "p")}


def graph_of_iris(graph: nx.DiGraph) -> nx.DiGraph:
    return nx.relabel_nodes(graph, {node: f"urn:{node}" for node in graph})


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_the_closure_is_that_of_the_graph_outside_circles(edges: set[tuple[int, int]]) -> None:
    graph = graph_of_iris(nx.DiGraph(edges))
    circles = {document: group for group in cycles(graph) for document in group}
    expected = {
        (document, ancestor)
        for document in graph
        for ancestor in nx.descendants(graph, document)
        if ancestor not in circles.get(document, ())
    }
    triples = [t for t in closure_triples(graph) if t.predicate == cd("descendsFrom")]
    assert {(t.subject.value, t.object.value) for t in triples} == expected
    assert sum(1 for t in closure_triples(graph) if t.predicate == TYPE) == len(expected)


@pytest.mark.parametrize(
    ("system", "level", "earlier", "later", "same"),
    [
        ("state", "central", "2021-01-02", "2021-12-31", True),
        ("state", "central", "2020-12-31", "2021-01-02", False),
        ("party", "province", "2021-01-02", "2025-06-30", True),
        ("party", "province", "2020-09-30", "2020-12-30", False),
        ("party", "province", "2019-01-01", "2022-01-01", False),
        ("party", "central", "2021-03-01", "2025-12-31", True),
        ("party", "central", "2020-12-31", "2021-03-01", False),
        ("party", "district", "2020-10-01", "2021-10-19", True),
        ("party", "nowhere", "2021-10-01", "2021-10-19", False),
    ],
)
def test_numbering_periods(system: str, level: str, earlier: str, later: str, same: bool) -> None:
    assert same_period(system, level, earlier, later) is same

"""The vocabulary keeps its own rules, and the shipped queries use only what it says."""

import re

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import BNode, Graph, Literal, URIRef

from chidao.ontology.named_query import Parameter, Text, parse_query
from chidao.ontology.namespaces import CD, DCTERMS, OWL, RDF, RDFS, SKOS
from chidao.ontology.vocabulary import (
    document_types,
    queries,
    query,
    shapes,
    style_shapes,
    vocabulary,
    vocabulary_ntriples,
)

ONTOLOGY = URIRef(str(CD).rstrip("#"))


def own_terms() -> set[str]:
    return {str(term) for term in vocabulary().subjects() if str(term).startswith(CD)}


def style_report(graph: Graph) -> tuple[bool, str]:
    conforms, _, text = validate(graph, shacl_graph=style_shapes(), advanced=True, inference="none")
    return conforms, text


def test_every_term_keeps_the_style() -> None:
    """Labels and definitions in both languages, a domain and range or the reason why not."""
    conforms, text = style_report(vocabulary())
    assert conforms, text


@pytest.mark.parametrize(
    ("removed", "message"),
    [
        ((CD.implements, SKOS.prefLabel, Literal("thực hiện", lang="vi")), "Exactly one label"),
        ((CD.Norm, SKOS.definition, None), "Exactly one definition"),
        ((CD.citing, RDFS.range, None), "A domain and a range, or a scope note"),
        ((CD.symbol, RDFS.isDefinedBy, None), "says that this vocabulary defines it"),
        ((CD.central, SKOS.inScheme, None), "exactly one scheme"),
        ((CD["type-chi-thi"], SKOS.notation, None), "exactly one code"),
    ],
)
def test_the_style_shapes_see_a_missing_part(removed: tuple[URIRef, URIRef, Literal | None], message: str) -> None:
    graph = Graph() + vocabulary()
    assert removed[:2] in {(s, p) for s, p, _ in graph}
    graph.remove(removed)
    conforms, text = style_report(graph)
    assert not conforms
    assert message in text


def test_no_blank_nodes() -> None:
    """Nothing of the vocabulary may become a blank node in the store."""
    assert not [node for triple in vocabulary() for node in triple if isinstance(node, BNode)]


def test_every_own_term_that_is_used_is_declared() -> None:
    nodes = {node for triple in vocabulary() for node in triple if isinstance(node, URIRef)}
    used = {str(node) for node in nodes if str(node).startswith(CD)}
    assert used == own_terms()


def test_every_predicate_and_class_is_declared_without_imports() -> None:
    graph = vocabulary()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    built_in = (str(OWL), str(RDF), str(RDFS))
    used = set(graph.predicates()) | set(graph.objects(None, RDF.type)) | set(graph.objects(None, RDFS.subClassOf))
    assert {term for term in used - declared if not str(term).startswith(built_in)} == set()
    assert (None, OWL.imports, None) not in graph


def test_the_header_names_version_licence_and_titles() -> None:
    titles = {getattr(title, "language", None) for title in vocabulary().objects(ONTOLOGY, DCTERMS.title)}
    assert titles == {"vi", "en"}
    assert str(vocabulary().value(ONTOLOGY, OWL.versionIRI)).endswith("/ontology/0.1.0")
    assert (ONTOLOGY, DCTERMS.license, None) in vocabulary()


@pytest.mark.parametrize(
    "relation", ["implements", "basedOn", "amends", "repeals", "replaces", "guides", "disseminates", "requestedBy"]
)
def test_every_relation_between_documents_is_below_cites(relation: str) -> None:
    assert CD.cites in set(vocabulary().transitive_objects(CD[relation], RDFS.subPropertyOf))


def test_levels_are_ranked_from_the_centre_down() -> None:
    ranks = {str(level)[len(CD) :]: int(str(rank)) for level, rank in vocabulary().subject_objects(CD["rank"])}
    assert ranks == {"central": 0, "province": 1, "district": 2, "commune": 3, "grassroots": 4}


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("CT", "type-chi-thi"),
        ("QĐ", "type-quyet-dinh"),  # Quy định is written QĐ too: the notation decides
        ("QĐi", "type-quy-dinh"),
        ("QyĐ", "type-quy-dinh"),
        ("TT", "type-thong-tu"),
        ("TTri", "type-thong-tri"),
        ("TTr", "type-to-trinh"),
        ("L", "type-luat"),
        ("ĐA", "type-de-an"),
        ("DA", "type-du-an"),
        ("Ctr", "type-chuong-trinh"),
    ],
)
def test_a_code_names_one_type(code: str, concept: str) -> None:
    assert document_types()[code] == CD[concept]


def test_no_two_types_share_a_notation() -> None:
    notations = [str(code) for code in vocabulary().objects(None, SKOS.notation)]
    assert len(notations) == len(set(notations))


def test_ntriples_are_the_graph_in_stable_order() -> None:
    lines = vocabulary_ntriples().splitlines()
    assert lines == sorted(lines)
    assert len(Graph().parse(data=vocabulary_ntriples(), format="nt")) == len(vocabulary()) == len(lines)
    pyoxigraph.Store().load(vocabulary_ntriples().encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)


def test_shapes_use_declared_terms_only() -> None:
    text = shapes().serialize(format="turtle")
    assert own_terms() >= {str(CD) + name for name in re.findall(r"\bcd:([A-Za-z][\w-]*)", text)}


# Shipped queries


@pytest.mark.parametrize("name", sorted(queries()))
def test_a_query_runs_on_an_empty_store_with_and_without_values(name: str) -> None:
    store = pyoxigraph.Store()
    for text in (query(name).text, query(name).bind()):
        solutions = store.query(text)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        assert list(solutions) == []


@pytest.mark.parametrize("name", sorted(queries()))
def test_a_query_uses_declared_terms_and_its_own_parameters(name: str) -> None:
    text = query(name).text
    assert own_terms() >= {str(CD) + term for term in re.findall(r"\bcd:([A-Za-z][\w-]*)", text)}
    assert set(re.findall(r"\$(\w+)", text)) == {parameter.name for parameter in query(name).parameters}
    assert "$" not in query(name).bind()


@pytest.mark.parametrize(
    ("name", "values", "part"),
    [
        ("chain-below", {"document": "https://example.org/d/1"}, "?parent cd:implements* <https://example.org/d/1> ."),
        ("deadlines", {"from": "1970-01-02", "to": "2021-10-19"}, "?day >= 1 && ?day <= 18919"),
    ],
)
def test_values_become_terms(name: str, values: dict[str, str], part: str) -> None:
    assert part in query(name).bind(**values)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("chain-below", {"document": "07-CT/HU"}, "not an absolute IRI"),
        ("chain-below", {"document": "https://a/> } DROP ALL #"}, "not an absolute IRI"),
        ("chain-below", {"document": "https://a/\n"}, "not an absolute IRI"),
        ("chain-below", {"dokument": "https://a/"}, "no parameter 'dokument'; it has: document"),
        ("deadlines", {"from": "19/10/2021"}, "not a date such as"),
        ("deadlines", {"from": "1) || (1=1"}, "not a date such as"),
        ("counts", {"level": "x"}, "it has: none"),
    ],
)
def test_a_bad_value_is_refused_with_a_reason(name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        query(name).bind(**values)


def test_an_unknown_query_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="chain-below"):
        query("chain")


@given(st.text())
def test_a_text_value_comes_back_as_it_went_in(value: str) -> None:
    """Quotes, line ends, backslashes and parameter names inside a value stay a value."""
    parameter = Parameter("x", Text("x", "x"), "x", "text")
    solutions = pyoxigraph.Store().query(f"SELECT ({parameter.term(value)} AS ?back) {{}}")
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert [solution["back"].value for solution in solutions] == [value]


def test_a_value_that_looks_like_a_parameter_is_not_filled_in() -> None:
    head = "# title@vi: a\n# title@en: a\n# question@vi: a\n# question@en: a\n"
    twice = parse_query("t", head + "# param: a | a | a | x\n# param: b | b | b | y\nSELECT ($a AS ?p) ($b AS ?q) {}")
    assert 'SELECT ("$b" AS ?p) ("z" AS ?q)' in twice.bind(a="$b", b="z")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# title@vi: a\nSELECT * {}", "lacks the head line"),
        (
            "# title@vi: a\n# title@en: a\n# question@vi: a\n# question@en: a\n# param: a | b\n",
            "name | vi | en | default",
        ),
    ],
)
def test_a_query_file_with_a_poor_head_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_query("bad", text)

"""The vocabulary keeps its own rules, and the shipped queries use only what it says."""

import re
from typing import get_args

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import BNode, Graph, Literal, Namespace, URIRef

from chidao.graph.model import Relation
from chidao.graph.names import folded
from chidao.ontology.named_query import Parameter, Text, parse_query
from chidao.ontology.namespaces import CD, DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from chidao.ontology.vocabulary import (
    document_types,
    modules,
    ontology,
    queries,
    query,
    shapes,
    style_shapes,
    vocabulary,
    vocabulary_ntriples,
)

ONTOLOGY = URIRef(str(CD).rstrip("#"))
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
ODRL = Namespace("http://www.w3.org/ns/odrl/2/")


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
        ((CD["type-chi-thi"], CD.typeCode, None), "exactly one code of its own"),
        ((CD["type-chi-thi"], DCTERMS.source, None), "names its legal source"),
        ((CD.Citation, SKOS.example, None), "At least one example"),
        ((CD.amends, SKOS.example, None), "At least one example"),
        ((CD["issuing-ket-luan-party"], CD.ofType, None), "at least one issuing rule"),
        ((CD["issuing-chi-thi-state"], CD.mayBeIssuedBy, None), "names a kind of body"),
        ((CD["issuing-chi-thi-state"], DCTERMS.source, None), "A rule names its legal source"),
        ((CD["kind-chinh-phu"], CD.level, None), "names the levels that have it"),
    ],
)
def test_the_style_shapes_see_a_missing_part(removed: tuple[URIRef, URIRef, Literal | None], message: str) -> None:
    graph = Graph() + vocabulary()
    assert removed[:2] in {(s, p) for s, p, _ in graph}
    graph.remove(removed)
    conforms, text = style_report(graph)
    assert not conforms
    assert message in text


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ((CD.implements, OWL.inverseOf, CD.basedOn), "No inverse properties"),
        ((CD.Document, OWL.equivalentClass, ELI.LegalResource), "by rdfs:subClassOf only"),
        ((CD.cites, OWL.equivalentProperty, ELI.cites), "by rdfs:subPropertyOf only"),
        ((CD.cites, OWL.deprecated, Literal(True)), "names what replaces it"),
        ((CD["type-quy-dinh"], CD.typeCode, Literal("QĐ")), "share a code"),
        ((CD["decree-30-2020"], CD.validTo, Literal("2019-01-01", datatype=XSD.date)), "not after the last"),
        ((CD.lowerCaseClass, RDF.type, OWL.Class), "begins with a capital"),
        ((CD.UpperCaseProperty, RDF.type, OWL.ObjectProperty), "begins with a small letter"),
    ],
)
def test_the_style_shapes_see_what_must_not_be(added: tuple[URIRef, URIRef, URIRef | Literal], message: str) -> None:
    conforms, text = style_report(Graph() + vocabulary() + Graph().add(added))
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
    assert str(vocabulary().value(ONTOLOGY, OWL.versionIRI)).endswith("/ontology/0.2.0")
    assert str(vocabulary().value(ONTOLOGY, OWL.priorVersion)).endswith("/ontology/0.1.0")
    assert (ONTOLOGY, DCTERMS.license, None) in vocabulary()


# The thirteen relations under which the national database of legal documents shows a document, and the Party's own words.
@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("hướng dẫn áp dụng", "guides"),
        ("quy định chi tiết, hướng dẫn thi hành", "details"),
        ("hợp nhất", "consolidates"),
        ("sửa đổi bổ sung", "amends"),
        ("đính chính", "corrects"),
        ("thay thế", "replaces"),
        ("bãi bỏ", "repeals"),
        ("dẫn chiếu", "cites"),
        ("áp dụng", "basedOn"),
        ("căn cứ ban hành", "basedOn"),
        ("giải thích", "explains"),
        ("đình chỉ thi hành", "suspends"),
        ("tạm ngưng hiệu lực", "suspends"),
        ("công bố", "promulgates"),
        ("quán triệt", "disseminates"),
        ("cụ thể hóa", "concretises"),
        ("sao gửi", "copies"),
        ("thực hiện", "implements"),
    ],
)
def test_a_lawyers_name_of_a_relation_leads_to_one_property_below_cites(name: str, relation: str) -> None:
    label = Literal(name, lang="vi")
    found = {term for kind in (SKOS.prefLabel, SKOS.altLabel) for term in vocabulary().subjects(kind, label)}
    assert found & set(vocabulary().transitive_subjects(RDFS.subPropertyOf, CD.cites)) == {CD[relation]}


def test_the_relations_of_the_record_are_below_cites() -> None:
    below = {str(term).removeprefix(CD) for term in vocabulary().transitive_subjects(RDFS.subPropertyOf, CD.cites)}
    assert below >= set(get_args(Relation))


# Alignment


@pytest.mark.parametrize(
    ("own", "broader"),
    [
        (CD.Document, ELI.LegalResource),
        (CD.implements, ELI.applies),
        (CD.amends, ELI.amends),
        (CD.replaces, ELI.changes),
        (CD.Body, ORG.Organization),
        (CD.subordinateTo, ORG.subOrganizationOf),
        (CD.ledBy, ORG.linkedTo),
        (CD.Obligation, ODRL.Duty),
        (CD.bearer, ODRL.assignee),
        (CD.NumberingPeriod, URIRef("http://www.w3.org/2006/time#ProperInterval")),
    ],
)
def test_an_own_term_lies_below_a_standard_one(own: URIRef, broader: URIRef) -> None:
    steps = (RDFS.subClassOf, RDFS.subPropertyOf)
    assert any(broader in set(vocabulary().transitive_objects(own, step)) for step in steps)


@pytest.mark.parametrize(
    "trap",
    [
        (None, RDFS.subPropertyOf, ELI.implements),  # deprecated: eli:applies takes its place
        (None, None, ELI.title),  # belongs to the expression
        (CD.changedBy, RDFS.subPropertyOf, ORG.changedBy),  # places change too
        (CD.Request, RDFS.subClassOf, ODRL.Duty),  # asks, does not oblige
        (CD.corrects, RDFS.subPropertyOf, CD.modifies),  # ELI: a correction has no legal effect
    ],
)
def test_a_trap_of_the_alignment_is_avoided(trap: tuple[URIRef | None, URIRef | None, URIRef]) -> None:
    assert trap not in vocabulary()


def test_a_request_is_no_duty() -> None:
    assert ODRL.Duty not in set(vocabulary().transitive_objects(CD.Request, RDFS.subClassOf))


def test_the_modules_make_up_the_vocabulary_and_each_says_what_it_is() -> None:
    assert sum((module.graph for module in modules()), Graph()).isomorphic(vocabulary())
    untitled = [module.name for module in modules() if not module.iri]
    assert untitled == ["chidao"]


def test_only_the_axioms_add_blank_nodes() -> None:
    assert len(ontology()) > len(vocabulary())
    assert all(triple in ontology() for triple in vocabulary())


def test_levels_are_ranked_from_the_centre_down() -> None:
    ranks = {str(level)[len(CD) :]: int(str(rank)) for level, rank in vocabulary().subject_objects(CD["rank"])}
    assert ranks == {"central": 0, "province": 1, "district": 2, "commune": 3, "grassroots": 4}


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("CT", "type-chi-thi"),
        ("QĐ", "type-quyet-dinh"),  # Quy định is written QĐ too: records say QĐi for it
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
    assert document_types()[code] == str(CD[concept])


@pytest.mark.parametrize(
    ("notation", "types"),
    [
        ("QĐ", {"type-quyet-dinh", "type-quy-dinh"}),
        ("TT", {"type-thong-tu", "type-thong-tri"}),
        ("TB", {"type-thong-bao", "type-tuyen-bo"}),
        ("CT", {"type-chi-thi"}),
    ],
)
def test_an_ambiguous_code_is_the_notation_of_several_types(notation: str, types: set[str]) -> None:
    found = set(vocabulary().subjects(SKOS.notation, Literal(notation)))
    assert found == {CD[name] for name in types}


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
    assert set(re.findall(r"\$([A-Za-z]\w*)", text)) == {parameter.name for parameter in query(name).parameters}
    assert not re.search(r"\$[A-Za-z]", query(name).bind())


@pytest.mark.parametrize(
    ("name", "values", "part"),
    [
        ("chain-below", {"document": "https://example.org/d/1"}, "?parent cd:implements* <https://example.org/d/1> ."),
        ("deadlines", {"from": "1970-01-02", "to": "2021-10-19"}, "?day >= 1 && ?day <= 18919"),
        ("in-force", {"day": "2021-10-19"}, 'STR("2021-10-19"^^<http://www.w3.org/2001/XMLSchema#date>) AS ?today'),
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
        ("in-force", {"day": "2021-02-30"}, "not a date such as"),
        ("deadlines", {"from": "1) || (1=1"}, "not a date such as"),
        ("drift", {"level": "x"}, "it has: document"),
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


@pytest.mark.parametrize(
    "words", ["Phòng cháy, CHỮA cháy", "486/QĐ-UBND", "ðô thị - xã Đồn Đạc", "Ỷ ỹ  Ợ", "  !", "hoà thuỷ"]
)
def test_words_to_be_found_are_folded_as_the_graph_has_them(words: str) -> None:
    assert Parameter("x", Text("x", "x"), "x", "folded").term(words) == f'"{folded(words)}"'


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
        (
            "# title@vi: a\n# title@en: a\n# question@vi: a\n# question@en: a\n# param: a | b | c | d | villages\n",
            "choose from document, body, language or cd:",
        ),
    ],
)
def test_a_query_file_with_a_poor_head_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_query("bad", text)

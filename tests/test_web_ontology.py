"""The page of the vocabulary: every term with its words, the table of types, the same ontology in every format."""

import re

import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.compare import isomorphic

from chidao.ontology.namespaces import CD, OWL, RDF, SKOS
from chidao.ontology.vocabulary import ontology, vocabulary
from chidao.web import links
from chidao.web.language import Language
from chidao.web.ontology_diagram import HEIGHT, WIDTH, diagram
from chidao.web.ontology_terms import document_types, sections

LANGUAGES: list[Language] = ["vi", "en"]
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.Concept, SKOS.ConceptScheme)


def own_names() -> set[str]:
    terms = {term for kind in KINDS for term in vocabulary().subjects(RDF.type, kind)}
    return {str(term)[len(CD) :] for term in terms if str(term).startswith(CD)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_its_anchor_once(client: FlaskClient, language: str) -> None:
    page = client.get(f"/ontology?lang={language}").get_data(as_text=True)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert own_names() <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_within_the_page_leads_somewhere(client: FlaskClient, language: str) -> None:
    page = client.get(f"/ontology?lang={language}").get_data(as_text=True)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'\bid="([^"]+)"', page))


def test_terms_are_defined_in_the_language_chosen(client: FlaskClient) -> None:
    vietnamese, english = (client.get(f"/ontology?lang={lang}").get_data(as_text=True) for lang in LANGUAGES)
    assert "Văn bản này được ban hành để thực hiện văn bản kia." in vietnamese
    assert "One document was issued to carry out another." in english
    assert "One document was issued" not in vietnamese


def test_a_term_shows_example_superterms_and_alignment() -> None:
    (implements,) = (term for section in sections("en") for term in section.terms if term.name == "implements")
    assert implements.examples == ("Thực hiện Chỉ thị số …, Ban Thường vụ Huyện ủy yêu cầu",)
    assert [link.note for link in implements.above] == ["cites", "descendsFrom"]
    assert [(link.text, link.url) for link in implements.aligned] == [
        ("eli:applies", "http://data.europa.eu/eli/ontology#applies")
    ]
    assert [link.note for link in implements.narrower] == ["concretises"]


def test_a_broader_term_stands_before_its_narrower_ones() -> None:
    (relations,) = (section for section in sections("vi") if section.name == "relations")
    names = [term.name for term in relations.terms]
    assert names.index("cites") < names.index("implements") < names.index("concretises")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_types_says_who_issues_them_and_since_when(language: Language) -> None:
    rows = {row.name: row for row in document_types(language)}
    assert {row.name for row in rows.values() if row.code == "QĐ"} == {"type-quyet-dinh", "type-quy-dinh"}
    (party,) = (rule for rule in rows["type-chi-thi"].rules if rule.system == "party")
    assert [source.note for source in party.sources] == ["2017-02-06/2026-01-08", "2026-01-09/"]
    assert ("Bộ Chính trị" if language == "vi" else "Political Bureau") in " ".join(kinds for kinds, _ in party.issuers)
    assert party.normative == "ontology_normative_false"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_stays_on_its_field(language: Language) -> None:
    picture = diagram(language, "quote")
    assert all(0 < box.x < WIDTH and 0 < box.y < HEIGHT for box in picture.boxes)
    assert all(0 <= x <= WIDTH for line in picture.lines for x in (line.x1, line.x2, line.x))
    assert {"Document", "Agent", "Norm", "Reference", "SourceText"} <= {box.name for box in picture.boxes}


@pytest.mark.parametrize(("ending", "parser"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_every_download_is_the_whole_ontology(client: FlaskClient, ending: str, parser: str) -> None:
    answer = client.get(f"/ontology.{ending}")
    assert answer.status_code == 200
    assert len(Graph().parse(data=answer.get_data(), format=parser)) == len(ontology())


def test_the_turtle_says_the_same_as_the_files(client: FlaskClient) -> None:
    assert isomorphic(Graph().parse(data=client.get("/ontology.ttl").get_data(), format="turtle"), ontology())


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("text/html", "text/html; charset=utf-8"),
    ],
)
def test_programs_get_what_they_accept(client: FlaskClient, accept: str, kind: str) -> None:
    assert client.get("/ontology", headers={"Accept": accept}).content_type == kind


@pytest.mark.parametrize("address", ["/ontology.csv", "/ontology?format=csv", "/ontology.doc"])
def test_another_format_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 406


def test_the_page_keeps_the_strict_policy(client: FlaskClient) -> None:
    """Nothing inline that the policy would refuse, nothing from elsewhere."""
    answer = client.get("/ontology")
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    page = answer.get_data(as_text=True)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=\"/)", page)
    assert not re.search(r'(?:src|<link[^>]*href)="https?:', page)


def test_the_navigation_leads_there(client: FlaskClient) -> None:
    assert '<a href="/ontology" aria-current="page">' in client.get("/ontology").get_data(as_text=True)
    assert '<a href="/ontology">' in client.get("/about").get_data(as_text=True)


def test_other_pages_link_to_the_term() -> None:
    assert links.page(str(CD.implements)) == "/ontology#implements"

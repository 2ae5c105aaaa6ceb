"""References to unnamed documents get at most five candidates, by issuer, window, type and subject; never an edge."""

from dataclasses import replace

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store
from record_factory import (
    CENTRE,
    DISTRICT_PARTY,
    DISTRICT_STATE,
    PRIME_MINISTER,
    PROVINCE_PARTY,
    PROVINCE_STATE,
    body,
    directive,
)

from chidao.graph.derive import derive
from chidao.graph.facts import Facts
from chidao.graph.identify import CURATED, DERIVED
from chidao.graph.model import Body, CollectiveReference, OralInstruction, Record, Span
from chidao.graph.names import graph_iri
from chidao.graph.quads import record_quads
from chidao.graph.terms import cd
from chidao.ontology.vocabulary import vocabulary_ntriples

PARTY = body("trung-uong/dang", "Đảng", "central", "party")
STANDING = body(
    "quang-ninh/ban-thuong-vu", "Ban Thường vụ Tỉnh ủy Quảng Ninh", "province", "party", PROVINCE_PARTY.series
)
FIRES = "Về phòng cháy, chữa cháy rừng và ứng phó sạt lở đất"
Text = tuple[Record, str]


def held(issuer: Body, issued: str, title: str = FIRES, number: str = "1", type_code: str = "CT") -> Text:
    record, text = directive(issuer, type_code, number, "X", issued, path=f"{issuer.iri}{type_code}{number}{issued}")
    return replace(record, documents=(replace(record.documents[0], title=title),)), text


def referring(words: str, *issuers: Body, title: str = FIRES, oral: bool = False) -> Text:
    """A district's text of 8 May 2023 that refers to documents without naming them."""
    record, text = directive(DISTRICT_PARTY, "CV", "9", "HU", "2023-05-08", words=words)
    start = text.index(words)
    span = Span(start, start + len(words), words)
    head = (replace(record.documents[0], title=title),)
    if oral:
        said = OralInstruction("d1", "implements", issuers, "tại cuộc họp", span)
        return replace(record, documents=head, oral_instructions=(said,)), text
    reference = CollectiveReference("d1", "implements", issuers, span)
    return replace(record, documents=head, collective_citations=(reference,)), text


def store_of(*texts: Text) -> pyoxigraph.Store:
    store = Store()
    store.bulk_load(vocabulary_ntriples(), RdfFormat.N_TRIPLES, to_graph=NamedNode(graph_iri("ontology")))
    for record, text in texts:
        store.extend(record_quads(record, text))
    return store


def suggested(*texts: Text) -> list[str]:
    store = store_of(*texts)
    derive(store)
    return sorted(document.value for _, document in Facts(store, DERIVED).pairs(cd("suggestedDocument")))


def iri(text: Text) -> str:
    return text[0].documents[0].iri


ANY = "các văn bản chỉ đạo của Tỉnh ủy"


@pytest.mark.parametrize(
    ("document", "text", "fits"),
    [
        (held(PROVINCE_PARTY, "2023-05-05"), referring(ANY, PROVINCE_PARTY), True),
        (held(STANDING, "2023-05-05"), referring(ANY, PROVINCE_PARTY), True),  # a committee means its whole series
        (held(PROVINCE_PARTY, "2023-05-08"), referring(ANY, PROVINCE_PARTY), True),  # of the same day
        (held(PROVINCE_PARTY, "2023-05-09"), referring(ANY, PROVINCE_PARTY), False),  # issued later
        (held(PROVINCE_PARTY, "2022-05-07"), referring(ANY, PROVINCE_PARTY), False),  # more than a year before
        (held(PROVINCE_STATE, "2023-05-05"), referring(ANY, PROVINCE_PARTY), False),
        (held(PROVINCE_PARTY, "2023-05-05", "Về công tác tổ chức đại hội"), referring(ANY, PROVINCE_PARTY), False),
        (held(PROVINCE_PARTY, "2023-05-05"), referring(ANY), False),  # nobody is named
        (held(PRIME_MINISTER, "2023-05-05"), referring("các văn bản của Trung ương", CENTRE), True),
        (held(PROVINCE_STATE, "2023-05-05"), referring("các văn bản của Trung ương", CENTRE), False),
        (held(PRIME_MINISTER, "2023-05-05"), referring("các quy định của Đảng", PARTY), False),
        (held(PROVINCE_PARTY, "2023-05-05"), referring("các Chỉ thị, Nghị quyết của Tỉnh ủy", PROVINCE_PARTY), True),
        (held(PROVINCE_PARTY, "2023-05-05"), referring("các Nghị quyết của Tỉnh ủy", PROVINCE_PARTY), False),
        (held(PROVINCE_PARTY, "2023-05-05"), referring("ý kiến chỉ đạo", PROVINCE_PARTY, oral=True), False),
        (
            held(PROVINCE_PARTY, "2023-05-05", type_code="TB"),
            referring("ý kiến chỉ đạo", PROVINCE_PARTY, oral=True),
            True,  # a notice writes down what was said
        ),
    ],
)  # fmt: skip
def test_a_candidate_fits_in_issuer_window_type_and_subject(document: Text, text: Text, fits: bool) -> None:
    assert suggested(document, text) == ([iri(document)] if fits else [])


def test_at_most_five_the_likest_first() -> None:
    near = [held(PROVINCE_PARTY, f"2023-04-{day:02}", number=str(day)) for day in range(1, 8)]
    farther = held(PROVINCE_PARTY, "2023-05-05", "Về phòng cháy rừng và công tác dân vận, tôn giáo", "20")
    found = suggested(*near, farther, referring(ANY, PROVINCE_PARTY))
    assert len(found) == 5
    assert iri(farther) not in found


def test_what_the_text_names_or_a_person_ruled_out_is_not_suggested() -> None:
    named, refused = held(PROVINCE_PARTY, "2023-05-05", number="18"), held(PROVINCE_PARTY, "2023-05-04", number="17")
    record, text = referring(ANY, PROVINCE_PARTY)
    with_citation = directive(
        DISTRICT_PARTY, "CV", "9", "HU", "2023-05-08", cites=((PROVINCE_PARTY, "CT", "18", "X", "2023-05-05"),)
    )
    store = store_of(named, refused, (record, text), with_citation)
    reference = NamedNode(f"https://w3id.org/chidao/id/source/{record.source.sha256[:16]}/collective/1")
    store.add(Quad(reference, cd("ruledOut"), NamedNode(iri(refused)), CURATED))
    derive(store)
    assert not list(Facts(store, DERIVED).pairs(cd("suggestedDocument")))


def test_a_suggestion_is_no_edge_and_says_what_it_rests_on() -> None:
    document, text = held(PROVINCE_STATE, "2023-05-05"), referring("các Chỉ thị của tỉnh", PROVINCE_STATE)
    store = store_of(document, text)
    derive(store)
    facts = Facts(store, DERIVED)
    assert {
        quad.predicate for quad in store.quads_for_pattern(NamedNode(iri(text)), None, NamedNode(iri(document)), None)
    } == set()
    (suggestion, _), *_ = facts.pairs(cd("suggestedDocument"))
    evidence = {value.rpartition("#")[2] for value in facts.values(suggestion, cd("evidence"))}
    assert evidence == {"issuer-agrees", "in-window", "subject-alike", "type-named"}
    assert facts.values(suggestion, cd("doubt")) == [cd("unnamed").value]
    assert 0 < float(facts.value(suggestion, cd("confidence")) or 0) <= 0.6


def test_the_order_of_loading_changes_nothing() -> None:
    texts = [held(PROVINCE_PARTY, "2023-05-05"), held(DISTRICT_STATE, "2023-05-06"), referring(ANY, PROVINCE_PARTY)]
    stores = [store_of(*texts), store_of(*texts[::-1])]
    for store in stores:
        derive(store)
    assert sorted(map(str, stores[0])) == sorted(map(str, stores[1]))

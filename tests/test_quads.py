"""A record becomes quads: the vocabulary's terms, a quote for each statement, no blank nodes, the same each time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse
from record_factory import DISTRICT_PARTY, DISTRICT_STATE, PROVINCE_PARTY, ba_che, directive, duty, full_record

from chidao.graph.derive import derived
from chidao.graph.document_quads import document_type_iri
from chidao.graph.implied import implied_triples
from chidao.graph.model import (
    Body,
    Claim,
    CollectiveReference,
    Modality,
    OralInstruction,
    RelativeDeadline,
    Span,
    Unresolved,
)
from chidao.graph.names import body_iri, local_iri, source_graph_iri, source_iri
from chidao.graph.quads import record_nquads, record_quads
from chidao.graph.terms import day_number
from chidao.ontology.namespaces import CD, DCTERMS, OA, RDF, XSD


def loaded(record, text) -> Store:
    """What the source says, and what follows from it."""
    store = Store()
    store.extend(record_quads(record, text))
    store.extend(derived(implied_triples(store, [NamedNode(source_graph_iri(record.source.sha256))])))
    return store


def test_n_quads_say_the_same_in_the_same_order() -> None:
    """Also of words that look like the end of a line of N-Quads."""
    record, text = full_record()
    record = replace(record, source=replace(record.source, path='a .\n" .\n.txt'))
    assert list(parse(record_nquads(record, text), RdfFormat.N_QUADS)) == list(record_quads(record, text))


def values(store: Store, subject: str, predicate: object) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(subject), NamedNode(str(predicate)), None)
    return sorted(quad.object.value for quad in quads)


def literal(store: Store, subject: str, predicate: object) -> Literal:
    (quad,) = store.quads_for_pattern(NamedNode(subject), NamedNode(str(predicate)), None)
    assert isinstance(quad.object, Literal)
    return quad.object


def test_everything_stands_in_the_graph_of_the_source_without_blank_nodes() -> None:
    record, text = ba_che()[1]
    quads = list(record_quads(record, text))
    assert {quad.graph_name.value for quad in quads} == {source_graph_iri(record.source.sha256)}
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert len(quads) == len(set(quads))


def test_the_same_record_gives_the_same_quads_in_the_same_order() -> None:
    record, text = ba_che()[1]
    assert list(map(str, record_quads(record, text))) == list(map(str, record_quads(record, text)))


def test_a_document_has_its_head_and_its_text() -> None:
    record, text = full_record()
    store, iri = loaded(record, text), record.documents[0].iri
    assert values(store, iri, RDF.type) == [str(CD.Document)]
    assert values(store, iri, CD.documentType) == [document_type_iri("CV")]
    assert values(store, iri, CD.symbol) == ["632-CV/HU"]
    assert literal(store, iri, DCTERMS.title).language == "vi"
    assert literal(store, iri, CD.issued).datatype.value == str(XSD.date)
    assert values(store, iri, CD.issuedDay) == [str(day_number("2021-08-31"))] == ["18870"]
    assert values(store, iri, CD.issuedBy) == [DISTRICT_PARTY.iri]
    assert values(store, iri, CD.addressedTo) == [DISTRICT_STATE.iri]
    assert values(store, iri, CD.copiedTo) == [PROVINCE_PARTY.iri]
    assert values(store, iri, CD.level) == [str(CD.district)]
    assert values(store, iri, CD.system) == [str(CD.party)]
    assert values(store, iri, CD.hasText) == [source_iri(record.source.sha256)]
    assert values(store, iri, CD.inferred) == [str(CD.issued)]
    (signature,) = values(store, iri, CD.signature)
    assert values(store, signature, CD.signerName) == ["Nguyễn Văn Mẫu"]


def test_a_report_is_no_text_of_the_document() -> None:
    record, text = full_record()
    store = loaded(replace(record, source=replace(record.source, kind="report")), text)
    iri = record.documents[0].iri
    assert values(store, iri, CD.reportedIn) == [source_iri(record.source.sha256)]
    assert values(store, iri, CD.hasText) == []


def test_a_reception_names_its_document_receiver_number_and_date() -> None:
    record, text = full_record()
    store = loaded(record, text)
    reception = local_iri(record.source.sha256, "reception", "d1-1")
    assert values(store, reception, CD.receptionOf) == [record.documents[0].iri]
    assert values(store, reception, CD.receivedBy) == [DISTRICT_STATE.iri]
    assert values(store, reception, CD.arrivalNumber) == ["1172"]
    assert values(store, reception, CD.received) == ["2021-09-06"]
    assert values(store, reception, OA.hasTarget)


@pytest.mark.parametrize(
    ("claim", "term", "value"),
    [
        (("issuedBy", DISTRICT_PARTY.iri), CD.issuedBy, NamedNode(DISTRICT_PARTY.iri)),
        (("issued", "2021-08-31"), CD.issued, Literal("2021-08-31", datatype=NamedNode(str(XSD.date)))),
        (("title", "Về công tác"), DCTERMS.title, Literal("Về công tác")),
        (("documentType", "CV"), CD.documentType, NamedNode(document_type_iri("CV") or "")),
        (("symbol", "632-CV/HU"), CD.symbol, Literal("632-CV/HU")),
    ],
)
def test_claims_name_the_property_and_its_value(claim: tuple[str, str], term: object, value: object) -> None:
    record, text = full_record()
    claims = (Claim(*claim, Span(0, 5, text[:5])),)
    store = loaded(replace(record, documents=(replace(record.documents[0], claims=claims),)), text)
    node = local_iri(record.source.sha256, "claim", "d1-1")
    assert values(store, node, CD.claimProperty) == [str(term)]
    assert [q.object for q in store.quads_for_pattern(NamedNode(node), NamedNode(str(CD.claimValue)), None)] == [value]


def test_a_citation_is_an_edge_and_a_thing_with_a_quote() -> None:
    record, text = ba_che()[1]
    store = loaded(record, text)
    citing, cited = record.documents[0].iri, record.citations[0].cited.iri
    citation = local_iri(record.source.sha256, "citation", "1")
    assert values(store, citing, CD.implements) == [cited]
    assert values(store, citation, CD.relation) == [str(CD.implements)]
    assert values(store, citation, CD.resolution) == [str(CD.resolved)]
    assert (values(store, citation, CD.citing), values(store, citation, CD.cited)) == ([citing], [cited])
    assert values(store, cited, CD.symbol) == ["18-CT/TU"]
    assert values(store, cited, CD.hasText) == []


@given(start=st.integers(0, 60), length=st.integers(1, 60))
def test_a_quote_holds_its_words_their_place_and_what_stands_around(start: int, length: int) -> None:
    record, text = ba_che()[1]
    span = Span(start, start + length, text[start : start + length])
    store = loaded(replace(record, unread=(span,)), text)
    target = local_iri(record.source.sha256, "quote", f"{span.start}-{span.end}")
    (selector,) = values(store, target, OA.hasSelector)
    assert values(store, target, OA.hasSource) == [source_iri(record.source.sha256)]
    assert values(store, selector, RDF.type) == sorted([str(OA.TextQuoteSelector), str(OA.TextPositionSelector)])
    prefix, suffix = ("".join(values(store, selector, each)) for each in (OA.prefix, OA.suffix))
    assert prefix + values(store, selector, OA.exact)[0] + suffix in text
    assert (len(prefix), len(suffix)) == (min(30, span.start), min(30, len(text) - span.end))
    assert [int(values(store, selector, each)[0]) for each in (OA.start, OA.end)] == [span.start, span.end]


@pytest.mark.parametrize(
    ("modality", "name"),
    [
        ("duty", "Obligation"),
        ("request", "Request"),
        ("recommendation", "Recommendation"),
        ("prohibition", "Prohibition"),
        ("permission", "Permission"),
    ],
)
def test_a_norm_has_the_class_of_its_modality(modality: Modality, name: str) -> None:
    norm = replace(duty("Ủy ban nhân dân huyện báo cáo.", DISTRICT_STATE), modality=modality)
    record, text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", duties=(norm,))
    iri = local_iri(record.source.sha256, "norm", "1")
    assert values(loaded(record, text), iri, RDF.type) == sorted([str(CD.Norm), str(CD[name])])


@pytest.mark.parametrize(
    ("stated", "moment", "precision"),
    [
        ("2025-12-15", "2025-12-15T23:59:59+07:00", "day"),
        ("2020-07-28T17:00", "2020-07-28T17:00:00+07:00", "minute"),
    ],
)
def test_a_deadline_is_the_last_moment_allowed_in_vietnam(stated: str, moment: str, precision: str) -> None:
    norm = replace(duty("Báo cáo.", DISTRICT_STATE), deadline=stated)
    record, text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", duties=(norm,))
    store, iri = loaded(record, text), local_iri(record.source.sha256, "norm", "1")
    assert values(store, iri, CD.deadline) == [moment]
    assert values(store, iri, CD.deadlinePrecision) == [precision]
    assert values(store, iri, CD.deadlineDay) == [str(day_number(stated))]


def test_a_norm_keeps_bearers_reporting_lines_and_conditions() -> None:
    norm = duty(
        "Báo cáo  kết\nquả.",
        DISTRICT_STATE,
        section="2.14",
        recurrence="daily 16:00",
        relative_deadline=RelativeDeadline("P5D", "ngày ký", "trong 5 ngày kể từ ngày ký"),
        condition="khi có yêu cầu",
        report_to=(DISTRICT_PARTY,),
        via=(PROVINCE_PARTY,),
        partners=(PROVINCE_PARTY,),
        inferred=("bearers",),
    )
    record, text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", duties=(norm,))
    store, iri = loaded(record, text), local_iri(record.source.sha256, "norm", "1")
    expected = {
        CD.imposedBy: record.documents[0].iri,
        CD.bearer: DISTRICT_STATE.iri,
        CD.bearerSource: "subject",
        CD.text: "1. Báo cáo kết quả.",
        CD.section: "2.14",
        CD.recurrence: "daily 16:00",
        CD.relativeDeadline: "trong 5 ngày kể từ ngày ký",
        CD.deadlineWithin: "P5D",
        CD.deadlineAnchor: "ngày ký",
        CD.condition: "khi có yêu cầu",
        CD.reportsTo: DISTRICT_PARTY.iri,
        CD.via: PROVINCE_PARTY.iri,
        CD["with"]: PROVINCE_PARTY.iri,
        CD.inferred: str(CD.bearer),
    }
    assert {term: values(store, iri, term) for term in expected} == {term: [each] for term, each in expected.items()}


def test_references_to_unnamed_documents_never_become_an_edge() -> None:
    record, text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19")
    quote = Span(0, 5, text[:5])
    issuers = (PROVINCE_PARTY, DISTRICT_STATE)
    record = replace(
        record,
        collective_citations=(CollectiveReference("d1", "implements", issuers, quote),),
        oral_instructions=(OralInstruction("d1", "implements", issuers, "tại phiên họp", quote),),
    )
    store = loaded(record, text)
    for kind, name in (("collective", "CollectiveReference"), ("oral", "OralInstruction")):
        iri = local_iri(record.source.sha256, kind, "1")
        assert values(store, iri, RDF.type) == [str(CD[name])]
        assert values(store, iri, CD.issuer) == sorted(body.iri for body in issuers)
    assert not list(store.quads_for_pattern(None, NamedNode(str(CD.implements)), None))


def test_unresolved_mentions_keep_reason_and_candidates_and_unread_sections_their_quote() -> None:
    record, text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19")
    quote = Span(0, 5, text[:5])
    candidates = (PROVINCE_PARTY.iri, "Ban Chỉ đạo")
    record = replace(record, unresolved=(Unresolved(quote, "two-places", candidates),), unread=(quote,))
    store, mention = loaded(record, text), local_iri(record.source.sha256, "unresolved", "1")
    assert values(store, mention, CD.candidate) == [PROVINCE_PARTY.iri]
    assert values(store, mention, CD.candidateLabel) == ["Ban Chỉ đạo"]
    assert values(store, local_iri(record.source.sha256, "unread", "1"), OA.hasTarget)


def test_known_bodies_appear_by_iri_only_and_local_ones_are_described() -> None:
    group = Body(
        "các phòng chuyên môn", "https://w3id.org/chidao/id/source/0/group/1", "district", "state", True, place=None
    )
    record, text = directive(
        DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", duties=(duty("Báo cáo.", group, DISTRICT_STATE),)
    )
    store = loaded(record, text)
    assert values(store, group.iri, RDF.type) == [str(CD.BodyGroup)]
    assert values(store, group.iri, CD.memberLevel) == [str(CD.district)]
    assert not list(store.quads_for_pattern(NamedNode(body_iri("quang-ninh/ba-che/uy-ban-nhan-dan")), None, None))


def test_an_inferred_part_of_a_body_marks_the_property_through_which_it_is_named() -> None:
    inferred = replace(PROVINCE_PARTY, inferred=("place",))
    cites = ((inferred, "CT", "18", "TU", "2021-10-18"),)
    record, text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", cites=cites)
    assert values(loaded(record, text), record.citations[0].cited.iri, CD.inferred) == [str(CD.issuedBy)]

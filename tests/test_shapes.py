"""The data shapes pass a good graph, and say what is wrong with a graph that has one fault."""

import pytest
from pyshacl import validate
from rdflib import Graph

from chidao.ontology.namespaces import CD, PREFIXES, RDFS, SH
from chidao.ontology.vocabulary import shapes, vocabulary

PREFIX_LINES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
PREFIX_LINES += "PREFIX : <https://w3id.org/chidao/id/>\n"


def quote(name: str, start: int, exact: str) -> str:
    """A quote of the source :plan-text at ``start``, as Turtle."""
    return f"""
        :{name}-target a oa:SpecificResource ; oa:hasSource :plan-text ; oa:hasSelector :{name}-selector .
        :{name}-selector a oa:TextQuoteSelector, oa:TextPositionSelector ;
            oa:prefix "" ; oa:exact "{exact}" ; oa:suffix "" ; oa:start {start} ; oa:end {start + len(exact)} ."""


# A made-up directive of a made-up province, and the plan of a district that carries it out.
GOOD = (
    """
    :plan-text a cd:SourceText ; cd:path "plan.txt" ; cd:mediaType "text/plain" ; cd:sourceKind "original" ;
        cd:textLength 900 ; cd:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .
    :directive a cd:Document ; cd:documentType cd:type-chi-thi ; cd:symbol "04-CT/TU" ;
        cd:issued "2021-03-01"^^xsd:date ; cd:issuedDay 18687 ; cd:level cd:province ; cd:system cd:party .
    :plan a cd:Document ; cd:documentType cd:type-ke-hoach ; cd:symbol "12-KH/HU" ; cd:issued "2021-03-08"^^xsd:date ;
        cd:issuedDay 18694 ; cd:level cd:district ; cd:system cd:party ; cd:hasText :plan-text ;
        cd:issuedBy :committee ; cd:addressedTo :cells ; cd:implements :directive .
    :committee a cd:Body . :cells a cd:BodyGroup .
    :issuer-claim a cd:Claim ; cd:claimOf :plan ; cd:claimProperty cd:issuedBy ; cd:claimValue :committee ;
        oa:hasTarget :issuer-target .
    :addressee-claim a cd:Claim ; cd:claimOf :plan ; cd:claimProperty cd:addressedTo ; cd:claimValue :cells ;
        oa:hasTarget :addressee-target .
    :citation a cd:Citation ; cd:citing :plan ; cd:cited :directive ; cd:relation cd:implements ;
        cd:resolution cd:resolved ; oa:hasTarget :citation-target .
    :collective a cd:CollectiveReference ; cd:citing :plan ; cd:relation cd:implements ; cd:issuer :committee ;
        oa:hasTarget :collective-target .
    :norm a cd:Obligation ; cd:imposedBy :plan ; cd:bearer :cells ; cd:bearerSource "heading" ; cd:section "2.1" ;
        cd:deadline "2021-04-15T23:59:59+07:00"^^xsd:dateTime ; cd:deadlineDay 18732 ; cd:deadlinePrecision "day" ;
        oa:hasTarget :norm-target .
    :reception a cd:Reception ; cd:receptionOf :plan ; cd:receivedBy :committee ; cd:arrivalNumber "77" ;
        cd:received "2021-03-10"^^xsd:date ; oa:hasTarget :reception-target .
    :mention a cd:UnresolvedMention ; cd:reason "two bodies fit" ; oa:hasTarget :mention-target .
    """
    + quote("issuer", 0, "HUYỆN ỦY")
    + quote("addressee", 40, "Kính gửi: các chi bộ")
    + quote("citation", 80, "Thực hiện Chỉ thị số 04-CT/TU ngày 01/3/2021")
    + quote("collective", 140, "các văn bản chỉ đạo của Trung ương")
    + quote("norm", 200, "Các chi bộ hoàn thành trước ngày 16/4/2021")
    + quote("reception", 300, "ĐẾN Số: 77")
    + quote("mention", 400, "cơ quan thường trực")
)


def data(update: str = "") -> Graph:
    """The good graph beside the vocabulary, changed by one SPARQL update."""
    graph = Graph() + vocabulary()
    graph.parse(data=PREFIX_LINES + GOOD, format="turtle")
    if update:
        before = len(graph), hash(frozenset(graph))
        graph.update(PREFIX_LINES + update)
        assert (len(graph), hash(frozenset(graph))) != before, "the fault changed nothing"
    return graph


def findings(graph: Graph) -> list[tuple[str, set[str]]]:
    """(severity, messages) of each result, messages in both languages."""
    _, report, _ = validate(graph, shacl_graph=shapes(), advanced=True, inference="none", inplace=True)
    return [
        (str(report.value(result, SH.resultSeverity)), {str(text) for text in report.objects(result, SH.resultMessage)})
        for result in report.subjects(SH.resultSeverity)
    ]


def test_a_good_graph_passes() -> None:
    assert findings(data()) == []


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        # no edge without a quote
        ("INSERT DATA { :plan cd:basedOn :directive }", "has no citation with a quote"),
        (
            "DELETE DATA { :citation cd:relation cd:implements } ; INSERT DATA { :citation cd:relation cd:cites }",
            "has no citation",
        ),
        (
            "DELETE { ?s oa:exact ?e } WHERE { BIND(:citation-selector AS ?s) ?s oa:exact ?e }",
            "has no citation with a quote",
        ),
        (
            "DELETE { ?s oa:start ?e } WHERE { BIND(:citation-selector AS ?s) ?s oa:start ?e }",
            "has no citation with a quote",
        ),
        (
            "DELETE DATA { :citation cd:citing :plan } ; INSERT DATA { :citation cd:citing :directive }",
            "has no citation with a quote",
        ),
        ("DELETE WHERE { :issuer-claim ?p ?o }", "has no claim with a quote"),
        ("INSERT DATA { :plan cd:copiedTo :committee }", "has no claim with a quote"),
        (
            "DELETE DATA { :addressee-claim cd:claimValue :cells } ; "
            "INSERT DATA { :addressee-claim cd:claimValue :committee }",
            "no claim",
        ),
        ("DELETE DATA { :norm oa:hasTarget :norm-target }", "A quote is required"),
        ("DELETE DATA { :collective oa:hasTarget :collective-target }", "A quote is required"),
        ("DELETE DATA { :reception oa:hasTarget :reception-target }", "A quote is required"),
        ("DELETE DATA { :mention oa:hasTarget :mention-target }", "A quote is required"),
        ("INSERT DATA { :unread a cd:UnreadSection }", "A quote is required"),
        # quotes
        ("DELETE DATA { :norm-target oa:hasSource :plan-text }", "exactly one source text"),
        ("DELETE DATA { :norm-target oa:hasSelector :norm-selector }", "exactly one selector"),
        ("DELETE DATA { :norm-selector a oa:TextPositionSelector }", "exactly one selector"),
        (
            "DELETE DATA { :norm-selector oa:end 242 } ; INSERT DATA { :norm-selector oa:end 243 }",
            "length of the quote differs",
        ),
        (
            "DELETE DATA { :norm-selector oa:end 242 } ; INSERT DATA { :norm-selector oa:end 200 }",
            "end must be greater",
        ),
        ("DELETE { ?s oa:start 0 } INSERT { ?s oa:start -8 } WHERE { ?s oa:start 0 }", "an integer of at least 0"),
        ("INSERT DATA { :norm-selector oa:exact 'another' }", "Exactly one quote"),
        # source texts
        ("INSERT DATA { :plan-text cd:ocr false }", "Only “true”, once"),
        ("DELETE { ?s cd:sha256 ?h } INSERT { ?s cd:sha256 'ABC' } WHERE { ?s cd:sha256 ?h }", "SHA-256 of 64"),
        (
            "DELETE { ?s cd:sourceKind ?k } INSERT { ?s cd:sourceKind 'news' } WHERE { ?s cd:sourceKind ?k }",
            "kind of source",
        ),
        ("DELETE { ?s cd:path ?k } WHERE { ?s cd:path ?k }", "At least one path"),
        # documents
        ("INSERT DATA { :plan cd:issued '2021-03-09'^^xsd:date }", "At most one date of issue"),
        (
            "DELETE { :plan cd:issued ?d } INSERT { :plan cd:issued '2021' } WHERE { :plan cd:issued ?d }",
            "At most one date of issue",
        ),
        ("DELETE DATA { :plan cd:issuedDay 18694 }", "must stand together"),
        ("INSERT DATA { :plan cd:documentType cd:party }", "type must be in the scheme"),
        ("INSERT DATA { :plan cd:level cd:party }", "level must be in the scheme"),
        ("INSERT DATA { :plan cd:system cd:province }", "system must be in the scheme"),
        ("INSERT DATA { :mark a cd:Signature }", "exactly one name"),
        # claims, receptions, references
        ("DELETE DATA { :issuer-claim cd:claimOf :plan }", "about exactly one document"),
        ("INSERT DATA { :issuer-claim cd:claimValue :cells }", "exactly one value"),
        ("DELETE DATA { :reception cd:receptionOf :plan }", "of exactly one document"),
        (
            "DELETE { ?r cd:received ?d } INSERT { ?r cd:received '10/3' } WHERE { ?r cd:received ?d }",
            "arrival",
        ),
        ("DELETE DATA { :collective cd:citing :plan }", "stands in exactly one document"),
        (
            "DELETE DATA { :collective cd:relation cd:implements } ; INSERT DATA { :collective cd:relation cd:bearer }",
            "below cd:cites",
        ),
        ("INSERT DATA { :collective cd:cited :directive }", "never becomes a firm edge"),
        ("DELETE DATA { :citation cd:resolution cd:resolved }", "exactly one resolution"),
        ("DELETE DATA { :citation cd:cited :directive }", "must point to a document"),
        (
            "DELETE { ?c cd:resolution ?r } INSERT { ?c cd:resolution cd:ambiguous } WHERE { ?c cd:resolution ?r }",
            "not resolved must say why",
        ),
        ("DELETE DATA { :mention cd:reason 'two bodies fit' }", "unresolved mention must say why"),
        # norms
        ("DELETE DATA { :norm cd:imposedBy :plan }", "Exactly one document imposes"),
        (
            "DELETE { ?n cd:deadline ?d } INSERT { ?n cd:deadline '2021-04-15'^^xsd:date } WHERE { ?n cd:deadline ?d }",
            "deadline",
        ),
        ("INSERT DATA { :norm cd:bearerSource 'guessed' }", "source of the bearer"),
        ("INSERT DATA { :norm cd:bearer 'everyone' }", "A bearer is an IRI"),
        ("INSERT DATA { :norm cd:deadlinePrecision 'hour' }", "precision of a deadline"),
    ],
)
def test_a_fault_is_a_violation(fault: str, message: str) -> None:
    results = findings(data(fault))
    assert str(SH.Violation) in {severity for severity, _ in results}
    assert any(message in text for _, texts in results for text in texts), results


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("DELETE DATA { :plan cd:issuedDay 18694 } ; INSERT DATA { :plan cd:issuedDay 18686 }", "is older than"),
        (
            "DELETE DATA { :plan cd:level cd:district } ; INSERT DATA { :plan cd:level cd:central }",
            "superior's document implements one",
        ),
    ],
)
def test_an_unlikely_chain_is_only_a_warning(fault: str, message: str) -> None:
    [(severity, texts)] = findings(data(fault))
    assert severity == str(SH.Warning)
    assert any(message in text for text in texts)


@pytest.mark.parametrize(
    "update",
    [
        "DELETE DATA { :plan cd:issuedDay 18694 } ; INSERT DATA { :plan cd:issuedDay 18687 }",  # the same day
        "DELETE DATA { :plan cd:level cd:district } ; INSERT DATA { :plan cd:level cd:province }",  # one level
        "DELETE WHERE { :norm cd:bearer ?bearer }",  # a bearer that the text does not give
        "DELETE WHERE { :plan cd:symbol ?symbol }",  # a lost number
    ],
)
def test_what_texts_really_do_is_no_fault(update: str) -> None:
    assert findings(data(update)) == []


def test_every_message_speaks_both_languages() -> None:
    messages: dict[object, set[str | None]] = {}
    for shape, text in shapes().subject_objects(SH.message):
        messages.setdefault(shape, set()).add(getattr(text, "language", None))
    assert messages
    assert all(languages == {"vi", "en"} for languages in messages.values())


@pytest.mark.parametrize(
    "relation",
    sorted(str(each)[len(CD) :] for each in vocabulary().transitive_subjects(RDFS.subPropertyOf, CD.cites)),
)
def test_every_relation_of_the_vocabulary_needs_a_quote(relation: str) -> None:
    """The shapes read the relations from the vocabulary: a new one is guarded from the day it is declared."""
    found = findings(data(f"INSERT DATA {{ :directive cd:{relation} :plan }}"))
    assert any("has no citation with a quote" in text for _, texts in found for text in texts)

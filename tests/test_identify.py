"""A cited document becomes one with that of the corpus where evidence leaves no other; else its candidates are kept."""

from dataclasses import replace

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Store
from record_factory import DISTRICT_PARTY, PROVINCE_PARTY, PROVINCE_STATE, body, directive

from chidao.graph.derive import derive
from chidao.graph.document_heads import folded_title, titles_agree
from chidao.graph.facts import Facts
from chidao.graph.identify import DERIVED, canonical_documents
from chidao.graph.model import Body, Record
from chidao.graph.quads import record_quads
from chidao.graph.terms import TYPE, cd

OTHER_PROVINCE = body("tuyen-quang/tinh-uy", "Tỉnh ủy Tuyên Quang", "province", "party")
UNKNOWN = Body("Ban Chỉ đạo", "https://w3id.org/chidao/id/source/0/body/ban-chi-dao")
TITLE = "Về tăng cường quản lý, bảo vệ rừng đầu nguồn"
Text = tuple[Record, str]


def store_of(*texts: Text) -> pyoxigraph.Store:
    store = Store()
    for record, text in texts:
        store.extend(record_quads(record, text))
    derive(store)
    return store


def held(
    issuer: Body = PROVINCE_PARTY, issued: str = "2021-10-18", title: str | None = TITLE, number: str = "18"
) -> Text:
    """A document whose own text is held."""
    record, text = directive(issuer, "CT", number, "TU", issued, path=f"{issuer.iri}{issued}{number}")
    return replace(record, documents=(replace(record.documents[0], title=title),)), text


def citing(issuer: Body | None, issued: str | None = None, title: str | None = None, by: Body = DISTRICT_PARTY) -> Text:
    """A text of 19 October 2021 that cites directive 18-CT/TU, saying only so much."""
    record, text = directive(by, "CT", "7", "HU", "2021-10-19", cites=((PROVINCE_PARTY, "CT", "18", "TU", None),))
    cited = replace(record.citations[0].cited, issuer=issuer, issued=issued, title=title)
    return replace(record, citations=(replace(record.citations[0], cited=cited),)), text


def found(store: pyoxigraph.Store, of: str) -> set[str]:
    """The evidence or doubts of all identifications and suggestions, by local name."""
    return {value.value.rpartition("#")[2] for _, value in Facts(store, DERIVED).pairs(cd(of))}


def identified(store: pyoxigraph.Store, text: Text) -> str | None:
    return canonical_documents(store).get(text[0].citations[0].cited.iri)


@pytest.mark.parametrize(
    ("corpus", "text", "evidence"),
    [
        ([held()], citing(PROVINCE_PARTY), {"issuer-agrees", "period-agrees"}),
        ([held(), held(OTHER_PROVINCE)], citing(PROVINCE_PARTY), {"issuer-agrees", "period-agrees"}),
        # no province is named: the one above the citing district
        ([held(), held(OTHER_PROVINCE)], citing(None), {"issuer-is-superior", "period-agrees"}),
        ([held(), held(OTHER_PROVINCE)], citing(None, "2021-10-18"), {"issuer-is-superior", "date-agrees"}),
        # two of its number: the title tells them apart
        (
            [held(), held(issued="2020-12-01", title="Về một việc hoàn toàn khác hẳn")],
            citing(PROVINCE_PARTY, title="về tăng cường quản lý, bảo vệ rừng"),
            {"issuer-agrees", "period-agrees", "title-agrees"},
        ),
        # a body elsewhere cites it without its issuer: day and title together suffice
        ([held()], citing(None, "2021-10-18", TITLE, OTHER_PROVINCE), {"date-agrees", "title-agrees"}),
    ],
)  # fmt: skip
def test_evidence_settles_which_document_is_meant(corpus: list[Text], text: Text, evidence: set[str]) -> None:
    store = store_of(*corpus, text)
    assert identified(store, text) == corpus[0][0].documents[0].iri
    assert found(store, "evidence") == {"number-agrees", *evidence}
    assert not Facts(store, DERIVED).subjects(TYPE, cd("Suggestion"))


@pytest.mark.parametrize(
    ("corpus", "text", "doubts"),
    [
        ([held(), held(issued="2020-12-01")], citing(PROVINCE_PARTY), {"several-fit"}),
        ([held(issued="2016-10-18")], citing(PROVINCE_PARTY), {"period-open"}),
        # 18-CT/TU of which province? the citing body is at none that the texts tell
        ([held(), held(OTHER_PROVINCE)], citing(None, by=UNKNOWN), {"several-fit", "issuer-open"}),
        ([held()], citing(None, by=OTHER_PROVINCE), {"issuer-open"}),
        # its issuer is stated, but not one of the register: no superior is put in its place
        ([held()], citing(UNKNOWN), {"issuer-open"}),
        ([held()], citing(None, "2021-10-18", by=OTHER_PROVINCE), {"issuer-open"}),
        ([held()], citing(None, title=TITLE, by=OTHER_PROVINCE), {"issuer-open"}),
    ],
)
def test_what_is_not_sure_keeps_its_candidates_with_reasons(corpus: list[Text], text: Text, doubts: set[str]) -> None:
    store = store_of(*corpus, text)
    assert identified(store, text) is None
    suggested = Facts(store, DERIVED).pairs(cd("suggestedDocument"))
    assert {document.value for _, document in suggested} == {record.documents[0].iri for record, _ in corpus}
    assert found(store, "doubt") == doubts


@pytest.mark.parametrize(
    ("corpus", "text"),
    [
        ([held(OTHER_PROVINCE)], citing(PROVINCE_PARTY)),
        ([held(PROVINCE_STATE)], citing(PROVINCE_PARTY)),
        ([held(issued="2021-10-11")], citing(PROVINCE_PARTY, "2021-10-18")),
        ([held(number="19")], citing(None)),
    ],
)
def test_another_issuer_date_or_number_is_no_candidate(corpus: list[Text], text: Text) -> None:
    store = store_of(*corpus, text)
    assert identified(store, text) is None
    assert not Facts(store, DERIVED).subjects(TYPE, cd("Suggestion"))


def lost(title: str | None) -> Text:
    """A scan of the province's directive of that day whose number can't be read."""
    record, text = directive(PROVINCE_PARTY, "CT", None, "TU", "2021-10-18", path="scan.txt")
    return replace(record, documents=(replace(record.documents[0], title=title),)), text


@pytest.mark.parametrize("title", [TITLE, "Về việc khác", None])
def test_a_lost_number_is_found_by_issuer_day_and_title_only(title: str | None) -> None:
    scan = lost(title)
    store = store_of(held(), scan)
    same = canonical_documents(store)
    assert same == ({scan[0].documents[0].iri: held()[0].documents[0].iri} if title == TITLE else {})
    assert found(store, "doubt") == (set() if title == TITLE else {"number-lost"})


def test_two_texts_that_cite_one_document_give_one_node() -> None:
    """Issuer, type, number and year stated in one text, only issuer and number in the other."""
    dated = directive(
        DISTRICT_PARTY, "KH", "9", "HU", "2021-11-01", cites=((PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18"),)
    )
    text = citing(PROVINCE_PARTY)
    store = store_of(dated, text)
    assert identified(store, text) == dated[0].citations[0].cited.iri


def test_confidence_falls_where_the_issuer_is_only_the_superior() -> None:
    def confidence(text: Text) -> float:
        facts = Facts(store_of(held(), text), DERIVED)
        return float(facts.value(facts.subjects(TYPE, cd("Identification"))[0], cd("confidence")) or 0)

    assert confidence(citing(PROVINCE_PARTY)) > confidence(citing(None)) > 0.5


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("V/v tăng cường quản lý, bảo vệ rừng", "Về tăng cường quản lý, bảo vệ rừng đầu nguồn", True),
        ("TĂNG CƯỜNG QUẢN LÝ BẢO VỆ RỪNG", "về việc tăng cường quản lý, bảo vệ rừng", True),
        ("bảo vệ rừng", "Về tăng cường quản lý, bảo vệ rừng đầu nguồn", False),  # too short to tell
        ("tăng cường quản lý, bảo vệ đê điều", "Về tăng cường quản lý, bảo vệ rừng đầu nguồn", False),
    ],
)
def test_titles(one: str, other: str, agree: bool) -> None:
    assert titles_agree((folded_title(one),), (folded_title(other),)) is agree


def test_the_node_of_the_citation_is_the_canonical_one() -> None:
    text = citing(None)
    store = store_of(held(), text)
    local = NamedNode(text[0].citations[0].cited.iri)
    (identity,) = store.quads_for_pattern(local, cd("sameDocumentAs"), None, None)
    assert identity.graph_name == DERIVED

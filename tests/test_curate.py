"""What a person decides outranks the rules, survives reloading, can be carried elsewhere and taken back."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_base import seed
from pyoxigraph import NamedNode
from record_factory import (
    DISTRICT_PARTY,
    DISTRICT_STATE,
    PRIME_MINISTER,
    PROVINCE_PARTY,
    PROVINCE_STATE,
    ba_che,
    directive,
    duty,
)

from chidao.graph.check import check_circles, check_shapes
from chidao.graph.curate import Attribution, decide, history, record, undo
from chidao.graph.decision_lines import decision_lines, read_lines
from chidao.graph.decisions import Anchor, Decision, Reversal, read_decisions
from chidao.graph.errors import ChidaoError, CurationError, NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.model import CollectiveReference, Record, Span
from chidao.graph.names import body_iri, document_iri, local_iri
from chidao.graph.publish import snapshot
from chidao.graph.quads import record_quads
from chidao.graph.store import Store
from chidao.graph.terms import cd

Text = tuple[Record, str]
EIGHTEEN = document_iri("quang-ninh/tinh-uy", 2021, "CT", "18")
SIXTEEN = document_iri("trung-uong/thu-tuong", 2021, "CT", "16")
SEVEN = document_iri("quang-ninh/ba-che/huyen-uy", 2021, "CT", "7")


def said(when: int = 1, why: str = "bản giấy ghi rõ") -> Attribution:
    """Who, why and when: the minute ``when`` of one hour."""
    return Attribution("Người rà soát", why, f"2026-03-01T08:{when:02}:00Z")


def load(store: Store, *texts: Text) -> None:
    for record_, text in texts:
        store.replace(record_.source.sha256, record_.source.path, record_quads(record_, text), text)


def reading(text: Text, kind: str, number: int = 1) -> str:
    return local_iri(text[0].source.sha256, kind, str(number))


def values(data: Path, subject: str, name: str) -> list[str]:
    """The values of a property in the published default graph."""
    return Facts(read(data)).values(NamedNode(subject), cd(name))


def read(data: Path) -> pyoxigraph.Store:
    return pyoxigraph.Store.read_only(str(snapshot(data)))


def standings(data: Path) -> dict[str, str]:
    facts = Facts(read(data))
    return {each.value: value.value.rpartition("#")[2] for each, value in facts.pairs(cd("standing"))}


def faults(data: Path) -> list[str]:
    store = read(data)
    found = [*check_shapes(store, "en"), *check_circles(store, "en")]
    return [f"{each.focus} {each.message}" for each in found if each.severity == "violation"]


def undated(number: str = "18", path: str = "a.txt", words: str = "", issuer: object = PROVINCE_PARTY) -> Text:
    """A district's directive that cites a document without its date; the corpus alone does not settle which."""
    cites = ((issuer, "CT", number, "TU", None),)
    return directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19", cites=cites, path=path, words=words)


def older() -> Text:
    """The province's directive 18 of the term before: the rules don't take it for one that is cited in 2021."""
    return directive(PROVINCE_PARTY, "CT", "18", "TU", "2016-10-18", path="18.txt")


OLD_EIGHTEEN = document_iri("quang-ninh/tinh-uy", 2016, "CT", "18")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return seed(tmp_path / "data")


def test_a_settled_candidate_gives_the_edge_the_chain_and_its_origin(data: Path) -> None:
    text = undated()
    with Store.open(data) as store:
        load(store, older(), text)
        store.publish()
        assert values(data, SEVEN, "descendsFrom") == [text[0].citations[0].cited.iri]
        decision = decide(store, "settled", reading(text, "citation"), [OLD_EIGHTEEN], said())
        store.publish()
    assert values(data, SEVEN, "implements") == values(data, SEVEN, "descendsFrom") == [OLD_EIGHTEEN]
    assert values(data, reading(text, "citation"), "resolution") == [cd("resolved").value]
    assert values(data, reading(text, "citation"), "reason") == []
    assert not list(read(data).quads_for_pattern(None, cd("suggestedFor"), None, None))
    (again,) = read_decisions(read(data))
    assert (again, again.by, again.when) == (decision, "Người rà soát", "2026-03-01T08:01:00Z")
    assert values(data, decision.iri, "appliesTo") == [reading(text, "citation")]
    assert faults(data) == []


def test_a_refused_identity_is_not_made_again(data: Path) -> None:
    text = undated()
    with Store.open(data) as store:
        load(store, ba_che()[0], text)
        store.publish()
        assert values(data, SEVEN, "descendsFrom") == [EIGHTEEN]
        decide(store, "refused", reading(text, "citation"), [EIGHTEEN], said())
        store.publish()
    assert values(data, SEVEN, "descendsFrom") == values(data, SEVEN, "implements") == [text[0].citations[0].cited.iri]
    assert faults(data) == []


def test_a_refused_edge_leaves_graph_and_closure_but_stays_as_read(data: Path) -> None:
    """Of the chain plan -> 07 -> 18 the second step is refused; another text's quote for it would keep it."""
    seven = ba_che()[1]
    with Store.open(data) as store:
        load(store, *ba_che())
        decide(store, "refused", reading(seven, "citation"), [EIGHTEEN], said())
        store.publish()
    plan = ba_che()[2][0].documents[0].iri
    assert values(data, SEVEN, "implements") == values(data, reading(seven, "citation"), "cited") == []
    assert values(data, plan, "descendsFrom") == [SEVEN]
    assert list(read(data).quads_for_pattern(NamedNode(SEVEN), cd("implements"), NamedNode(EIGHTEEN), None))
    assert values(data, reading(seven, "citation"), "resolution") == [cd("unresolved").value]
    assert faults(data) == []


def test_an_edge_stays_while_another_quote_states_it(data: Path) -> None:
    eighteen = (PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
    seven = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", cites=(eighteen,), path="one.txt")
    other = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", cites=(eighteen,) * 2, path="two.txt")
    with Store.open(data) as store:
        load(store, seven, other)
        decide(store, "refused", reading(other, "citation", 2), [EIGHTEEN], said())
        store.publish()
    assert values(data, SEVEN, "descendsFrom") == [EIGHTEEN]
    assert values(data, reading(other, "citation", 2), "cited") == []


def test_a_citation_that_named_a_wrong_document_is_turned_to_the_right_one(data: Path) -> None:
    seven = ba_che()[1]
    with Store.open(data) as store:
        load(store, *ba_che(), directive(PRIME_MINISTER, "CT", "16", "TTg", "2021-03-31", path="16.txt"))
        decide(store, "settled", reading(seven, "citation"), [SIXTEEN], said())
        store.publish()
    assert values(data, SEVEN, "implements") == values(data, SEVEN, "descendsFrom") == [SIXTEEN]
    assert faults(data) == []


def test_of_two_issuers_the_settled_one_remains(data: Path) -> None:
    """Two readings of the issuer stay in the source's graph; the merged graph has what the person chose."""
    record_, text = ba_che()[0]
    document = record_.documents[0]
    claims = (*document.claims, replace(document.claims[0], value=PROVINCE_STATE.iri))
    both = replace(record_, documents=(replace(document, claims=claims),))
    with Store.open(data) as store:
        load(store, (both, text))
        decide(store, "settled", EIGHTEEN, [PROVINCE_STATE.iri], said())
        store.publish()
    assert values(data, EIGHTEEN, "issuedBy") == [PROVINCE_STATE.iri]
    assert faults(data) == []


def test_an_issuer_that_no_text_states_rests_on_the_decision(data: Path) -> None:
    with Store.open(data) as store:
        load(store, ba_che()[0])
        decide(store, "settled", "document/quang-ninh/tinh-uy/2021/ct-18", ["body/quang-ninh/ban-thuong-vu"], said())
        store.publish()
    assert values(data, EIGHTEEN, "issuedBy") == [body_iri("quang-ninh/ban-thuong-vu")]
    assert faults(data) == []


def test_settled_bearers_take_the_place_of_those_that_were_read(data: Path) -> None:
    work = duty("Các đơn vị báo cáo.", DISTRICT_PARTY, inferred=("bearers",))
    text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", duties=(work,))
    norm, both = reading(text, "norm"), sorted([DISTRICT_STATE.iri, PROVINCE_STATE.iri])
    with Store.open(data) as store:
        load(store, text)
        decide(store, "settled", norm, both, said())
        store.publish()
    assert values(data, norm, "bearer") == both
    assert values(data, norm, "bearerSource") == values(data, norm, "inferred") == []
    assert faults(data) == []


def test_two_documents_merged_are_one_with_one_date(data: Path) -> None:
    """A text cites directive 18 with a wrong year: settled, both are the one whose text is held."""
    slip = directive(
        DISTRICT_PARTY, "CT", "7", "HU", "2022-11-19", cites=((PROVINCE_PARTY, "CT", "18", "TU", "2022-10-18"),)
    )
    wrong = document_iri("quang-ninh/tinh-uy", 2022, "CT", "18")
    with Store.open(data) as store:
        load(store, ba_che()[0], slip)
        store.publish()
        (suggested,) = Facts(read(data)).subjects(cd("doubt"), cd("other-year"))
        assert values(data, suggested.value, "suggestedDocument") == [EIGHTEEN]
        decide(store, "settled", wrong, [EIGHTEEN], said())
        store.publish()
    assert values(data, EIGHTEEN, "issued") == ["2021-10-18"]
    assert values(data, wrong, "issuedBy") == []
    assert values(data, slip[0].documents[0].iri, "descendsFrom") == [EIGHTEEN]
    assert faults(data) == []


def test_a_document_with_a_name_of_its_own_keeps_it_in_a_merge(data: Path) -> None:
    text = undated()
    local = text[0].citations[0].cited.iri
    with Store.open(data) as store:
        load(store, older(), text)
        decision = decide(store, "settled", OLD_EIGHTEEN, [local], said())
    assert (decision.thing, decision.values) == (local, (OLD_EIGHTEEN,))


def test_of_unnamed_documents_several_may_be_meant_and_none_becomes_an_edge(data: Path) -> None:
    record_, text = directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
    quote = Span(0, len(DISTRICT_PARTY.label), DISTRICT_PARTY.label)
    collective = CollectiveReference("d1", "implements", (PROVINCE_PARTY,), quote)
    referring = (replace(record_, collective_citations=(collective,)), text)
    reference = reading(referring, "collective")
    with Store.open(data) as store:
        load(store, referring, older(), ba_che()[0])
        first = decide(store, "confirmed", reference, [OLD_EIGHTEEN], said(1))
        second = decide(store, "settled", reference, [EIGHTEEN], said(2))
        store.publish()
        assert values(data, reference, "candidate") == [OLD_EIGHTEEN, EIGHTEEN]
        third = decide(store, "refused", reference, [OLD_EIGHTEEN], said(3))
        store.publish()
    assert values(data, reference, "candidate") == [EIGHTEEN]
    assert standings(data) == {first.iri: "superseded", second.iri: "applied", third.iri: "applied"}
    assert values(data, SEVEN, "implements") == []
    assert faults(data) == []


@pytest.mark.parametrize("reloaded", [undated(), undated(words="bản mới, có thêm lời"), undated(path="elsewhere.txt")])
def test_a_decision_survives_withdrawing_reloading_and_changing_the_text(data: Path, reloaded: Text) -> None:
    text = undated()
    with Store.open(data) as store:
        load(store, older(), text)
        decision = decide(store, "settled", reading(text, "citation"), [OLD_EIGHTEEN], said())
        store.publish()
        first = snapshot(data).name
        store.withdraw(text[0].source.sha256)
        store.publish()
        assert standings(data) == {decision.iri: "not-applicable"}
        load(store, reloaded)
        store.publish()
    assert standings(data) == {decision.iri: "applied"}
    assert values(data, SEVEN, "descendsFrom") == [OLD_EIGHTEEN]
    assert (snapshot(data).name == first) == (reloaded == text)


def test_a_decision_whose_quote_is_gone_is_reported_and_not_applied(data: Path) -> None:
    text, without = undated(), undated(number="19")
    with Store.open(data) as store:
        load(store, older(), text)
        decision = decide(store, "settled", reading(text, "citation"), [OLD_EIGHTEEN], said())
        load(store, without)
        store.publish()
    assert standings(data) == {decision.iri: "not-applicable"}
    assert values(data, SEVEN, "descendsFrom") == [without[0].citations[0].cited.iri]


def test_the_latest_decision_holds_until_it_is_undone(data: Path) -> None:
    text = undated()
    citation = reading(text, "citation")
    with Store.open(data) as store:
        load(store, older(), ba_che()[0], text)
        first = decide(store, "settled", citation, [OLD_EIGHTEEN], said(1))
        second = decide(store, "confirmed", citation, [EIGHTEEN], said(2))
        store.publish()
        assert values(data, SEVEN, "descendsFrom") == [EIGHTEEN]
        assert standings(data) == {first.iri: "superseded", second.iri: "applied"}
        undo(store, second.iri.rpartition("/")[2], said(3, "nhầm"))
        store.publish()
        with pytest.raises(CurationError, match="undone before"):
            undo(store, second.iri, said(4))
    assert values(data, SEVEN, "descendsFrom") == [OLD_EIGHTEEN]
    assert standings(data) == {first.iri: "applied", second.iri: "undone"}
    told = history(read(data))
    assert [type(each) for each in told] == [Decision, Decision, Reversal]
    assert told[2].why == "nhầm"


def test_deciding_and_undoing_leaves_the_data_as_they_were(data: Path) -> None:
    """But for the history: the merged graph without the curated statements is the same."""
    text = ba_che()[1]

    def merged() -> set[str]:
        said_of = {f"<{each.iri}>" for each in history(read(data))}
        lines = {str(quad) for quad in read(data).quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())}
        return {line for line in lines if "/curated/" not in line and not any(each in line for each in said_of)}

    with Store.open(data) as store:
        load(store, *ba_che())
        store.publish()
        before = merged()
        decision = decide(store, "refused", reading(text, "citation"), [EIGHTEEN], said())
        store.publish()
        assert merged() != before
        undo(store, decision.iri, said(2))
        store.publish()
    assert merged() == before


def test_decisions_go_to_another_store_and_publish_the_same_there(data: Path, tmp_path: Path) -> None:
    text = undated()
    with Store.open(data) as store:
        load(store, older(), text)
        decide(store, "settled", reading(text, "citation"), [OLD_EIGHTEEN], said())
        lines = list(decision_lines(history(store.quads)))
        store.publish()
    with Store.open(seed(tmp_path / "other")) as other:
        for _ in range(2):  # importing again changes nothing
            record(other, read_lines(lines))
        load(other, text, older())
        other.publish()
        assert list(decision_lines(history(other.quads))) == lines
    assert snapshot(tmp_path / "other").name == snapshot(data).name


def test_the_order_of_import_does_not_matter(data: Path, tmp_path: Path) -> None:
    text, names = undated(), []
    with Store.open(data) as store:
        load(store, older(), ba_che()[0], text)
        citation = reading(text, "citation")
        decide(store, "settled", citation, [OLD_EIGHTEEN], said(1))
        undo(store, decide(store, "settled", citation, [EIGHTEEN], said(2)).iri, said(3))
        told = history(store.quads)
    for order in (told, told[::-1]):
        folder = seed(tmp_path / str(len(names)))
        with Store.open(folder) as store:
            for each in order:
                record(store, [each])
            load(store, older(), ba_che()[0], text)
            store.publish()
        names.append(snapshot(folder).name)
    assert names[0] == names[1]


def test_two_citations_of_one_quote_are_told_apart(data: Path) -> None:
    """ "Chỉ thị số 15, 16/CT-TTg" is one quote of two documents; a decision on one leaves the other."""
    cites = ((PROVINCE_PARTY, "CT", "18", "TU", None), (PROVINCE_PARTY, "CT", "19", "TU", None))
    record_, text = directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19", cites=cites)
    quote = record_.citations[0].evidence
    citations = tuple(replace(each, evidence=quote) for each in record_.citations)
    both = (replace(record_, citations=citations), text)
    with Store.open(data) as store:
        load(store, older(), both)
        decide(store, "settled", reading(both, "citation"), [OLD_EIGHTEEN], said())
        store.publish()
    assert values(data, reading(both, "citation"), "cited") == [OLD_EIGHTEEN]
    assert values(data, reading(both, "citation", 2), "cited") == [record_.citations[1].cited.iri]


@pytest.mark.parametrize(
    ("thing", "meant", "error"),
    [
        ("citation", [body_iri("quang-ninh/tinh-uy")], CurationError),
        ("citation", [], CurationError),
        ("citation", [EIGHTEEN, OLD_EIGHTEEN], CurationError),
        ("citation", ["document/no-such-place/tinh-uy/2021/ct-18"], CurationError),
        ("citation", ["javascript:alert(1)"], CurationError),
        ("citation", ["a b<>"], CurationError),
        ("norm", [EIGHTEEN], NotFoundError),
        ("quote", [EIGHTEEN], NotFoundError),
    ],
)
def test_what_does_not_fit_is_refused(data: Path, thing: str, meant: list[str], error: type[ChidaoError]) -> None:
    text = undated()
    with Store.open(data) as store:
        load(store, older(), text)
        with pytest.raises(error):
            decide(store, "settled", reading(text, thing), meant, said())
        assert history(store.quads) == []


@pytest.mark.parametrize(("by", "why"), [("", "lý do"), ("Người", "  "), ("Người", "x" * 2001), ("a\u202eb", "lý do")])
def test_a_decision_says_who_and_why(data: Path, by: str, why: str) -> None:
    text = undated()
    with Store.open(data) as store:
        load(store, older(), text)
        with pytest.raises(CurationError, match="a decision says"):
            decide(store, "settled", reading(text, "citation"), [OLD_EIGHTEEN], Attribution(by, why))


WORDS = st.text(min_size=1, max_size=20).filter(lambda words: words.isprintable() and words.strip() == words)


@given(WORDS, WORDS, st.integers(0, 99), st.sampled_from(["confirmed", "refused", "settled"]))
def test_a_decision_comes_back_from_its_line_as_it_went(by: str, why: str, start: int, verdict: str) -> None:
    anchor = Anchor("Citation", "ct 18-ct-tu", f"{EIGHTEEN}/s", "a.txt", SEVEN, "lời", "trước\n", "", start)
    decision = Decision(verdict, "cited", EIGHTEEN, (SEVEN,), anchor, by, "2026-03-01T08:00:00Z", why)
    reversal = Reversal(decision.iri, by, "2026-03-01T09:00:00Z", why)
    assert read_lines(decision_lines([decision, reversal])) == [decision, reversal]


def _line(**changes: object) -> str:
    anchor = Anchor("Citation", "", EIGHTEEN, "a.txt", SEVEN, "lời", "", "", 1)
    decision = Decision("settled", "cited", EIGHTEEN, (SEVEN,), anchor, "Người", "2026-03-01T08:00:00Z", "lý do")
    return json.dumps({**json.loads(next(iter(decision_lines([decision])))), **changes})


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        "1",
        "{}",
        "[" * 100_000,
        _line(verdict="approved"),
        _line(predicate="title"),
        _line(values=[]),
        _line(values=["not an iri"]),
        _line(values="https://w3id.org/x"),
        _line(when="yesterday"),
        _line(why="changed by hand"),
        _line(by="\ud800"),
        _line(anchor=None),
        _line(anchor={"kind": "Citation"}),
    ],
)
def test_a_bad_line_names_its_number_and_nothing_is_imported(line: str) -> None:
    with pytest.raises(CurationError, match="line 2 is no decision"):
        read_lines([_line(), line])

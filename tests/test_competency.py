"""What each shipped question answers on the sample corpus: by value, as `chidao load` publishes it.

The answers stand in `expected/<name>.csv`. After a change that is meant to change them, write them anew with
`CHIDAO_WRITE_EXPECTED=1 pytest tests/test_competency.py` and read the difference before you keep it.
"""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph
import pytest
from chain_stores import opened
from place_base import touched_quads
from pyoxigraph import DefaultGraph, Quad, QueryResultsFormat, QuerySolutions

from chidao.ontology.namespaces import CD, DCTERMS, ID, SKOS
from chidao.ontology.vocabulary import queries, query

EXPECTED = Path(__file__).resolve().parent / "expected"
PREFIXES = f"PREFIX cd: <{CD}> PREFIX dcterms: <{DCTERMS}> PREFIX skos: <{SKOS}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
Rows = list[list[str]]


@pytest.fixture(scope="module")
def samples(sample_data: Path) -> pyoxigraph.Store:
    """The sample corpus, as `chidao load` publishes it: for tests that only ask."""
    return opened(sample_data)


@pytest.fixture(scope="module")
def touched(samples: pyoxigraph.Store) -> list[Quad]:
    """Its default graph, without the places that nothing speaks of."""
    return [Quad(*quad.triple) for quad in touched_quads(samples) if quad.graph_name == DefaultGraph()]


@pytest.fixture
def store(touched: list[Quad]) -> pyoxigraph.Store:
    """The sample corpus in memory, for one test that adds facts or takes them away."""
    memory = pyoxigraph.Store()
    memory.extend(touched)
    return memory


def answer(store: pyoxigraph.Store, name: str, **values: str) -> Rows:
    """The columns, then the rows in order; IRIs of the data without their base."""
    solutions = store.query(query(name).bind(**values))
    assert isinstance(solutions, QuerySolutions)
    text = (solutions.serialize(format=QueryResultsFormat.CSV) or b"").decode()
    columns, *rows = csv.reader(io.StringIO(text.replace(str(ID), "")))
    return [columns, *sorted(rows)]


def expected(name: str) -> Rows:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(name: str, rows: Rows) -> None:
    EXPECTED.mkdir(exist_ok=True)
    with (EXPECTED / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def column(rows: Rows, name: str) -> list[str]:
    at = rows[0].index(name)
    return [row[at] for row in rows[1:]]


@pytest.mark.parametrize("name", sorted(queries()))
def test_the_answer_on_the_samples(samples: pyoxigraph.Store, name: str) -> None:
    found = answer(samples, name)
    if os.environ.get("CHIDAO_WRITE_EXPECTED"):
        write(name, found)
    assert len(found) > 1, "the defaults must give an answer"
    assert found == expected(name)


def test_every_expected_answer_belongs_to_a_question() -> None:
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(queries())


# One fact that the answer rests on: the triple to take away, and where it is found.
FACTS = {
    "chain-below": ("?d cd:implements ?p", "?d cd:symbol '118/KH-UBND' . ?p cd:symbol '142/KH-UBND'"),
    "chain-above": ("?d cd:implements ?p", "?d cd:symbol '118/KH-UBND' . ?p cd:symbol '142/KH-UBND'"),
    "gaps": ("?d cd:implements ?p", "?d cd:symbol '118/KH-UBND' . ?p cd:symbol '142/KH-UBND'"),
    "lag": ("?d cd:issuedDay ?day", "?d cd:symbol '142/KH-UBND'"),
    "short-cuts": ("?d cd:implements ?p", "?d cd:symbol '57-KH/ĐU' . ?p cd:symbol '34-CT/TU'"),
    "carry-over": ("?n cd:recurrence ?r", "?n cd:imposedBy/cd:symbol '118/KH-UBND' ; cd:recurrence 'monthly 20'"),
    "deadlines": ("?n cd:deadlineDay ?day", "?n cd:imposedBy/cd:symbol '142/KH-UBND' ; cd:deadlineDay 19492"),
    "party-and-state": ("?d cd:descendsFrom ?p", "?d cd:symbol '118/KH-UBND' . ?p cd:symbol '21-CT/HU'"),
    "collective-authority": (
        "?r cd:issuer ?i",
        "?r a cd:CollectiveReference ; cd:citing/cd:symbol '1124-CV/HU' . ?i cd:symbolCode 'UBND'",
    ),
    "load": (
        "?n cd:bearer ?b",
        "?n cd:imposedBy/cd:symbol '187/TB-UBND' . ?b skos:prefLabel 'Ủy ban nhân dân huyện Tiên Yên'@vi",
    ),
    "drift": ("?d dcterms:title ?t", "?d cd:symbol '46/KH-UBND'"),
    "audit": ("?d cd:inferred ?p", "?d cd:symbol '97/TTr-SNN'"),
    "in-force": ("?d cd:replaces ?p", "?d cd:symbol '486/QĐ-UBND'"),
    "types-of-code": ("?t cd:typeCode 'QĐi'", "?t a cd:DocumentType"),
    "who-may-issue": ("?r cd:mayBeIssuedBy cd:kind-bo-chinh-tri", "?r cd:ofType cd:type-chi-thi"),
    "documents": ("?d cd:level ?l", "?d cd:symbol '21-CT/HU'"),
    "counts": ("?d cd:level ?l", "?d cd:symbol '142/KH-UBND'"),
    "duties": ("?n cd:bearer ?b", "?n cd:imposedBy/cd:symbol '142/KH-UBND' ; cd:deadline ?due"),
    "reporting": ("?n cd:reportsTo ?b", "?n cd:recurrence 'monthly 20'"),
    "search": ("?d cd:foldedText ?f", "?d cd:symbol '486/QĐ-UBND' . FILTER(CONTAINS(?f, 'phong chay'))"),
    "open-references": ("?c cd:citing ?d", "?c a cd:OralInstruction . ?d cd:symbol '46/KH-UBND'"),
}


def test_every_question_has_a_fact_to_take_away() -> None:
    assert set(FACTS) == set(queries())


@pytest.mark.parametrize("name", sorted(FACTS))
def test_the_answer_changes_when_a_fact_is_taken_away(store: pyoxigraph.Store, name: str) -> None:
    triple, where = FACTS[name]
    found = next(
        iter(store.query(f"{PREFIXES} CONSTRUCT {{ {triple} }} WHERE {{ {triple} . {where} }} ORDER BY ?n LIMIT 1"))
    )
    (quad,) = store.quads_for_pattern(found.subject, found.predicate, found.object)
    assert answer(store, name) == expected(name)
    store.remove(quad)
    assert answer(store, name) != expected(name)


def test_labels_come_in_the_language_asked(samples: pyoxigraph.Store) -> None:
    """Bodies that have no English name keep their Vietnamese one."""
    rows = answer(samples, "chain-below", language="en")
    assert "Province" in column(rows, "level")
    assert "Prime Minister" in column(rows, "issuer")
    assert len(rows) == len(expected("chain-below"))


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("INSERT DATA { $body cd:validTo '2020-01-01'^^xsd:date }", "did not exist then"),
        ("INSERT DATA { $body cd:validFrom '2025-07-01'^^xsd:date }", "did not exist then"),
        ("DELETE { ?d cd:issuedBy $body } WHERE { ?d cd:issuedBy $body }", "no texts held"),
        ("", "nothing among the texts held"),
    ],
)
def test_a_gap_says_what_is_missing(store: pyoxigraph.Store, change: str, state: str) -> None:
    """Tiên Yên has issued a letter, but nothing on this plan."""
    body = "body/quang-ninh/tien-yen/uy-ban-nhan-dan"
    store.update(PREFIXES + change.replace("$body", f"<{ID}{body}>"))
    rows = answer(store, "gaps", language="en")
    assert dict(zip(column(rows, "body"), column(rows, "state"), strict=True))[body] == state


def test_a_duty_carried_over_stands_beside_its_parent(samples: pyoxigraph.Store) -> None:
    """Report by the 22nd of each month (province), by the 20th (district); what is for a department is not the district's."""
    columns, *rows = answer(samples, "carry-over", language="en")
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    reports = [row for row in found if "22 hằng tháng" in row["parentText"]]
    assert [(row["kind"], row["change"], row["parentDue"], row["childDue"]) for row in reports] == [
        ("tightened", "verbatim", "monthly 22", "monthly 20")
    ]
    dropped = {row["parentText"][:16]: row["concerned"] for row in found if row["kind"] == "dropped"}
    assert dropped["2. Sở Tài chính "] == "false"
    assert {row["parentText"] for row in found if row["kind"] == "added"} == {""}


# Three values: what is not known is neither in force nor not


@pytest.mark.parametrize(
    ("facts", "day", "state"),
    [
        ("", "2023-05-21", "no"),  # issued on 22 May
        ("", "2023-06-01", "unknown"),
        ("cd:inForceFrom '2023-05-22'^^xsd:date", "2023-06-01", "unknown"),  # nothing says that it has not ended
        ("cd:inForceFrom '2023-07-01'^^xsd:date", "2023-06-01", "no"),
        ("cd:inForceTo '2023-05-31'^^xsd:date", "2023-06-01", "no"),
        ("cd:inForceTo '2023-12-31'^^xsd:date", "2023-06-01", "unknown"),  # the first day is not known
        ("cd:inForceFrom '2023-05-22'^^xsd:date ; cd:inForceTo '2023-12-31'^^xsd:date", "2023-06-01", "yes"),
        ("cd:inForceFrom '2023-05-22'^^xsd:date ; cd:inForceTo '2023-12-31'^^xsd:date", "2023-12-31", "yes"),
        ("cd:inForceFrom '2023-05-22'^^xsd:date ; cd:inForceTo '2023-12-31'^^xsd:date", "2024-01-01", "no"),
    ],
)
def test_in_force_is_yes_no_or_unknown(store: pyoxigraph.Store, facts: str, day: str, state: str) -> None:
    decision = "document/tuyen-quang/uy-ban-nhan-dan/2023/qd-486"
    if facts:
        store.update(f"{PREFIXES} INSERT DATA {{ <{ID}{decision}> {facts} }}")
    rows = answer(store, "in-force", day=day, language="en")
    assert dict(zip(column(rows, "document"), column(rows, "inForce"), strict=True))[decision] == state


@pytest.mark.parametrize(("started", "state"), [("2023-05-22", "no"), ("2023-07-01", "unknown"), (None, "unknown")])
def test_a_replaced_document_ends_when_its_successor_begins(
    store: pyoxigraph.Store, started: str | None, state: str
) -> None:
    """The successor's date of issue alone does not say when it took effect."""
    if started:
        successor = f"{ID}document/tuyen-quang/uy-ban-nhan-dan/2023/qd-486"
        store.update(f"{PREFIXES} INSERT DATA {{ <{successor}> cd:inForceFrom '{started}'^^xsd:date }}")
    rows = answer(store, "in-force", day="2023-06-01", language="en")
    (row,) = [row for row in rows if row[rows[0].index("symbol")] == "512/QĐ-UBND"]
    assert row[rows[0].index("inForce")] == state
    assert row[rows[0].index("endedBySymbol")] == "486/QĐ-UBND"


# Codes and who may issue


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"code": "QĐ"}, ["QĐ", "QĐi"]),
        ({"code": "QĐ", "system": "party"}, ["QĐ", "QĐi"]),  # the issuer does not decide: still ambiguous
        ({"code": "QĐ", "word": "Quy định"}, ["QĐi"]),
        ({"code": "QĐ", "word": "QUYẾT ĐỊNH"}, ["QĐ"]),
        ({"code": "TT"}, ["TT", "TTri"]),
        ({"code": "TT", "system": "party"}, ["TTri"]),
        ({"code": "TT", "system": "state"}, ["TT"]),
        ({"code": "TB"}, ["TB", "TBố"]),
        ({"code": "TB", "system": "state"}, ["TB"]),
        ({"code": "TB", "word": "tuyên bố"}, ["TBố"]),
        ({"code": "CT"}, ["CT"]),
        ({"code": "XYZ"}, []),
    ],
)
def test_a_code_stays_ambiguous_until_word_or_issuer_decides(
    samples: pyoxigraph.Store, values: dict[str, str], codes: Sequence[str]
) -> None:
    assert sorted(column(answer(samples, "types-of-code", **values), "typeCode")) == codes


@pytest.mark.parametrize(
    ("code", "day", "column_name", "present", "absent"),
    [
        ("CT", "2026-01-08", "source", "Regulation 66-QĐ/TW", "Regulation 399-QĐ/TW"),
        ("CT", "2026-01-09", "source", "Regulation 399-QĐ/TW", "Regulation 66-QĐ/TW"),
        ("CT", "2020-03-04", "system", "Party", "State"),
        ("CT", "2020-03-05", "source", "Decree 30/2020/NĐ-CP", "Regulation 399-QĐ/TW"),
        ("CT", "2023-06-01", "issuer", "Standing committee of a Party committee", "Party committee"),
        ("GM", "2025-12-31", "system", "State", "Party"),  # invitations became a Party type in 2026
        ("GM", "2026-01-09", "system", "Party", "Front"),
        ("QĐ", "2025-06-30", "level", "District", "Grassroots"),
        ("QĐ", "2025-07-01", "level", "Commune", "District"),
        ("TT", "2023-06-01", "level", "District", "Commune"),  # Thông tri, down to the district
    ],
)
def test_who_may_issue_depends_on_the_day(
    samples: pyoxigraph.Store, code: str, day: str, column_name: str, present: str, absent: str
) -> None:
    found = column(answer(samples, "who-may-issue", code=code, day=day, language="en"), column_name)
    assert present in found
    assert absent not in found

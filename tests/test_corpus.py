"""The five real texts end to end: the same commands, the answers that a careful reader gives.

The texts are not part of the project; these tests read them where they lie and are skipped where they are missing.
"""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pyoxigraph
import pytest
from chain_stores import loaded, opened

from chidao.graph.texts import read_text
from chidao.ontology.namespaces import PREFIXES

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
FLOORS = {
    "citations": 1.0,
    "documents.type": 0.9,
    "documents.symbol": 0.9,
    "documents.issuer": 0.9,
    "documents.issued": 0.9,
    "documents.title": 0.9,
    "documents.level": 0.9,
    "documents.system": 0.9,
    "documents.signers": 0.9,
    "documents.addressees": 0.9,
    "documents.received": 0.9,
    "collective": 0.75,
    "obligations": 0.9,
    "obligations.bearers": 0.8,
}


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[Path]:
    """The five texts."""
    return sorted((shared / "corpus").glob("*.txt"))


@pytest.fixture(scope="module")
def store(corpus_data: Path) -> pyoxigraph.Store:
    """What readers see."""
    return opened(corpus_data)


def rows(store: pyoxigraph.Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT as strings, unbound as ""."""
    found = store.query(PROLOGUE + query)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return sorted(tuple("" if term is None else term.value for term in row) for row in found)


def test_what_implements_what(store: pyoxigraph.Store) -> None:
    """Each edge of the five texts, with the dates on both ends."""
    found = rows(
        store,
        """SELECT ?child ?issued ?parent ?from WHERE {
             ?c cd:implements ?p . OPTIONAL { ?c cd:symbol ?child } OPTIONAL { ?c cd:issued ?issued }
             ?p cd:symbol ?parent ; cd:issued ?from }""",
    )
    assert found == [
        ("", "", "167/CV-BCĐ", "2020-07-26"),
        ("", "", "257/TB-VPCP", "2020-07-27"),
        ("", "2021-10-25", "07-CT/HU", "2021-10-19"),
        ("07-CT/HU", "2021-10-19", "18-CT/TU", "2021-10-18"),
        ("478-CĐ/TU", "2021-07-23", "588-CV/BNCTW", "2021-07-22"),
        ("632-CV/HU", "2021-08-31", "635-CV/TU", "2021-08-24"),
    ]


def test_the_closure_reaches_the_province(store: pyoxigraph.Store) -> None:
    """The district plan descends from the provincial directive, in two steps."""
    found = rows(
        store,
        """SELECT ?issuer ?steps WHERE {
             ?d cd:descendsFrom/cd:symbol "18-CT/TU" ; cd:issuedBy/skos:prefLabel ?issuer . FILTER(LANG(?issuer) = "vi")
             ?descent cd:descendant ?d ; cd:ancestor/cd:symbol "18-CT/TU" ; cd:steps ?steps }""",
    )
    assert found == [("Ban Thường vụ Huyện ủy Ba Chẽ", "1"), ("Ủy ban nhân dân huyện Ba Chẽ", "2")]


def test_arrival_numbers_belong_to_receptions_only(store: pyoxigraph.Store) -> None:
    """1172 and 4153 are no document's number, symbol or date."""
    stamped = rows(store, "SELECT ?n ?day WHERE { ?r a cd:Reception ; cd:arrivalNumber ?n ; cd:received ?day }")
    assert stamped == [("1172", "2021-09-06"), ("4153", "2020-09-15")]
    numbers = {number for (number,) in rows(store, "SELECT ?n WHERE { ?d a cd:Document ; cd:number|cd:symbol ?n }")}
    assert not any("1172" in number or "4153" in number for number in numbers)
    assert rows(store, 'SELECT ?d WHERE { ?d a cd:Document ; cd:issued "2020-09-15"^^xsd:date }') == []


def test_deadlines(store: pyoxigraph.Store) -> None:
    """Two dated ones and a daily one; to whom, and through whom."""
    dated = rows(store, "SELECT ?when WHERE { ?n cd:deadline ?when }")
    assert [when for (when,) in dated] == ["2020-07-28T17:00:00+07:00", "2020-07-29T17:00:00+07:00"]
    assert datetime.fromisoformat(dated[0][0]).utcoffset()
    daily = rows(
        store,
        """SELECT DISTINCT ?r ?to ?via WHERE { ?n cd:recurrence ?r ; cd:reportsTo/skos:prefLabel ?to ;
        cd:via/skos:prefLabel ?via
             FILTER(LANG(?to) = "vi" && LANG(?via) = "vi") }""",
    )
    assert daily == [("daily 16:00", "Ủy ban nhân dân tỉnh Thái Nguyên", "Sở Y tế tỉnh Thái Nguyên")]


def test_every_edge_has_its_quote_in_the_source(store: pyoxigraph.Store, corpus_data: Path) -> None:
    """Each cd:implements has a citation whose words stand in the source at their offsets."""
    edges = set(rows(store, "SELECT ?c ?p WHERE { ?c cd:implements ?p }"))
    quoted = rows(
        store,
        """SELECT ?c ?p ?exact ?start ?end ?sha WHERE {
             ?x a cd:Citation ; cd:citing ?c ; cd:cited ?p ; cd:relation cd:implements ; oa:hasTarget ?t .
             ?t oa:hasSource/cd:sha256 ?sha ; oa:hasSelector ?s . ?s oa:exact ?exact ; oa:start ?start ; oa:end ?end }""",
    )
    assert {(citing, cited) for citing, cited, *_ in quoted} == edges
    for *_, exact, start, end, sha in quoted:
        assert read_text(corpus_data, sha)[int(start) : int(end)] == exact


def test_a_triple_of_two_sources_counts_once(texts: list[Path], tmp_path: Path) -> None:
    """The same bytes at two places, and a second report of one directive, add no row to the default graph."""
    again = tmp_path / "again.txt"
    again.write_text(texts[0].read_text(encoding="utf-8") + "\n", encoding="utf-8")
    store = opened(loaded(tmp_path / "data", [texts[0], again]))
    query = 'SELECT ?day WHERE { ?d cd:symbol "07-CT/HU" ; cd:issued ?day }'
    assert rows(store, query) == [("2021-10-19",)]
    named = query.replace("{ ?d", "{ GRAPH ?g { ?d").replace("?day }", "?day } }")
    assert len(rows(store, named)) == 2


@pytest.fixture(scope="module")
def figures(shared: Path, texts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """F1 of each field on the five texts, by the scorer that lies beside them."""
    folder = tmp_path_factory.mktemp("score")
    gold = folder / "gold"
    gold.mkdir()
    for text in texts:
        name = text.with_suffix(".json").name
        (gold / name).write_bytes((shared / "eval" / "gold" / name).read_bytes())
    extract = [sys.executable, "-P", "-m", "chidao", "extract", *map(str, texts)]
    records = folder / "records.jsonl"
    records.write_bytes(subprocess.run(extract, capture_output=True, check=True).stdout)
    score = [sys.executable, str(shared / "eval" / "score.py"), str(records), "--gold", str(gold), "--json"]
    scored = json.loads(subprocess.run(score, capture_output=True, check=True).stdout)
    return {field: row["f1"] for field, row in scored.items()}


@pytest.mark.parametrize(("field", "floor"), FLOORS.items())
def test_extraction_figures(figures: dict[str, float], field: str, floor: float) -> None:
    """No field falls below what is promised."""
    assert figures[field] >= floor

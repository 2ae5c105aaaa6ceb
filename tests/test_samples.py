"""The sample corpus end to end, against the truth written by hand beside it."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from chidao.graph.model import Document, Record
from chidao.graph.names import body_iri, place_iri
from chidao.loaders.extract import extract
from chidao.loaders.read import read_source
from chidao.ontology.register import Context, register

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def rows() -> list[dict[str, str]]:
    """The rows of the hand-made truth."""
    with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture(scope="module")
def records() -> Mapping[str, Record]:
    """The record of each sample by file name."""
    return {path.name: extract(read_source(path)) for path in sorted(SAMPLES.glob("*.txt"))}


def document(record: Record) -> Document:
    """The one document of a sample."""
    (found,) = record.documents
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_head(row: Mapping[str, str], records: Mapping[str, Record]) -> None:
    """Type, symbol, issuer and date are those written down by hand; a lost number stays lost."""
    found = document(records[row["file"]])
    assert (found.type, found.symbol or "", found.issued) == (row["type"], row["symbol"], row["issued"])
    where = found.issuer.place.removeprefix(place_iri("")) if found.issuer and found.issuer.place else None
    issuer = register().resolve(row["issuer"], Context(where, row["issued"])).entry
    assert issuer is not None
    assert body_iri(issuer.path) in {claim.value for claim in found.claims if claim.property == "issuedBy"}
    assert found.issuer is not None
    assert found.issuer.series == issuer.series_path


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_what_it_implements(row: Mapping[str, str], records: Mapping[str, Record]) -> None:
    """The superior documents are cited as implemented, and no other symbol is."""
    record = records[row["file"]]
    implemented = {c.cited.symbol for c in record.citations if c.relation == "implements"}
    assert implemented == set(filter(None, row["implements"].split(";")))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_deadlines(row: Mapping[str, str], records: Mapping[str, Record]) -> None:
    """Every dated and recurring deadline is found, and none is made up."""
    duties = records[row["file"]].obligations
    assert {d.deadline for d in duties if d.deadline} == set(filter(None, row["deadlines"].split(";")))
    assert {d.recurrence for d in duties if d.recurrence} == set(filter(None, row["recurrences"].split(";")))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_receptions(row: Mapping[str, str], records: Mapping[str, Record]) -> None:
    """An arrival number belongs to its reception and to no document."""
    found = document(records[row["file"]])
    stamped = [f"{r.number}/{r.date}" for r in found.received]
    assert stamped == list(filter(None, row["received"].split(";")))
    assert found.number not in {r.number for r in found.received}


def test_every_quote_stands_in_its_source(records: Mapping[str, Record]) -> None:
    """Offsets are code points of the untouched text."""
    for name, record in records.items():
        text = (SAMPLES / name).read_text(encoding="utf-8")
        spans = [
            *(claim.evidence for claim in document(record).claims),
            *(each.evidence for each in (*record.citations, *record.collective_citations, *record.oral_instructions)),
            *(each.evidence for each in (*record.obligations, *record.unresolved)),
            *record.unread,
        ]
        assert all(text[span.start : span.end] == span.exact for span in spans)

"""The decisions of people that a document's page shows: who decided what about it, when and why."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from chidao.web.document_graph import names
from chidao.web.language import Language
from chidao.web.links import Link
from chidao.web.reader import Reader
from chidao.web.readings import Readings

# Decisions are few: they are looked at first, and of each only whether it is about this document.
DECIDED = """
SELECT DISTINCT ?decision ?verdict ?property ?value ?by ?when ?why ?quote WHERE {
  ?decision cd:appliesTo ?thing .
  FILTER(?thing = $document || EXISTS { ?thing cd:citing|cd:imposedBy $document })
  ?decision cd:verdict ?verdict ; cd:decidedProperty ?property ; cd:decidedValue ?value ; cd:grounds ?why ;
    prov:wasAttributedTo/skos:prefLabel ?by ; prov:generatedAtTime ?when ; cd:anchor/oa:exact ?quote .
} ORDER BY ?when ?decision ?value"""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision in force."""

    verdict: str
    about: str
    values: tuple[Link, ...]
    by: str
    when: str
    why: str
    quote: str


def decided(reader: Reader, document: NamedNode, language: Language) -> list[Decided]:
    """The decisions in force about the document, its references and its norms, the earliest first."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in reader.rows(DECIDED, document=document):
        rows.setdefault(row["decision"], []).append(row)
    named = {row[name] for of_one in rows.values() for row in of_one for name in ("verdict", "property", "value")}
    readings = Readings(names(reader, sorted(named)), language)
    return [_decided(of_one, readings) for of_one in rows.values()]


def _decided(rows: list[dict[str, str]], readings: Readings) -> Decided:
    first, label = rows[0], readings.description.label
    verdict, about = (label(first[name], readings.language) for name in ("verdict", "property"))
    values = tuple(readings.link(row["value"]) for row in rows)
    return Decided(verdict, about, values, first["by"], first["when"], first["why"], first["quote"])

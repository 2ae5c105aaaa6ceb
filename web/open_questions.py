"""What a person may settle: references that were not resolved, suggestions, issuers in conflict, duties without bearer.

Each query gives a page of things, and for each a row for every value that it may have, with the quote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chidao.graph.names import graph_iri
from chidao.web.marks import Quote

PAGE = 30  # things on a page
MOST_QUOTES = 6

_QUOTE = """?target oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end ."""
_ORDER = "ORDER BY ?thing ?value ?start"


def _query(things: str, details: str) -> str:
    return f"""
SELECT DISTINCT ?thing ?holder ?value ?reason ?quote ?source ?start ?end WHERE {{
  {{ SELECT DISTINCT ?thing WHERE {{ {things} }} ORDER BY ?thing LIMIT $limit OFFSET $offset }}
  {details}
}} {_ORDER}"""


_SUGGESTED = "OPTIONAL { ?suggestion cd:suggestedFor ?thing ; cd:suggestedDocument ?value }"
QUERIES: Mapping[str, str] = {
    "citations": _query(
        "?thing a cd:Citation ; cd:resolution ?state . FILTER(?state != cd:resolved)",
        f"""?thing cd:citing ?holder ; oa:hasTarget ?target . {_QUOTE}
  OPTIONAL {{ ?thing cd:reason ?reason }}
  OPTIONAL {{ {{ ?suggestion cd:suggestedFor ?thing ; cd:suggestedDocument ?value }}
    UNION {{ ?thing cd:candidate ?value . ?value a cd:Document }} }}""",
    ),
    "unnamed": _query(
        "?s cd:suggestedFor ?thing . ?thing a ?kind . FILTER(?kind IN (cd:CollectiveReference, cd:OralInstruction))",
        f"?thing cd:citing ?holder ; oa:hasTarget ?target . {_QUOTE} {_SUGGESTED}",
    ),
    "issuers": _query(
        "?thing a cd:Document ; cd:issuedBy ?one , ?other . FILTER(STR(?one) < STR(?other))",
        f"""?thing cd:issuedBy ?value . BIND(?thing AS ?holder)
  ?claim cd:claimOf ?thing ; cd:claimProperty cd:issuedBy ; cd:claimValue ?value ; oa:hasTarget ?target . {_QUOTE}""",
    ),
    "bearers": _query(
        """?thing cd:imposedBy ?document . FILTER NOT EXISTS { ?thing cd:bearer ?some }
    FILTER NOT EXISTS { ?thing a cd:Prohibition }""",  # a prohibition without bearer binds everyone
        f"?thing cd:imposedBy ?holder ; oa:hasTarget ?target . {_QUOTE}",
    ),
    "identified": _query(
        "?i a cd:Identification ; cd:localDocument ?thing",
        f"""?identification cd:localDocument ?thing ; cd:canonicalDocument ?value . BIND(?value AS ?holder)
  GRAPH ?own {{ ?reading cd:cited|cd:claimOf ?thing ; oa:hasTarget ?target }} {_QUOTE}""",
    ),
}
"""Kind of question -> query with ``$limit`` and ``$offset``."""

REASONS = """
SELECT DISTINCT ?thing ?value ?why WHERE {
  VALUES ?thing { $things }
  { ?suggestion cd:suggestedFor ?thing ; cd:suggestedDocument ?value ; cd:evidence|cd:doubt ?why }
  UNION { ?found cd:localDocument ?thing ; cd:canonicalDocument ?value ; cd:evidence ?why }
} ORDER BY ?thing ?value ?why"""
"""What speaks for and against a value of each of ``$things``."""

DECISIONS = f"""
SELECT ?decision ?verdict ?property ?thing ?value ?by ?when ?why ?quote ?standing WHERE {{
  GRAPH <{graph_iri("curated")}> {{
    ?decision a cd:Decision ; cd:verdict ?verdict ; cd:decidedProperty ?property ; cd:decidedThing ?thing ;
      cd:decidedValue ?value ; cd:anchor ?anchor ; prov:wasAttributedTo ?person ; prov:generatedAtTime ?when ;
      cd:grounds ?why ; cd:standing ?standing .
    ?anchor oa:exact ?quote . ?person skos:prefLabel ?by .
  }}
}} ORDER BY DESC(?when) ?decision ?value LIMIT $limit OFFSET $offset"""


@dataclass(frozen=True, slots=True)
class Question:
    """A thing with its quotes and the values that it may have; ``holder`` is the document that it stands in."""

    thing: str
    holder: str
    quotes: tuple[Quote, ...]
    reason: str
    values: tuple[str, ...]


def questions(rows: Iterable[Mapping[str, str]]) -> list[Question]:
    """The rows of a query, one question for each thing."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        found.setdefault(row["thing"], []).append(row)
    return [_question(thing, rows_of) for thing, rows_of in found.items()]


def _question(thing: str, rows: list[Mapping[str, str]]) -> Question:
    first = rows[0]
    values = dict.fromkeys(row["value"] for row in rows if "value" in row)
    quotes = dict.fromkeys(Quote(row["source"], int(row["start"]), int(row["end"]), row["quote"]) for row in rows)
    return Question(thing, first["holder"], tuple(quotes)[:MOST_QUOTES], first.get("reason", ""), tuple(values))

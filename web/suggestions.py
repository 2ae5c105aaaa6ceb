"""Which documents an unresolved or unnamed reference may mean: suggestions with their confidence, never links."""

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode

from chidao.web.document_graph import names
from chidao.web.language import Language
from chidao.web.links import Link
from chidao.web.reader import Reader
from chidao.web.readings import Readings

SUGGESTED = """
SELECT DISTINCT ?reference ?document ?confidence ?why WHERE {
  ?reference cd:citing $document . ?suggestion cd:suggestedFor ?reference ; cd:suggestedDocument ?document .
  OPTIONAL { ?suggestion cd:confidence ?confidence } OPTIONAL { ?suggestion cd:evidence|cd:doubt ?why }
} ORDER BY ?reference DESC(?confidence) ?document ?why"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A document that may be meant; ``percent`` is how sure that is, ``reasons`` what speaks for it and against."""

    document: Link
    percent: int
    reasons: tuple[str, ...]


def suggestions(reader: Reader, document: NamedNode, language: Language) -> dict[str, list[Suggestion]]:
    """Reference of the document (an IRI) -> what is suggested for it, the surest first."""
    rows = reader.rows(SUGGESTED, document=document)
    readings = Readings(names(reader, sorted({row[name] for row in rows for name in _NAMED if name in row})), language)
    reasons: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        why = [readings.description.label(row["why"], language)] if "why" in row else []
        reasons[row["reference"], row["document"], row.get("confidence", "0")] += why
    found: defaultdict[str, list[Suggestion]] = defaultdict(list)
    for (reference, suggested, confidence), why in reasons.items():
        found[reference].append(Suggestion(readings.link(suggested), round(float(confidence) * 100), tuple(why)))
    return dict(found)


_NAMED = ("document", "why")

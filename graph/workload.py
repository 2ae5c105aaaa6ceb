"""The load of one body: every duty that lands on it from all sides, with who laid it there and by when."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph

from chidao.graph.body_names import body_label
from chidao.graph.chains import describe_document
from chidao.graph.facts import Facts
from chidao.graph.norms import INTERMEDIARY, LEAD, PARTNER, Landing, landing_on
from chidao.graph.tables import Row

COLUMNS = ("role", "named", "imposed_by", "issuer", "level", "system", "deadline", "how_often", "reports_to", "quote")


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """How many duties land on a body: by role, by level of the issuer, with a deadline, to be reported daily."""

    duties: int
    roles: Counter[str]
    levels: Counter[str]
    with_deadline: int
    daily: int


def workload(store: pyoxigraph.Store, body: str, means: Callable[[str], bool] | None = None) -> list[Landing]:
    """The norms that name the body (an IRI), its head or a group that it is in: as lead, partner or intermediary."""
    return landing_on(Facts(store), body, (LEAD, PARTNER, INTERMEDIARY), means)


def load_figures(store: pyoxigraph.Store, landings: Sequence[Landing]) -> LoadFigures:
    """Count the landings; a norm that names a body twice counts once for each role."""
    documents = {landing.norm.document for landing in landings}
    levels = {document: str(describe_document(store, document).get("level", "")) for document in documents}
    timed = [each for each in landings if each.norm.deadline or each.norm.recurrence or each.norm.relative_deadline]
    return LoadFigures(
        len(landings),
        Counter(landing.role for landing in landings),
        Counter(levels[landing.norm.document] for landing in landings),
        len(timed),
        sum(landing.norm.recurrence.startswith("daily") for landing in landings),
    )


def workload_rows(store: pyoxigraph.Store, landings: Sequence[Landing], lang: str = "vi") -> list[Row]:
    """The landings as rows of ``COLUMNS``, those with the earliest deadline first, then the others."""
    ordered = sorted(landings, key=lambda each: (not each.norm.deadline, each.norm.deadline, each.norm.iri))
    return [_row(store, landing, lang) for landing in ordered]


def _row(store: pyoxigraph.Store, landing: Landing, lang: str) -> Row:
    facts, norm = Facts(store), landing.norm
    head = describe_document(store, norm.document, lang)
    return {
        "role": landing.role,
        "named": body_label(facts, landing.named, lang),
        "imposed_by": head["label"],
        "issuer": head.get("issuer"),
        "level": head.get("level"),
        "system": head.get("system"),
        "deadline": norm.deadline[:16] if norm.precision == "minute" else norm.deadline[:10],
        "how_often": norm.recurrence or norm.relative_deadline,
        "reports_to": "; ".join(body_label(facts, each, lang) for each in norm.reports_to),
        "quote": norm.text,
    }

"""Who must report to whom, through whom and how often: lines of report, gathered from the duties."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.body_names import body_label
from chidao.graph.chains import describe_document
from chidao.graph.facts import Facts
from chidao.graph.norms import Norm, is_first_hand, meaning, read_norm
from chidao.graph.tables import Row
from chidao.graph.terms import cd

COLUMNS = ("bearer", "recipient", "via", "how_often", "duties", "next_deadlines", "documents", "quote")
_SHOWN = 3  # deadlines in a cell


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """``bearer`` reports to ``recipient``, through ``via`` ("" for nobody): IRIs of bodies or groups.

    ``recurrence`` as in "daily 16:00", "" for what is reported once; ``norms`` are the duties that say so.
    """

    bearer: str
    recipient: str
    via: str
    recurrence: str
    norms: tuple[Norm, ...]


def reporting_lines(
    store: pyoxigraph.Store, body: str | None = None, means: Callable[[str], bool] | None = None
) -> list[ReportingLine]:
    """All lines of report, or those that begin at, end at or pass through ``body`` (an IRI), most duties first."""
    facts = Facts(store)
    means = means or (None if body is None else meaning(facts, body))
    lines: defaultdict[tuple[str, str, str, str], list[Norm]] = defaultdict(list)
    norms = (read_norm(facts, each) for each in sorted(_reporting(facts, means), key=str))
    for norm in (each for each in norms if is_first_hand(facts, each)):
        for bearer in norm.bearers or ("",):
            for recipient in norm.reports_to:
                for via in norm.via or ("",):
                    lines[bearer, recipient, via, norm.recurrence].append(norm)
    found = (ReportingLine(*ends, tuple(norms)) for ends, norms in lines.items())
    wanted = [line for line in found if means is None or any(map(means, (line.bearer, line.recipient, line.via)))]
    return sorted(wanted, key=lambda line: (-len(line.norms), line.bearer, line.recipient, line.via, line.recurrence))


def _reporting(facts: Facts, means: Callable[[str], bool] | None) -> set[NamedNode]:
    """The norms that say to whom is reported; with ``means`` those that name such a body on their line."""
    reporting = {norm for norm, _ in facts.pairs(cd("reportsTo"))}
    if means is None:
        return reporting
    ends = (pair for name in ("bearer", "reportsTo", "via") for pair in facts.pairs(cd(name)))
    return {norm for norm, named in ends if norm in reporting and means(named.value)}


def reporting_rows(store: pyoxigraph.Store, lines: list[ReportingLine], lang: str = "vi") -> list[Row]:
    """The lines as rows of ``COLUMNS``; the quote is that of the first duty."""
    facts = Facts(store)
    return [
        {
            "bearer": body_label(facts, line.bearer, lang) if line.bearer else None,
            "recipient": body_label(facts, line.recipient, lang),
            "via": body_label(facts, line.via, lang) if line.via else None,
            "how_often": line.recurrence or None,
            "duties": len(line.norms),
            "next_deadlines": "; ".join(sorted({norm.deadline for norm in line.norms} - {""})[:_SHOWN]),
            "documents": "; ".join(_documents(store, line, lang)),
            "quote": line.norms[0].text,
        }
        for line in lines
    ]


def _documents(store: pyoxigraph.Store, line: ReportingLine, lang: str) -> list[str]:
    documents = sorted({norm.document for norm in line.norms})
    return [str(describe_document(store, document, lang)["label"]) for document in documents]

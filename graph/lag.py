"""How long it took: days from a document to those that implement it, and from its issue to its arrival."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import pyoxigraph

from chidao.graph.body_names import body_label, place_at, place_label
from chidao.graph.chain_index import ChainIndex, StepKind, read_chain_index
from chidao.graph.chains import describe_document
from chidao.graph.facts import Facts
from chidao.graph.tables import Row
from chidao.graph.terms import cd, day_number

ISSUE, RECEPTION = "issue", "reception"
GROUPS = ("level", "province", "month", "quarter", "year")
COLUMNS = ("measure", "days", "superior", "document", "on", "step", "level", "province", "by", "parent", "child")
SUMMARY_COLUMNS = ("measure", "group", "n", "median", "min", "max", "contradictions")


@dataclass(frozen=True, slots=True)
class Lag:
    """One interval in days. ``measure`` is "issue" (from ``parent`` to ``child``) or "reception" (of ``child``, which
    is ``parent`` too). ``on`` is the ISO day on which it ended; ``body`` the issuer or receiver.

    Below zero the dates contradict each other: such an interval is reported and left out of every figure.
    """

    measure: str
    parent: str
    child: str
    days: int
    on: str
    kind: StepKind | None
    level: str | None
    province: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class LagSummary:
    """The figures of one group: ``n`` intervals, and how many were left out because their dates contradict."""

    measure: str
    group: str
    n: int
    median: float | None
    minimum: int | None
    maximum: int | None
    contradictions: int


def lags(store: pyoxigraph.Store, document: str | None = None, lang: str = "vi") -> list[Lag]:
    """All intervals, or those down from ``document`` (an IRI) with its own reception, by the day of their end."""
    return lags_in(Facts(store), read_chain_index(store), document, lang)


def lags_in(facts: Facts, index: ChainIndex, document: str | None = None, lang: str = "vi") -> list[Lag]:
    """The same with an index that was read before."""
    chain = index.below(document) | {document} if document else set(index.heads)
    found = [*_of_issue(index, chain, lang), *_of_reception(facts, index, chain, lang)]
    return sorted(found, key=lambda lag: (lag.on, lag.measure, lag.child, lag.parent, lag.body or ""))


def _of_issue(index: ChainIndex, chain: set[str], lang: str) -> Iterator[Lag]:
    for step in index.steps:
        head = index.head(step.child)
        if step.days is not None and head.issued and step.parent in chain:
            issuer = next(iter(head.issuers), None)
            province = _province(issuer, head.issued, lang)
            yield Lag(ISSUE, step.parent, step.child, step.days, head.issued, step.kind, head.level, province, issuer)


def _of_reception(facts: Facts, index: ChainIndex, chain: set[str], lang: str) -> Iterator[Lag]:
    for reception, received in facts.pairs(cd("received")):
        for document in facts.values(reception, cd("receptionOf")):
            head = index.head(document)
            if head.day is None or document not in chain:
                continue
            receiver = facts.value(reception, cd("receivedBy"))
            places = (_province(body, received.value, lang) for body in (receiver, *head.issuers))
            province = next(filter(None, places), None)
            days = day_number(received.value) - head.day
            yield Lag(RECEPTION, document, document, days, received.value, None, head.level, province, receiver)


def _province(body: str | None, day: str, lang: str) -> str | None:
    place = place_at(body, "province", day) if body else None
    return place_label(place, lang) if place else None


def summarise(found: Iterable[Lag], by: str | None = None) -> list[LagSummary]:
    """The figures of each group of ``by`` (one of ``GROUPS``; None: all together), issue and reception apart."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for lag in found:
        groups[lag.measure, group_of(lag, by)].append(lag.days)
    return [_summary(measure, group, days) for (measure, group), days in sorted(groups.items())]


def group_of(lag: Lag, by: str | None) -> str:
    """The group of an interval: its level, its province, or the period of its end; "" where that is not known."""
    quarter = f"{lag.on[:4]}-Q{(int(lag.on[5:7]) + 2) // 3}"
    periods = {"month": lag.on[:7], "quarter": quarter, "year": lag.on[:4]}
    return {"level": lag.level or "", "province": lag.province or "", **periods}.get(by or "", "")


def _summary(measure: str, group: str, days: Sequence[int]) -> LagSummary:
    true = [each for each in days if each >= 0]
    if not true:
        return LagSummary(measure, group, 0, None, None, None, len(days))
    return LagSummary(measure, group, len(true), median(true), min(true), max(true), len(days) - len(true))


def lag_rows(store: pyoxigraph.Store, found: Iterable[Lag], lang: str = "vi") -> list[Row]:
    """The intervals as rows of ``COLUMNS``."""
    facts = Facts(store)
    return [
        {
            "measure": lag.measure,
            "days": lag.days,
            "superior": describe_document(store, lag.parent, lang)["label"] if lag.measure == ISSUE else None,
            "document": describe_document(store, lag.child, lang)["label"],
            "on": lag.on,
            "step": "child older than its parent" if lag.days < 0 else lag.kind.value if lag.kind else "",
            "level": lag.level,
            "province": lag.province,
            "by": body_label(facts, lag.body, lang) if lag.body else None,
            "parent": lag.parent,
            "child": lag.child,
        }
        for lag in found
    ]


def summary_rows(found: Iterable[LagSummary]) -> list[Row]:
    """The figures as rows of ``SUMMARY_COLUMNS``."""
    return [
        {
            "measure": each.measure,
            "group": each.group,
            "n": each.n,
            "median": each.median,
            "min": each.minimum,
            "max": each.maximum,
            "contradictions": each.contradictions,
        }
        for each in found
    ]

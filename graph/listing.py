"""The documents and the norms of a snapshot as rows of plain values, for tables. What is not known is None."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.chains import describe_document, label_of
from chidao.graph.errors import NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.names import slug
from chidao.graph.norms import Norm, is_first_hand, read_norm
from chidao.graph.terms import ALT_LABEL, PREF_LABEL, TYPE, Term, cd, oa

Row = dict[str, object]
DOCUMENT_COLUMNS = (
    "document", "label", "symbol", "type", "type_label", "title", "issued", "level", "system", "issuer", "issuer_iri",
    "held",
)  # fmt: skip
NORM_COLUMNS = (
    "norm", "document", "document_label", "issued", "modality", "section", "bearers", "bearer_iris", "text", "deadline",
    "precision", "recurrence", "relative_deadline", "condition", "reports_to", "via", "with", "quote", "source",
    "start", "end",
)  # fmt: skip
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class NormFilter:
    """Which norms: all that fit every part that is given.

    ``document`` is an IRI. ``bearer`` is an IRI, or words of the name of a body or group, with or without marks; a norm
    of a group also fits by its members. ``deadline_from`` and ``deadline_to`` are days, both included: norms without a
    stated date fit neither.
    """

    document: str | None = None
    bearer: str | None = None
    deadline_from: date | None = None
    deadline_to: date | None = None


def document_rows(store: pyoxigraph.Store, lang: str = "vi") -> list[Row]:
    """A row for each document with DOCUMENT_COLUMNS, oldest first; ``issued`` is an ISO date."""
    found = {subject.value for subject in Facts(store).subjects(TYPE, cd("Document"))}
    rows = [{"document": iri, **describe_document(store, iri, lang)} for iri in found]
    whole: list[Row] = [{name: row.get(name) for name in DOCUMENT_COLUMNS} for row in rows]
    return sorted(whole, key=lambda row: (str(row["issued"] or "9999"), str(row["document"])))


def norm_rows(store: pyoxigraph.Store, wanted: NormFilter, lang: str = "vi") -> list[Row]:
    """A row for each norm with NORM_COLUMNS, by date of the document, then by place in its text.

    What a report says of a document whose own text is held is left out. Several bearers stand in one cell: names joined
    by "; ", IRIs by a blank. ``deadline`` is an ISO moment with its zone, ``start`` and ``end`` count code points of
    the source text. Raises NotFoundError for a bearer of no norm.
    """
    facts = Facts(store)
    label = cache(lambda body: label_of(facts, NamedNode(body), lang) or body)
    head = cache(lambda iri: describe_document(store, iri, lang))
    norms = (read_norm(facts, norm) for norm in _fitting(facts, wanted))
    rows = [_norm_row(facts, norm, label, head) for norm in norms if is_first_hand(facts, norm)]
    return sorted(
        rows, key=lambda row: (str(row["issued"] or "9999"), str(row["document"]), _start(row), str(row["norm"]))
    )


def _start(row: Row) -> int:
    return row["start"] if isinstance(row["start"], int) else 0


def _norm_row(
    facts: Facts, norm: Norm, label: Callable[[str], str], head: Callable[[str], dict[str, str | bool]]
) -> Row:
    about = head(norm.document)
    people = {"bearers": norm.bearers, "reports_to": norm.reports_to, "via": norm.via, "with": norm.partners}
    return {
        "norm": norm.iri,
        "document": norm.document,
        "document_label": about["label"],
        "issued": about.get("issued"),
        "modality": norm.modality,
        "bearer_iris": " ".join(norm.bearers) or None,
        **{column: "; ".join(map(label, bodies)) or None for column, bodies in people.items()},
        **{name: getattr(norm, name) or None for name in _STATED},
        **_quote(facts, facts.first(NamedNode(norm.iri), oa("hasTarget"))),
    }


_STATED = ("section", "text", "deadline", "precision", "recurrence", "relative_deadline", "condition", "source")


def _quote(facts: Facts, target: Term | None) -> Row:
    selector = facts.first(target, oa("hasSelector"))
    start, end = (facts.value(selector, oa(name)) for name in ("start", "end"))
    return {
        "quote": facts.value(selector, oa("exact")),
        "start": None if start is None else int(start),
        "end": None if end is None else int(end),
    }


def _fitting(facts: Facts, wanted: NormFilter) -> Iterator[NamedNode]:
    """The norms that pass every filter."""
    found: set[Term] = {norm for norm, _ in facts.pairs(cd("imposedBy"))}
    if wanted.document is not None:
        found &= set(facts.subjects(cd("imposedBy"), NamedNode(wanted.document)))
    if wanted.bearer is not None:
        bearers = _bearers(facts, wanted.bearer)
        found &= {norm for norm, body in facts.pairs(cd("bearer")) if body in bearers}
    if wanted.deadline_from is not None or wanted.deadline_to is not None:
        first = ((wanted.deadline_from or date.min) - _EPOCH).days
        last = ((wanted.deadline_to or date.max) - _EPOCH).days
        found &= {norm for norm, day in facts.pairs(cd("deadlineDay")) if first <= int(day.value) <= last}
    return (norm for norm in found if isinstance(norm, NamedNode))


def _bearers(facts: Facts, name: str) -> set[Term]:
    """The bodies and groups that bear a norm and are called ``name``, and groups that have such a member."""
    bearers = {body for _, body in facts.pairs(cd("bearer"))}
    fits = cache(lambda body: _called(facts, body, name))
    found = {body for body in bearers if fits(body) or any(map(fits, facts.objects(body, cd("member"))))}
    if not found:
        raise NotFoundError(f"no norm among the texts loaded has a bearer {name!r}; give words of its name, or its IRI")
    return found


def _called(facts: Facts, body: Term, name: str) -> bool:
    """Whether ``name`` is the IRI, or whole words of a name: "so y te" of "Sở Y tế", not "y" of "Quy"."""
    if "://" in name:
        return body.value == name
    known = (*facts.values(body, PREF_LABEL), *facts.values(body, ALT_LABEL))
    return any(f"-{slug(name)}-" in f"-{slug(label)}-" for label in known)

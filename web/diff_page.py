"""A document and one that implements it, side by side: each duty with what became of it, and the titles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.side_by_side import COLUMNS
from chidao.web import links
from chidao.web.chain_views import Documents, analysed, document_link, document_links, starts, view
from chidao.web.chain_views import download as as_file
from chidao.web.document_graph import readings_description
from chidao.web.language import chosen, words
from chidao.web.links import Link
from chidao.web.marks import Quote
from chidao.web.readings import Norm, Readings
from chidao.web.site import site

blueprint = Blueprint("diff", __name__)
KINDS = ("reassigned", "tightened", "loosened", "narrowed", "widened", "verbatim", "reworded", "dropped", "added")

Words = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Side:
    """A duty of one of the two; ``words`` are its quote in pieces, True for what the other does not have."""

    norm: Norm
    words: Words


@dataclass(frozen=True, slots=True)
class Row:
    """A duty of the parent beside that of the child; None where nothing answers. Figures are in percent.

    ``anchor`` is set on the first row of its kind. ``others_duty``: it was laid on others than the child's issuer.
    """

    kind: str
    further: tuple[str, ...]
    parent: Side | None
    child: Side | None
    similarity: int | None
    confidence: int | None
    method: str
    others_duty: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class TitleRow:
    """The titles in pieces with the quotes that state them, and what the child's leaves out and adds."""

    parent_words: Words
    child_words: Words
    parent_quotes: tuple[Quote, ...]
    child_quotes: tuple[Quote, ...]
    dropped: list[str]
    added: list[str]
    dropped_targets: list[str]
    confidence: int | None
    method: str


@blueprint.get("/diff")
def diff() -> BaseResponse | str:
    """``?parent=`` and ``child=`` name the documents; with a parent alone its children are offered."""
    parent, child = (request.args.get("parent") or request.args.get("document", "")), request.args.get("child", "")
    if not parent.strip():
        return render_template("diff.html", starts=starts(), asked="", children=(), parent=None, child=None)
    answer = analysed("diff", parent=_named(parent), child=_named(child))
    found, documents = answer.found, answer.found["documents"]
    if not found["child"]:
        return _choice(found, documents)
    file = as_file("diff", COLUMNS, ([row[name] for name in COLUMNS] for row in found["rows"]), answer.snapshot)
    if file:
        return file
    beside = found["side_by_side"]
    readings = _readings(beside)
    rows = list(_rows(beside["carried"], readings))
    counted = Counter(row.kind for row in rows)
    above, below = (document_link(documents, found[side]) for side in ("parent", "child"))
    return render_template(
        "diff.html",
        asked=links.document_path(found["parent"]),
        parent=above,
        child=below,
        others=_others(found, documents),
        beside=beside,
        groups=[(section, list(each)) for section, each in groupby(rows, key=_section)],
        counts=[(kind, counted[kind]) for kind in KINDS if counted[kind]],
        kinds=found["kinds"],
        titles=_titles(beside["titles"], readings),
        reported=[link for link in (above, below) if not _held(documents, found, link is above)],
        view=view(f"{words(chosen(request))['diff']}: {above.text} → {below.text}", answer.snapshot),
    )


def _named(typed: str) -> str:
    return links.document_named(typed.strip()[:500])


def _held(documents: Documents, found: Mapping[str, Any], is_parent: bool) -> bool:
    return bool(documents[found["parent" if is_parent else "child"]]["held"])


def _choice(found: Mapping[str, Any], documents: Documents) -> str:
    above = document_link(documents, found["parent"])
    return render_template(
        "diff.html",
        asked=links.document_path(found["parent"]),
        parent=above,
        child=None,
        children=[(link, str(documents[iri].get("issuer", "")), _address(found, iri))
                  for iri, link in zip(found["children"], document_links(documents, found["children"]), strict=True)],
    )  # fmt: skip


def _others(found: Mapping[str, Any], documents: Documents) -> list[Link]:
    """The parent's other children, each with the address of its comparison."""
    iris = [iri for iri in found["children"] if iri != found["child"]]
    return [
        Link(link.text, _address(found, iri), link.note)
        for iri, link in zip(iris, document_links(documents, iris), strict=True)
    ]


def _address(found: Mapping[str, Any], child: str) -> str:
    return links.diff(found["parent"], child)


def _readings(beside: Mapping[str, Any]) -> Readings:
    """All about the duties of both, and about what states their titles."""
    norms = [each[side]["iri"] for each in beside["carried"] for side in ("parent", "child") if each[side]]
    titles = beside["titles"] or {}
    stated = [titles[name] for name in ("parent_reading", "child_reading") if titles.get(name)]
    return Readings(readings_description(site().reader, [*norms, *stated]), chosen(request))


def _rows(carried: Iterable[Mapping[str, Any]], readings: Readings) -> Iterator[Row]:
    seen: set[str] = set()
    for each in carried:
        kind = each["kind"]
        yield Row(
            kind,
            tuple(each["further"]),
            _side(each, "parent", readings),
            _side(each, "child", readings),
            _percent(each["similarity"]),
            _percent(each["confidence"]),
            each["method"],
            each["concerns_issuer"] is False,
            "" if kind in seen else f"kind-{kind}",
        )
        seen.add(kind)


def _side(each: Mapping[str, Any], side: str, readings: Readings) -> Side | None:
    return Side(readings.norm(each[side]["iri"]), each[f"{side}_words"]) if each[side] else None


def _section(row: Row) -> str:
    """The parent's section that the row stands under: "II" for II.5; "added" for what only the child has."""
    return row.parent.norm.section.partition(".")[0] if row.parent else "added"


def _titles(titles: Mapping[str, Any] | None, readings: Readings) -> TitleRow | None:
    if titles is None:
        return None
    above, below = (titles[name] for name in ("parent_reading", "child_reading"))
    return TitleRow(
        titles["parent_words"],
        titles["child_words"],
        readings.quotes(above) if above else (),
        readings.quotes(below) if below else (),
        titles["dropped"],
        titles["added"],
        titles["dropped_targets"],
        _percent(titles["confidence"]),
        titles["method"],
    )


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)

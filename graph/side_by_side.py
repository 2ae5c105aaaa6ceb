"""A document and one that implements it, side by side: what became of each duty, word by word, and of the title."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.body_names import body_label
from chidao.graph.chains import label_of
from chidao.graph.difference import ADDED, REMOVED, Segment, difference
from chidao.graph.facts import Facts
from chidao.graph.norms import Norm, position, read_norm
from chidao.graph.tables import Row
from chidao.graph.terms import TYPE, cd

COLUMNS = (
    "kind",
    "further",
    "parent_section",
    "parent_bearer",
    "parent_deadline",
    "parent_text",
    "child_section",
    "child_bearer",
    "child_deadline",
    "child_text",
    "similarity",
    "confidence",
    "method",
    "parent_norm",
    "child_norm",
)

Words = tuple[tuple[str, bool], ...]
"""A quote cut into pieces; True for those that the other quote does not have."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One ``cd:CarryOver``. ``kind`` and ``further`` are local names ("narrowed"); a norm is None where none answers.

    ``similarity`` and ``confidence`` are 0 to 1. ``concerns_issuer`` is False for a dropped duty that was laid on
    others than the child's issuer, None where that is not known.
    """

    kind: str
    further: tuple[str, ...]
    parent: Norm | None
    child: Norm | None
    parent_words: Words
    child_words: Words
    similarity: float | None
    confidence: float | None
    method: str
    concerns_issuer: bool | None


@dataclass(frozen=True, slots=True)
class Titles:
    """A ``cd:TitleDrift``. The readings are IRIs of the claim or citation whose quote states the title, "" for none."""

    parent_words: Words
    child_words: Words
    parent_reading: str
    child_reading: str
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    dropped_targets: tuple[str, ...]
    confidence: float | None
    method: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """``carried`` in the order of the parent's text, then what the child adds in the order of its own.

    ``parent_duties`` and ``child_duties`` count what was read of either at all: none read, nothing to compare.
    """

    parent: str
    child: str
    implements: bool
    carried: tuple[Carried, ...]
    titles: Titles | None
    parent_duties: int
    child_duties: int


def side_by_side(store: pyoxigraph.Store, parent: str, child: str) -> SideBySide:
    """What the derived graph says of the two documents (canonical IRIs)."""
    facts, above, below = Facts(store), NamedNode(parent), NamedNode(child)
    about = [each for each in facts.subjects(cd("childDocument"), below) if _of(facts, each, above)]
    carried = [_carried(facts, each) for each in about if cd("CarryOver") in facts.objects(each, TYPE)]
    titles = [_titles(facts, each) for each in about if cd("TitleDrift") in facts.objects(each, TYPE)]
    return SideBySide(
        parent,
        child,
        above in facts.objects(below, cd("implements")),
        tuple(sorted(carried, key=_order)),
        next(iter(titles), None),
        len(facts.subjects(cd("imposedBy"), above)),
        len(facts.subjects(cd("imposedBy"), below)),
    )


def _of(facts: Facts, thing: NamedNode, parent: NamedNode) -> bool:
    return parent in facts.objects(thing, cd("parentDocument"))


def _order(each: Carried) -> tuple[bool, tuple[str, int], tuple[str, int]]:
    ends = [position(norm.iri) if norm else ("", 0) for norm in (each.parent, each.child)]
    return each.parent is None, ends[0], ends[1]


def _carried(facts: Facts, carry_over: NamedNode) -> Carried:
    above, below = (facts.first(carry_over, cd(name)) for name in ("parentNorm", "childNorm"))
    parent, child = (read_norm(facts, norm) if isinstance(norm, NamedNode) else None for norm in (above, below))
    words = _compared(parent.text if parent else "", child.text if child else "")
    concerns = facts.value(carry_over, cd("concernsIssuer"))
    return Carried(
        next(iter(_kinds(facts, carry_over, "carryKind")), ""),
        _kinds(facts, carry_over, "furtherKind"),
        parent,
        child,
        *words,
        _figure(facts, carry_over, "similarity"),
        _figure(facts, carry_over, "confidence"),
        facts.value(carry_over, cd("method")) or "",
        None if concerns is None else concerns == "true",
    )


def _titles(facts: Facts, drift: NamedNode) -> Titles:
    def several(name: str) -> tuple[str, ...]:
        return tuple(facts.values(drift, cd(name)))

    above, below = (facts.value(drift, cd(name)) or "" for name in ("parentTitle", "childTitle"))
    return Titles(
        *_compared(above, below),
        facts.value(drift, cd("parentTitleReading")) or "",
        facts.value(drift, cd("childTitleReading")) or "",
        several("droppedPhrase"),
        several("addedPhrase"),
        several("droppedTarget"),
        _figure(facts, drift, "confidence"),
        facts.value(drift, cd("method")) or "",
    )


def _kinds(facts: Facts, thing: NamedNode, name: str) -> tuple[str, ...]:
    return tuple(value.removeprefix(cd("").value) for value in facts.values(thing, cd(name)))


def _figure(facts: Facts, thing: NamedNode, name: str) -> float | None:
    value = facts.value(thing, cd(name))
    return float(value) if value else None


def _compared(parent: str, child: str) -> tuple[Words, Words]:
    """Both quotes in pieces; a quote that stands alone is one piece, not marked."""
    if not parent or not child:
        return ((parent, False),), ((child, False),)
    segments = difference(parent, child)
    return (
        _pieces(parent, [segment.parent for segment in _of_kind(segments, REMOVED) if segment.parent]),
        _pieces(child, [segment.child for segment in _of_kind(segments, ADDED) if segment.child]),
    )


def _of_kind(segments: Iterable[Segment], kind: str) -> list[Segment]:
    return [segment for segment in segments if segment.kind == kind]


def _pieces(quote: str, marked: Sequence[tuple[int, int]]) -> Words:
    """The quote cut at the spans: the pieces joined give it back."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in marked:
        pieces += [(quote[done:start], False), (quote[start:end], True)]
        done = end
    return tuple((piece, is_marked) for piece, is_marked in (*pieces, (quote[done:], False)) if piece)


def kind_labels(store: pyoxigraph.Store, lang: str) -> dict[str, str]:
    """The name of every carry kind: "narrowed" -> "thu hẹp"."""
    facts = Facts(store)
    kinds = facts.subjects(TYPE, cd("CarryKind"))
    return {kind.value.removeprefix(cd("").value): label_of(facts, kind, lang) or "" for kind in kinds}


def side_rows(store: pyoxigraph.Store, found: SideBySide, lang: str = "vi") -> list[Row]:
    """The carry-overs as rows of ``COLUMNS``, kinds by their local names."""
    facts = Facts(store)
    return [_row(facts, each, lang) for each in found.carried]


def _row(facts: Facts, each: Carried, lang: str) -> Row:
    row: dict[str, object] = {"kind": each.kind, "further": "; ".join(each.further)}
    for side, norm in (("parent", each.parent), ("child", each.child)):
        row[f"{side}_norm"] = norm.iri if norm else None
        row[f"{side}_section"] = norm.section if norm else None
        row[f"{side}_bearer"] = "; ".join(body_label(facts, body, lang) for body in norm.bearers) if norm else None
        row[f"{side}_deadline"] = norm.due if norm else None
        row[f"{side}_text"] = norm.text if norm else None
    return row | {"similarity": each.similarity, "confidence": each.confidence, "method": each.method}

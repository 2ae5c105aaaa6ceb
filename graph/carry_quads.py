"""``cd:CarryOver``: the duties of a document beside those of each document that implements it, where both are held."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx
import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from chidao.graph.alignment import Pair, align
from chidao.graph.body_names import body_label
from chidao.graph.carry import ADDED, DROPPED, VERBATIM, Duty, carry_kinds
from chidao.graph.delegation import concerns
from chidao.graph.due import Due
from chidao.graph.facts import Facts
from chidao.graph.identify import local_names
from chidao.graph.names import derived_iri
from chidao.graph.terms import TYPE, Term, Values, cd, decimal, describe, text

METHOD = "likeness of weighted words, best matching of duties (docs/chains.md, Carry kinds)"
_UNANSWERED = 0.75  # how sure an absence is: a duty in quite other words is not found
_REMEMBERED = 200  # documents: some hundred kilobytes each, with what their duties are compared by
_TEXT, _BEARER = cd("text"), cd("bearer")
_DUE = (cd("deadline"), cd("recurrence"), cd("deadlineWithin"))
_READ = (TYPE, _TEXT, _BEARER, *_DUE)
_MODALITIES = ("Prohibition", "Request", "Recommendation", "Permission")


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """What is compared of a document. ``whole`` is false where only a report of it is held."""

    iri: str
    issuer: str | None
    duties: tuple[Duty, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents; ``locals`` are the local names by canonical IRI, ``read`` remembers what was read."""

    facts: Facts
    locals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    read: dict[str, HeldDocument] = field(default_factory=dict)

    def document(self, iri: str) -> HeldDocument:
        """The document of that canonical IRI; those asked for last are remembered, for a parent has many children."""
        found = self.read.pop(iri, None) or _held(self.facts, iri, (iri, *self.locals.get(iri, ())))
        self.read[iri] = found
        if len(self.read) > _REMEMBERED:
            del self.read[next(iter(self.read))]
        return found


def carry_triples(
    store: pyoxigraph.Store,
    implementation: "nx.DiGraph[str]",
    canonical: Mapping[str, str],
    only: Container[str] | None = None,
) -> Iterator[Triple]:
    """The carry-overs along every edge of ``implementation`` (from the implementing document to the implemented one).

    Nothing is said where no duty was read in one of the two texts. What a report leaves out is not called dropped or
    added. ``only`` these implementing documents are looked at, if given.
    """
    reader = Reader(Facts(store, None), local_names(canonical))
    for child in sorted(each for each in implementation if only is None or each in only):
        yield from carried(reader, child, sorted(implementation.successors(child)))


def carried(reader: Reader, child: str, parents: Iterable[str]) -> Iterator[Triple]:
    """The carry-overs of one implementing document."""
    for parent in parents:
        if child != parent:
            yield from _carried(reader.document(parent), reader.document(child))


def _carried(parent: HeldDocument, child: HeldDocument) -> Iterator[Triple]:
    if not parent.duties or not child.duties:
        return
    found = align(parent.duties, child.duties, child.issuer)
    for pair in found.pairs:
        yield from _pair(parent, child, pair)
    if child.whole:
        for duty in found.dropped:
            yield from _carry_over(
                parent, child, duty, None, _unanswered(DROPPED, concerns(duty.bearers, child.issuer))
            )
    if parent.whole:
        for duty in found.added:
            yield from _carry_over(parent, child, None, duty, _unanswered(ADDED, None))


def _pair(parent: HeldDocument, child: HeldDocument, pair: Pair) -> Iterator[Triple]:
    kind, *others = carry_kinds(pair.parent, pair.child, child.issuer)
    values: dict[NamedNode, Values] = {
        cd("carryKind"): cd(kind),
        cd("furtherKind"): [cd(other) for other in others],
        cd("similarity"): decimal(pair.likeness),
        cd("confidence"): decimal(1 if VERBATIM in {kind, *others} else 0.6 + 0.4 * pair.likeness),
    }
    return _carry_over(parent, child, pair.parent, pair.child, values)


def _unanswered(kind: str, concerned: bool | None) -> dict[NamedNode, Values]:
    return {
        cd("carryKind"): cd(kind),
        cd("concernsIssuer"): None if concerned is None else Literal(concerned),
        cd("confidence"): decimal(_UNANSWERED),
    }


def _carry_over(
    parent: HeldDocument,
    child: HeldDocument,
    above: Duty | None,
    below: Duty | None,
    values: Mapping[NamedNode, Values],
) -> Iterator[Triple]:
    names = tuple(duty.name if duty else "" for duty in (above, below))
    return describe(
        derived_iri("carry-over", parent.iri, child.iri, *names),
        {
            TYPE: cd("CarryOver"),
            cd("parentDocument"): NamedNode(parent.iri),
            cd("childDocument"): NamedNode(child.iri),
            cd("parentNorm"): NamedNode(above.name) if above else None,
            cd("childNorm"): NamedNode(below.name) if below else None,
            cd("method"): text(METHOD),
            **values,
        },
    )


def _held(facts: Facts, iri: str, names: Iterable[str]) -> HeldDocument:
    """The document with the duties of one source: its own text before a report, the one with the most duties."""
    nodes = [NamedNode(name) for name in names]
    norms = {norm: said for node in nodes for norm, said in facts.described(cd("imposedBy"), node, _READ).items()}
    own = sorted({text.value for node in nodes for text in facts.objects(node, cd("hasText"))})
    sources = own or sorted({text.value for node in nodes for text in facts.objects(node, cd("reportedIn"))})
    of_source = ([norm for norm in norms if norm.value.startswith(f"{source}/")] for source in sources)
    chosen = max(of_source, key=len, default=[])
    issuers = [body_label(facts, body.value, "vi") for node in nodes for body in facts.objects(node, cd("issuedBy"))]
    duties = tuple(_duty(facts, norm, norms[norm]) for norm in chosen)
    return HeldDocument(iri, next(iter(issuers), None), duties, bool(own))


def _duty(facts: Facts, norm: NamedNode, said: Mapping[NamedNode, Sequence[Term]]) -> Duty:
    kinds = {kind.value.rpartition("#")[2] for kind in said.get(TYPE, ())}
    modality = next((kind.lower() for kind in _MODALITIES if kind in kinds), "duty")
    words, *due = (next((each.value for each in said.get(name, ())), "") for name in (_TEXT, *_DUE))
    bearers = (body_label(facts, body.value, "vi") for body in said.get(_BEARER, ()))
    return Duty(norm.value, words, tuple(bearers), modality, Due(*due))

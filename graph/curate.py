"""Confirming, refusing and settling what was read: the verbs of ``chidao settle`` and of the page for it.

Each writes to the curated graph of an open store; ``Store.publish`` makes it count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.anchors import NORMS, REFERENCES, anchor_of
from chidao.graph.body_names import resolve_body
from chidao.graph.chains import resolve_document
from chidao.graph.decisions import (
    CURATED,
    Decision,
    Property,
    Reversal,
    Said,
    Verdict,
    read_decisions,
    read_reversals,
    said_quads,
)
from chidao.graph.errors import CurationError, NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.names import document_key, symbol_key
from chidao.graph.registered import registered_body
from chidao.graph.store import Store
from chidao.graph.tables import Row
from chidao.graph.terms import TYPE, cd
from chidao.ontology.namespaces import ID
from chidao.ontology.register import register

_PATHS = ("document/", "source/", "body/")
LONGEST = 2000
"""Code points of a name or a reason."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, why, and when (UTC, "2026-03-01T08:00:00Z"; None: now)."""

    by: str
    why: str
    when: str | None = None

    def values(self) -> tuple[str, str, str]:
        """(by, when, why), in one line each. Raises CurationError where one is missing or too long."""
        by, why = (" ".join(words.encode("utf-8", "replace").decode().split()) for words in (self.by, self.why))
        for name, words in (("who", by), ("why", why)):
            if not words or len(words) > LONGEST or not words.isprintable():
                raise CurationError(f"a decision says {name}, in one line of 1 to {LONGEST} letters")
        return by, self.when or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", why


def decide(store: Store, verdict: Verdict, thing: str, values: Sequence[str], attribution: Attribution) -> Decision:
    """Record that ``thing`` means, or was issued by, or binds, ``values``; refused: that it does not.

    ``thing`` is the IRI of a reference, norm or document (its end after ``…/id/`` suffices), ``values`` those of a
    document (several only for the bearers of a norm) or of bodies; which of the two kinds tells what is decided.
    Raises NotFoundError for a thing that the texts held don't have, CurationError for values that don't fit it.
    """
    facts = Facts(store.quads, None)
    about, meant = full_iri(thing), tuple(sorted({full_iri(value).value for value in values}))
    predicate = _predicate(facts, about, meant)
    if predicate == "sameDocumentAs" and document_key(about.value) and not document_key(meant[0]):
        about, meant = NamedNode(meant[0]), (about.value,)  # what has a name of its own keeps it
    if len(meant) != 1 and predicate != "bearer":
        raise CurationError("a reference or document has one value; only a norm may have several bearers")
    anchor = anchor_of(store.quads, _reading(facts, about, predicate))
    decision = Decision(verdict, predicate, about.value, meant, anchor, *attribution.values())
    record(store, [decision])
    return decision


def undo(store: Store, decision: str, attribution: Attribution) -> Reversal:
    """Take a decision back, given by its IRI or the digits that end it; it stays in the history.

    Raises NotFoundError for an unknown one, CurationError for one that was taken back before.
    """
    name = decision.rpartition("/")[2]
    known = [each for each in read_decisions(store.quads) if each.iri.endswith(f"/{name}")]
    if not known:
        raise NotFoundError(f"no decision {decision!r} is recorded; `chidao settle list` lists them")
    if any(each.undoes == known[0].iri for each in read_reversals(store.quads)):
        raise CurationError(f"the decision {name} was undone before; make a new one to change that")
    reversal = Reversal(known[0].iri, *attribution.values())
    record(store, [reversal])
    return reversal


def record(store: Store, said: Iterable[Said]) -> None:
    """Write decisions and reversals to the curated graph; those that it has are not written twice."""
    store.curate(quad for each in said for quad in said_quads(each))


def history(store: pyoxigraph.Store) -> list[Said]:
    """All decisions and reversals, the earliest first."""
    said: list[Said] = [*read_decisions(store), *read_reversals(store)]
    return sorted(said, key=lambda each: (each.when, isinstance(each, Reversal), each.iri))


def decision_rows(store: pyoxigraph.Store) -> list[Row]:
    """The decisions of a snapshot as rows, the earliest first; names are the ends of IRIs after ``…/id/``."""
    facts = Facts(store, CURATED)
    return [
        {
            "decision": said.iri.rpartition("/")[2],
            "when": said.when,
            "by": said.by,
            "verdict": said.verdict,
            "property": said.predicate,
            "thing": said.thing.removeprefix(ID),
            "values": " ".join(value.removeprefix(ID) for value in said.values),
            "why": said.why,
            "quote": " ".join(said.anchor.exact.split()),
            "standing": (facts.value(NamedNode(said.iri), cd("standing")) or "").rpartition("#")[2],
        }
        for said in read_decisions(store)
    ]


def named(store: pyoxigraph.Store, name: str) -> str:
    """The IRI that a name of a snapshot's thing means: an IRI or its end, a document's symbol, a body's name.

    Raises NotFoundError where none fits, or several.
    """
    if name.startswith((ID, *_PATHS)):
        return full_iri(name).value
    try:
        return resolve_document(store, name)
    except NotFoundError as unknown:
        if symbol_key(name) in {symbol_key(symbol.value) for _, symbol in Facts(store).pairs(cd("symbol"))}:
            raise  # it fits several documents
        try:
            return resolve_body(store, name)
        except NotFoundError:
            raise unknown from None


def full_iri(name: str) -> NamedNode:
    """An IRI as it is, or the end of one after ``…/id/``. Raises CurationError where that is no IRI of ours."""
    iri = name if name.startswith(ID) else f"{ID}{name.strip('/')}"
    try:
        return NamedNode(iri)
    except ValueError:
        raise CurationError(f"{name!r} is not the IRI of a thing in this data, nor the end of one") from None


def _predicate(facts: Facts, thing: NamedNode, values: tuple[str, ...]) -> Property:
    """What a value of this kind is of such a thing."""
    kinds = {kind for kind in (*REFERENCES, *NORMS, "Document") if cd(kind) in facts.objects(thing, TYPE)}
    if not kinds:
        raise NotFoundError(f"{thing.value} is no reference, norm or document of the texts held")
    if values and all(_is_body(facts, value) for value in values):
        if kinds & set(NORMS):
            return "bearer"
        if "Document" in kinds:
            return "issuedBy"
    elif values and all(_is_document(facts, value) for value in values):
        if "Citation" in kinds:
            return "cited"
        if kinds & set(REFERENCES):
            return "candidate"
        if "Document" in kinds and thing.value not in values:
            return "sameDocumentAs"
    raise CurationError(_unfit(thing, values))


def _unfit(thing: NamedNode, values: tuple[str, ...]) -> str:
    given = ", ".join(values) or "nothing"
    return (
        f"{given} does not fit {thing.value}: a reference takes a document, a norm takes bodies, a document takes the "
        "body that issued it or the document that it is the same as"
    )


def _is_body(facts: Facts, value: str) -> bool:
    """True for a body of the register, and for a body or group that a text held describes."""
    if registered_body(value) is not None:
        return True
    return bool({cd("Body"), cd("BodyGroup")} & set(facts.objects(NamedNode(value), TYPE)))


def _is_document(facts: Facts, value: str) -> bool:
    """True for a document of the texts held, and for the canonical IRI of one that nobody has named yet."""
    key = document_key(value)
    known = key is not None and register().entry(key.series) is not None
    return known or cd("Document") in facts.objects(NamedNode(value), TYPE)


def _reading(facts: Facts, thing: NamedNode, predicate: Property) -> NamedNode:
    """The reading whose quote carries the decision: the thing itself, or what is said about the document."""
    if predicate in ("cited", "candidate", "bearer"):
        return thing
    claims = facts.subjects(cd("claimOf"), thing)
    stating = [claim for claim in claims if cd(predicate) in facts.objects(claim, cd("claimProperty"))]
    readings = stating or claims or facts.subjects(cd("cited"), thing)
    if not readings:
        raise NotFoundError(f"no text held has a quote about {thing.value}, so nothing can be decided about it")
    return readings[0]

"""Duties and other norms as values, and which of them land on a body: on itself, its head, or a group it is in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from chidao.graph.chain_index import voice
from chidao.graph.facts import Facts
from chidao.graph.terms import TYPE, cd, oa

LEAD, PARTNER, INTERMEDIARY = "lead", "partner", "intermediary"
_ROLES = {LEAD: "bearer", PARTNER: "with", INTERMEDIARY: "via"}
_MODALITIES = ("Prohibition", "Request", "Recommendation", "Permission")


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm of the graph (IRI) with its quote. Bodies and groups are IRIs; what is not stated is empty.

    ``deadline`` is an ISO date-time with +07:00, ``precision`` "day" or "minute", ``recurrence`` as in "monthly 22".
    """

    iri: str
    document: str
    modality: str
    text: str
    bearers: tuple[str, ...] = ()
    reports_to: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    section: str = ""
    condition: str = ""
    deadline: str = ""
    precision: str = ""
    recurrence: str = ""
    relative_deadline: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Landing:
    """A norm that lands on a body in a ``role``; ``named`` is the IRI that it names: the body, its head, a group."""

    norm: Norm
    role: str
    named: str


def read_norm(facts: Facts, norm: NamedNode) -> Norm:
    """Everything about the norm; its text is its quote."""

    def one(name: str) -> str:
        return facts.value(norm, cd(name)) or ""

    def iris(name: str) -> tuple[str, ...]:
        return tuple(facts.values(norm, cd(name)))

    kinds = {kind.value.removeprefix(cd("").value) for kind in facts.objects(norm, TYPE)}
    return Norm(
        norm.value,
        one("imposedBy"),
        next((kind for kind in _MODALITIES if kind in kinds), "Obligation"),
        one("text"),
        iris("bearer"),
        iris("reportsTo"),
        iris("via"),
        iris("with"),
        one("section"),
        one("condition"),
        one("deadline"),
        one("deadlinePrecision"),
        one("recurrence"),
        one("relativeDeadline"),
        facts.value(facts.first(norm, oa("hasTarget")), oa("hasSource")) or "",
    )


def landing_on(facts: Facts, body: str, roles: Iterable[str] = (LEAD,)) -> list[Landing]:
    """The norms that land on the body (an IRI) in any of the roles, by document and norm."""
    meant = voice(body)
    found = [landing for role in roles for landing in _in_role(facts, body, meant, role)]
    return sorted(found, key=lambda landing: (landing.norm.document, landing.norm.iri, landing.role))


def _in_role(facts: Facts, body: str, meant: str, role: str) -> Iterator[Landing]:
    named_by: dict[NamedNode, str] = {}
    means: dict[str, bool] = {}
    for norm, named in facts.pairs(cd(_ROLES[role])):
        if named.value not in means:
            means[named.value] = _means(facts, named.value, body, meant)
        if means[named.value]:
            named_by.setdefault(norm, named.value)
    found = ((read_norm(facts, norm), named) for norm, named in named_by.items())
    return (Landing(norm, role, named) for norm, named in found if is_first_hand(facts, norm))


def is_first_hand(facts: Facts, norm: Norm) -> bool:
    """False for what a report says of a document whose own text is held: it would count twice."""
    own = facts.values(NamedNode(norm.document), cd("hasText")) if norm.document else []
    return not own or norm.source in own


def _means(facts: Facts, named: str, body: str, meant: str) -> bool:
    """Whether the name is the body's, that of one who speaks for it, or of a group with one of these."""
    if body in {named, meant}:
        return named == body or voice(named) == meant or _has_member(facts, named, meant)
    return named == body or _has_member(facts, named, body)


def _has_member(facts: Facts, group: str, body: str) -> bool:
    return any(body in {member, voice(member)} for member in facts.values(NamedNode(group), cd("member")))

"""Duties and other norms as values, and which of them land on a body: on itself, its head, or a group it is in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from chidao.graph.chain_index import voice
from chidao.graph.facts import Facts
from chidao.graph.terms import TYPE, cd, oa

LEAD, PARTNER, INTERMEDIARY, RECIPIENT = "lead", "partner", "intermediary", "recipient"
_ROLES = {LEAD: "bearer", PARTNER: "with", INTERMEDIARY: "via", RECIPIENT: "reportsTo"}
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

    @property
    def due(self) -> str:
        """When it is due, as stated: a day, or a moment to the minute; a recurrence; a deadline from an event."""
        moment = self.deadline[:16] if self.precision == "minute" else self.deadline[:10]
        return "; ".join(filter(None, (moment, self.recurrence, self.relative_deadline)))


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


def position(norm: str) -> tuple[str, int]:
    """Where the norm (an IRI) stands: its source, and its number in the order of that text."""
    source, _, number = norm.partition("/norm/")
    return source, int(number) if number.isdecimal() else 0


def landing_on(
    facts: Facts, body: str, roles: Iterable[str] = (LEAD,), means: Callable[[str], bool] | None = None
) -> list[Landing]:
    """The norms that land on the body (an IRI) in any of the roles, by document and norm; ``means`` as of `meaning`."""
    means = means or meaning(facts, body)
    found = [landing for role in roles for landing in _in_role(facts, means, role)]
    return sorted(found, key=lambda landing: (landing.norm.document, landing.norm.iri, landing.role))


def _in_role(facts: Facts, means: Callable[[str], bool], role: str) -> Iterator[Landing]:
    named_by: dict[NamedNode, str] = {}
    for norm, named in facts.pairs(cd(_ROLES[role])):
        if means(named.value):
            named_by.setdefault(norm, named.value)
    found = ((read_norm(facts, norm), named) for norm, named in named_by.items())
    return (Landing(norm, role, named) for norm, named in found if is_first_hand(facts, norm))


def is_first_hand(facts: Facts, norm: Norm) -> bool:
    """False for what a report says of a document whose own text is held: it would count twice."""
    own = facts.values(NamedNode(norm.document), cd("hasText")) if norm.document else []
    return not own or norm.source in own


def groups_by_member(facts: Facts) -> Mapping[str, set[str]]:
    """Body -> the groups that it, or one who speaks for it, is in; IRIs."""
    found = defaultdict[str, set[str]](set)
    for group, member in facts.pairs(cd("member")):
        for body in {member.value, voice(member.value)}:
            found[body].add(group.value)
    return found


def meaning(facts: Facts, body: str, by_member: Mapping[str, set[str]] | None = None) -> Callable[[str], bool]:
    """Whether a name (an IRI) means the body: its own, that of one who speaks for it, or a group with one of these.

    ``by_member`` are the groups where they were read before.
    """
    groups = (groups_by_member(facts) if by_member is None else by_member).get(body, set())
    return lambda named: body in {named, voice(named)} or named in groups

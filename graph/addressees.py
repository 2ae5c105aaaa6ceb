"""Which bodies a document is meant for: its addressees and groups, or, assumed, the committees one level down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from chidao.graph.chain_index import ChainIndex, Head, voice
from chidao.graph.facts import Facts
from chidao.graph.names import body_iri
from chidao.graph.registered import registered_body
from chidao.graph.terms import TYPE, cd
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.places import LEVELS
from chidao.ontology.register import register
from chidao.ontology.subordinates import subordinates

ADDRESSEE, BEARER, ASSUMED, OTHER_DAYS = "addressee", "bearer of a duty", "assumed", "on other days"
_MOST_BELOW = 20_000  # bodies directly below one


@dataclass(frozen=True, slots=True)
class Addressee:
    """A body in scope (its IRI), and why: ``basis`` is one of the four above, the first that holds."""

    body: str
    basis: str


@dataclass(frozen=True, slots=True)
class Scope:
    """``open_groups`` are IRIs of groups whose members the words do not tell ("các đơn vị liên quan")."""

    bodies: tuple[Addressee, ...]
    open_groups: tuple[str, ...] = ()


def scope_of(facts: Facts, index: ChainIndex, document: str, other_days: bool = False) -> Scope:
    """The bodies that the document is meant for, as of its date; each once, as the body for which its head speaks.

    Stated are the addressees, and of the bearers of duties those of a lower level: the issuer's own organs carry out,
    committees below pass on. Where the document's own text is not held, or states none of these, the issuer's
    subordinate committees one level down are assumed. ``other_days`` adds such committees that existed before or after.
    """
    head = index.head(document)
    about = NamedNode(document)
    stated, open_groups = _expanded(facts, _terms(facts, about, "addressedTo"))
    bearers, _ = _expanded(facts, _bearers(facts, about))
    lower = [body for body in bearers if _is_lower(facts, index, body, head)]
    found = dict.fromkeys(lower, BEARER) | dict.fromkeys(stated, ADDRESSEE)
    if not head.held or not found:
        found = dict.fromkeys(_committees(head), ASSUMED) | found
    if other_days:
        found = dict.fromkeys(_on_other_days(head), OTHER_DAYS) | found
    return Scope(
        tuple(Addressee(body, found[body]) for body in sorted(found) if body not in head.voices), tuple(open_groups)
    )


def _terms(facts: Facts, subject: NamedNode, name: str) -> list[NamedNode]:
    return [term for term in facts.objects(subject, cd(name)) if isinstance(term, NamedNode)]


def _bearers(facts: Facts, document: NamedNode) -> list[NamedNode]:
    norms = facts.subjects(cd("imposedBy"), document)
    return sorted({bearer for norm in norms for bearer in _terms(facts, norm, "bearer")}, key=str)


def _expanded(facts: Facts, named: Iterable[NamedNode]) -> tuple[list[str], list[str]]:
    """The bodies that speak for those named, groups replaced by their members; and the groups without members."""
    bodies: dict[str, None] = {}
    open_groups = []
    for thing in named:
        members = _terms(facts, thing, "member")
        if members:
            bodies.update(dict.fromkeys(voice(member.value) for member in members))
        elif cd("BodyGroup") in facts.objects(thing, TYPE):
            open_groups.append(thing.value)
        else:
            bodies[voice(thing.value)] = None
    return list(bodies), open_groups


def _is_lower(facts: Facts, index: ChainIndex, body: str, head: Head) -> bool:
    entry = registered_body(body)
    stated = facts.value(NamedNode(body), cd("level")) or ""
    below = index.levels.get(entry.level if entry else stated.removeprefix(cd("").value))
    above = index.levels.get(head.level or "")
    return below is not None and above is not None and below.rank > above.rank


def _committees(head: Head) -> list[str]:
    """The committees one level below the issuer, or below the nearest body of its level that stands above it."""
    superior = _directing(head)
    return [body_iri(entry.path) for entry in _below(superior, head.issued)] if superior and head.issued else []


def _directing(head: Head) -> str | None:
    """The path of the issuer, else of the body in command over it that has committees at a lower level."""
    for issuer in head.issuers:
        entry = registered_body(issuer, head.issued) if head.issued else None
        while entry:
            if _below(entry.path, head.issued or ""):
                return entry.path
            entry = register().entry(entry.superior_path, head.issued) if entry.superior_path else None
    return None


@lru_cache(maxsize=1024)
def _below(path: str, day: str) -> tuple[BodyEntry, ...]:
    known = register()
    own = known.entry(path, day)
    found = subordinates(path, day, known, _MOST_BELOW)
    return tuple(entry for entry in found if own and entry.level != own.level and entry.series_path == entry.path)


def _on_other_days(head: Head) -> Iterator[str]:
    """The committees of the same level that stood below the issuer before or after the document's date."""
    superior = _directing(head)
    entry = register().entry(superior, head.issued) if superior else None
    if entry is None or not superior or not head.issued:
        return
    present = _below(superior, head.issued)
    paths, levels = {each.path for each in present}, {each.level for each in present}
    for day in _days_of_change(entry.place_path, levels):
        for each in _below(superior, day):
            if each.level in levels and each.path not in paths:
                yield body_iri(each.path)


def _days_of_change(place: str | None, levels: Iterable[str]) -> list[str]:
    """The first and last days of the places of these levels in the place (None: the country)."""
    places = [each for level in sorted(levels, key=LEVELS.index) for each in register().places.below(place, level)]
    return sorted({day for each in places for day in (each.valid_from, each.valid_to) if day})

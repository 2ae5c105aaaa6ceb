"""Bringing the bodies of the register in a snapshot up to date: those that are named now come, those no longer go."""

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from chidao.graph.changes import Changes
from chidao.graph.facts import Facts
from chidao.graph.names import body_iri, change_iri
from chidao.graph.place_base import REGISTER
from chidao.graph.register_quads import BodiesNamed, described
from chidao.graph.terms import cd
from chidao.ontology.register import register


def renew_bodies(store: pyoxigraph.Store, changes: Changes, before: BodiesNamed) -> BodiesNamed:
    """Describe the bodies that ``changes`` name for the first time, and no longer those that nobody names.

    ``before`` are those of the snapshot before; returns those of this one.
    """
    now, come, unsure = BodiesNamed(), BodiesNamed(), BodiesNamed()
    come.add(changes.added)
    unsure.add(changes.removed)
    now.above, now.followed = dict(before.above), dict(before.followed)
    now.named = (before.named | come.named) - {path for path in unsure.named if not _named(store, path, "!=")}
    now.members = (before.members | come.members) - {path for path in unsure.members if not _named(store, path, "=")}
    old, new = set(before.above), now.paths(before)
    changes.replace(_descriptions(store, old - new), described(new - old))
    return now


def _named(store: pyoxigraph.Store, path: str, comparison: str) -> bool:
    """True where a text, or what follows from texts, points to the body by ``cd:member``, or by another property."""
    found = store.query(
        f"ASK {{ GRAPH ?graph {{ ?thing ?property <{body_iri(path)}> }} "
        f"FILTER(?property {comparison} {cd('member')} && ?graph != {REGISTER}) }}"
    )
    return bool(found)


def _descriptions(store: pyoxigraph.Store, paths: set[str]) -> list[Quad]:
    """The statements about the bodies that go, and about what happened to them alone."""
    bodies = {NamedNode(body_iri(path)) for path in paths}
    facts = Facts(store, REGISTER)
    changes = {change for body in bodies for change in facts.objects(body, cd("changedBy"))}
    of_places = {NamedNode(change_iri(change.id)) for change in register().place_changes} if changes else set()
    gone = {change for change in changes - of_places if bodies.issuperset(facts.subjects(cd("changedBy"), change))}
    return [quad for thing in bodies | gone for quad in store.quads_for_pattern(thing, None, None, REGISTER)]  # type: ignore[arg-type]

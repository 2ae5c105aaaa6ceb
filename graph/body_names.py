"""Names, levels and provinces of bodies: as the store states them, else as the register knows them."""

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.chains import label_of
from chidao.graph.errors import NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.names import body_iri, slug
from chidao.graph.registered import registered_body
from chidao.graph.terms import ALT_LABEL, PREF_LABEL, TYPE, cd
from chidao.ontology.places import Place
from chidao.ontology.register import register

_LISTED = 12  # bodies that a message names


def body_label(facts: Facts, body: str, lang: str) -> str:
    """The name of the body (an IRI) in ``lang``; what its IRI ends in where nobody names it."""
    entry = registered_body(body)
    if entry:
        return entry.label_vi if lang == "vi" else entry.label_en
    return label_of(facts, NamedNode(body), lang) or body.rpartition("/")[2]


def body_level(facts: Facts, body: str) -> str | None:
    """The local name of its level, None where it is not known."""
    entry = registered_body(body)
    stated = facts.value(NamedNode(body), cd("level"))
    return entry.level if entry else stated.removeprefix(cd("").value) if stated else None


def place_at(body: str, level: str, day: str | None) -> Place | None:
    """The place of ``level`` in which the body works, on the ISO day: the province of "Huyện ủy Ba Chẽ"."""
    entry = registered_body(body)
    if entry is None or entry.place_path is None:
        return None
    return next((place for place in register().upward(entry.place_path, day) if place.level == level), None)


def place_label(place: Place, lang: str) -> str:
    """The name of a place of the register in ``lang``."""
    return place.label_vi if lang == "vi" else place.label_en


def resolve_body(store: pyoxigraph.Store, name: str) -> str:
    """The IRI of the body that ``name`` means: an IRI, a path of the register, or a name as texts write it.

    Raises NotFoundError where none fits, or several: then the message lists them.
    """
    known = register()
    if name.startswith(("http://", "https://")):
        return name
    if known.entry(name):
        return body_iri(name)
    found = known.resolve(name)
    if found.entry:
        return body_iri(found.entry.path)
    named = _named(Facts(store), name)
    if len(named) == 1:
        return named[0]
    several = named or [body_iri(path) for path in found.candidates]
    if several:
        listed = "\n  ".join(several[:_LISTED])
        raise NotFoundError(f"{name!r} could be one of these bodies; give the IRI or the path of one:\n  {listed}")
    raise NotFoundError(f"no body {name!r} is known; give its full name (UBND huyện Ba Chẽ) or its IRI")


def _named(facts: Facts, name: str) -> list[str]:
    """The bodies of the store with that name, with or without marks."""
    wanted, bodies = slug(name), {cd("Body"), cd("BodyGroup")}
    found = {
        body
        for property_ in (PREF_LABEL, ALT_LABEL)
        for body, label in facts.pairs(property_)
        if slug(label.value) == wanted and bodies & set(facts.objects(body, TYPE))
    }
    return sorted(body.value for body in found)

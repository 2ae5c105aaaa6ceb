"""The bodies and places of the register that the sources name, with everything above them and their successors."""

from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Triple

from chidao.graph.names import body_iri, graph_iri, place_iri, register_path, slug
from chidao.graph.terms import (
    ALT_LABEL,
    HIDDEN_LABEL,
    PREF_LABEL,
    TYPE,
    Values,
    calendar_date,
    cd,
    describe,
    node,
    nodes,
    text,
)
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.namespaces import ID
from chidao.ontology.places import Place
from chidao.ontology.register import Register, register

_NAMED = f"""SELECT DISTINCT ?iri WHERE {{ GRAPH ?graph {{ ?subject ?property ?iri }}
    FILTER(STRSTARTS(STR(?iri), "{ID}body/") || STRSTARTS(STR(?iri), "{ID}place/")) }}"""


def register_quads(store: pyoxigraph.Store) -> Iterator[Quad]:
    """Describe every register body and place that the named graphs of ``store`` mention, and all above them."""
    solutions = store.query(_NAMED)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101 - a SELECT query gives nothing else
    return describe_registered(iri.value for solution in solutions if isinstance(iri := solution["iri"], NamedNode))


def describe_registered(iris: Iterable[str]) -> Iterator[Quad]:
    """Describe these bodies and places and all above them; IRIs that the register does not know are left out."""
    graph, known = NamedNode(graph_iri("register")), register()
    iris = list(iris)
    bodies = _bodies_upward(known, [path for iri in iris if (path := register_path(iri, "body"))])
    places = [path for iri in iris if (path := register_path(iri, "place"))]
    places += [entry.place_path for entry in bodies if entry.place_path]
    triples = [triple for entry in bodies for triple in _body(entry)]
    triples += [triple for place in _places_upward(known, places) for triple in _place(place)]
    return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _bodies_upward(known: Register, paths: list[str]) -> list[BodyEntry]:
    found: dict[str, BodyEntry] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        entry = known.entry(path)
        if entry is None or path in found:
            continue
        found[path] = entry
        above = (entry.superior_path, entry.led_by_path, entry.guided_by_path, entry.series_path)
        waiting += [each for each in above if each]
    return [found[path] for path in sorted(found)]


def _places_upward(known: Register, paths: list[str]) -> list[Place]:
    found: dict[str, Place] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        place = known.place(path)
        if place is None or path in found:
            continue
        found[path] = place
        waiting += [*place.succeeded_by, *([place.parent_path] if place.parent_path else [])]
    return [found[path] for path in sorted(found)]


def _body(entry: BodyEntry) -> Iterator[Triple]:
    """A body; authorities at large ("Trung ương") issue and instruct, but are a group, not one body."""
    level = cd(entry.level)
    lines: dict[NamedNode, Values] = {
        TYPE: cd("Body"),
        cd("level"): level,
        cd("place"): node(place_iri(entry.place_path)) if entry.place_path else None,
        cd("subordinateTo"): _above(entry.superior_path),
        cd("ledBy"): _above(entry.led_by_path),
        cd("guidedBy"): _above(entry.guided_by_path),
    }
    group: dict[NamedNode, Values] = {TYPE: cd("BodyGroup"), cd("memberLevel"): level}
    return describe(
        body_iri(entry.path),
        {
            **(group if entry.collective else lines),
            PREF_LABEL: (text(entry.label_vi, "vi"), text(entry.label_en, "en")),
            ALT_LABEL: [text(label, "vi") for label in entry.alt_labels],
            HIDDEN_LABEL: _without_marks(entry.label_vi),
            cd("system"): cd(entry.system) if entry.system else None,
            cd("symbolCode"): [text(code) for code in entry.symbol_codes],
            cd("validFrom"): calendar_date(entry.valid_from),
            cd("validTo"): calendar_date(entry.valid_to),
        },
    )


def _place(place: Place) -> Iterator[Triple]:
    return describe(
        place_iri(place.path),
        {
            TYPE: cd("Place"),
            PREF_LABEL: (text(place.label_vi, "vi"), text(place.label_en, "en")),
            HIDDEN_LABEL: _without_marks(place.label_vi),
            cd("placeCode"): text(place.code),
            cd("level"): cd(place.level),
            cd("partOf"): node(place_iri(place.parent_path)) if place.parent_path else None,
            cd("succeededBy"): nodes(map(place_iri, place.succeeded_by)),
            cd("validFrom"): calendar_date(place.valid_from),
            cd("validTo"): calendar_date(place.valid_to),
        },
    )


def _above(path: str | None) -> NamedNode | None:
    return node(body_iri(path)) if path else None


def _without_marks(label: str) -> Literal | None:
    return text(slug(label).replace("-", " "), "vi")

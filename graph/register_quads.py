"""The bodies of the register that the sources name, or that belong to a named group, with everything above them.

All places are in every store (see ``place_base``); bodies are made on demand, for there would be half a million.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from chidao.graph.names import body_iri, change_iri, folded, graph_iri, place_iri, register_path
from chidao.graph.terms import (
    ACT,
    ALT_LABEL,
    FOLDED,
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
from chidao.ontology.changes import Change
from chidao.ontology.namespaces import ID
from chidao.ontology.register import Register, register
from chidao.ontology.short_labels import short_labels

_BODY = f"{ID}body/"
_MEMBER = cd("member")


class BodiesNamed:
    """The register bodies that quads point to, taken down while the quads pass."""

    def __init__(self) -> None:
        self._named: set[str] = set()
        self._members: set[str] = set()

    def watch(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Pass the quads on."""
        for quad in quads:
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(_BODY):
                (self._members if quad.predicate == _MEMBER else self._named).add(quad.object.value)
            yield quad

    def quads(self) -> Iterator[Quad]:
        """Describe each body, what it came from and went into, and all above these; members with all above them."""
        return describe_registered(self._named, self._members)


def describe_registered(iris: Iterable[str], members: Iterable[str] = ()) -> Iterator[Quad]:
    """Describe these bodies, their forerunners and successors, and all above them.

    ``members`` are described with all above them only. IRIs that the register does not know are left out.
    """
    graph, known = NamedNode(graph_iri("register")), register()
    named = {path for iri in iris if (path := register_path(iri, "body"))}
    followed = {each for path in named for each in (*known.successors(path), *known.predecessors(path))}
    paths = _upward(known, named | followed | {path for iri in members if (path := register_path(iri, "body"))})
    changes = {change.id: change for path in paths for change in known.changes(path)}
    triples = [triple for path in paths for triple in _body(known, path)]
    triples += [triple for name in sorted(changes) for triple in _change(changes[name])]
    return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def _upward(known: Register, paths: Iterable[str]) -> list[str]:
    """The paths and those of all superiors, sorted; unknown ones left out."""
    found: set[str] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        entries = known.entries(path)
        if entries and path not in found:
            found.add(path)
            waiting += [each for entry in entries for each in _ties(entry)]
    return sorted(found)


def _ties(entry: BodyEntry) -> list[str]:
    ties = (entry.superior_path, entry.led_by_path, entry.guided_by_path, entry.series_path)
    return [path for path in ties if path]


def _body(known: Register, path: str) -> Iterator[Triple]:
    """A body; authorities at large ("Trung ương") issue and instruct, but are a group, not one body.

    With several superiors, one after another, where the province above a commune became another one.
    """
    entries = known.entries(path)
    entry, level = entries[0], cd(entries[0].level)
    lines: dict[NamedNode, Values] = {
        TYPE: cd("Body"),
        cd("level"): level,
        cd("place"): node(place_iri(entry.place_path)) if entry.place_path else None,
        cd("subordinateTo"): _above(each.superior_path for each in entries),
        cd("ledBy"): _above(each.led_by_path for each in entries),
        cd("guidedBy"): _above(each.guided_by_path for each in entries),
    }
    group: dict[NamedNode, Values] = {TYPE: cd("BodyGroup"), cd("memberLevel"): level}
    names = list(dict.fromkeys((entry.label_vi, *entry.alt_labels, *short_labels(entry.label_vi))))
    return describe(
        body_iri(entry.path),
        {
            **(group if entry.collective else lines),
            PREF_LABEL: (text(entry.label_vi, "vi"), text(entry.label_en, "en")),
            ALT_LABEL: [text(label, "vi") for label in names[1:]],
            HIDDEN_LABEL: [text(folded(label), "vi") for label in names],
            FOLDED: text(folded(*names)),
            cd("system"): cd(entry.system) if entry.system else None,
            cd("symbolCode"): [text(code) for code in entry.symbol_codes],
            cd("validFrom"): calendar_date(entry.valid_from),
            cd("validTo"): calendar_date(entry.valid_to),
            cd("changedBy"): nodes(change_iri(change.id) for change in known.changes(path)),
            cd("succeededBy"): nodes(map(body_iri, known.successors(path))),
        },
    )


def _change(change: Change) -> Iterator[Triple]:
    """A change; one that came with a change of places is described with these, and here once more."""
    return describe(
        change_iri(change.id),
        {
            TYPE: cd("Change"),
            PREF_LABEL: (text(change.label_vi, "vi"), text(change.label_en, "en")),
            cd("effectiveDate"): calendar_date(change.date),
            ACT: text(change.act),
        },
    )


def _above(paths: Iterable[str | None]) -> tuple[NamedNode, ...]:
    return nodes(body_iri(path) for path in dict.fromkeys(paths) if path)

"""The bodies of the register that the sources name, or that belong to a named group, with everything above them.

All places are in every store (see ``place_base``); bodies are made on demand, for there would be half a million.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from chidao.graph.names import body_iri, change_iri, folded, place_iri, register_path
from chidao.graph.place_base import REGISTER
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
    """The register bodies that quads point to, by their paths: as ``members`` of groups, or as ``named`` otherwise.

    ``above`` and ``followed`` remember what the register says of those that have been looked up: who stands above a
    body, and for one that is named what it came from and went into; paths with tabs between, for a hundred thousand
    small lists are kept and read again too slowly.
    """

    def __init__(self) -> None:
        self.named: set[str] = set()
        self.members: set[str] = set()
        self.above: dict[str, str] = {}
        self.followed: dict[str, str] = {}

    def add(self, quads: Iterable[Quad]) -> None:
        """Take down what the quads point to."""
        for quad in quads:
            path = register_path(quad.object.value, "body") if isinstance(quad.object, NamedNode) else None
            if path:
                (self.members if quad.predicate == _MEMBER else self.named).add(path)

    def paths(self, before: "BodiesNamed | None" = None) -> set[str]:
        """The bodies to be described, by their paths in the register, which is all that it knows of those pointed to.

        With them what they came from and went into, and all above these; members with all above them. Where those
        ``before`` only grew, what was found for them, and remembered here, is not looked up again.
        """
        grown = before is not None and before.named <= self.named and before.members <= self.members
        start = before if before is not None and grown else BodiesNamed()
        found, named = set(start.above), self.named - start.named
        waiting = [*(self.members - start.members), *named, *(each for path in named for each in self._followed(path))]
        while waiting:
            path = waiting.pop()
            if path not in found and (above := self._above(path)) is not None:
                found.add(path)
                waiting += above
        self.above = {path: self.above[path] for path in found}
        self.followed = {path: self.followed[path] for path in self.named}
        return found

    def _followed(self, path: str) -> list[str]:
        if path not in self.followed:
            self.followed[path] = "\t".join((*register().successors(path), *register().predecessors(path)))
        return _split(self.followed[path])

    def _above(self, path: str) -> list[str] | None:
        """The superiors of every kind and at any time, None for a body that the register does not know."""
        if path not in self.above:
            entries = register().entries(path)
            if not entries:
                return None
            self.above[path] = "\t".join(dict.fromkeys(tie for entry in entries for tie in _ties(entry)))
        return _split(self.above[path])


def _split(paths: str) -> list[str]:
    return paths.split("\t") if paths else []


def described(paths: Iterable[str]) -> Iterator[Quad]:
    """The bodies at these paths in the register's graph."""
    return (Quad(triple.subject, triple.predicate, triple.object, REGISTER) for triple in body_triples(paths))


def body_triples(paths: Iterable[str]) -> Iterator[Triple]:
    """The bodies at these paths and what happened to them, each statement once."""
    known, described = register(), sorted(paths)
    for path in described:
        yield from dict.fromkeys(_body(known, path))
    changes = {change.id: change for path in described for change in known.changes(path)}
    for name in sorted(changes):
        yield from dict.fromkeys(_change(changes[name]))


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

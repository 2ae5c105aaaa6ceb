"""What is kept beside a snapshot, so that the next one can be made of it: DATA/snapshots/<name>.json."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from chidao.graph.register_quads import BodiesNamed
from chidao.graph.texts import write_durably
from chidao.ontology.namespaces import ID

Edge = tuple[str, str]
"""The implementing and the implemented document, by their IRIs."""
_PLAIN = ("rules", "digest", "sources", "corrected", "struck")


@dataclass(frozen=True, slots=True)
class Publication:
    """How a snapshot was made. ``digest`` is that of its content, ``rules`` the version of what worked it out.

    ``sources`` counts its sources; ``bodies`` are those that it names. ``corrected`` is what people's decisions
    took out of the default graph (N-Quads), ``struck`` the edges of sources that they set aside (N-Triples).
    ``documents`` are all that sources speak of, by the names there, ``edges`` who implements whom, by canonical names.
    """

    rules: str
    digest: int
    sources: int
    bodies: BodiesNamed
    corrected: str
    struck: str
    documents: frozenset[str]
    edges: frozenset[Edge]

    @property
    def name(self) -> str:
        """The name of the snapshot, by its content and the rules: sixteen hexadecimal digits."""
        return hashlib.sha256(f"{self.rules} {self.digest}".encode()).hexdigest()[:16]

    def corrected_quads(self) -> list[Quad]:
        """The statements that were taken out of the default graph."""
        return list(pyoxigraph.parse(self.corrected, RdfFormat.N_QUADS))

    def struck_edges(self) -> frozenset[Triple]:
        """The edges that were set aside."""
        return frozenset(quad.triple for quad in pyoxigraph.parse(self.struck, RdfFormat.N_TRIPLES))


def write_publication(folder: Path, publication: Publication) -> None:
    """Keep it beside the snapshot. Raises OSError."""
    bodies = publication.bodies
    kept = {name: getattr(publication, name) for name in _PLAIN} | {
        "named": sorted(bodies.named),
        "members": sorted(bodies.members),
        "above": _in_lines(bodies.above),
        "followed": _in_lines(bodies.followed),
        "documents": "\n".join(sorted(publication.documents)),
        "edges": "\n".join(sorted(map("\t".join, publication.edges))),
    }
    write_durably(folder / f"{publication.name}.json", json.dumps(kept).encode())


def read_publication(folder: Path, name: str) -> Publication | None:
    """How the snapshot was made; None where that is not known, or other rules made it."""
    bodies = BodiesNamed()
    try:
        kept: dict[str, Any] = json.loads((folder / f"{name}.json").read_bytes())
        bodies.named, bodies.members = set(kept["named"]), set(kept["members"])
        bodies.above, bodies.followed = _of_lines(kept["above"]), _of_lines(kept["followed"])
        documents = frozenset(_lines(kept["documents"]))
        edges = frozenset((child, parent) for child, parent in (line.split("\t") for line in _lines(kept["edges"])))
        found = Publication(**{name: kept[name] for name in _PLAIN}, bodies=bodies, documents=documents, edges=edges)
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return found if found.rules == rules_version() else None


def _in_lines(paths: Mapping[str, str]) -> str:
    """A path and those that belong to it in a line."""
    return "\n".join(map("\t".join, paths.items()))


def _of_lines(lines: str) -> dict[str, str]:
    return {path: others for path, _, others in (line.partition("\t") for line in _lines(lines))}


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


@cache
def rules_version() -> str:
    """A name for all that decides what follows from the sources: code of the graph, register and vocabulary."""
    digest = hashlib.sha256(ID.encode())
    for package in ("chidao.graph", "chidao.ontology"):
        for file in _files(files(package)):
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(folder: Traversable) -> Iterator[Traversable]:
    """The files of a package, in order, but for what Python compiled."""
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_file() and not each.name.endswith(".pyc"):
            yield each
        elif each.is_dir() and each.name != "__pycache__":
            yield from _files(each)

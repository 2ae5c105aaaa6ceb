"""The picture of the main classes: places are given here, relations and words come from the vocabulary."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import Literal, URIRef
from rdflib.term import Node

from chidao.ontology.namespaces import CD, RDFS, SKOS
from chidao.ontology.vocabulary import vocabulary
from chidao.web.language import Language

WIDTH, HEIGHT = 1000, 580
BOX = (190, 52)  # width and height of a class
_PLACES = {
    "Place": (130, 70),
    "DocumentType": (500, 70),
    "Derivation": (870, 240),
    "Agent": (130, 240),
    "Document": (500, 240),
    "Norm": (130, 400),
    "Reference": (500, 400),
    "Reading": (315, 530),
    "SourceText": (870, 530),
}
_DRAWN = (
    *("place", "documentType", "issuedBy", "addressedTo", "bearer", "reportsTo", "imposedBy", "citing", "cited"),
    *("hasText", "reportedIn", "ancestor", "descendant"),
)
_LOOPS = {"Agent": ("subordinateTo", "ledBy"), "Document": ("cites", "implements")}


@dataclass(frozen=True, slots=True)
class Box:
    """A class: its name, its label, its middle, and the relations that lead back to itself."""

    name: str
    label: str
    x: int
    y: int
    loops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow between two boxes; ``below`` draws "is a kind of". The label stands at ``x``, ``y``."""

    x1: int
    y1: int
    x2: int
    y2: int
    x: int
    y: int
    labels: tuple[str, ...]
    below: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and lines on a field of WIDTH by HEIGHT."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@cache
def diagram(language: Language, quote: str) -> Diagram:
    """The picture with labels in ``language``; ``quote`` names the step from a reading to its source text."""
    boxes = tuple(
        Box(name, _label(CD[name], language), x, y, tuple(_label(CD[loop], language) for loop in _LOOPS.get(name, ())))
        for name, (x, y) in _PLACES.items()
    )
    return Diagram(boxes, tuple(_lines(language, quote)))


def _lines(language: Language, quote: str) -> Iterator[Line]:
    between: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in _DRAWN:
        domain, target = (vocabulary().value(CD[name], side) for side in (RDFS.domain, RDFS.range))
        between[_shown(domain), _shown(target)].append(_label(CD[name], language))
    between["Reading", "SourceText"].append(quote)
    for (start, end), labels in between.items():
        yield _line(start, end, tuple(labels))
    for name in ("Norm", "Reference"):
        yield _line(name, "Reading", (), True)


def _shown(one: Node | None) -> str:
    """The box of a class: its own, or that of the nearest class above it."""
    above = (str(each).removeprefix(str(CD)) for each in vocabulary().transitive_objects(one, RDFS.subClassOf))
    return next(name for name in above if name in _PLACES)


def _line(start: str, end: str, labels: tuple[str, ...], below: bool = False) -> Line:
    """From the edge of one box to the edge of the other."""
    (ax, ay), (bx, by) = _PLACES[start], _PLACES[end]
    x1, y1 = _edge(ax, ay, bx, by)
    x2, y2 = _edge(bx, by, ax, ay)
    return Line(x1, y1, x2, y2, (x1 + x2) // 2, (y1 + y2) // 2, labels, below)


def _edge(x: int, y: int, to_x: int, to_y: int) -> tuple[int, int]:
    """Where the line from the middle of a box towards another point leaves the box."""
    across, down = to_x - x, to_y - y
    half_width, half_height = BOX[0] / 2, BOX[1] / 2
    share = min(half_width / abs(across) if across else 9, half_height / abs(down) if down else 9)
    return round(x + across * share), round(y + down * share)


def _label(term: URIRef, language: Language) -> str:
    labels = (label for label in vocabulary().objects(term, SKOS.prefLabel) if isinstance(label, Literal))
    return next(str(label) for label in labels if label.language == language)

"""All places of the register, and what happened to them, as N-Triples.

Sixteen thousand places are written as text and not as objects, for they are loaded in bulk.
"""

import hashlib
from collections.abc import Iterator
from itertools import chain, islice

from chidao.graph.names import change_iri, place_iri
from chidao.ontology.changes import Change
from chidao.ontology.namespaces import CD, DCTERMS, RDF, SKOS, XSD
from chidao.ontology.places import LEVELS, Place
from chidao.ontology.register import register
from chidao.ontology.tables import table_bytes

_FORM = "1"  # to be raised with every change of this module: stores hold what an earlier one wrote
_PART = 8_000  # things; the engine's time for a load grows faster than the load, and four loads start its compaction
_TABLES = ("places.csv.xz", "changes.csv.xz", "place_types.csv")
_PLACE, _CHANGE = (f"<{RDF.type}> <{name}> .\n" for name in (CD.Place, CD.Change))
_LABEL, _CODE, _SOURCE = f"<{SKOS.prefLabel}>", f"<{CD.placeCode}>", f"<{DCTERMS.source}>"
_PART_OF, _SUCCEEDED, _CHANGED = (f"<{name}>" for name in (CD.partOf, CD.succeededBy, CD.changedBy))
_FROM, _TO, _EFFECTIVE = (f"<{name}>" for name in (CD.validFrom, CD.validTo, CD.effectiveDate))
_LEVEL = {level: f"<{CD.level}> <{CD[level]}> .\n" for level in LEVELS}
_DATE = f"^^<{XSD.date}> .\n"


def place_version() -> str:
    """A name for the content of ``place_ntriples``: other tables, other name."""
    digest = hashlib.sha256(f"{_FORM} {place_iri('')}".encode())
    for table in _TABLES:
        digest.update(table_bytes(table))
    return digest.hexdigest()[:16]


def place_ntriples() -> Iterator[bytes]:
    """Every place and every change, one statement a line, in parts of a few thousand things.

    Dates are inclusive; no date is an open end. A place with several ``cd:partOf`` was part of them one after another.
    """
    changes, places = register().place_changes, register().places
    described = chain(
        (_place(place, changes.of(place.path), changes.successors(place.path)) for place in places.values()),
        map(_change, changes),
    )
    while part := "".join(islice(described, _PART)):
        yield part.encode()


def _place(place: Place, changes: tuple[Change, ...], successors: tuple[str, ...]) -> str:
    s = f"<{place_iri(place.path)}> "
    lines = [
        f'{s}{_PLACE}{s}{_LABEL} "{place.label_vi}"@vi .\n{s}{_LABEL} "{place.label_en}"@en .\n{s}{_LEVEL[place.level]}'
    ]
    if place.code:
        lines.append(f'{s}{_CODE} "{place.code}" .\n')
    if place.valid_from:
        lines.append(f'{s}{_FROM} "{place.valid_from}"{_DATE}')
    if place.valid_to:
        lines.append(f'{s}{_TO} "{place.valid_to}"{_DATE}')
    lines += [f"{s}{_PART_OF} <{place_iri(parent)}> .\n" for parent in place.parents]
    lines += [f"{s}{_CHANGED} <{change_iri(change.id)}> .\n" for change in changes]
    lines += [f"{s}{_SUCCEEDED} <{place_iri(path)}> .\n" for path in successors]
    return "".join(lines)


def _change(change: Change) -> str:
    s = f"<{change_iri(change.id)}> "
    return (
        f'{s}{_CHANGE}{s}{_LABEL} "{_plain(change.label_vi)}"@vi .\n{s}{_LABEL} "{_plain(change.label_en)}"@en .\n'
        f'{s}{_EFFECTIVE} "{change.date}"{_DATE}{s}{_SOURCE} "{_plain(change.act)}" .\n'
    )


def _plain(value: str) -> str:
    """Text between quotes; names of places hold none."""
    return value.replace("\\", "\\\\").replace('"', '\\"')

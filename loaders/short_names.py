"""Short names that a text declares for a body: "Ban Chỉ đạo Trung ương về … (sau đây gọi là Ban Chỉ đạo)".

Where the text then writes the short name alone, the full name is meant. The declared words must begin the full name,
so that "(Sở Y tế)" behind another body declares nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from chidao.graph.model import Body, Document, Record, Span, System
from chidao.graph.names import local_iri, slug
from chidao.loaders.bodies import Reading, read_bodies
from chidao.loaders.clean import Clean
from chidao.ontology.spelling import key

LONGEST_NAME = 260
"""No name of a body is longer, in code points."""
MOST_DECLARED = 40
"""No text declares more short names."""

# "(sau đây gọi (tắt|chung) là Ban Chỉ đạo)", "(gọi tắt là Ban Quản lý)"; then the name alone: "(Ban Chỉ đạo)"
_SHORT = r"\"?(?P<short>[^\W\d_][^()\"\n;:,\d]{2,60}?)\"?\s*\)"
_DECLARED = (
    re.compile(rf"\(\s*+(?:sau\s++đây\s++)?(?:được\s++)?(?:gọi|viết)\s++(?:(?:tắt|chung)\s++)?là\s*+:?\s*+{_SHORT}"),
    re.compile(rf"\({_SHORT}"),
)
_CLAUSE = re.compile(r"[.;:(]\s|\n\s*\n")


def with_full_names(record: Record, clean: Clean, reading: Reading) -> Record:
    """The record with the full body wherever the text writes a short name that it has declared."""
    declared = declared_names(clean, reading) if "(" in clean.text else {}
    if not declared:
        return record
    full: Record = _full(record, declared)
    return replace(full, documents=tuple(map(_levelled, record.documents, full.documents)))


def declared_names(clean: Clean, reading: Reading) -> Mapping[str, Body]:
    """IRI of the body that a short name alone would be -> the body that it is declared for."""
    declared: dict[str, Body] = {}
    for form in _DECLARED:
        for number, found in enumerate(form.finditer(clean.key)):
            if number == MOST_DECLARED:
                break
            for short, body in _declared(clean, found, reading):
                declared.setdefault(short.iri, body)
    return declared


def _declared(clean: Clean, found: re.Match[str], reading: Reading) -> Iterator[tuple[Body, Body]]:
    """The body that the short name alone would be, and the one that it is declared for."""
    start, end = found.span("short")
    if not clean.text[start].isupper():
        return
    window = max(0, found.start() - LONGEST_NAME)
    breaks = [stop.end() for stop in _CLAUSE.finditer(clean.key, window, found.start())]
    at = clean.key.rfind(found["short"], breaks[-1] if breaks else window, found.start())
    name = " ".join(clean.text[at : found.start()].split()) if at >= 0 else ""
    whole = at >= 0 and not clean.key[at - 1 : at].isalnum() and clean.text[at].isupper()
    alone = read_bodies(clean.text, start, end, reading)
    if whole and len(alone) == 1 and not alone[0].known and len(name) > end - start + 2:
        yield alone[0], _named(clean, at, found.start(), name, reading)


def _named(clean: Clean, start: int, end: int, name: str, reading: Reading) -> Body:
    """The body of a full name: the register's, else one of this source under the whole name."""
    bodies = read_bodies(clean.text, start, end, reading)
    first = bodies[0] if bodies else None
    if first and len(bodies) == 1 and first.known and key(first.label) == key(name):
        return first
    level = "central" if "trung ương" in key(name) else first.level if first else None
    system = first.system if first else None
    place = first.place if first and level == first.level else None
    return Body(name, local_iri(reading.sha256, "body", slug(name)), level, system, place=place)


def _full(value: Any, declared: Mapping[str, Body]) -> Any:
    """A value of the record, each body and IRI of a short name in it replaced."""
    if isinstance(value, Body):
        return declared.get(value.iri, value)
    if isinstance(value, str):
        return declared[value].iri if value in declared else value
    if isinstance(value, tuple):
        return tuple(_full(each, declared) for each in value) if value else value
    if is_dataclass(value) and not isinstance(value, Span | type):
        before = {field.name: getattr(value, field.name) for field in fields(value)}
        full = {name: _full(each, declared) for name, each in before.items()}
        return replace(value, **full) if full != before else value
    return value


def _levelled(before: Document, document: Document) -> Document:
    """The document with the level and system of the issuer that its short name meant."""
    issuer = document.issuer
    if issuer is None or issuer == before.issuer:
        return document
    party: System | None = "party" if document.symbol and re.match(r"\d+[a-zđ]?-", document.symbol) else None
    return replace(document, level=issuer.level, system=issuer.system or party)

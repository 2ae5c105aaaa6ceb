"""A record becomes quads in the named graph of its source: what the text says, each statement with its quote."""

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from chidao.graph.document_quads import document_triples
from chidao.graph.model import Body, Record, Source
from chidao.graph.names import source_graph_iri, source_iri
from chidao.graph.quotes import SourceQuotes
from chidao.graph.reading_quads import (
    citation_triples,
    collective_triples,
    norm_triples,
    oral_triples,
    unread_triples,
    unresolved_triples,
)
from chidao.graph.terms import PREF_LABEL, TYPE, Values, cd, describe, flag, integer, node, text


def record_quads(record: Record, full_text: str) -> Iterator[Quad]:
    """Every statement of ``record``, once, in its source's named graph; ``full_text`` gives the quotes their context.

    Deterministic and free of blank nodes. Bodies of the register appear by IRI only; local ones are described here.
    """
    graph = NamedNode(source_graph_iri(record.source.sha256))
    return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in _once(record, full_text))


def record_nquads(record: Record, full_text: str) -> bytes:
    """The same statements as N-Quads in UTF-8, one a line."""
    lines = pyoxigraph.serialize(_once(record, full_text), format=RdfFormat.N_TRIPLES) or b""
    graph = NamedNode(source_graph_iri(record.source.sha256))
    return lines.replace(b" .\n", f" {graph} .\n".encode())  # a literal has no line end of its own


def _once(record: Record, full_text: str) -> dict[Triple, None]:
    return dict.fromkeys(_triples(record, SourceQuotes(record.source.sha256, full_text)))


def bodies_of(record: Record) -> dict[str, Body]:
    """IRI -> body, for every body that the record names."""
    named = [*_head_bodies(record), *_reference_bodies(record), *_norm_bodies(record)]
    return {body.iri: body for body in named if body is not None}


def _triples(record: Record, quotes: SourceQuotes) -> Iterator[Triple]:
    documents = {document.id: NamedNode(document.iri) for document in record.documents}
    yield from _source(record.source)
    for body in bodies_of(record).values():
        yield from _local_body(body)
    for document in record.documents:
        yield from document_triples(quotes, record.source, document)
    for number, citation in enumerate(record.citations, 1):
        yield from citation_triples(quotes, number, documents[citation.citing], citation)
    for number, reference in enumerate(record.collective_citations, 1):
        yield from collective_triples(quotes, number, documents[reference.citing], reference)
    for number, instruction in enumerate(record.oral_instructions, 1):
        yield from oral_triples(quotes, number, documents[instruction.citing], instruction)
    for number, norm in enumerate(record.obligations, 1):
        yield from norm_triples(quotes, number, documents[norm.document], norm)
    for number, mention in enumerate(record.unresolved, 1):
        yield from unresolved_triples(quotes, number, mention)
    for number, section in enumerate(record.unread, 1):
        yield from unread_triples(quotes, number, section)


def _source(source: Source) -> Iterator[Triple]:
    return describe(
        source_iri(source.sha256),
        {
            TYPE: cd("SourceText"),
            cd("sha256"): text(source.sha256),
            cd("path"): text(source.path),
            cd("mediaType"): text(source.media_type),
            cd("sourceKind"): text(source.kind),
            cd("textLength"): integer(source.length),
            cd("ocr"): flag(source.ocr),
        },
    )


def _local_body(body: Body) -> Iterator[Triple]:
    """A body or group that the register does not know, as this text names it; the name without marks is `implied`."""
    if body.known:
        return
    level = cd(body.level) if body.level else None
    own: dict[NamedNode, Values] = (
        {TYPE: cd("BodyGroup"), cd("within"): node(body.place), cd("memberLevel"): level}
        if body.group
        else {TYPE: cd("Body"), cd("place"): node(body.place), cd("level"): level}
    )
    name, system = text(body.label, "vi"), cd(body.system) if body.system else None
    yield from describe(body.iri, {**own, PREF_LABEL: name, cd("system"): system})


def _head_bodies(record: Record) -> Iterator[Body | None]:
    for document in record.documents:
        yield from (document.issuer, *document.addressees, *document.copies)
        yield from (reception.by for reception in document.received)


def _reference_bodies(record: Record) -> Iterator[Body | None]:
    yield from (citation.cited.issuer for citation in record.citations)
    for reference in record.collective_citations:
        yield from reference.issuers
    for instruction in record.oral_instructions:
        yield from instruction.issuers


def _norm_bodies(record: Record) -> Iterator[Body]:
    for norm in record.obligations:
        yield from (*norm.bearers, *norm.report_to, *norm.via, *norm.partners)

"""The pipeline: one source text in, one record out. Each step is a module with one verb."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from chidao.graph.errors import SecretError
from chidao.graph.model import Record, Source
from chidao.loaders.citations import find_citations
from chidao.loaders.clean import Clean, clean
from chidao.loaders.enclosed import joined, with_enclosed
from chidao.loaders.heads import Head, read_original
from chidao.loaders.layout import paragraphs_of
from chidao.loaders.obligations import find_obligations
from chidao.loaders.parts import documents_in
from chidao.loaders.read import SourceText
from chidao.loaders.reports import read_report
from chidao.loaders.secrecy import secrecy_of
from chidao.loaders.short_names import with_full_names
from chidao.loaders.subjects import with_subjects
from chidao.loaders.zones import is_original, zones_of


def read_head(cleaned: Clean, sha256: str, first: int = 1) -> Head:
    """The documents that a text states, numbered from ``first`` on: its own, or those that it reports."""
    zones = zones_of(cleaned.text)
    if is_original(cleaned.text, zones):
        return read_original(cleaned, zones, sha256, f"d{first}")
    return read_report(cleaned, sha256)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the search for reference cycles: reading makes no cycles, but so many values that it would go on and on."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_without_collector()
def extract(source: SourceText, allow_secret: bool = False) -> Record:
    """Everything that is known about one text; depends on the text and the register only.

    Raises SecretError where the text is stamped as a State secret, unless ``allow_secret``.
    """
    cleaned = clean(source.text)
    parts = [cleaned.part(*part) for part in documents_in(cleaned)]
    degrees = [degree for part in parts if (degree := secrecy_of(part.text))]
    if degrees and not allow_secret:
        refused = f"{source.path}: stamped {degrees[0]!r} in its head, so it is not read"
        raise SecretError(f"{refused}; take it away, or allow it by --allow-secret")
    records: list[Record] = []
    for part in parts:
        first = 1 + sum(len(record.documents) for record in records)
        records.append(_read(part, source, first))
    return joined(records)


def _read(cleaned: Clean, source: SourceText, first: int) -> Record:
    """The record of one document with what it encloses, or of a report; its documents are numbered from ``first``."""
    head = read_head(cleaned, source.sha256, first)
    body = paragraphs_of(cleaned, *head.body)
    about = Source(source.path, source.sha256, head.kind, source.media_type, len(source.text), source.ocr)
    if not head.documents:
        return Record(about, unread=tuple(cleaned.span(p.start, p.end) for p in body))
    cited = find_citations(cleaned, (*paragraphs_of(cleaned, 0, head.body[0]), *body), head.documents, head.reading)
    duties = find_obligations(cleaned, body, head.documents, head.reading)
    record = Record(
        source=about,
        documents=head.documents,
        citations=cited.citations,
        collective_citations=cited.collective,
        oral_instructions=cited.oral,
        obligations=duties.obligations,
        unread=duties.unread,
        unresolved=(*head.unresolved, *cited.unresolved, *duties.unresolved),
    )
    if head.kind == "original":
        record = with_enclosed(cleaned, record, head.body[1], head.reading)
    return with_full_names(with_subjects(record, cleaned), cleaned, head.reading)

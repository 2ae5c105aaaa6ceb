"""Read what a document encloses: a regulation or plan issued with it is a document of its own, without a symbol.

It is issued by the body and on the day of the document that it is issued with, which it names: "(Ban hành kèm theo
Quyết định số 12/2023/QĐ-UBND ngày … của …)". In an annex only tables that assign tasks impose duties.
"""

from collections.abc import Iterable

from chidao.graph.model import Citation, CitedDocument, Claim, Document, Record
from chidao.graph.names import local_iri, plain_number
from chidao.loaders.bodies import Reading
from chidao.loaders.citations import find_citations
from chidao.loaders.clean import Clean
from chidao.loaders.layout import lines_of, paragraphs_of
from chidao.loaders.obligations import find_obligations
from chidao.loaders.parts import Enclosure, enclosures_in
from chidao.loaders.task_tables import tables_of
from chidao.loaders.titles import title_text
from chidao.loaders.zones import ends_text


def joined(records: Iterable[Record]) -> Record:
    """What several parts of one text say as one record, under the source of the first."""
    first, *others = records
    for more in others:
        first = Record(
            first.source,
            (*first.documents, *more.documents),
            (*first.citations, *more.citations),
            (*first.collective_citations, *more.collective_citations),
            (*first.oral_instructions, *more.oral_instructions),
            (*first.obligations, *more.obligations),
            (*first.unread, *more.unread),
            (*first.unresolved, *more.unresolved),
        )
    return first


def with_enclosed(clean: Clean, record: Record, end: int, reading: Reading) -> Record:
    """The record with what stands behind the text of its document, which ends at ``end`` of the clean text."""
    if len(record.documents) != 1:
        return record
    (main,) = record.documents
    parts, number = [record], int(main.id.removeprefix("d"))
    for enclosure in enclosures_in(clean, end):
        if enclosure.type:
            number += 1
            parts.append(_enclosed(clean, enclosure, main, f"d{number}", record, reading))
        else:
            parts.append(_annexed(clean, enclosure, main, record, reading))
    return joined(parts)


def _enclosed(
    clean: Clean, enclosure: Enclosure, main: Document, name: str, record: Record, reading: Reading
) -> Record:
    """The enclosed text as a document, with its citations and duties."""
    document = _document(clean, enclosure, main, name, reading)
    lines = [line for line in lines_of(clean.text) if enclosure.body <= line.start < enclosure.end]
    end = next((line.start for line in lines if ends_text(clean.text, line)), enclosure.end)
    paragraphs = paragraphs_of(clean, enclosure.body, end)
    cited = find_citations(clean, paragraphs, (document,), reading)
    duties = find_obligations(clean, paragraphs, (document,), reading)
    return Record(
        record.source,
        (document,),
        (*_issued_with(clean, enclosure, main, name), *cited.citations),
        cited.collective,
        cited.oral,
        duties.obligations,
        duties.unread,
        (*cited.unresolved, *duties.unresolved),
    )


def _document(clean: Clean, enclosure: Enclosure, main: Document, name: str, reading: Reading) -> Document:
    title = title_text(clean.text, *enclosure.title) or None
    claims = [Claim("documentType", enclosure.type or "", clean.span(*enclosure.type_line))]
    claims += [Claim("title", title, clean.span(*enclosure.title))] if title else []
    if enclosure.cue:
        stated = clean.span(*enclosure.cue)
        claims += [Claim("issuedBy", main.issuer.iri, stated)] if main.issuer else []
        claims += [Claim("issued", main.issued, stated)] if main.issued else []
    return Document(
        id=name,
        iri=local_iri(reading.sha256, "document", name),
        type=enclosure.type,
        symbol=None,
        number=None,
        issuer=main.issuer,
        issued=main.issued,
        title=title,
        level=main.level,
        system=main.system,
        claims=tuple(claims),
        inferred=tuple(key for key, value in (("issuer", main.issuer), ("issued", main.issued)) if value),
    )


def _issued_with(clean: Clean, enclosure: Enclosure, main: Document, name: str) -> tuple[Citation, ...]:
    """The enclosed text names the document that it is issued with."""
    if not enclosure.cue:
        return ()
    number = plain_number(main.number) if main.number else None
    cited = CitedDocument(main.iri, main.type, main.symbol, number, main.issuer, main.issued, main.title)
    return (Citation(name, cited, "cites", clean.span(*enclosure.cue)),)


def _annexed(clean: Clean, enclosure: Enclosure, main: Document, record: Record, reading: Reading) -> Record:
    """The duties of an annex's tables of tasks, which the document imposes; an annex without is unread."""
    tables = [table for table in tables_of(clean) if enclosure.start <= table.start < enclosure.end]
    within = (
        paragraph
        for paragraph in (paragraphs_of(clean, enclosure.body, enclosure.end) if tables else ())
        if any(table.start <= paragraph.start < table.end for table in tables)
    )
    duties = find_obligations(clean, tuple(within), (main,), reading)
    unread = () if duties.obligations else (clean.span(enclosure.start, enclosure.body),)
    return Record(record.source, obligations=duties.obligations, unread=unread, unresolved=duties.unresolved)

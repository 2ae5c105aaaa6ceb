"""The pipeline: one source text in, one record out. Each step is a module with one verb."""

from chidao.graph.model import Record, Source
from chidao.loaders.citations import find_citations
from chidao.loaders.clean import Clean, clean
from chidao.loaders.heads import Head, read_original
from chidao.loaders.layout import paragraphs_of
from chidao.loaders.obligations import find_obligations
from chidao.loaders.read import SourceText
from chidao.loaders.reports import read_report
from chidao.loaders.zones import is_original, zones_of


def read_head(cleaned: Clean, sha256: str) -> Head:
    """The documents that a text states: its own, or those that it reports."""
    zones = zones_of(cleaned.text)
    if is_original(cleaned.text, zones):
        return read_original(cleaned, zones, sha256)
    return read_report(cleaned, sha256)


def extract(source: SourceText) -> Record:
    """Everything that is known about one text; depends on the text and the register only."""
    cleaned = clean(source.text)
    head = read_head(cleaned, source.sha256)
    body = paragraphs_of(cleaned, *head.body)
    about = Source(source.path, source.sha256, head.kind, source.media_type, len(source.text))
    if not head.documents:
        return Record(about, unread=tuple(cleaned.span(p.start, p.end) for p in body))
    cited = find_citations(cleaned, (*paragraphs_of(cleaned, 0, head.body[0]), *body), head.documents, head.reading)
    duties = find_obligations(cleaned, body, head.documents, head.reading)
    return Record(
        source=about,
        documents=head.documents,
        citations=cited.citations,
        collective_citations=cited.collective,
        oral_instructions=cited.oral,
        obligations=duties.obligations,
        unread=duties.unread,
        unresolved=(*head.unresolved, *cited.unresolved, *duties.unresolved),
    )

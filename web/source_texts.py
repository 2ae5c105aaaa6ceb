"""The texts that statements were read from, cut into pieces under their quotes."""

from collections.abc import Iterable
from dataclasses import dataclass

from chidao.graph.errors import NotFoundError
from chidao.graph.texts import read_text
from chidao.ontology.namespaces import CD
from chidao.web import links
from chidao.web.description import Description
from chidao.web.marks import Quote, Segment, segments
from chidao.web.site import Site


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as a page shows it; no segments where its text is not held.

    ``ocr`` is true when a machine recognised its letters.
    """

    iri: str
    url: str
    sha256: str
    paths: tuple[str, ...]
    kind: str
    ocr: bool
    segments: tuple[Segment, ...]


def source_text(site: Site, about: Description, source: str, quotes: Iterable[Quote]) -> SourceText:
    """The text of ``source`` with ``quotes`` that lie in it marked."""
    sha256 = about.value(source, CD.sha256)
    own = (quote for quote in quotes if quote.source == source)
    return SourceText(
        iri=source,
        url=links.page(source),
        sha256=sha256,
        paths=tuple(about.values(source, CD.path)),
        kind=about.value(source, CD.sourceKind),
        ocr=about.value(source, CD.ocr) == "true",
        segments=tuple(segments(_text(site, sha256), own)),
    )


def _text(site: Site, sha256: str) -> str:
    """The text, "" where it is not held. A hash is letters and digits: nothing else reaches the file system."""
    try:
        return read_text(site.data_dir, sha256) if sha256.isalnum() else ""
    except NotFoundError:
        return ""

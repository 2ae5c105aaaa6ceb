"""Read an HTML page: the directive or report on it, without the portal around it.

trafilatura finds where the article stands; what stands there is written out whole, with letterhead, lists, tables and
signature, which an extractor made for articles drops.
"""

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from chidao.graph.errors import SourceError
from chidao.loaders.formats.blocks import written
from chidao.loaders.formats.encodings import decoded
from chidao.loaders.formats.html_article import article_of, heading_before
from chidao.loaders.formats.html_blocks import blocks_of
from chidao.loaders.formats.parsed import Parsed


def parse_html(content: bytes) -> Parsed:
    """The text of a page. Raises SourceError when nothing can be decoded, or no text stands on it."""
    source = decoded(content)
    if source is None:
        raise SourceError("the encoding of the page is unknown; save it as UTF-8")
    page = _page(source)
    body = page.find("body")
    if body is None:
        raise SourceError("no text on the page; save the complete page from a browser")
    article = article_of(body, source)
    return Parsed(written([*heading_before(body, article), *blocks_of(article.element)]))


def _page(source: str) -> HtmlElement:
    """The parsed page; as bytes, since lxml refuses text that declares its encoding."""
    try:
        return document_fromstring(source.encode(), parser=HTMLParser(encoding="utf-8", remove_comments=True))
    except ParserError as error:
        raise SourceError("no text on the page; save the complete page from a browser") from error

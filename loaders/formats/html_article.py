"""Find the element of a page in which the directive or the report stands, and the heading that belongs to it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import trafilatura
from lxml.html import HtmlElement

from chidao.loaders.formats.blocks import Paragraph
from chidao.loaders.formats.html_blocks import is_unread

_WORD = re.compile(r"\w+")
# Lines that only a document has: motto, number, distribution list, authority of the signer
_MOTTO = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_NUMBER = re.compile(r"Số\s*:?(?:\s*\d.{0,40})?")
_TAIL = re.compile(r"Nơi\s+nhận\s*[:.]?|(?:TM|KT|TL|TUQ)\.\s[^a-zà-ỹ]{3,80}|[TK]/[ML]\s[^a-zà-ỹ]{3,80}")
_DATE_LINE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Article:
    """``element`` is the smallest one that holds the text; ``is_document`` when a letterhead stands on the page."""

    element: HtmlElement
    is_document: bool


def article_of(body: HtmlElement, source: str) -> Article:
    """Where the article stands, and where the page shows a document, its letterhead and its signature too."""
    found = trafilatura.extract(source, favor_recall=True, include_tables=True, include_comments=False) or ""
    words = _WORD.findall(found)
    known = set(zip(words, words[1:], words[2:], strict=False))
    weights = _weights(body, known)
    frame = _weights_of_frame(body)
    here, wanted = body, weights[body] * 0.95
    while wanted and (inner := _inner(here, weights, wanted, frame)) is not None:
        here = inner
    return Article(here, bool(frame))


def _inner(
    element: HtmlElement, weights: Counter[HtmlElement], wanted: float, frame: Counter[HtmlElement]
) -> HtmlElement | None:
    return next((c for c in element if weights[c] >= wanted and frame[c] == frame[element]), None)


def _texts(body: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each text of the page with the element that it stands in, without what no reader sees."""
    for element in body.iter():
        if isinstance(element.tag, str):
            if element.text and not is_unread(element):
                yield element, element.text
            parent = element.getparent()
            if element.tail and parent is not None and element is not body:
                yield parent, element.tail


def _summed(body: HtmlElement, own: Counter[HtmlElement]) -> Counter[HtmlElement]:
    """For each element what it and those in it have."""
    for element in reversed(list(body.iter())):
        parent = element.getparent()
        if element is not body and parent is not None and own[element]:
            own[parent] += own[element]
    return own


def _weights(body: HtmlElement, known: set[tuple[str, str, str]]) -> Counter[HtmlElement]:
    """How many words of the article stand in each element."""
    own: Counter[HtmlElement] = Counter()
    for element, text in _texts(body):
        words = _WORD.findall(text)
        own[element] += sum(three in known for three in zip(words, words[1:], words[2:], strict=False))
    return _summed(body, own)


def _weights_of_frame(body: HtmlElement) -> Counter[HtmlElement]:
    """How many lines of letterhead and signature stand in each element; none where the page shows no document."""
    lines = [(element, " ".join(text.split())) for element, text in _texts(body)]
    signs = (_MOTTO, _NUMBER, _TAIL)
    own = Counter(element for element, line in lines if any(sign.fullmatch(line) for sign in signs))
    is_document = all(any(sign.fullmatch(line) for _, line in lines) for sign in (_MOTTO, _NUMBER))
    return _summed(body, own) if is_document else Counter()


def heading_before(body: HtmlElement, article: Article) -> tuple[Paragraph, ...]:
    """The heading of a report and the date printed under it, where they stand before the article's element."""
    before = [] if article.is_document else list(_before(body, article.element))
    at = next((at for at, (element, _) in enumerate(before) if _in_heading(element)), None)
    if at is None:
        return ()
    heading = " ".join(text for element, text in before if _in_heading(element))
    dated = next((text for _, text in before[at + 1 :] if len(text) < 80 and _DATE_LINE.search(text)), None)
    return tuple(Paragraph(text) for text in (heading, dated) if text)


def _in_heading(element: HtmlElement) -> bool:
    return any(each.tag == "h1" for each in (element, *element.iterancestors()))


def _before(body: HtmlElement, article: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    inside = {article, *article.iterdescendants()}
    for element, text in _texts(body):
        if element in inside:
            return
        if line := " ".join(text.split()):
            yield element, line

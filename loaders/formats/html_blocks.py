"""Turn a part of an HTML page into paragraphs and tables: every text of it, in order, lists with their numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from chidao.loaders.formats.blocks import Block, Cell, Paragraph, Table
from chidao.loaders.formats.markers import letter, roman, with_marker

_UNREAD = re.compile(
    "script|style|noscript|template|head|title|svg|iframe|object|embed|nav|aside|form|button|select|input|textarea"
    "|video|audio|canvas|map|footer"
)
_BLOCK = re.compile(
    "address|article|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|h[1-6]|header|hr|li|main|ol"
    "|p|pre|section|summary|ul"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_BLANKS = re.compile(r"[ \t\r\n]+")
_WIDEST, _TALLEST = 60, 1000
"""Columns and rows that one cell may span; more is no table."""


@dataclass
class _Flow:
    """Collects running text until its paragraph ends."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    marker: str = ""
    centred: bool = False

    def say(self, text: str | None) -> None:
        if text:
            self.pieces.append(_BLANKS.sub(" ", text))

    def end(self, close: bool = False, centred: bool = False) -> None:
        """End the paragraph; ``centred`` ones stand close to a centred one above."""
        lines = (line.strip(" ") for line in "".join(self.pieces).split("\n"))
        text = "\n".join(lines).strip()
        self.pieces.clear()
        if text:
            above = self.blocks and isinstance(self.blocks[-1], Paragraph)
            self.blocks.append(
                Paragraph(with_marker(self.marker, text), bool(above and (close or (centred and self.centred))))
            )
            self.marker, self.centred = "", centred


def blocks_of(element: HtmlElement) -> tuple[Block, ...]:
    """What is written in ``element``, in the order of the page."""
    flow = _Flow()
    _walk(element, flow, False)
    flow.end()
    return tuple(flow.blocks)


def is_unread(element: HtmlElement) -> bool:
    """True for what no reader sees, and for what belongs to the site: menus, forms, scripts."""
    return not isinstance(element.tag, str) or bool(
        _UNREAD.fullmatch(element.tag) or _HIDDEN.search(element.get("style", ""))
    )


def _walk(element: HtmlElement, flow: _Flow, centred: bool) -> None:
    if element.tag == "br":
        flow.pieces.append("\n")
    elif element.tag == "table":
        flow.end(centred=centred)
        flow.blocks.append(_table(element))
    elif _BLOCK.fullmatch(element.tag):
        centred = _is_centred(element, centred)
        flow.end(centred=centred)
        _inside(element, flow, centred)
        flow.end(element.tag == "li", centred)
    else:
        _inside(element, flow, centred)


def _inside(element: HtmlElement, flow: _Flow, centred: bool) -> None:
    flow.say(element.text)
    markers = _markers(element) if element.tag in ("ol", "ul") else None
    for child in element:
        if not is_unread(child):
            if markers is not None and child.tag == "li":
                flow.end()
                flow.marker = next(markers)
            _walk(child, flow, centred)
        flow.say(child.tail)


def _is_centred(element: HtmlElement, inherited: bool) -> bool:
    said = element.get("align", "").lower() or ("center" if _CENTRED.search(element.get("style", "")) else "")
    styled = "text-align" in element.get("style", "").lower()
    return element.tag == "center" or said == "center" or (inherited and not said and not styled)


def _markers(items: HtmlElement) -> Iterator[str]:
    """ "1.", "2.", … of an ordered list by its type and start; "-" of another one."""
    form, start = items.get("type", "1"), items.get("start", "1")
    number = int(start) if re.fullmatch(r"\d{1,4}", start) else 1
    for item in items.iterchildren("li"):
        own = item.get("value", "")
        number = int(own) if re.fullmatch(r"\d{1,4}", own) else number
        yield "-" if items.tag == "ul" else _figure(number, form)
        number += 1


def _figure(number: int, form: str) -> str:
    names = {"a": f"{letter(number)})", "A": f"{letter(number).upper()}.", "i": f"{roman(number)}."}
    return names.get(form) or (f"{roman(number).upper()}." if form == "I" else f"{number}.")


def _table(table: HtmlElement) -> Table:
    """The grid of a table; a cell that spans rows is repeated in each of them, marked as going on."""
    rows: list[tuple[Cell, ...]] = []
    pending: dict[int, tuple[Cell, int]] = {}
    for line in _rows(table):
        row: list[Cell] = []
        for cell in line.iterchildren("td", "th"):
            _take_pending(row, pending)
            made = Cell(blocks_of(cell))
            below = _span(cell, "rowspan", _TALLEST) - 1
            for blank in (made, *[Cell()] * (_span(cell, "colspan", _WIDEST) - 1)):
                if below:
                    pending[len(row)] = (Cell(blank.blocks, True), below)
                row.append(blank)
        _take_pending(row, pending)
        rows.append(tuple(row))
    return Table(tuple(row for row in rows if row))


def _take_pending(row: list[Cell], pending: dict[int, tuple[Cell, int]]) -> None:
    """Put the cells that reach down into this row where the next free column is theirs."""
    while len(row) in pending:
        at = len(row)
        cell, left = pending.pop(at)
        if left > 1:
            pending[at] = (cell, left - 1)
        row.append(cell)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(cell: HtmlElement, name: str, most: int) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), most) if re.fullmatch(r"\d{1,6}", said) else 1

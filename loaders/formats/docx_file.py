"""Read a Word document: paragraphs with their list numbers, tables and text boxes, in the order of the document."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError, _Element

from chidao.graph.errors import SourceError
from chidao.loaders.formats.archives import check_sizes
from chidao.loaders.formats.blocks import Block, Cell, Paragraph, Table, written
from chidao.loaders.formats.docx_numbering import Numbering
from chidao.loaders.formats.markers import with_marker
from chidao.loaders.formats.parsed import Parsed

_DAMAGED = "the Word document is damaged or cut; open it in Word and save it again"
_P, _TBL, _SDT, _SDT_CONTENT = (qn(f"w:{name}") for name in ("p", "tbl", "sdt", "sdtContent"))
_TR, _TC, _TEXT_BOX = (qn(f"w:{name}") for name in ("tr", "tc", "txbxContent"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_TEXT = qn("w:t")
# Not part of what stands there now: deleted and moved text, old properties, text boxes (read by themselves)
_UNREAD = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), _TEXT_BOX, _FALLBACK))


def parse_docx(content: bytes) -> Parsed:
    """The text of a .docx file. Raises SourceError when it is damaged, cut, protected, or too large when unpacked."""
    try:
        with ZipFile(BytesIO(content)) as package:
            check_sizes(package)
        document = Document(BytesIO(content))
    except (BadZipFile, PackageNotFoundError, KeyError, XMLSyntaxError, ValueError, EOFError) as error:
        raise SourceError(_DAMAGED) from error
    return Parsed(written(tuple(_blocks(document.element.body, _Reader(document)))))


class _Reader:
    """What a paragraph's reading depends on: the numbering so far, and which paragraph was centred."""

    def __init__(self, document: WordDocument) -> None:
        self.numbering = Numbering(document)
        self.centred = False

    def paragraph(self, element: _Element) -> Paragraph:
        """The paragraph with its number; close to the one above where both are centred, like a title's lines."""
        text = _text(element)
        centred = _is_centred(element)
        close = centred and self.centred
        if text.strip():
            self.centred = centred
        return Paragraph(with_marker(self.numbering.marker(element), text.strip()), close)


def _blocks(parent: _Element, reader: _Reader) -> Iterator[Block]:
    for child in parent:
        if child.tag == _P:
            yield reader.paragraph(child)
            yield from _text_boxes(child, reader)
        elif child.tag == _TBL:
            yield _table(child, reader)
        elif child.tag == _SDT:
            for content in child.iterchildren(_SDT_CONTENT):
                yield from _blocks(content, reader)


def _text(element: _Element) -> str:
    pieces = []
    for child in element:
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag not in _UNREAD:
            pieces.append(_text(child))
    return "".join(pieces)


def _text_boxes(paragraph: _Element, reader: _Reader) -> Iterator[Block]:
    """The boxes anchored in a paragraph (letterheads, stamps); Word's copy for old programs is passed over."""
    for box in paragraph.iter(_TEXT_BOX):
        nested = any(above.tag in (_FALLBACK, _TEXT_BOX) for above in box.iterancestors())
        if not nested:
            yield from _blocks(box, reader)


def _is_centred(paragraph: _Element) -> bool:
    alignment = paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    return alignment is not None and alignment.get(qn("w:val")) == "center"


def _table(table: _Element, reader: _Reader) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for line in table.iter(_TR):
        if next(line.iterancestors(_TBL)) is table:
            rows.append(_row(line, rows[-1] if rows else (), reader))
    return Table(tuple(rows))


def _row(line: _Element, above: tuple[Cell, ...], reader: _Reader) -> tuple[Cell, ...]:
    """The cells of a row; one merged with the cell above it repeats that one's blocks."""
    row: list[Cell] = []
    for cell in line.iter(_TC):
        if next(cell.iterancestors(_TR)) is not line:
            continue
        at = len(row)
        if _is_merged_up(cell) and at < len(above):
            row.append(Cell(above[at].blocks, True))
        else:
            row.append(Cell(tuple(_filled(_blocks(cell, reader)))))
        row += [Cell()] * (_property(cell, "gridSpan", 1) - 1)
    return tuple(row)


def _filled(blocks: Iterator[Block]) -> Iterator[Block]:
    return (block for block in blocks if isinstance(block, Table) or block.text)


def _is_merged_up(cell: _Element) -> bool:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _property(cell: _Element, name: str, default: int) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn(f'w:{name}')}")
    said = "" if found is None else str(found.get(qn("w:val"), ""))
    return min(max(int(said), 1), 60) if re.fullmatch(r"\d{1,4}", said) else default

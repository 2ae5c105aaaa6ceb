"""Read a PDF: the text layer of each page in reading order; pages that are pictures are recognised."""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from chidao.graph.errors import SourceError
from chidao.loaders.formats.blocks import written
from chidao.loaders.formats.limits import allow_seconds
from chidao.loaders.formats.page_columns import columns_of
from chidao.loaders.formats.page_paragraphs import Part, margins_of, paragraphs_of, placed
from chidao.loaders.formats.page_runs import GAP, Run, rows_of
from chidao.loaders.formats.parsed import Parsed
from chidao.loaders.formats.pdf_grids import Stroke, grids_of, strokes_of, table_of

MAX_PAGES = 2000
"""The longest directive known has some 3 million characters, about a thousand pages."""
_LEAST_TEXT = 200
"""Characters below which a page that shows a picture is a scan: stamps and signatures are text there."""
_PICTURE_SHARE = 0.5
_SCAN_DPI = 300
_WRONG = {
    raw.FPDF_ERR_PASSWORD: "protected by a password; save it without one",
    raw.FPDF_ERR_SECURITY: "protected in a way that is not known; print it to a new PDF",
}
_LINE_ENDS, _HYPHENS = frozenset("\r\n"), frozenset("\x02\ufffe\u00ad")


def parse_pdf(content: bytes) -> Parsed:
    """The text of a PDF. Raises SourceError when it is protected, cut, damaged, too long, or a scan without OCR."""
    document = _opened(content)
    if len(document) > MAX_PAGES:
        raise SourceError(f"{len(document):,} pages, more than the {MAX_PAGES:,} of any directive; split the file")
    if len(document) == 0:
        raise SourceError("a PDF without pages; fetch it again")
    parts: list[Part] = []
    ocr = False
    for page in document:
        runs, strokes = _runs(page), strokes_of(page)
        if _is_scan(page, runs):
            runs, strokes, ocr = _recognised(page), [], True
        parts += _parts(runs, strokes, page.get_height())
        page.close()
    return Parsed(written(paragraphs_of(parts)), ocr)


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        reason = _WRONG.get(getattr(error, "err_code", None) or raw.FPDF_GetLastError())
        raise SourceError(reason or "the PDF is damaged or cut; fetch it again") from error
    return document


def _parts(runs: Sequence[Run], strokes: Sequence[Stroke], height: float) -> Iterator[Part]:
    """The tables and columns of a page from top to bottom."""
    grids = grids_of(strokes)
    apart = [run for run in runs if not any(grid.holds(run) for grid in grids)]
    margins = margins_of(columns_of(rows_of(apart), height))
    for grid in (*grids, None):
        above = [run for run in apart if grid is None or run.middle < grid.ys[0]]
        apart = [run for run in apart if grid is not None and run.middle >= grid.ys[0]]
        for column in columns_of(rows_of(above), height):
            yield placed(column, margins)
        if grid:
            yield table_of(grid, [run for run in runs if grid.holds(run)])


def _is_scan(page: pdfium.PdfPage, runs: Sequence[Run]) -> bool:
    if sum(len(run.text) for run in runs) >= _LEAST_TEXT:
        return False
    area = page.get_width() * page.get_height()
    pictures = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
    boxes = (picture.get_bounds() for picture in pictures)
    return any((right - left) * (top - bottom) > _PICTURE_SHARE * area for left, bottom, right, top in boxes)


def _recognised(page: pdfium.PdfPage) -> list[Run]:
    from chidao.loaders.formats.ocr import SECONDS_A_PAGE, recognised  # noqa: PLC0415 (an extra, for scans only)

    allow_seconds(SECONDS_A_PAGE + 10)
    scale = _SCAN_DPI / 72
    return recognised(page.render(scale=scale, grayscale=True).to_pil(), scale)


def _runs(page: pdfium.PdfPage) -> list[Run]:
    """The runs of a page in the order of its text layer."""
    text = page.get_textpage()
    height = page.get_height()
    walls = [stroke for stroke in strokes_of(page) if not stroke.flat]
    runs: list[Run] = []
    open_run = False
    box = raw.FS_RECTF()
    for at in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if letter in _LINE_ENDS or letter == "\x00":
            open_run = False
            continue
        letter = "-" if letter in _HYPHENS else letter
        if letter.isspace():
            runs[-1:] = [_with(runs[-1], " ")] if open_run and not runs[-1].text.endswith(" ") else runs[-1:]
            continue
        raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        glyph = Run(box.left, box.right, height - box.top, height - box.bottom, letter)
        if open_run and _follows(runs[-1], glyph, walls):
            runs[-1] = _with(runs[-1], letter, glyph)
        else:
            runs.append(glyph)
            open_run = True
    text.close()
    return [_trimmed(run) for run in runs if run.text.strip()]


def _trimmed(run: Run) -> Run:
    return Run(run.left, run.right, run.top, run.bottom, unicodedata.normalize("NFC", run.text.strip()))


def _with(run: Run, letter: str, glyph: Run | None = None) -> Run:
    right = max(run.right, glyph.right) if glyph else run.right
    return Run(run.left, right, run.top, run.bottom, run.text + letter)


def _follows(run: Run, glyph: Run, walls: Sequence[Stroke]) -> bool:
    """True when a letter stands behind a run: on its line, neither far off nor beyond a drawn line."""
    if unicodedata.combining(glyph.text):
        return True
    gap = glyph.left - run.right
    if abs(glyph.middle - run.middle) > 0.6 * run.height or not -run.height < gap < GAP * run.height:
        return False
    return not any(
        run.right - 1 <= wall.at <= glyph.left + 1 and wall.start <= run.middle <= wall.end for wall in walls
    )

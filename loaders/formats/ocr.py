"""Recognise the letters on pictures with tesseract and its Vietnamese model: the extra "ocr".

Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-vie; Python: pip install "chidao[ocr]".
"""

import re
from io import BytesIO

from chidao.graph.errors import SourceError
from chidao.loaders.formats.blocks import written
from chidao.loaders.formats.limits import allow_seconds
from chidao.loaders.formats.page_columns import columns_of
from chidao.loaders.formats.page_paragraphs import Part, margins_of, paragraphs_of, placed
from chidao.loaders.formats.page_runs import GAP, Run, joined, rows_of
from chidao.loaders.formats.parsed import Parsed

ADVICE = (
    'a picture of a page, for which the extra "ocr" is needed: pip install "chidao[ocr]", and the program '
    "tesseract with its Vietnamese model (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)"
)
try:
    import pytesseract
    from PIL import Image, ImageSequence, UnidentifiedImageError
except ImportError as missing:
    raise SourceError(ADVICE) from missing

SECONDS_A_PAGE = 90
_MAX_PAGES = 300
_MAX_PIXELS = 100_000_000
_LINE_LEVEL = 4
_SAYS_SOMETHING = re.compile(r"[^\W_]|^[-*]+$")
_LEAST_CONFIDENCE = 40.0
"""Per cent over a line; what tesseract is less sure of is mostly stamps, signatures and dirt."""


def parse_image(content: bytes) -> Parsed:
    """The text on a picture. Raises SourceError when it is damaged, too large, or tesseract is not there."""
    parts: list[Part] = []
    try:
        with Image.open(BytesIO(content)) as image:
            if getattr(image, "n_frames", 1) > _MAX_PAGES or image.width * image.height > _MAX_PIXELS:
                raise SourceError("the picture is larger than any scanned page; scan it at 300 dots an inch")
            for frame in ImageSequence.Iterator(image):
                allow_seconds(SECONDS_A_PAGE + 10)
                columns = columns_of(rows_of(recognised(frame.convert("L"), 1.0)), float(frame.height))
                parts += [placed(column, margins_of(columns)) for column in columns]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise SourceError("the picture is damaged or cut; fetch or scan it again") from error
    return Parsed(written(paragraphs_of(parts)), ocr=True)


def recognised(image: Image.Image, scale: float) -> list[Run]:
    """The runs on a picture; lengths are divided by ``scale``.

    Raises SourceError where tesseract or its model is missing, or a page takes too long.
    """
    try:
        found = pytesseract.image_to_data(
            image, lang="vie", timeout=SECONDS_A_PAGE, output_type=pytesseract.Output.DICT
        )
    except pytesseract.TesseractNotFoundError as error:
        raise SourceError(ADVICE) from error
    except pytesseract.TesseractError as error:
        raise SourceError(f"{ADVICE}; tesseract says: {error.message[:200]}") from error
    except RuntimeError as error:
        raise SourceError(f"recognising a page took more than {SECONDS_A_PAGE} seconds; scan it again") from error
    return _runs(found, scale)


def _runs(found: dict[str, list[object]], scale: float) -> list[Run]:
    """The runs of the lines that tesseract is sure of; all letters of a line are as high as the line."""
    keys = ("block_num", "par_num", "line_num", "level", "text", "conf", "left", "top", "width", "height")
    lines: dict[tuple[object, ...], list[tuple[float, Run]]] = {}
    for *line, level, text, confidence, left, top, width, height in zip(*(found[key] for key in keys), strict=True):
        x, y, w, h = (float(str(value)) / scale for value in (left, top, width, height))
        if level == _LINE_LEVEL:
            lines[tuple(line)] = [(100.0, Run(x, x + w, y, y + h, ""))]
        elif str(text).strip():
            whole = lines[tuple(line)][0][1]
            word = Run(x, x + w, whole.top, whole.bottom, str(text).strip())
            lines[tuple(line)].append((float(str(confidence)), word))
    found_runs = (run for _, *words in lines.values() if _is_sure(words) for run in _joined(words))
    return [run for run in found_runs if _SAYS_SOMETHING.search(run.text)]


def _is_sure(words: list[tuple[float, Run]]) -> bool:
    return bool(words) and sum(sure for sure, _ in words) / len(words) >= _LEAST_CONFIDENCE


def _joined(words: list[tuple[float, Run]]) -> list[Run]:
    runs = [words[0][1]]
    for _, word in words[1:]:
        near = word.left - runs[-1].right < GAP * word.height
        runs[-1:] = [joined(runs[-1], word, " ")] if near else [runs[-1], word]
    return runs

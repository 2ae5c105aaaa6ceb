"""The kinds of files: the endings of their names, what their first bytes say, how large one may be."""

import re
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """``parser`` names what reads the bytes; ``max_bytes`` is more than any directive of this kind takes."""

    parser: str
    media_type: str
    max_bytes: int


# The longest directive known has some 3 million characters; scans and pictures take more bytes a page.
_TEXT = 20_000_000
KINDS = {
    ".txt": Kind("text", "text/plain", _TEXT),
    ".md": Kind("text", "text/markdown", _TEXT),
    ".html": Kind("html", "text/html", _TEXT),
    ".htm": Kind("html", "text/html", _TEXT),
    ".xhtml": Kind("html", "application/xhtml+xml", _TEXT),
    ".pdf": Kind("pdf", "application/pdf", 200 * MEBIBYTE),
    ".docx": Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 100 * MEBIBYTE),
    ".png": Kind("image", "image/png", 50 * MEBIBYTE),
    ".jpg": Kind("image", "image/jpeg", 50 * MEBIBYTE),
    ".jpeg": Kind("image", "image/jpeg", 50 * MEBIBYTE),
    ".tif": Kind("image", "image/tiff", 100 * MEBIBYTE),
    ".tiff": Kind("image", "image/tiff", 100 * MEBIBYTE),
}
ARCHIVE = ".zip"
_CONVERT = 'save it as .docx in Word, or run "soffice --headless --convert-to docx" of LibreOffice on it'
CONVERTED = {
    ".doc": f"an old Word file is not read; {_CONVERT}",
    ".rtf": f"Rich Text is not read; {_CONVERT}",
    ".odt": f"OpenDocument is not read; {_CONVERT}",
}
"""Kinds in which directives are kept, but which must be converted first, with the advice how."""
READ = (*KINDS, ARCHIVE)

# What the first bytes say, whatever the name says: (what it is, the ending that fits, the bytes)
_SIGNS = (
    ("a PDF file", ".pdf", re.compile(rb"\s*%PDF-")),
    ("a zip archive or an Office file", ".docx or .zip", re.compile(rb"PK\x03\x04")),
    ("an old Office file", ".doc", re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("Rich Text", ".rtf", re.compile(rb"\{\\rtf")),
    ("a PNG picture", ".png", re.compile(rb"\x89PNG\r\n")),
    ("a JPEG picture", ".jpg", re.compile(rb"\xff\xd8\xff")),
    ("a TIFF picture", ".tif", re.compile(rb"II\*\x00|MM\x00\*")),
    ("an HTML page", ".html", re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html)", re.I)),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def contradiction(suffix: str, content: bytes) -> str | None:
    """Why the bytes can't be what the name's ending says, and what to do; None where they can."""
    if suffix == ".docx" and _ENCRYPTED in content:
        return "the file is protected by a password; save it without one"
    found = next(((what, fits) for what, fits, sign in _SIGNS if sign.match(content)), None)
    if found and suffix not in found[1] and not _same_kind(suffix, found[1]):
        return f"not a {_expected(suffix)}: the file is {found[0]}; rename it to {found[1]}"
    if found or KINDS[suffix].parser in ("text", "html"):
        return None
    if suffix == ".pdf" and b"%PDF-" in content[:1024]:
        return None
    return f"not a {_expected(suffix)}: the file begins like none (cut, or damaged); fetch it again"


def _expected(suffix: str) -> str:
    return "text" if KINDS[suffix].parser == "text" else f"{suffix} file"


def _same_kind(suffix: str, other: str) -> bool:
    if other not in KINDS:
        return False
    one, two = KINDS[suffix], KINDS[other]
    return one.media_type == two.media_type or one.parser == two.parser == "html"

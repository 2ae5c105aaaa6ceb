"""Read a file as text: bytes to a `SourceText`, or a clear refusal."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from chidao.graph.errors import SourceError

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}
MAX_BYTES = 20_000_000
"""The longest directive known has some 3 million characters; a larger file is no directive."""
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


@dataclass(frozen=True, slots=True)
class SourceText:
    """The decoded text of a source; offsets everywhere are code points of ``text``."""

    path: str
    sha256: str
    media_type: str
    text: str


def files_in(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files to read: each file named, and those of a known kind below each folder, in order of their paths.

    Raises nothing: a missing path or a folder without texts is refused by `read_source` when it is read.
    """
    for path in paths:
        found = (
            sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in MEDIA_TYPES)
            if path.is_dir()
            else []
        )
        yield from found or [path]


def read_source(path: Path) -> SourceText:
    """Read one file.

    Raises SourceError when it is missing, a folder without texts, of another kind, empty, binary, too large or no
    Vietnamese.
    """
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if path.is_dir():
        raise SourceError(f"{path}: no text in this folder; Chidao reads {', '.join(MEDIA_TYPES)}")
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder; check the path")
    if media_type is None:
        raise SourceError(f"{path}: files of this kind are not read; save it as {' or '.join(MEDIA_TYPES)}")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(f"{path}: {size:,} bytes, more than the {MAX_BYTES:,} of any directive; split the file")
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    return SourceText(str(path.resolve()), hashlib.sha256(content).hexdigest(), media_type, _decoded(path, content))


def _decoded(path: Path, content: bytes) -> str:
    if not content.strip():
        raise SourceError(f"{path}: the file is empty")
    text = _unicode(content) or _guessed(content)
    if text is None or _CONTROL.search(text):
        raise SourceError(f"{path}: not a text (binary, or an unknown encoding); save it as UTF-8 text")
    if not any(letter in VIETNAMESE for letter in text.lower()[:200_000]):
        raise SourceError(f"{path}: no Vietnamese letter in it; save it as UTF-8 with Vietnamese marks")
    return text


def _unicode(content: bytes) -> str | None:
    """UTF-8 with or without mark, or UTF-16 with one."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(content: bytes) -> str | None:
    """An older encoding: windows-1258, or what charset-normalizer is sure of; None when nothing fits."""
    if b"\x00" in content[:8000]:
        return None
    try:
        text = content.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    if _is_composable(text):
        return text
    best = from_bytes(content).best()
    return str(best) if best and _is_composable(str(best)) else None


def _is_composable(text: str) -> bool:
    """True when nearly every combining tone mark finds its vowel, as in windows-1258: wrong tables scatter them."""
    marks = sum(map(text.count, _TONE_MARKS))
    left = sum(map(unicodedata.normalize("NFC", text).count, _TONE_MARKS))
    return bool(text) and left * 20 <= marks and not _CONTROL.search(text)

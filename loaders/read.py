"""Read a file as text: bytes to a `SourceText`, or a clear refusal."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chidao.graph.errors import SourceError
from chidao.loaders.formats.archives import MAX_DEPTH
from chidao.loaders.formats.encodings import decoded, printable
from chidao.loaders.formats.kinds import ARCHIVE, CONVERTED, KINDS, READ, contradiction
from chidao.loaders.formats.legacy_letters import repaired
from chidao.loaders.formats.parsed import Parsed
from chidao.loaders.formats.sandbox import parse
from chidao.loaders.formats.syllables import is_vietnamese
from chidao.loaders.locations import Location, archive_at, bytes_at
from chidao.loaders.privacy import mask


@dataclass(frozen=True, slots=True)
class SourceText:
    """The decoded text of a source; offsets everywhere are code points of ``text``.

    Numbers of private persons are masked in ``text``, one sign for one; ``sha256`` is that of the bytes as they are.
    ``ocr`` is true when a machine recognised the letters of a picture.
    """

    path: str
    sha256: str
    media_type: str
    text: str
    ocr: bool = False


def read_source(where: Path | Location) -> SourceText:
    """Read one file or one member of an archive.

    Raises SourceError, which names it, the reason and what to do, when it is missing, of another kind, empty, binary,
    protected, damaged, too large or no Vietnamese.
    """
    location = where if isinstance(where, Location) else Location(where)
    return decode_source(location, source_bytes(location))


def source_bytes(location: Location) -> bytes:
    """The bytes of a source, before anything is read in them. Raises SourceError as `read_source`."""
    with _named(location):
        _check_name(location)
        return bytes_at(location, KINDS[location.suffix].max_bytes)


def decode_source(location: Location, content: bytes) -> SourceText:
    """The text of a source whose bytes are known. Raises SourceError as `read_source`."""
    with _named(location):
        return _decoded(location, content)


@contextmanager
def _named(location: Location) -> Iterator[None]:
    """Put the file's name before the reason of a refusal."""
    try:
        yield
    except SourceError as reason:
        raise SourceError(f"{location}: {reason}") from reason
    except OSError as error:
        raise SourceError(f"{location}: cannot be read: {error.strerror}") from error


def _decoded(location: Location, content: bytes) -> SourceText:
    kind = KINDS[location.suffix]
    if not content.strip():
        raise SourceError("the file is empty")
    if wrong := contradiction(location.suffix, content):
        raise SourceError(wrong)
    parsed = _plain(content) if kind.parser == "text" else parse(kind.parser, content)
    text = printable(parsed.text if kind.parser in ("text", "html") else repaired(parsed.text))
    if not text.strip():
        raise SourceError("no text in it")
    if not is_vietnamese(text):
        raise SourceError("no Vietnamese letter in it, or hardly one; save it as UTF-8 with Vietnamese marks")
    sha256 = hashlib.sha256(content).hexdigest()
    return SourceText(str(location.whole), sha256, kind.media_type, mask(text), parsed.ocr)


def _check_name(location: Location) -> None:
    """Raises SourceError for what the name and the folder say already."""
    kinds = ", ".join(READ)
    if isinstance(location.file, Path):
        _check_file(location.file, "" if location.members else kinds)
    if location.suffix == ARCHIVE:
        if len(location.members) >= MAX_DEPTH:
            raise SourceError("an archive in an archive in an archive; unpack it")
        archive_at(location)
        raise SourceError(f"no text in this archive; Chidao reads {kinds}")
    if location.suffix in CONVERTED:
        raise SourceError(CONVERTED[location.suffix])
    if location.suffix not in KINDS:
        raise SourceError(f"files of this kind are not read; Chidao reads {kinds}")


def _check_file(file: Path, kinds: str) -> None:
    """Raises SourceError where there is no regular file; ``kinds`` are those looked for in a folder."""
    if kinds and file.is_dir():
        raise SourceError(f"no text in this folder; Chidao reads {kinds}")
    if not file.exists():
        raise SourceError("no such file or folder; check the path")
    if not file.is_file():
        raise SourceError("no regular file (a device or pipe); copy it to a file")


def _plain(content: bytes) -> Parsed:
    text = decoded(content)
    if text is None:
        raise SourceError("not a text (binary, or an unknown encoding); save it as UTF-8 text")
    return Parsed(text)

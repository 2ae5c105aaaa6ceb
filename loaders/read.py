"""Read a file as text: bytes to a `SourceText`, or a clear refusal."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from chidao.graph.errors import SourceError
from chidao.loaders.formats.archives import MAX_DEPTH, member_bytes, members_of, open_archive
from chidao.loaders.formats.encodings import decoded, printable
from chidao.loaders.formats.kinds import ARCHIVE, CONVERTED, KINDS, MEBIBYTE, READ, contradiction
from chidao.loaders.formats.legacy_letters import repaired
from chidao.loaders.formats.parsed import Parsed
from chidao.loaders.formats.sandbox import parse
from chidao.loaders.formats.syllables import is_vietnamese
from chidao.loaders.privacy import mask

MAX_ARCHIVE_BYTES = 2048 * MEBIBYTE
_FOUND = frozenset((*READ, *CONVERTED))


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


@dataclass(frozen=True, slots=True)
class Location:
    """Where the bytes of a source are: a file, or a member of an archive, which may be in an archive itself."""

    file: Path
    members: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "!/".join((str(self.file), *self.members))

    @property
    def suffix(self) -> str:
        """The ending of its name, in small letters."""
        return PurePosixPath(self.members[-1] if self.members else self.file.name).suffix.lower()


def files_in(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files to read: each file named, and those of a known kind below each folder, in order of their paths.

    Raises nothing: a missing path or a folder without texts is refused by `read_source` when it is read.
    """
    for path in paths:
        yield from (_known_below(path) if path.is_dir() else []) or [path]


def _known_below(folder: Path) -> list[Path]:
    """The files of a known kind; hidden ones and those that Word keeps while a file is open ("~$a.docx") are not."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in _FOUND and path.is_file())
    return sorted(path for path in found if not path.name.startswith((".", "~$")))


def locations_in(paths: tuple[Path, ...]) -> Iterator[Location]:
    """The sources to read: as `files_in`, with the members of each archive in its place.

    Raises nothing: an archive that can't be opened stands for itself and is refused when it is read.
    """
    for path in files_in(paths):
        yield from _unpacked(Location(path))


def _unpacked(location: Location) -> Iterator[Location]:
    if location.suffix != ARCHIVE or len(location.members) >= MAX_DEPTH or not location.file.is_file():
        yield location
        return
    try:
        names = [member.filename for member in members_of(_archive(location))]
    except SourceError:
        names = []
    if not names:
        yield location
    for name in names:
        yield from _unpacked(Location(location.file, (*location.members, name)))


def _archive(location: Location) -> ZipFile:
    """The archive at a location. Raises SourceError when it can't be opened."""
    status = location.file.stat()
    return _opened(location, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=MAX_DEPTH)
def _opened(location: Location, size: int, changed: int) -> ZipFile:  # noqa: ARG001 (a changed file is opened anew)
    """The archives last used stay open, so that their tables of contents are read once for all their members."""
    if location.members:
        return open_archive(_bytes(location, MAX_ARCHIVE_BYTES // 8))
    if size > MAX_ARCHIVE_BYTES:
        raise SourceError(f"{size:,} bytes, more than the {MAX_ARCHIVE_BYTES:,} allowed; split the archive")
    return open_archive(location.file)


def read_source(where: Path | Location) -> SourceText:
    """Read one file or one member of an archive.

    Raises SourceError, which names it, the reason and what to do, when it is missing, of another kind, empty, binary,
    protected, damaged, too large or no Vietnamese.
    """
    location = where if isinstance(where, Location) else Location(where)
    try:
        return _read(location)
    except SourceError as reason:
        raise SourceError(f"{location}: {reason}") from reason
    except OSError as error:
        raise SourceError(f"{location}: cannot be read: {error.strerror}") from error


def _read(location: Location) -> SourceText:
    _check_name(location)
    kind = KINDS[location.suffix]
    content = _bytes(location, kind.max_bytes)
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
    path = str(Location(location.file.resolve(), location.members))
    return SourceText(path, hashlib.sha256(content).hexdigest(), kind.media_type, mask(text), parsed.ocr)


def _check_name(location: Location) -> None:
    """Raises SourceError for what the name and the folder say already."""
    kinds = ", ".join(READ)
    if not location.members and location.file.is_dir():
        raise SourceError(f"no text in this folder; Chidao reads {kinds}")
    if not location.file.exists():
        raise SourceError("no such file or folder; check the path")
    if not location.file.is_file():
        raise SourceError("no regular file (a device or pipe); copy it to a file")
    if location.suffix == ARCHIVE:
        if len(location.members) >= MAX_DEPTH:
            raise SourceError("an archive in an archive in an archive; unpack it")
        _archive(location)
        raise SourceError(f"no text in this archive; Chidao reads {kinds}")
    if location.suffix in CONVERTED:
        raise SourceError(CONVERTED[location.suffix])
    if location.suffix not in KINDS:
        raise SourceError(f"files of this kind are not read; Chidao reads {kinds}")


def _bytes(location: Location, max_bytes: int) -> bytes:
    if location.members:
        archive = _archive(Location(location.file, location.members[:-1]))
        return member_bytes(archive, location.members[-1], max_bytes)
    size = location.file.stat().st_size
    if size > max_bytes:
        raise SourceError(f"{size:,} bytes, more than the {max_bytes:,} of any directive; split the file")
    return location.file.read_bytes()


def _plain(content: bytes) -> Parsed:
    text = decoded(content)
    if text is None:
        raise SourceError("not a text (binary, or an unknown encoding); save it as UTF-8 text")
    return Parsed(text)

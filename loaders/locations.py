"""Find the sources to read: files and folders, here or at a URL, and the members of archives."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from chidao.graph.errors import SourceError
from chidao.loaders.formats.archives import MAX_DEPTH, member_bytes, members_of, open_archive
from chidao.loaders.formats.kinds import ARCHIVE, CONVERTED, MEBIBYTE, READ
from chidao.loaders.remote import RemoteFile, files_below, is_url, remote_bytes

MAX_ARCHIVE_BYTES = 2048 * MEBIBYTE
MAX_HELD_BYTES = MAX_ARCHIVE_BYTES // 8
"""The largest archive that is held in memory: one within another, or fetched from a URL."""
_FOUND = frozenset((*READ, *CONVERTED))

Named = Path | RemoteFile


@dataclass(frozen=True, slots=True)
class Location:
    """Where the bytes of a source are: a file here or at a URL, or a member of an archive, which may be in another."""

    file: Named
    members: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "!/".join((str(self.file), *self.members))

    @property
    def suffix(self) -> str:
        """The ending of its name, in small letters."""
        return PurePosixPath(self.members[-1] if self.members else self.file.name).suffix.lower()

    @property
    def whole(self) -> "Location":
        """With the whole path of the file, which means the same from every folder; a URL does so already."""
        return Location(self.file.resolve(), self.members) if isinstance(self.file, Path) else self


def named(argument: str) -> Named:
    """What the user names: a file or folder by its path, or a URL."""
    return RemoteFile(argument) if is_url(argument) else Path(argument)


def files_in(paths: tuple[Named, ...]) -> Iterator[Named]:
    """The files to read: each file named, and those of a known kind below each folder, in order of their paths.

    Raises nothing: a missing path or a folder without texts is refused by `read_source` when it is read.
    """
    for path in paths:
        if isinstance(path, RemoteFile):
            yield from files_below(path)
            continue
        below = _known_below(path) if path.is_dir() else iter(())
        yield next(below, path)
        yield from below


def _known_below(folder: Path) -> Iterator[Path]:
    """The files of a known kind, one folder at a time.

    Hidden ones and those that Word keeps while a file is open ("~$a.docx") are not; links to folders are not followed.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _known_below(folder / entry.name)
        elif _is_known(entry.name) and entry.is_file():
            yield folder / entry.name


def _is_known(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _FOUND and not name.startswith((".", "~$"))


def locations_in(paths: tuple[Named, ...]) -> Iterator[Location]:
    """The sources to read: as `files_in`, with the members of each archive in its place.

    Raises nothing: an archive that can't be opened stands for itself and is refused when it is read.
    """
    for path in files_in(paths):
        yield from _unpacked(Location(path))


def _unpacked(location: Location) -> Iterator[Location]:
    here = location.file.is_file() if isinstance(location.file, Path) else True
    if location.suffix != ARCHIVE or len(location.members) >= MAX_DEPTH or not here:
        yield location
        return
    try:
        names = dict.fromkeys(member.filename for member in members_of(archive_at(location)))
    except SourceError:
        names = {}
    if not names:
        yield location
    for name in names:
        yield from _unpacked(Location(location.file, (*location.members, name)))


def archive_at(location: Location) -> ZipFile:
    """The archive at a location. Raises SourceError when it can't be opened, OSError when it can't be read."""
    if isinstance(location.file, RemoteFile):
        return _opened(location, 0, 0)
    status = location.file.stat()
    return _opened(location, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=MAX_DEPTH)
def _opened(location: Location, size: int, changed: int) -> ZipFile:  # noqa: ARG001 (a changed file is opened anew)
    """The archives last used stay open, so that their tables of contents are read once for all their members."""
    if location.members or isinstance(location.file, RemoteFile):
        return open_archive(bytes_at(location, MAX_HELD_BYTES))
    if size > MAX_ARCHIVE_BYTES:
        raise SourceError(f"{size:,} bytes, more than the {MAX_ARCHIVE_BYTES:,} allowed; split the archive")
    return open_archive(location.file)


def bytes_at(location: Location, max_bytes: int) -> bytes:
    """The bytes of one source. Raises SourceError when they are too many or damaged, OSError when it can't be read."""
    if location.members:
        archive = archive_at(Location(location.file, location.members[:-1]))
        return member_bytes(archive, location.members[-1], max_bytes)
    if isinstance(location.file, RemoteFile):
        return remote_bytes(location.file, max_bytes)
    size = location.file.stat().st_size
    if size > max_bytes:
        raise SourceError(f"{size:,} bytes, more than the {max_bytes:,} of any directive; split the file")
    return location.file.read_bytes()

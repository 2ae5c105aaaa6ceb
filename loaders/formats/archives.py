"""Look into zip archives without unpacking them to the disk; each member is a source of its own.

An archive comes from anywhere: its sizes are checked before anything is read, and a member's name is only a name.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from chidao.graph.errors import SourceError
from chidao.loaders.formats.kinds import ARCHIVE, CONVERTED, KINDS, MEBIBYTE

MAX_MEMBERS = 20_000
MAX_UNPACKED = 2048 * MEBIBYTE
MAX_RATIO = 250
"""A text is rarely packed to less than a twentieth; a bomb is packed to less than a thousandth."""
MAX_DEPTH = 2
"""An archive may hold archives, and these no further ones."""
_RATIO_MATTERS = 8 * MEBIBYTE
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def check_sizes(archive: ZipFile) -> None:
    """Raises SourceError for an archive that says it unpacks to more than any collection of directives does."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise SourceError(f"{len(members):,} files in one archive, more than {MAX_MEMBERS:,}; split it")
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > MAX_UNPACKED or (unpacked > _RATIO_MATTERS and unpacked > MAX_RATIO * packed):
        raise SourceError(
            f"it unpacks to {unpacked:,} bytes, {unpacked // packed:,} times its size (a zip bomb?); not opened"
        )


def members_of(archive: ZipFile) -> Iterator[ZipInfo]:
    """The members of a kind that is read, or that must be converted first, in order of their names.

    What systems and word processors leave behind ("__MACOSX/", ".DS_Store", "~$report.docx") is passed over.
    """
    for member in sorted(archive.infolist(), key=lambda each: each.filename):
        path = PurePosixPath(member.filename)
        left_behind = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in path.parts)
        if not member.is_dir() and not left_behind and path.suffix.lower() in {*KINDS, *CONVERTED, ARCHIVE}:
            yield member


def open_archive(content: Path | bytes) -> ZipFile:
    """An archive whose sizes were checked. Raises SourceError when it is damaged, cut, no archive, or a bomb."""
    try:
        archive = ZipFile(content if isinstance(content, Path) else BytesIO(content))
    except _DAMAGE as error:
        raise SourceError("not a zip archive, or cut or damaged; fetch it again") from error
    check_sizes(archive)
    return archive


def member_bytes(archive: ZipFile, name: str, max_bytes: int) -> bytes:
    """The bytes of one member.

    Raises SourceError when its name leads out of the archive, when it is protected, damaged, or larger than
    ``max_bytes``, whatever the archive's table says of its size.
    """
    if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
        raise SourceError("its name leads out of the archive; pack it again with plain names")
    try:
        with archive.open(name) as member:
            content = member.read(max_bytes + 1)
    except RuntimeError as error:
        raise SourceError("protected by a password; unpack it, or pack it without one") from error
    except KeyError as error:
        raise SourceError("not in the archive; check the name") from error
    except _DAMAGE as error:
        raise SourceError("damaged or cut within its archive; pack it again") from error
    if len(content) > max_bytes:
        raise SourceError(f"more than {max_bytes:,} bytes, larger than any directive; split the file")
    return content

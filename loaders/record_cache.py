"""What was read in a text, kept under DATA/records by the hash of the text, the rules that read it and the options.

An entry that a killed process or a full disk left torn is known by its checksum, and read anew. Entries of other rules
are removed when a load begins.
"""

import hashlib
import secrets
import shutil
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_DIGEST = 16  # bytes
_UNFINISHED = "unfinished"
_LEVEL = 1  # the quads of a text shrink to a fifteenth, and to little less with more work


@dataclass(frozen=True, slots=True)
class RecordCache:
    """The entries of one version of the rules in ``folder`` (DATA/records)."""

    folder: Path
    rules: str

    def get(self, sha256: str, options: str) -> bytes | None:
        """What was put for a text with these bytes and options; None where there is nothing, or nothing whole."""
        try:
            content = self._path(sha256, options).read_bytes()
        except OSError:
            return None
        checksum, packed = content[:_DIGEST], content[_DIGEST:]
        return zlib.decompress(packed) if _checksum(packed) == checksum else None

    def put(self, sha256: str, options: str, entry: bytes) -> None:
        """Keep an entry. Where it can't be written nothing is kept: the text will be read again."""
        path = self._path(sha256, options)
        packed = zlib.compress(entry, _LEVEL)
        unfinished = self.folder / _UNFINISHED / secrets.token_hex(8)
        with suppress(OSError):
            for folder in (path.parent, unfinished.parent):
                folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_checksum(packed) + packed)
            unfinished.replace(path)

    def prepare(self) -> None:
        """Make the folder, and remove the entries of other rules and what a killed process did not finish."""
        self.folder.mkdir(exist_ok=True)
        for path in self.folder.iterdir():
            if path.name != self.rules:
                shutil.rmtree(path, ignore_errors=True)

    def _path(self, sha256: str, options: str) -> Path:
        return self.folder / self.rules / sha256[:2] / f"{sha256}{options}"


def forget(folder: Path, hashes: Iterable[str]) -> None:
    """Remove what is kept of texts in DATA/records: they were withdrawn, or other bytes stand at their paths."""
    for sha256 in hashes:
        for path in folder.glob(f"*/{sha256[:2]}/{sha256}*"):
            path.unlink(missing_ok=True)


def _checksum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()

"""Files at a URL, read through fsspec: nothing is fetched but what the user names, never an address within a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from chidao.graph.errors import SourceError

PROTOCOLS = ("http", "https", "s3", "gs", "abfs")
_WEB = ("http", "https")
_FAILURES = (OSError, ValueError, ImportError, RuntimeError)
"""What the file systems raise: no such file or host, a bad address, a missing driver, a server that does not answer."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file, or a folder of a bucket, by its URL: "https://example.vn/vb/07-ct-hu.pdf", "s3://archive/2023"."""

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of its path; a page of the web whose name has no ending is HTML."""
        name = PurePosixPath(unquote(urlsplit(self.url).path)).name
        return f"{name or 'index'}.html" if _scheme(self) in _WEB and not PurePosixPath(name).suffix else name


def is_url(text: str) -> bool:
    """True for an address of one of the `PROTOCOLS`."""
    scheme, separator, _ = text.partition("://")
    return bool(separator) and scheme.lower() in PROTOCOLS


def files_below(folder: RemoteFile) -> Iterator[RemoteFile]:
    """The files below a folder of a bucket in order of their paths; what is no folder, or can't be listed, is itself.

    Raises nothing: what can't be read is refused when it is read.
    """
    names: list[str] = []
    if _scheme(folder) not in _WEB:
        try:
            names = sorted(_file_system(folder).find(folder.url))
        except (SourceError, *_FAILURES):
            names = []
    yield from (RemoteFile(f"{_scheme(folder)}://{name}") for name in names)
    if not names:
        yield folder


def remote_bytes(file: RemoteFile, max_bytes: int) -> bytes:
    """The bytes of a file. Raises SourceError when it can't be fetched, or has more than ``max_bytes``."""
    try:
        with _file_system(file).open(file.url, "rb", block_size=0) as stream:  # 0: from the first byte on, in one go
            content = b"".join(_pieces(stream, max_bytes + 1))
    except _FAILURES as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise SourceError(f"cannot be fetched; check the address and the network ({said})") from error
    if len(content) > max_bytes:
        raise SourceError(f"more than {max_bytes:,} bytes, larger than any directive; split the file")
    return content


def _pieces(stream: IO[bytes], left: int) -> Iterator[bytes]:
    """At most ``left`` bytes; a stream from the network gives fewer at a time than it is asked for."""
    while left > 0 and (piece := stream.read(min(left, 2**20))):
        left -= len(piece)
        yield piece


def _scheme(file: RemoteFile) -> str:
    return urlsplit(file.url).scheme


def _file_system(file: RemoteFile) -> Any:
    """Raises SourceError where the extra is not installed."""
    try:
        import fsspec  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise SourceError("a URL is read with fsspec; install chidao[cluster], or fetch the file first") from error
    return fsspec.filesystem(_scheme(file))

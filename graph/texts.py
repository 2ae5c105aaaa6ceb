"""The stored texts: DATA/texts/<sha256 of the source>.txt, UTF-8, exactly as decoded (line ends included)."""

import os
from collections.abc import Container, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chidao.graph.errors import NotFoundError

_SYNCING = 16  # files at a time: a file system writes what many wait for in one go, twenty times as quick as one by one


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that after a crash or power loss it is there whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_text(folder: Path, sha256: str, full_text: str) -> None:
    """Store the text of a source, unless the same text is there already."""
    write_texts(folder, {sha256: full_text})


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Store the texts of sources, by SHA-256, but for those that are there already; each is there whole or not at all.

    All are on the disk on return. The folder is synced once.
    """
    unfinished: list[Path] = []
    try:
        for sha256, full_text in texts.items():
            path = folder / f"{sha256}.txt"
            content = full_text.encode("utf-8", "replace")
            if not path.is_file() or path.read_bytes() != content:
                unfinished.append(path.with_name(path.name + ".part"))
                unfinished[-1].write_bytes(content)
        with ThreadPoolExecutor(_SYNCING) as pool:
            list(pool.map(_sync_file, unfinished))
        for part in unfinished:
            part.replace(part.with_suffix(""))
    except OSError:
        for part in unfinished:
            part.unlink(missing_ok=True)
        raise
    if unfinished:
        _sync_folder(folder)


def read_text(data_dir: Path, sha256: str) -> str:
    """The text of the source with this SHA-256. Raises NotFoundError where DATA holds none."""
    try:
        return (data_dir / "texts" / f"{sha256}.txt").read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise NotFoundError(
            f"{data_dir} holds no text of the source {sha256[:16]}; it was withdrawn or never loaded"
        ) from None


def sweep(folder: Path, keep: Container[str]) -> None:
    """Remove texts of sources that are not in ``keep`` (the first sixteen digits of SHA-256s), and unfinished files."""
    for name in os.listdir(folder):  # a Path for each would cost more than all else
        if name.endswith(".part") or name[:16] not in keep:
            (folder / name).unlink()


def remove_texts(folder: Path, gone: Container[str]) -> None:
    """Remove the texts of sources that are ``gone`` (the first sixteen digits of SHA-256s)."""
    for name in os.listdir(folder):
        if name[:16] in gone:
            (folder / name).unlink()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

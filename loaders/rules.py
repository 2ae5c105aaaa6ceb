"""Which rules read a text: the version under which what they gave may be kept and used again."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain

from chidao import __version__
from chidao.ontology.namespaces import CD, ID

_ROOMS = ("loaders", "ontology")
GRAPH_MODULES = ("document_quads", "errors", "model", "names", "quads", "quotes", "reading_quads", "terms")
"""The modules of ``graph`` that make quads of a record: those that `extraction` imports."""
_READERS = ("charset-normalizer", "lxml", "pypdfium2", "python-docx", "pytesseract", "trafilatura")
"""The libraries that turn bytes into text."""


@cache
def rules_version() -> str:
    """Sixteen hexadecimal digits: another number where code, register, vocabulary, namespaces or a reader differ.

    Taken from the contents of the files, so that it is the same on every machine with the same installation.
    """
    digest = hashlib.sha256(f"{__version__} {CD} {ID}\n".encode())
    package = files("chidao")
    rooms = (_contents(package.joinpath(room), room) for room in _ROOMS)
    modules = ((name, package.joinpath(f"graph/{name}.py").read_bytes()) for name in GRAPH_MODULES)
    for name, content in chain(*rooms, modules):
        digest.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    for reader in _READERS:
        digest.update(f"{reader} {_version(reader)}\n".encode())
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    """The files below a folder in order of their names, without what Python compiles."""
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry, f"{path}/{entry.name}")
        elif entry.is_file():
            yield f"{path}/{entry.name}", entry.read_bytes()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

"""What names the content of a snapshot: a digest of its statements, whatever their order."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad


class ContentDigest:
    """A name for a set of quads that does not depend on their order: the sum of the hashes of their lines."""

    def __init__(self, total: int = 0) -> None:
        self.total = total

    def add(self, quads: Iterable[Quad]) -> None:
        """Add the quads to the set; none of them is in it."""
        self._count(quads, 1)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Take the quads out of the set that they are in."""
        self._count(quads, -1)

    def add_lines(self, graph: NamedNode, lines: Iterable[bytes]) -> None:
        """Add the statements of a graph, given as lines of N-Triples."""
        seed = _seed(graph)
        self.total = (self.total + sum(_hash(seed, line) for line in lines)) % 2**128

    def remove_lines(self, graph: NamedNode, lines: Iterable[bytes]) -> None:
        """Take statements of a graph out of the set, given as lines of N-Triples."""
        seed = _seed(graph)
        self.total = (self.total - sum(_hash(seed, line) for line in lines)) % 2**128

    def join(self, other: "ContentDigest") -> None:
        """Add the quads of another set; none of them is in this one."""
        self.total = (self.total + other.total) % 2**128

    def _count(self, quads: Iterable[Quad], sign: int) -> None:
        for quad in quads:
            if isinstance(quad.graph_name, NamedNode):
                self.total += sign * _hash(_seed(quad.graph_name), f"{quad.triple} .\n".encode())
        self.total %= 2**128


def _seed(graph: NamedNode) -> "hashlib.blake2b":
    return hashlib.blake2b(graph.value.encode(), digest_size=16)


def _hash(seed: "hashlib.blake2b", line: bytes) -> int:
    digest = seed.copy()
    digest.update(line)
    return int.from_bytes(digest.digest(), "big")


@dataclass(frozen=True, slots=True)
class Counted:
    """A file of N-Triples, each line once, and their digest as statements of a graph."""

    file: Path
    digest: ContentDigest

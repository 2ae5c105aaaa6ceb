"""Count in how many duties of the texts given each term stands, and print the table (see README.md)."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from chidao.graph.wording import CONTENT, duty_tokens
from chidao.loaders.extract import extract
from chidao.loaders.read import read_source

LEAST = 3


def main(paths: list[str]) -> None:
    """Print the table for the files at ``paths``."""
    counts, duties = Counter[str](), 0
    for path in map(Path, paths):
        for terms in _duties(path):
            counts.update(terms)
            duties += 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["term", "duties"])
    writer.writerow(["*", duties])
    writer.writerows(sorted((term, count) for term, count in counts.items() if count >= LEAST))


def _duties(path: Path) -> Iterator[set[str]]:
    """The terms of each duty of the text."""
    for norm in extract(read_source(path)).obligations:
        tokens = duty_tokens(norm.evidence.exact, tuple(bearer.label for bearer in norm.bearers))
        pairs = {f"{a.key} {b.key}" for a, b in pairwise(tokens) if a.kind == b.kind == CONTENT}
        yield {token.key for token in tokens if token.kind == CONTENT} | pairs


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the statements of a text pay for: how many its graph holds of each kind of thing, in the mean of some texts.

    python benchmarks/quads.py PATH...

PATH is a file or folder as for `chidao load`. Nothing is kept of what is read.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from chidao.graph.implied import implied_triples
from chidao.graph.names import source_graph_iri
from chidao.loaders.extraction import Options, Order, extract_batch
from chidao.loaders.locations import locations_in
from chidao.loaders.rules import rules_version
from chidao.ontology.namespaces import ID

IMPLIED = "what follows, when published"


def main() -> None:
    """Print one kind of thing a line: statements a text."""
    texts, duties, counts = statements(map(Path, sys.argv[1:]))
    kinds = [each for each in counts.most_common() if each[0] != IMPLIED]
    whole = sum(count for _, count in kinds)
    print(f"{texts} texts, {duties / texts:.1f} duties a text")
    for name, count in (*kinds, ("all", whole), (IMPLIED, counts[IMPLIED])):
        print(f"{name:32}{count / texts:10.1f}")


def statements(paths: Iterable[Path]) -> tuple[int, int, Counter[str]]:
    """How many texts were read, how many duties they have, and the statements about each kind of thing."""
    texts = duties = 0
    counts: Counter[str] = Counter()
    options = Options(rules_version())
    for where in locations_in(tuple(paths)):
        (read,) = extract_batch(options, [Order(where)])
        if read.how == "refused":
            print(f"refused {read.refusal}", file=sys.stderr)
            continue
        store = pyoxigraph.Store()
        store.load(read.nquads, RdfFormat.N_QUADS)
        counts.update(kind(quad.subject.value) for quad in store if isinstance(quad.subject, NamedNode))
        counts[IMPLIED] += len(list(implied_triples(store, [NamedNode(source_graph_iri(read.sha256))])))
        texts, duties = texts + 1, duties + read.findings.duties
    return texts, duties, counts


def kind(thing: str) -> str:
    """The kind of a thing by its IRI: "norm" of …/id/source/0123456789abcdef/norm/3; "source" of the text itself."""
    parts = thing.removeprefix(ID).split("/")
    return parts[2] if parts[0] == "source" and len(parts) > 2 else parts[0]


if __name__ == "__main__":
    main()

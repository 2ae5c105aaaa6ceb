"""Synthetic corpora of a size, loaded as `chidao load` loads them; shared by what is measured on them."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from chidao.graph.publish import snapshot
from chidao.loaders.load import load_files
from chidao.loaders.synth.options import Options
from chidao.loaders.synth.write import write_corpus
from chidao.ontology.namespaces import ID

LIKE_THE_CORPUS = 19  # duties a document, as in the twenty-five real texts
_PLACES = (f"{ID}place/", f"{ID}change/")


def written(folder: Path, count: int, duties: int = 8) -> Path:
    """Write a corpus of so many documents; the folder of its texts."""
    write_corpus(folder / "corpus", Options(count, seed=11, duties=duties))
    return folder / "corpus" / "texts"


def loaded(folder: Path, count: int, jobs: int | None = None, duties: int = 8) -> pyoxigraph.Store:
    """Write and load a corpus; the snapshot that readers open. ``jobs`` None: a process for each core."""
    load_files((written(folder, count, duties),), folder / "data", jobs, lambda _: None)
    return opened(folder / "data")


def opened(data: Path) -> pyoxigraph.Store:
    """The current snapshot of a data folder, as readers open it."""
    return pyoxigraph.Store.read_only(str(snapshot(data)))


def small_default_graph(store: pyoxigraph.Store, file: Path) -> int:
    """Write the default graph without the places of the register as N-Triples; how many statements."""
    kept = [quad.triple for quad in without_places(store.quads_for_pattern(None, None, None, DefaultGraph()))]
    pyoxigraph.serialize(kept, str(file), format=RdfFormat.N_TRIPLES)
    return len(kept)


def without_places(quads: Iterator[Quad]) -> Iterator[Quad]:
    """The quads that are not about places of the register, or the changes between them: as many in every store."""
    return (quad for quad in quads if not str(quad.subject)[1:].startswith(_PLACES))

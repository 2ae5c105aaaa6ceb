"""Loading beside rdflib, from texts to a published snapshot, and writing alone beside the engine's own bulk load.

`load_vs_rdflib`: `chidao load` as it is (fresh folder, all cores, places of the register included) beside
``rdflib_load``, which makes the same dataset, statement for statement, in one process, as a program over rdflib does;
`load_vs_rdflib_all_cores` gives it the same worker processes for reading texts, and is the stricter of both.

`load_vs_raw_bulk_load`: the store's `replace_many`, which also writes the texts and the journal, asks whether a source
is new, and writes in batches that are synced and whole or absent, beside one `pyoxigraph.Store.bulk_load` of the same
statements and one flush, each into a fresh store. Deriving and publishing have figures of their own.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from os import cpu_count
from pathlib import Path
from statistics import median

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from chidao.graph.derive import derive
from chidao.graph.members import member_quads
from chidao.graph.names import graph_iri
from chidao.graph.publish import snapshot
from chidao.graph.store import SourceQuads, Store
from chidao.loaders.load import load_files
from chidao.loaders.pool import batched

from .corpora import LIKE_THE_CORPUS, written
from .measure import Figure, interleaved, timed, times_quicker
from .rdflib_load import extracted, load_with_rdflib

CORES = cpu_count() or 1
BATCH, BATCH_BYTES = 500, 32_000_000  # as `chidao load` writes
ALONE = "`replace_many` in batches, texts included, beside one bulk_load of the same statements into a fresh store"
NOTES = {
    "rdflib": "`chidao load` on all cores, beside a program over rdflib that makes the same dataset",
    "rdflib_all_cores": "the same, where the program over rdflib reads the texts with as many processes as `chidao load`",
}


def run(quick: bool) -> list[Figure]:
    """Ratios of loading and of writing, and the seconds of the parts."""
    with tempfile.TemporaryDirectory() as folder:
        texts = written(Path(folder), 25 if quick else 300, LIKE_THE_CORPUS)
        items = [SourceQuads(each.sha256, str(each.where), each.nquads, each.text) for each in extracted(texts, CORES)]
        figures = _writing(items, Path(folder), 3 if quick else 7)
        figures += _parts(items, Path(folder))
        figures += _beside_rdflib(texts, Path(folder), quick)
    return figures


def _beside_rdflib(texts: Path, folder: Path, quick: bool) -> list[Figure]:
    """The ratios; no turn before the rounds, as both sides take long enough."""
    sides: dict[str, Callable[[], object]] = {"chidao": partial(_load, texts, folder / "ours")}
    store = _load(texts, folder / "ours")
    register, file = folder / "register.nt", folder / "peer.nq"
    _write_register(store, register)
    for name, jobs in {"rdflib": 1, **({} if quick else {"rdflib_all_cores": CORES})}.items():
        sides[name] = partial(load_with_rdflib, texts, register, file, jobs)
    statements = len(store)
    del store
    seconds = interleaved(sides, 1 if quick else 2, warm=False)
    with file.open("rb") as lines:
        if (other := sum(1 for line in lines if line.strip())) != statements:
            raise AssertionError(f"rdflib holds {other} statements, not {statements}")
    notes = {name: note for name, note in NOTES.items() if name in seconds}
    figures = [Figure("load_statements", statements, "statements", "of the published snapshot, on both sides")]
    figures += [Figure(f"load_{name}", median(spent), "s") for name, spent in seconds.items()]
    return figures + [
        Figure(f"load_vs_{name}", times_quicker(seconds, "chidao", name), note=note) for name, note in notes.items()
    ]


def _load(texts: Path, data: Path) -> pyoxigraph.Store:
    """`chidao load` into a folder that is not there; the snapshot."""
    shutil.rmtree(data, ignore_errors=True)
    load_files((texts,), data, None, lambda _: None)
    return pyoxigraph.Store.read_only(str(snapshot(data)))


def _write_register(store: pyoxigraph.Store, file: Path) -> None:
    quads = store.quads_for_pattern(None, None, None, NamedNode(graph_iri("register")))
    pyoxigraph.serialize((quad.triple for quad in quads), str(file), format=RdfFormat.N_TRIPLES)


def _writing(items: Sequence[SourceQuads], folder: Path, rounds: int) -> list[Figure]:
    content = b"".join(item.nquads for item in items)
    statements, turns = content.count(b"\n"), count()
    sides = {
        "chidao": lambda: _write(items, folder / f"store{next(turns)}"),
        "bulk_load": lambda: _bulk_load(content, folder / f"raw{next(turns)}"),
    }
    seconds = interleaved(sides, rounds)
    rates = [Figure(f"write_{name}", statements / median(spent), "statements/s") for name, spent in seconds.items()]
    return [*rates, Figure("load_vs_raw_bulk_load", times_quicker(seconds, "chidao", "bulk_load"), note=ALONE)]


def _write(items: Sequence[SourceQuads], data: Path) -> None:
    with Store.open(data) as store:
        for batch in batched(items, BATCH, lambda item: len(item.nquads), BATCH_BYTES):
            store.replace_many(batch)
    shutil.rmtree(data)


def _bulk_load(content: bytes, folder: Path) -> None:
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(content, RdfFormat.N_QUADS)
    store.flush()
    del store
    shutil.rmtree(folder)


def _parts(items: Sequence[SourceQuads], folder: Path) -> list[Figure]:
    """Seconds a thousand documents of what comes after writing; the register is in the store before."""
    data, thousands = folder / "parts", len(items) / 1000
    with Store.open(data) as store:
        store.replace_many(items[:1])
        store.publish()
        store.replace_many(items)
        copy = folder / "derived"
        store.quads.backup(str(copy))
        deriving = timed(partial(_derive, copy))
        publishing = timed(store.publish)
    shutil.rmtree(data)
    return [
        Figure("derive_per_1000_documents", deriving / thousands, "s", "what follows from several texts together"),
        Figure(
            "publish_per_1000_documents",
            publishing / thousands,
            "s",
            "deriving, default graph, ontology, bodies of the register and the snapshot; its places are there before",
        ),
    ]


def _derive(folder: Path) -> None:
    store = pyoxigraph.Store(str(folder))
    store.bulk_extend(list(member_quads(store)))
    derive(store)

"""The shipped queries on several engines that hold the same default graph, and chains beside a walk over dicts.

The places of the register are left out for the other engines: nothing that is asked needs them, and with fewer
statements they are only quicker. Our side is the snapshot on the disk as readers open it. An answer that is not the
same, by value, counts as wrong, not as a time.
"""

import multiprocessing
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import networkx as nx

from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.ontology.named_query import NamedQuery, parse_query
from chidao.ontology.namespaces import CD
from chidao.ontology.vocabulary import queries, query

from .corpora import loaded, small_default_graph
from .engines import Ask, Rows, by_value, in_owlready2, in_oxigraph, in_rdflib, in_virtuoso, virtuoso_is_there
from .measure import Figure, interleaved, timed, times_quicker

CHAINS = ("chain-above", "chain-below")
OURS = "oxigraph"
MEMORY_PEERS = {"rdflib": in_rdflib, "owlready2": in_owlready2}
PEERS = (*MEMORY_PEERS, "virtuoso")
WHERE = {
    "rdflib": "rdflib's memory store, in process",
    "owlready2": "owlready2's quadstore in memory, in process",
    "virtuoso": "Virtuoso over HTTP on loopback",
}
QUICK = (*CHAINS, "carry-over", "counts", "gaps", "lag", "reporting")
BUSIEST = f"SELECT ?body (COUNT(*) AS ?duties) {{ ?duty <{CD}bearer> ?body }} GROUP BY ?body ORDER BY DESC(?duties) ?body LIMIT 1"
LONG = 2.0  # seconds: a query that takes as long is asked once


@dataclass(frozen=True, slots=True)
class Case:
    """A query with its values put in, and the rows that are right, by value."""

    name: str
    text: str
    truth: Rows


@dataclass(frozen=True, slots=True)
class Pace:
    """Which queries, how many rounds, and after how many seconds a query counts as not ended."""

    names: tuple[str, ...]
    rounds: int
    patience: float


def run(quick: bool) -> list[Figure]:
    """Milliseconds of each query on each engine, and the ratios to the embedded store."""
    count, pace = (60, Pace(QUICK, 2, 1.0)) if quick else (600, Pace((*queries(),), 5, 20.0))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        store = loaded(Path(folder), count)
        small_default_graph(store, small := Path(folder) / "default.nt")
        index = read_chain_index(store)
        peers: dict[str, Ask] = {name: engine(small) for name, engine in MEMORY_PEERS.items()}
        if virtuoso_is_there():
            peers["virtuoso"] = servers.enter_context(in_virtuoso(small))
        figures = list(_on_engines(in_oxigraph(store), peers, index, pace))
        figures += _beside_walks(in_oxigraph(store), index, pace)
        figures += _gaps(in_oxigraph(store), index, pace)
        del store
    return figures


def cases(ours: Ask, index: ChainIndex, names: Iterable[str]) -> list[Case]:
    """Shipped queries that find something in a synthetic corpus."""
    values = _values(ours, index)
    texts = {name: _bound(query(name), values) for name in names}
    return [Case(name, text, by_value(ours(text))) for name, text in texts.items()]


def _values(ours: Ask, index: ChainIndex) -> dict[str, str]:
    """Parameter -> what is asked for: a document with parents and children, the body with most duties, all days."""
    middle = max(index.heads, key=lambda iri: (min(len(index.below(iri)), 20) * min(len(index.above(iri)), 3), iri))
    issued = [head.issued for head in index.heads.values() if head.issued]
    ((body, _),) = ours(BUSIEST)
    return {"document": middle, "body": body, "from": min(issued), "to": max(issued), "words": "kế hoạch"}


def _bound(found: NamedQuery, values: Mapping[str, str]) -> str:
    return found.bind(**{each.name: values[each.name] for each in found.parameters if each.name in values})


def _on_engines(ours: Ask, peers: Mapping[str, Ask], index: ChainIndex, pace: Pace) -> Iterator[Figure]:
    ratios: dict[str, dict[str, Figure]] = {name: {} for name in PEERS}
    for case in cases(ours, index, pace.names):
        problems = {name: _problem(ask, case, pace.patience) for name, ask in peers.items()}
        right = {name: peers[name] for name, problem in problems.items() if not problem}
        seconds = _timed(ours, right, case, pace)
        for name, spent in seconds.items():
            yield Figure(f"query_{case.name}_{name}", 1000 * median(spent), "ms", f"{len(case.truth)} rows")
        for name, problem in problems.items():
            if problem:
                yield Figure(f"query_{case.name}_{name}", None, "ms", problem)
            value = None if problem else times_quicker(seconds, OURS, name)
            ratios[name][case.name] = Figure(f"query_{case.name}_vs_{name}", value, note=problem or WHERE[name])
    for name, found in ratios.items():
        yield from found.values()
        yield _chain(name, [found[chain] for chain in CHAINS if chain in found])


def _chain(name: str, found: list[Figure]) -> Figure:
    """The smaller of the ratios of both chain queries; None where one is missing."""
    values = [figure.value for figure in found if figure.value is not None]
    if not found or len(values) < len(CHAINS):
        reason = "; ".join(figure.note for figure in found if figure.value is None) or f"{name} is not installed"
        return Figure(f"chain_vs_{name}", None, note=reason)
    note = f"the smaller ratio of {' and '.join(CHAINS)}, on the snapshot on the disk beside {WHERE[name]}"
    return Figure(f"chain_vs_{name}", min(values), note=note)


def _timed(ours: Ask, peers: Mapping[str, Ask], case: Case, pace: Pace) -> dict[str, list[float]]:
    sides = {name: partial(ask, case.text) for name, ask in {OURS: ours, **peers}.items()}
    longest = max(timed(work) for work in sides.values())  # also warms all sides up
    return interleaved(sides, 1 if longest > LONG else pace.rounds, warm=False)


def _problem(ask: Ask, case: Case, patience: float) -> str:
    """Why the engine's time does not count, "" where it does: refused, not ended in time, or another answer.

    Tried in a process of its own, since a query cannot be stopped otherwise.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_try, args=(ask, case, sender))
    process.start()
    sender.close()
    try:
        return str(receiver.recv()) if receiver.poll(patience) else f"not ended after {patience:g} s"
    except EOFError:
        return "ended its process"
    finally:
        process.kill()
        process.join()


def _try(ask: Ask, case: Case, sender: Connection) -> None:
    try:
        found = by_value(ask(case.text))
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is how it refuses
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        sender.send(f"refused: {reason[:120]}")
    else:
        sender.send("" if found == case.truth else f"wrong: {len(found)} rows, {len(case.truth)} are right")


def _beside_walks(ours: Ask, index: ChainIndex, pace: Pace) -> list[Figure]:
    """The chain below a document by query, beside bare walks: what a query costs above the floor."""
    top = max(index.heads, key=lambda iri: (len(index.below(iri)), iri))
    text = query("chain-below").bind(document=top)
    children = {iri: list(index.graph.predecessors(iri)) for iri in index.graph}
    sides: dict[str, Callable[[], object]] = {
        "query": partial(ours, text),
        "dict_bfs": partial(_walk, children, top),
        "networkx": partial(nx.ancestors, index.graph, top),
    }
    seconds = interleaved(sides, pace.rounds)
    note = f"chain-below with quotes, on the disk, beside a bare walk in memory over {len(index.below(top))} documents"
    return [Figure(f"chain_vs_{name}", times_quicker(seconds, "query", name), note=note) for name in list(sides)[1:]]


def _walk(children: Mapping[str, list[str]], top: str) -> set[str]:
    """All documents below the top, breadth first."""
    seen, level = {top}, [top]
    while level:
        level = [child for each in level for child in children[each] if child not in seen]
        seen.update(level)
    return seen - {top}


def _gaps(ours: Ask, index: ChainIndex, pace: Pace) -> list[Figure]:
    """The template of gaps beside the same question with its paths asked for each body."""
    plain = parse_query("gaps-naive", Path(__file__).with_name("gaps_naive.rq").read_text(encoding="utf-8"))
    provincial = [iri for iri in index.heads if index.heads[iri].level == "province"]
    document = max(provincial, key=lambda iri: (len(index.below(iri)), iri))
    template, naive = (found.bind(document=document) for found in (query("gaps"), plain))
    if by_value(ours(template)) != by_value(ours(naive)):
        return [Figure("gaps_vs_naive", None, note="the answers differ")]
    seconds = interleaved({"ours": partial(ours, template), "naive": partial(ours, naive)}, pace.rounds)
    note = "the shipped query beside the same question with its paths asked for each body, both on the embedded store"
    return [Figure("gaps_vs_naive", times_quicker(seconds, "ours", "naive"), note=note)]

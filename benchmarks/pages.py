"""What pages cost on a large corpus beside a small one: time and bytes, and how much longer a page takes there.

Each page is asked several times of the real site with its query workers; the quickest counts, as other work on the
machine can only slow it down. The corpora are openly synthetic: heads and relations of four levels from a seed, no
running text. They are kept in a folder of their own for as long as the program runs.
"""

import gzip
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from time import perf_counter

import pyoxigraph
from flask.testing import FlaskClient

from chidao.graph.derive import closure_triples, implementation_graph
from chidao.graph.identify import DERIVED
from chidao.graph.implied import write_implied
from chidao.graph.model import Body, Citation, CitedDocument, Document, Level, Record, Source, Span, System
from chidao.graph.names import body_iri, document_iri, graph_iri
from chidao.graph.quads import record_quads
from chidao.ontology.register import register
from chidao.ontology.vocabulary import vocabulary_ntriples
from chidao.web import explorer, explorer_columns, home_page
from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.search import Index
from chidao.web.site import site_of

from .measure import Figure

ROUNDS = 4
LEVELS: tuple[Level, ...] = ("central", "province", "district", "commune")
SHARES = (0.003, 0.05, 0.25, 1.0)
COMMITTEES = {"central": "trung-uong", "province": "tinh-uy", "district": "huyen-uy", "commune": "dang-uy"}
SUBJECTS = ("phòng cháy rừng", "chuyển đổi số", "cải cách hành chính", "an toàn giao thông", "nông thôn mới")


@dataclass(frozen=True, slots=True)
class Made:
    """A synthetic document and its record."""

    document: Document
    record: Record
    text: str


def run(quick: bool) -> list[Figure]:
    """Milliseconds and size of each page on the large corpus, and how many times those of the small one that is."""
    small, large = (60, 200) if quick else (1000, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measure(Path(folder) / str(count), count) for count in (small, large))
    note = f"{large} documents beside {small}"
    return [figure for name in few for figure in _figures(name, few[name], many[name], note)]


def _figures(name: str, few: tuple[float, bytes], many: tuple[float, bytes], note: str) -> Iterator[Figure]:
    key = re.sub("[^a-z]+", "_", name)
    yield Figure(f"page_{key}", 1000 * many[0], "ms", f"{name}, {note}")
    yield Figure(f"page_{key}_growth", many[0] / few[0], "times as long", f"{name}, {note}")
    if many[1] and "first visit" not in name:
        yield Figure(f"page_{key}_size", len(gzip.compress(many[1])) / 1000, "kB", f"{name}, compressed, {note}")


def measure(folder: Path, count: int) -> dict[str, tuple[float, bytes]]:
    """Page -> seconds and bytes, on a corpus of ``count`` documents."""
    documents = publish(folder, count)
    app = create_app(folder, Limits(workers=1, row_limit=100_000))
    site = site_of(app)
    started = perf_counter()
    Index(site.reader)
    figures = {"search index": (perf_counter() - started, b"")}
    client = app.test_client()
    for name, address in addresses(documents).items():
        figures[name] = quickest(client, address)
        figures[f"{name}, first visit"] = quickest(client, address, first=True)
    site.pool.close()
    return figures


def addresses(documents: list[Document]) -> dict[str, str]:
    """The pages that are measured."""
    top, low = (document.iri.partition("/id/document/")[2] for document in (documents[0], documents[-1]))
    return {
        "start of the explorer": "/chain",
        "explorer, filtered": "/chain?q=ubnd+nong+thon",
        "explorer, by date": "/chain?from=2021-03-01&to=2021-03-31",
        "explorer, top chosen": f"/chain?p={top}",
        "explorer, lowest chosen": f"/chain?p={low}",
        "front page": "/",
        "search": "/?q=12+ct+tu",
        "document": f"/document/{top}",
        "picture": f"/graph/{top}?picture=1",
    }


def forget() -> None:
    """Drop what pages keep for a snapshot, so that the next visit is the first one."""
    for kept in (explorer_columns._listed, explorer_columns._below, explorer._choices, home_page.counts):
        kept.cache_clear()


def quickest(client: FlaskClient, address: str, first: bool = False) -> tuple[float, bytes]:
    """Seconds of the quickest of several visits, and the page; ``first`` visits find nothing kept from earlier ones."""
    seconds, page = [], b""
    for _ in range(ROUNDS):
        if first:
            forget()
        started = perf_counter()
        response = client.get(address, headers={"Accept": "text/html"})
        seconds.append(perf_counter() - started)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status}")
        page = response.data
    return min(seconds), page


def publish(folder: Path, count: int) -> list[Document]:
    """Write a snapshot as publishing leaves it; returns the documents, the highest first."""
    (folder / "snapshots").mkdir(parents=True)
    (folder / "texts").mkdir()
    store = pyoxigraph.Store(str(folder / "store"))
    store.bulk_load(
        vocabulary_ntriples(), pyoxigraph.RdfFormat.N_TRIPLES, to_graph=pyoxigraph.NamedNode(graph_iri("ontology"))
    )
    store.bulk_load(vocabulary_ntriples(), pyoxigraph.RdfFormat.N_TRIPLES)
    documents = list(corpus(count))
    store.bulk_extend(chain.from_iterable(map(_quads, documents)))
    write_implied(store)
    derived = (quad.triple for quad in store.quads_for_pattern(None, None, None, DERIVED))
    store.bulk_extend([_in_default(triple) for triple in derived])
    closure = closure_triples(implementation_graph(store, pyoxigraph.DefaultGraph(), {}))
    store.bulk_extend([_in_default(triple) for triple in closure])
    store.flush()
    store.backup(str(folder / "snapshots" / "first"))
    (folder / "snapshots" / "current").write_text("first", encoding="utf-8")
    return [made.document for made in documents]


def _quads(made: Made) -> Iterator[pyoxigraph.Quad]:
    """The named graph of the source, and the same in the default graph."""
    for quad in record_quads(made.record, made.text):
        yield quad
        yield _in_default(quad.triple)


def _in_default(triple: pyoxigraph.Triple) -> pyoxigraph.Quad:
    return pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, pyoxigraph.DefaultGraph())


def corpus(count: int) -> Iterator[Made]:
    """Documents of four levels; each below the Centre implements one of the level above it."""
    rng = random.Random(count)  # noqa: S311 - the same corpus each time
    above: list[Document] = []
    made = 0
    for level, share in zip(LEVELS, SHARES, strict=True):
        here = []
        for number in range(max(1, int(count * share)) - made):
            one = _made(level, number, rng.choice(above) if above else None, rng)
            here.append(one.document)
            yield one
        made += len(here)
        above = here or above


def _made(level: Level, number: int, parent: Document | None, rng: random.Random) -> Made:
    system: System = rng.choice(("party", "state"))
    office = COMMITTEES[level] if system == "party" else "uy-ban-nhan-dan"
    series = f"{_places(level)[number % len(_places(level))]}/{office}".removeprefix("/")
    label = f"Cơ quan thử nghiệm {series.replace('/', ' ')}"
    issuer = Body(label, body_iri(series), level, system)
    first = date.fromisoformat(parent.issued or "") if parent else date(2021, 1, 4)
    issued = (first + timedelta(days=rng.randint(1, 60))).isoformat()
    symbol = f"{number + 1}-CT/TU" if system == "party" else f"{number + 1}/CT-UBND"
    title = f"Về việc {rng.choice(SUBJECTS)} (văn bản thử nghiệm)"
    iri = document_iri(series, int(issued[:4]), "CT", str(number + 1))
    document = Document("d1", iri, "CT", symbol, str(number + 1), issuer, issued, title, level=level, system=system)
    text = f"{label} {symbol} {issued} {title} {f'Thực hiện {parent.symbol}' if parent else ''}"
    digest = sha256(f"{iri} {text}".encode()).hexdigest()
    source = Source(f"synthetic/{digest}.txt", digest, "original", "text/plain", len(text))
    citations = (_citation(parent, text),) if parent else ()
    return Made(document, Record(source, (document,), citations), text)


def _citation(parent: Document, text: str) -> Citation:
    words = f"Thực hiện {parent.symbol}"
    start = text.rindex(words)
    cited = CitedDocument(parent.iri, parent.type, parent.symbol, parent.number, parent.issuer, parent.issued)
    return Citation("d1", cited, "implements", Span(start, start + len(words), words))


@cache
def _places(level: Level) -> list[str]:
    """The paths of the places of a level in the register; the Centre has none."""
    places = register().places
    return [path for path in places if places[path].level == level] or [""]

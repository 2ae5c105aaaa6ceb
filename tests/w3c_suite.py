"""The W3C's SPARQL 1.1 tests as values: read from the manifests of ../shared/w3c/sparql11 (rdf-tests, not copied)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

QUERY_FOLDERS = (
    "aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions", "grouping", "json-res",
    "negation", "project-expression", "property-path", "subquery", "syntax-query",
)  # fmt: skip
UPDATE_FOLDERS = (
    "add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert", "delete-where", "drop", "move",
    "syntax-update-1", "syntax-update-2", "update-silent",
)  # fmt: skip
FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class QueryTest:
    """``kind`` is the local name of the test's class; ``name`` is "folder/test". Syntax tests have no data or result."""

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A store before or after an update: the files of the default graph, and (name, file) of the named ones."""

    default: tuple[Path, ...]
    named: tuple[tuple[str, Path], ...]


@dataclass(frozen=True, slots=True)
class UpdateTest:
    """Syntax tests have no states."""

    name: str
    kind: str
    request: Path
    before: State | None = None
    after: State | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what is expected of its answer: any of the ``statuses`` ("OK", "StatusCode4xx"), a form, a body."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: tuple[str, ...]
    form: str
    boolean: bool | None
    graph: str
    location: str


@dataclass(frozen=True, slots=True)
class HttpTest:
    """Exchanges in their order; ``graphs`` are (name, file) that the store holds before."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: tuple[tuple[str, Path], ...]


class Manifest:
    """The statements of one manifest."""

    def __init__(self, file: Path) -> None:
        self.folder = file.parent
        self._store = Store()
        self._store.extend(parse(path=file, format=RdfFormat.TURTLE, base_iri=iri_of(file)))

    def values(self, subject: Node, name: str) -> list[NamedNode | BlankNode | Literal]:
        """The objects of a property."""
        return [quad.object for quad in self._store.quads_for_pattern(subject, NamedNode(name), None)]  # type: ignore[misc]

    def nodes(self, subject: Node, name: str) -> list[Node]:
        """The objects that are no literals."""
        return [value for value in self.values(subject, name) if not isinstance(value, Literal)]

    def text(self, subject: Node, name: str) -> str:
        """The value of a property that has one, "" where it has none."""
        return next((value.value for value in self.values(subject, name)), "")

    def files(self, subject: Node, name: str) -> tuple[Path, ...]:
        """The files that a property names."""
        return tuple(self.folder / value.value.rpartition("/")[2] for value in self.values(subject, name))

    def entries(self) -> list[NamedNode]:
        """The tests, in the order of the manifest."""
        lists = [quad.object for quad in self._store.quads_for_pattern(None, NamedNode(f"{MF}entries"), None)]
        return [node for node in self.listed(lists[0]) if isinstance(node, NamedNode)]  # type: ignore[arg-type]

    def of_class(self, name: str) -> list[NamedNode]:
        """The tests of a class, those too that the manifest forgets to list."""
        found = self._store.quads_for_pattern(None, NamedNode(f"{RDF}type"), NamedNode(f"{MF}{name}"))
        return sorted((q.subject for q in found if isinstance(q.subject, NamedNode)), key=str)

    def listed(self, node: Node) -> Iterator[Node]:
        """The members of an RDF list."""
        while node != NamedNode(f"{RDF}nil"):
            yield self.nodes(node, f"{RDF}first")[0]
            node = self.nodes(node, f"{RDF}rest")[0]


def iri_of(file: Path) -> str:
    """The name of a file of the suite, which relative IRIs in it are relative to."""
    return f"{BASE}{file.parent.name}/{file.name}"


def query_tests(suite: Path, folder: str) -> list[QueryTest]:
    """The tests of queries of one folder: evaluation, results in CSV, syntax."""
    manifest = Manifest(suite / folder / "manifest.ttl")
    return [_query_test(manifest, entry) for entry in manifest.entries() if "Update" not in _kind(manifest, entry)]


def _query_test(manifest: Manifest, entry: NamedNode) -> QueryTest:
    name, kind = _name(manifest, entry), _kind(manifest, entry)
    action = manifest.nodes(entry, f"{MF}action")[0]
    if "Syntax" in kind:
        return QueryTest(name, kind, manifest.files(entry, f"{MF}action")[0])
    return QueryTest(
        name,
        kind,
        manifest.files(action, f"{QT}query")[0],
        manifest.files(action, f"{QT}data"),
        manifest.files(action, f"{QT}graphData"),
        manifest.files(entry, f"{MF}result")[0],
    )


def update_tests(suite: Path, folder: str) -> list[UpdateTest]:
    """The tests of updates of one folder: evaluation and syntax."""
    manifest = Manifest(suite / folder / "manifest.ttl")
    return [_update_test(manifest, entry) for entry in manifest.entries()]


def _update_test(manifest: Manifest, entry: NamedNode) -> UpdateTest:
    name, kind = _name(manifest, entry), _kind(manifest, entry)
    if "Syntax" in kind:
        return UpdateTest(name, kind, manifest.files(entry, f"{MF}action")[0])
    action, result = (manifest.nodes(entry, f"{MF}{part}")[0] for part in ("action", "result"))
    request = manifest.files(action, f"{UT}request")[0]
    return UpdateTest(name, kind, request, _state(manifest, action), _state(manifest, result))


def _state(manifest: Manifest, node: Node) -> State:
    return State(manifest.files(node, f"{UT}data"), _named_graphs(manifest, node))


def _named_graphs(manifest: Manifest, node: Node) -> tuple[tuple[str, Path], ...]:
    graphs = manifest.nodes(node, f"{UT}graphData")
    return tuple((manifest.text(graph, LABEL), manifest.files(graph, f"{UT}graph")[0]) for graph in graphs)


def http_tests(file: Path, kind: str) -> list[HttpTest]:
    """The tests of a manifest that are told in the vocabulary of HTTP; ``kind`` is their class."""
    manifest = Manifest(file)
    return [
        HttpTest(
            _name(manifest, entry),
            tuple(_exchange(manifest, request) for request in _requests(manifest, entry)),
            _named_graphs(manifest, entry),
        )
        for entry in manifest.of_class(kind)
    ]


def _requests(manifest: Manifest, entry: NamedNode) -> Iterable[Node]:
    action = manifest.nodes(entry, f"{MF}action")[0]
    return manifest.listed(manifest.nodes(action, f"{HT}requests")[0])


def _exchange(manifest: Manifest, request: Node) -> Exchange:
    response = manifest.nodes(request, f"{HT}resp")[0]
    boolean = manifest.text(response, f"{MF}expectedBoolean")
    return Exchange(
        manifest.text(request, f"{HT}methodName"),
        manifest.text(request, f"{HT}absolutePath"),
        tuple(_headers(manifest, request)),
        _body(manifest, request),
        tuple(value.value.partition("#")[2] for value in manifest.values(response, f"{MF}expectedStatus")),
        manifest.text(response, f"{MF}expectedFormat"),
        boolean == "true" if boolean else None,
        (_body(manifest, response) or b"").decode(),
        manifest.text(response, f"{MF}expectedLocation"),
    )


def _headers(manifest: Manifest, message: Node) -> Iterator[tuple[str, str]]:
    for headers in manifest.nodes(message, f"{HT}headers"):
        for header in manifest.listed(headers):
            yield manifest.text(header, f"{HT}fieldName"), manifest.text(header, f"{HT}fieldValue")


def _body(manifest: Manifest, message: Node) -> bytes | None:
    for body in manifest.nodes(message, f"{HT}body"):
        return manifest.text(body, f"{CNT}chars").encode(manifest.text(body, f"{CNT}characterEncoding"))
    return None


def _kind(manifest: Manifest, entry: NamedNode) -> str:
    return manifest.text(entry, f"{RDF}type").partition("#")[2]


def _name(manifest: Manifest, entry: NamedNode) -> str:
    return f"{manifest.folder.name}/{entry.value.partition('#')[2]}"

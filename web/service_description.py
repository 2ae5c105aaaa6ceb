"""What the endpoint says about itself (SPARQL 1.1 Service Description) and about its data (VoID)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from pyoxigraph import NamedNode, RdfFormat, parse, serialize
from werkzeug.exceptions import BadRequest

from chidao.ontology.namespaces import CD, ID, PREFIXES
from chidao.web.caching import entity_tag, is_held, marked, not_modified
from chidao.web.dataset_figures import Figures, dataset_figures
from chidao.web.formats import GRAPH_FORMATS
from chidao.web.limits import Limits
from chidao.web.protocol import chosen_format
from chidao.web.site import site
from chidao.web.snapshots import Snapshot, newest_snapshot

_PREFIXES = PREFIXES | {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
}
_SERVICE = """
<{endpoint}#service> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:RDF_XML , formats:JSON-LD ,
        formats:TriG , formats:N-Quads ;
    cd:timeLimit {limits.time_limit:.3f} ; cd:memoryLimit {limits.memory_limit} ; cd:rowLimit {limits.row_limit} ;
    cd:answerLimit {limits.answer_limit} ; cd:workers {limits.workers} ;
    sd:defaultDataset <{endpoint}#dataset> .
<{endpoint}#dataset> a sd:Dataset ;
    dcterms:description "The default graph is the deduplicated merge of all named graphs."@en ,
        "Đồ thị mặc định là hợp nhất không trùng lặp của mọi đồ thị có tên."@vi ;
    cd:snapshot "{snapshot.name}" ;
    sd:defaultGraph <{endpoint}#default-graph> .
<{endpoint}#default-graph> a sd:Graph , void:Dataset .
"""
_NAMED = """
<{node}> a sd:NamedGraph ; sd:name <{graph}> ; sd:graph <{graph}> .
<{graph}> a sd:Graph , void:Dataset ; void:triples {triples} .
"""
_DATASET = """
<{root}.well-known/void#dataset> a void:Dataset ;
    dcterms:title "Chidao: directives of Vietnam's Party and State bodies"@en ,
        "Chỉ đạo: văn bản chỉ đạo của các cơ quan Đảng và Nhà nước Việt Nam"@vi ;
    cd:snapshot "{snapshot.name}" ;
    dcterms:modified "{snapshot.published}"^^xsd:dateTime ;
    void:sparqlEndpoint <{root}sparql> ;
    void:dataDump <{root}rdf-graph-store?default&format=nt> ;
    void:uriSpace "{space}" ;
    void:vocabulary <{vocabulary}> ;
    void:feature formats:Turtle , formats:JSON-LD , formats:RDF_XML , formats:N-Triples .
"""
_TOTALS = {
    "triples": "void:triples",
    "subjects": "void:distinctSubjects",
    "objects": "void:distinctObjects",
    "entities": "void:entities",
}


@dataclass(frozen=True, slots=True)
class Described:
    """What the descriptions tell: the site's address (ends in a slash), its limits, its data."""

    root: str
    limits: Limits
    snapshot: Snapshot
    figures: Figures


def describe_service() -> Response:
    """The description of the endpoint. Raises NotAcceptable, and LimitError where all workers are busy."""
    return _answered(_service)


def describe_dataset() -> Response:
    """The VoID description of what the site publishes. Raises as ``describe_service``."""
    return _answered(_dataset)


def _answered(told: Callable[[Described], str]) -> Response:
    """The response to a request for the Turtle that ``told`` gives, in the format asked for; 304 where it is held."""
    form, root, limits = chosen_format(request, GRAPH_FORMATS, "a description"), _root(), site().limits
    snapshot = newest_snapshot(site().data_dir)
    tag = entity_tag(snapshot.name, told.__name__, root, limits, snapshot.published, form.name)
    if is_held(request, tag):
        return not_modified(tag, pinned=False)
    turtle = told(Described(root, limits, snapshot, dataset_figures(site().pool, snapshot.name)))
    response = marked(Response(_written(turtle, form.name), content_type=form.content_type), tag, pinned=False)
    if snapshot.published:
        response.last_modified = datetime.fromisoformat(snapshot.published)
    return response


def _root() -> str:
    """The address under which the client knows the site. Raises BadRequest where its Host header cannot be one."""
    try:
        return NamedNode(request.url_root).value
    except ValueError as error:
        raise BadRequest(f"the Host header does not make an address: {error}") from error


def _service(told: Described) -> str:
    endpoint = f"{told.root}sparql"
    totals, graphs = told.figures.totals, told.figures.graphs
    nodes = [f"{endpoint}#named-graph-{number}" for number in range(1, len(graphs) + 1)]
    parts = [_SERVICE.format(endpoint=endpoint, limits=told.limits, snapshot=told.snapshot)]
    if "graphs" in totals:
        parts.append(f"<{endpoint}#dataset> cd:graphCount {totals['graphs']} .\n")
    parts += [f"<{endpoint}#dataset> sd:namedGraph <{node}> .\n" for node in nodes]
    if "triples" in totals:
        parts.append(f"<{endpoint}#default-graph> void:triples {totals['triples']} .\n")
    parts += [
        _NAMED.format(node=node, graph=graph, triples=triples)
        for node, (graph, triples) in zip(nodes, graphs.items(), strict=True)
    ]
    return "".join(parts)


def _dataset(told: Described) -> str:
    document, figures = f"{told.root}.well-known/void", told.figures
    about = f"<{document}#dataset>"
    parts = [_DATASET.format(root=told.root, snapshot=told.snapshot, space=ID, vocabulary=str(CD).rstrip("#"))]
    parts += [f"{about} {_TOTALS[name]} {count} .\n" for name, count in figures.totals.items() if name in _TOTALS]
    parts += _partitions(document, "class", "entities", figures.classes)
    parts += _partitions(document, "property", "triples", figures.properties)
    return "".join(parts)


def _partitions(document: str, kind: str, unit: str, counts: Mapping[str, int]) -> Iterable[str]:
    """The parts of the dataset by class or by property, each with its size."""
    if counts:
        yield f"<{document}#dataset> void:{'classes' if kind == 'class' else 'properties'} {len(counts)} .\n"
    for number in range(1, len(counts) + 1):
        yield f"<{document}#dataset> void:{kind}Partition <{document}#{kind}-{number}> .\n"
    for number, (name, count) in enumerate(counts.items(), start=1):
        yield f"<{document}#{kind}-{number}> a void:Dataset ; void:{kind} <{name}> ; void:{unit} {count} .\n"


def _written(turtle: str, format_name: str) -> bytes:
    """``turtle``, which the prefixes are put before, in another format of RDF."""
    known = {name: str(iri) for name, iri in _PREFIXES.items()}
    prologue = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in known.items())
    triples = [quad.triple for quad in parse(f"{prologue}{turtle}".encode(), RdfFormat.TURTLE)]
    return serialize(triples, format=_RDF[format_name], prefixes=known) or b""


_RDF = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}

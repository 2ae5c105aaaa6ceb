"""What the endpoint says about itself (SPARQL 1.1 Service Description) and about its data (VoID)."""

from pyoxigraph import RdfFormat, parse, serialize

from chidao.graph.names import graph_iri
from chidao.ontology.namespaces import CD, ID, PREFIXES

_PREFIXES = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix formats: <http://www.w3.org/ns/formats/> .
"""
_SERVICE = """
<{url}#service> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:EmptyGraphs ;
    sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
        formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:RDF_XML , formats:JSON-LD ,
        formats:TriG , formats:N-Quads ;
    sd:defaultDataset <{url}#dataset> .
<{url}#dataset> a sd:Dataset ;
    dcterms:description "The default graph is the deduplicated merge of all named graphs."@en ,
        "Đồ thị mặc định là hợp nhất không trùng lặp của mọi đồ thị có tên."@vi ;
    sd:defaultGraph <{url}#default-graph> ;
    sd:namedGraph <{url}#register> , <{url}#ontology> , <{url}#derived> , <{url}#curated> .
<{url}#default-graph> a sd:Graph .
"""
_NAMED = """
<{url}#{name}> a sd:NamedGraph ; sd:name <{graph}> .
"""
_DATASET = """
<{root}.well-known/void#dataset> a void:Dataset ;
    dcterms:title "Chidao: directives of Vietnam's Party and State bodies"@en ,
        "Chỉ đạo: văn bản chỉ đạo của các cơ quan Đảng và Nhà nước Việt Nam"@vi ;
    void:sparqlEndpoint <{root}sparql> ;
    void:uriSpace "{space}" ;
    void:vocabulary <{vocabulary}> ;
    void:feature formats:Turtle , formats:JSON-LD , formats:RDF_XML , formats:N-Triples .
"""
_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


def service_description(url: str) -> str:
    """The description of the endpoint at ``url``, as Turtle."""
    named = "".join(
        _NAMED.format(url=url, name=name, graph=graph_iri(name))
        for name in ("register", "ontology", "derived", "curated")
    )
    return _PREFIXES + _SERVICE.format(url=url) + named


def dataset_description(root: str) -> str:
    """The VoID description of the site at ``root`` (ends in a slash), as Turtle."""
    return _PREFIXES + _DATASET.format(root=root, space=ID, vocabulary=str(CD).rstrip("#"))


def written(turtle: str, format_name: str) -> bytes:
    """``turtle`` in another format of RDF."""
    triples = [quad.triple for quad in parse(turtle.encode(), RdfFormat.TURTLE)]
    known = {name: str(iri) for name, iri in PREFIXES.items()}
    extra = {"sd": "http://www.w3.org/ns/sparql-service-description#", "void": "http://rdfs.org/ns/void#"}
    return serialize(triples, format=_FORMATS[format_name], prefixes=known | extra) or b""

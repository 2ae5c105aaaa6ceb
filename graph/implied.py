"""What follows from the statements of one source by definition: classes, where quotes end, words without marks.

A source's graph leaves it out; publishing writes it into the derived graph, so that it can be asked for like all else.
Each rule speaks of things that one source alone knows, so that sources come and go without regard to others.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, QueryTriples, RdfFormat, Triple

from chidao.graph.bulk import ahead, loading, source_graphs, together
from chidao.graph.content_digest import ContentDigest
from chidao.graph.identify import DERIVED
from chidao.graph.names import SOURCE_GRAPHS, folded, source_iri
from chidao.graph.terms import Term, cd
from chidao.ontology.namespaces import CD, OA, SKOS

_PREFIXES = {"cd": str(CD), "oa": str(OA), "skos": str(SKOS)}
_OWN = (
    """
CONSTRUCT {
  ?target a oa:SpecificResource ; oa:hasSource ?source .
  ?selector a oa:TextQuoteSelector , oa:TextPositionSelector ; oa:end ?end
} WHERE {
  VALUES (?graph ?source) { $sources }
  GRAPH ?graph { ?target oa:hasSelector ?selector . ?selector oa:exact ?exact ; oa:start ?start }
  BIND(?start + STRLEN(?exact) AS ?end)
}""",
    """
CONSTRUCT { ?norm a cd:Norm ; cd:text ?text ; cd:foldedText ?folded }
WHERE {
  VALUES (?graph ?source) { $sources }
  GRAPH ?graph { ?norm cd:imposedBy ?document ; oa:hasTarget ?target . ?target oa:hasSelector ?s . ?s oa:exact ?exact }
  BIND(cd:inOneLine(?exact) AS ?text)
  BIND(cd:folded(?exact) AS ?folded)
}""",
)
_SHARED = """
CONSTRUCT { ?body cd:foldedText ?folded ; skos:hiddenLabel ?hidden }
WHERE {
  VALUES (?graph ?source) { $sources }
  GRAPH ?graph { ?body skos:prefLabel ?label }
  BIND(cd:folded(?label) AS ?folded)
  BIND(STRLANG(?folded, LANG(?label)) AS ?hidden)
}"""  # of bodies, which several sources may name


def implied_triples(store: pyoxigraph.Store, graphs: Sequence[NamedNode]) -> Iterator[Triple]:
    """The statements that follow from those of these sources' graphs."""
    for some in together(graphs):
        for found in _answers(store, some):
            yield from found


def write_implied(store: pyoxigraph.Store, graphs: Sequence[NamedNode | DefaultGraph] = (DERIVED,)) -> ContentDigest:
    """Write what follows from all sources of ``store`` into these graphs; its digest as a part of the derived one."""
    digest, seen = ContentDigest(), set[bytes]()
    with loading(store, *graphs) as load:
        for own, its, shared in ahead(partial(_lines, store), together(source_graphs(store))):
            digest.join(its)
            new = list(dict.fromkeys(line for line in shared if line not in seen))
            digest.add_lines(DERIVED, new)
            seen.update(new)
            load(own + b"".join(new))
    return digest


def _lines(store: pyoxigraph.Store, graphs: Sequence[NamedNode]) -> tuple[bytes, ContentDigest, list[bytes]]:
    """Of own things the lines with their digest; the lines of shared ones."""
    *own, shared = (found.serialize(format=RdfFormat.N_TRIPLES) or b"" for found in _answers(store, graphs))
    digest = ContentDigest()
    for lines in own:
        digest.add_lines(DERIVED, lines.splitlines(keepends=True))
    return b"".join(own), digest, shared.splitlines(keepends=True)


def _answers(store: pyoxigraph.Store, graphs: Sequence[NamedNode]) -> Iterator[QueryTriples]:
    sources = " ".join(f"({graph} {_source(graph)})" for graph in graphs)
    for rule in (*_OWN, _SHARED):
        found = store.query(
            rule.replace("$sources", sources),
            prefixes=_PREFIXES,
            custom_functions={cd("inOneLine"): _in_one_line, cd("folded"): _folded},
        )
        assert isinstance(found, QueryTriples)  # noqa: S101 - CONSTRUCT gives nothing else
        yield found


def _source(graph: NamedNode) -> NamedNode:
    return NamedNode(source_iri(graph.value.removeprefix(SOURCE_GRAPHS)))


def _in_one_line(words: Term) -> Literal:
    return Literal(" ".join(words.value.split()))


def _folded(words: Term) -> Literal:
    return Literal(folded(words.value))

"""One chain as nodes and edges, bounded: what a picture can show and a person can read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from chidao.graph.chains import Chain
from chidao.graph.errors import NotFoundError
from chidao.ontology.namespaces import CD, RDF
from chidao.web.description import Description
from chidao.web.document_graph import names
from chidao.web.language import Language
from chidao.web.reader import Reader

LEVELS = ("central", "province", "district", "commune", "grassroots")
MOST = 300  # nodes; more is a thicket, and the explorer shows all of them

FAMILY = """
SELECT DISTINCT ?thing ?rank WHERE {
  { $document cd:descendsFrom ?thing } UNION { ?thing cd:descendsFrom $document }
  OPTIONAL { ?thing cd:level/cd:rank ?rank }
} ORDER BY COALESCE(?rank, 9) ?thing LIMIT $limit"""
SIZE = """
SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  { $document cd:descendsFrom ?thing } UNION { ?thing cd:descendsFrom $document }
}"""
EDGES = """
SELECT DISTINCT ?child ?parent WHERE {
  VALUES ?child { $things }
  ?child cd:implements ?parent .
} ORDER BY ?child ?parent"""


@dataclass(frozen=True, slots=True)
class Node:
    """A document in the picture; ``rank`` is its level's, 0 (centre) to 4 (grassroots)."""

    iri: str
    name: str
    issuer: str
    issued: str
    rank: int
    system: str
    held: bool


@dataclass(frozen=True, slots=True)
class ChainGraph:
    """``edges`` go from child to parent, both among ``nodes``; ``left_out`` documents were too many to show."""

    root: Node
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    left_out: int


def chain_graph(reader: Reader, document: NamedNode, language: Language) -> ChainGraph:
    """What is above and below ``document``, the higher levels first where there is too much. Raises NotFoundError."""
    rows = reader.rows(FAMILY, document=document, limit=MOST - 1)
    things = list(dict.fromkeys([document.value, *(row["thing"] for row in rows)]))
    size = int(reader.rows(SIZE, document=document)[0]["count"])
    about = names(reader, things)
    if str(CD.Document) not in about.values(document.value, RDF.type):
        raise NotFoundError(f"{document.value}: nothing is stated about this document in the texts that were loaded")
    ranks = _ranks(reader)
    nodes = [_node(about, iri, ranks, language) for iri in things]
    return ChainGraph(nodes[0], tuple(nodes), tuple(_edges(reader, things)), max(0, size + 1 - len(things)))


def drawn(chain: Chain) -> ChainGraph:
    """The picture of a chain that was worked out already, bounded in the same way."""
    others = sorted(chain.nodes.keys() - {chain.graph["document"]}, key=lambda iri: (_rank(chain.nodes[iri]), iri))
    shown = {iri: _drawn_node(iri, chain.nodes[iri]) for iri in [chain.graph["document"], *others][:MOST]}
    edges = sorted((citing, cited) for citing, cited in chain.edges if citing in shown and cited in shown)
    nodes = tuple(shown.values())
    return ChainGraph(nodes[0], nodes, tuple(edges), len(chain) - len(nodes))


def _rank(head: Mapping[str, str]) -> int:
    return LEVELS.index(head["level"]) if head.get("level") in LEVELS else 0


def _drawn_node(iri: str, head: Mapping[str, str]) -> Node:
    stated = {key: head.get(key, "") for key in ("issuer", "issued", "system")}
    return Node(iri, head["label"], rank=_rank(head), held=bool(head["held"]), **stated)


def _ranks(reader: Reader) -> dict[str, int]:
    return {row["level"]: int(row["rank"]) for row in reader.rows("SELECT ?level ?rank { ?level cd:rank ?rank }")}


def _node(about: Description, iri: str, ranks: dict[str, int], language: Language) -> Node:
    return Node(
        iri=iri,
        name=about.document_name(iri, language),
        issuer="; ".join(about.label(body, language) for body in about.values(iri, CD.issuedBy)),
        issued=about.value(iri, CD.issued),
        rank=ranks.get(about.value(iri, CD.level), 0),
        system=about.value(iri, CD.system).removeprefix(str(CD)),
        held=bool(about.values(iri, CD.hasText) or about.values(iri, CD.reportedIn)),
    )


def _edges(reader: Reader, things: Iterable[str]) -> Iterable[tuple[str, str]]:
    known = set(things)
    rows = reader.rows(EDGES, things=[NamedNode(iri) for iri in known])
    return [(row["child"], row["parent"]) for row in rows if row["parent"] in known]

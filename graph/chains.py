"""The chain of a document: what it implements up to the Centre, and what implements it down to the communes."""

from collections.abc import Iterator
from typing import TypeAlias

import networkx as nx
import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.errors import NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.names import slug, symbol_key
from chidao.graph.terms import ALTERNATIVE, NOTATION, PREF_LABEL, TITLE, Term, cd, oa

Chain: TypeAlias = "nx.DiGraph[str]"  # of document IRIs; an edge goes from the citing to the cited document

LISTED = 12  # documents that a message lists before it only counts the rest
UNKNOWN = {
    "vi": {
        "type": "Văn bản",
        "number": "(không rõ số)",
        "issuer": "không rõ cơ quan ban hành",
        "date": "không rõ ngày",
    },
    "en": {"type": "Document", "number": "(number unknown)", "issuer": "issuer unknown", "date": "date unknown"},
}


def chain(store: pyoxigraph.Store, document: str, lang: str = "vi") -> Chain:
    """The documents above and below ``document`` (an IRI) along ``cd:implements``.

    Nodes have the keys of ``describe_document``; edges relation, lag_days, quote and source (IRI of the text quoted).
    What is not known is absent. ``graph["document"]`` is the document asked for. Raises NotFoundError for an IRI that
    is no document of the store.
    """
    facts = Facts(store)
    start = _known_iri(facts, document)
    graph: Chain = nx.DiGraph(document=start.value, lang=lang)
    graph.add_node(start.value)
    for citing, cited in (*_walk(facts, start, upward=True), *_walk(facts, start, upward=False)):
        graph.add_edge(citing.value, cited.value)
    for iri in graph:
        graph.nodes[iri].update(describe_document(store, iri, lang))
    for citing_iri, cited_iri, attributes in graph.edges(data=True):
        attributes.update(_edge(facts, NamedNode(citing_iri), NamedNode(cited_iri)))
    return graph


def describe_document(store: pyoxigraph.Store, document: str, lang: str = "vi") -> dict[str, str | bool]:
    """The head of a document as plain values: label, symbol, type (code), type_label, title, issued, level, system,
    issuer, issuer_iri, and held (its own text is loaded). Labels in ``lang``; what is not known is absent.
    """
    facts, subject = Facts(store), NamedNode(document)
    kind, issuer = facts.first(subject, cd("documentType")), facts.first(subject, cd("issuedBy"))
    type_label = label_of(facts, kind, lang) or UNKNOWN[lang]["type"]
    symbol = facts.value(subject, cd("symbol"))
    head = {
        "label": f"{type_label} {symbol or UNKNOWN[lang]['number']}",
        "symbol": symbol,
        "type": facts.value(kind, NOTATION),
        "type_label": type_label,
        "title": max(facts.values(subject, TITLE) or facts.values(subject, ALTERNATIVE), key=len, default=None),
        "issued": facts.value(subject, cd("issued")),
        "level": _local_name(facts.value(subject, cd("level"))),
        "system": _local_name(facts.value(subject, cd("system"))),
        "issuer": label_of(facts, issuer, lang),
        "issuer_iri": issuer.value if issuer else None,
    }
    held = bool(facts.objects(subject, cd("hasText")))
    return {**{key: value for key, value in head.items() if value}, "held": held}


def label_of(facts: Facts, thing: Term | None, lang: str) -> str | None:
    """The preferred label in ``lang``, else in any language, else None."""
    labels = facts.objects(thing, PREF_LABEL)
    fitting = [term for term in labels if getattr(term, "language", None) == lang]
    return next((term.value for term in (*fitting, *labels)), None)


def resolve_document(
    store: pyoxigraph.Store, name: str, issuer: str | None = None, year: int | None = None, lang: str = "vi"
) -> str:
    """The IRI of the document that ``name`` means: an IRI, or a symbol in any spelling ("07 -CT/HU", "7-ct/hu").

    ``issuer`` is an IRI or a part of the issuing body's name, with or without marks; ``year`` the year of issue.
    Raises NotFoundError where none fits, or several: then the message lists them.
    """
    facts = Facts(store)
    if name.startswith(("http://", "https://")):
        return _known_iri(facts, name).value
    fitting = [iri for iri in _with_symbol(facts, name) if _fits(facts, iri, issuer, year)]
    if len(fitting) == 1:
        return fitting[0].value
    if not fitting:
        narrowed = " of that issuer or year" if issuer or year else ""
        raise NotFoundError(f"no document {name!r}{narrowed} is known; give its symbol (07-CT/HU) or its IRI")
    raise NotFoundError(_listing(store, name, fitting, lang))


def _known_iri(facts: Facts, name: str) -> NamedNode:
    """The canonical IRI of a document of the store. Raises NotFoundError."""
    try:
        subject = NamedNode(name)
    except ValueError:
        raise NotFoundError(f"{name!r} is not a valid IRI") from None
    canonical = facts.first(subject, cd("sameDocumentAs"))
    if isinstance(canonical, NamedNode):
        return canonical
    if not facts.is_document(subject):
        raise NotFoundError(f"{name} is no document among the texts loaded")
    return subject


def _with_symbol(facts: Facts, name: str) -> list[NamedNode]:
    """Documents whose symbol ``name`` spells; where marks tell them apart (HD, HĐ), only those that agree in them."""
    key, compact = symbol_key(name), _compact(name)
    found: dict[NamedNode, bool] = {}
    for document, symbol in facts.pairs(cd("symbol")):
        if symbol_key(symbol.value) == key:
            found[document] = found.get(document, False) or _compact(symbol.value) == compact
    exact = any(found.values())
    return sorted((document for document, fits in found.items() if fits or not exact), key=str)


def _compact(symbol: str) -> str:
    return "".join(symbol.split()).casefold().lstrip("0")


def _fits(facts: Facts, document: NamedNode, issuer: str | None, year: int | None) -> bool:
    dates = facts.values(document, cd("issued"))
    if year is not None and not any(date.startswith(f"{year:04}-") for date in dates):
        return False
    bodies = facts.objects(document, cd("issuedBy"))
    names = [name for body in bodies for name in (body.value, *facts.values(body, PREF_LABEL))]
    return issuer is None or any(issuer == name or slug(issuer) in slug(name) for name in names)


def _listing(store: pyoxigraph.Store, name: str, documents: list[NamedNode], lang: str) -> str:
    lines = [f"{name!r} names {len(documents)} documents; say which with --issuer or --year, or give the IRI:"]
    for document in documents[:LISTED]:
        head = describe_document(store, document.value, lang)
        stated = [head.get(key, UNKNOWN[lang][word]) for key, word in (("issuer", "issuer"), ("issued", "date"))]
        lines.append(f"  {document.value}  {', '.join(map(str, stated))}")
    if len(documents) > LISTED:
        lines.append(f"  … and {len(documents) - LISTED} more")
    return "\n".join(lines)


def _walk(facts: Facts, start: NamedNode, upward: bool) -> Iterator[tuple[NamedNode, NamedNode]]:
    """The edges (citing, cited) that are reached from ``start`` in one direction; circles end."""
    implements = cd("implements")
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        near = facts.objects(here, implements) if upward else facts.subjects(implements, here)
        for other in near:
            if isinstance(other, NamedNode):
                yield (here, other) if upward else (other, here)
                waiting += [] if other in seen else [other]
                seen.add(other)


def _edge(facts: Facts, citing: NamedNode, cited: NamedNode) -> dict[str, str | int]:
    edge: dict[str, str | int] = {"relation": "implements"}
    later, earlier = (facts.value(document, cd("issuedDay")) for document in (citing, cited))
    if later is not None and earlier is not None:
        edge["lag_days"] = int(later) - int(earlier)
    for target in _quotes(facts, citing, cited):
        source = facts.value(target, oa("hasSource"))
        exact = facts.value(facts.first(target, oa("hasSelector")), oa("exact"))
        if source and exact:
            return {**edge, "quote": exact, "source": source}
    return edge


def _quotes(facts: Facts, citing: NamedNode, cited: NamedNode) -> Iterator[Term]:
    """The quotes of the citations behind an edge, in order. Asked from below: a directive may be cited by thousands."""
    for citation in facts.subjects(cd("citing"), citing):
        both = cited in facts.objects(citation, cd("cited"))
        if both and cd("implements") in facts.objects(citation, cd("relation")):
            yield from facts.objects(citation, oa("hasTarget"))


def _local_name(iri: str | None) -> str | None:
    return None if iri is None else iri.removeprefix(cd("").value)

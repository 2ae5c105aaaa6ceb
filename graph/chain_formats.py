"""A chain as text: a tree to read; csv, json, graphml and gexf for programs. The same chain gives the same bytes."""

import csv
import io
import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

import networkx as nx

from chidao.graph.chains import Chain

_WORDS = {
    "vi": {"days": "ngày", "issuer": "không rõ cơ quan ban hành", "date": "không rõ ngày", "above": "(đã nêu ở trên)"},
    "en": {"days": "days", "issuer": "issuer unknown", "date": "date unknown", "above": "(shown above)"},
}
_QUOTE_WIDTH = 100
COLUMNS = (
    "document",
    "symbol",
    "type",
    "title",
    "issued",
    "issuer",
    "level",
    "system",
    "held",
    "relation",
    "superior",
    "superior_symbol",
    "lag_days",
    "quote",
)
# Characters that XML 1.0 can't hold, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def format_chain(chain: Chain, form: str) -> str:
    """The chain in ``form``, one of FORMATS; the words of the tree are in the chain's language."""
    return FORMATS[form](chain)


def tree(chain: Chain) -> str:
    """Superiors first, each document below what it implements with the lag and the quote; ◆ marks the one asked for.

    A document below several superiors is opened out once. Control characters of hostile texts become spaces.
    """
    shown: set[str] = set()
    lines: list[str] = []
    roots = [iri for iri in _ordered(chain, chain) if chain.out_degree(iri) == 0]
    for root in (*roots, chain.graph["document"]):  # a circle has no root: then the document asked for begins
        waiting: list[tuple[str, str | None, int]] = [] if root in shown else [(root, None, 0)]
        while waiting:
            iri, superior, depth = waiting.pop()
            again = iri in shown
            shown.add(iri)
            lines += _lines(chain, iri, superior, depth, again)
            below = [] if again else _ordered(chain, chain.predecessors(iri))
            waiting += [(child, iri, depth + 1) for child in reversed(below)]
    return "\n".join(lines) + "\n"


def csv_table(chain: Chain) -> str:
    """One row for each document and superior; a document without superior has one row with those columns empty.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in chain_rows(chain):
        writer.writerow({key: _plain_cell(value) for key, value in row.items()})
    return output.getvalue()


def chain_rows(chain: Chain) -> Iterator[dict[str, object]]:
    """The rows of ``csv_table`` as values."""
    for iri in _ordered(chain, chain):
        head = {"document": iri, **chain.nodes[iri]}
        if not chain.out_degree(iri):
            yield head
        for superior in _ordered(chain, chain.successors(iri)):
            symbol = chain.nodes[superior].get("symbol")
            yield {**head, "superior": superior, "superior_symbol": symbol, **chain.edges[iri, superior]}


def json_text(chain: Chain) -> str:
    """``{"document", "nodes": [{"iri", …}], "edges": [{"citing", "cited", …}]}``, in order."""
    content = {
        "document": chain.graph["document"],
        "nodes": [{"iri": iri, **chain.nodes[iri]} for iri in _ordered(chain, chain)],
        "edges": [{"citing": a, "cited": b, **chain.edges[a, b]} for a, b in sorted(chain.edges)],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def graphml(chain: Chain) -> str:
    """GraphML, as Gephi, yEd and networkx read it."""
    return "\n".join(nx.generate_graphml(_for_xml(chain))) + "\n"


def gexf(chain: Chain) -> str:
    """GEXF, as Gephi reads it; without the date of writing that networkx puts in."""
    written = "\n".join(nx.generate_gexf(_for_xml(chain)))
    return re.sub(r' lastmodifieddate="[^"]*"', "", written) + "\n"


FORMATS: Mapping[str, Callable[[Chain], str]] = {
    "tree": tree,
    "csv": csv_table,
    "json": json_text,
    "graphml": graphml,
    "gexf": gexf,
}


def _lines(chain: Chain, iri: str, superior: str | None, depth: int, again: bool) -> Iterator[str]:
    """The line of one document, and the quote that ties it to the superior above it."""
    words, indent = _WORDS[chain.graph["lang"]], "   " * depth
    head, edge = chain.nodes[iri], chain.edges[iri, superior] if superior else {}
    parts = [head["label"], _shown_date(head, words, chain.graph["lang"]), head.get("issuer", words["issuer"])]
    if "lag_days" in edge:
        parts.append(f"{edge['lag_days']:+d} {words['days']}")
    mark = "◆ " if iri == chain.graph["document"] else ""
    yield indent + mark + " · ".join(map(_printable, parts)) + (f" {words['above']}" if again else "")
    if "quote" in edge and not again:
        yield f"{indent}   “{textwrap.shorten(_printable(edge['quote']), _QUOTE_WIDTH, placeholder=' …')}”"


def _shown_date(head: Mapping[str, str], words: Mapping[str, str], lang: str) -> str:
    iso = head.get("issued")
    if iso is None:
        return words["date"]
    return "/".join(reversed(iso.split("-"))) if lang == "vi" else iso


def _ordered(chain: Chain, iris: Iterable[str]) -> list[str]:
    """By date of issue, those without one last, then by IRI."""
    return sorted(iris, key=lambda iri: (chain.nodes[iri].get("issued", "9999"), iri))


def _printable(value: str) -> str:
    """Without control and direction characters, which could rewrite a terminal's line."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in value)


def _plain_cell(value: object) -> object:
    formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if formula else value


def _for_xml(chain: Chain) -> Chain:
    """A copy in fixed order whose texts XML can hold."""
    copy: Chain = nx.DiGraph()
    for iri in _ordered(chain, chain):
        copy.add_node(iri, **_clean(chain.nodes[iri]))
    for citing, cited in sorted(chain.edges):
        copy.add_edge(citing, cited, **_clean(chain.edges[citing, cited]))
    return copy


def _clean(attributes: Mapping[str, object]) -> dict[str, object]:
    return {key: _NOT_XML.sub(" ", value) if isinstance(value, str) else value for key, value in attributes.items()}

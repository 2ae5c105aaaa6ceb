"""The picture of a chain as SVG: the same places as the interactive one, for print and for drawing programs."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from chidao.web.chain_graph import LEVELS, ChainGraph, Node
from chidao.web.description import shortened
from chidao.web.lanes import LANE, Place, places
from chidao.web.language import Language, words
from chidao.web.picture import COLOURS
from chidao.web.templating import written_day

WIDTH, HEIGHT = 210, 46  # pixels of a document
MARGIN, TOP = 20, 60
NAME = 28  # characters of a name that fit
_XML = str.maketrans(dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), " "))


def chain_svg(graph: ChainGraph, language: Language) -> str:
    """A complete SVG document; texts of documents are text in it, nothing is linked or run."""
    spots = places({node.iri: node.rank for node in graph.nodes}, graph.edges)
    width = max(x for x, _ in spots.values()) + WIDTH + 2 * MARGIN
    height = max(y for _, y in spots.values()) + HEIGHT + MARGIN + TOP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = (
        f"{head} font-family={quoteattr('Noto Sans, DejaVu Sans, sans-serif')} font-size='13'>",
        f"<title>{_text(graph.root.name)}</title>",
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#8a8f98"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_lanes(graph, language),
        *(_edge(spots[parent], spots[child]) for child, parent in graph.edges),
        *(_document(node, spots[node.iri], node.iri == graph.root.iri, language) for node in graph.nodes),
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def _lanes(graph: ChainGraph, language: Language) -> Iterator[str]:
    for rank in sorted({node.rank for node in graph.nodes}):
        label = _text(words(language)[f"level_{LEVELS[rank]}"])
        yield f'<text x="{rank * LANE + MARGIN}" y="30" font-size="17" fill="#333333">{label}</text>'


def _edge(parent: Place, child: Place) -> str:
    """From the right of the parent to the left of the child; within a lane from below to above."""
    (x1, y1), (x2, y2) = _corner(parent), _corner(child)
    if x2 > x1 + WIDTH:
        line = f"M{x1 + WIDTH} {y1 + HEIGHT // 2}L{x2} {y2 + HEIGHT // 2}"
    else:
        line = f"M{x1 + 12} {y1 + HEIGHT}L{x2 + 12} {y2 + HEIGHT // 2 if y2 <= y1 else y2}"
    return f'<path d="{line}" fill="none" stroke="#8a8f98" marker-end="url(#arrow)"/>'


def _document(node: Node, place: Place, asked: bool, language: Language) -> str:
    """Party has corners, State is round, the others are slanted: with the word, so that no colour is needed."""
    x, y = _corner(place)
    known = words(language)
    system = known[f"system_{node.system}"] if node.system else known["not_stated"]
    colour = COLOURS.get(node.system, "#555555")
    line = f'stroke="{colour}" stroke-width="{4 if asked else 2}" fill="#ffffff"'
    line += "" if node.held else ' stroke-dasharray="6 4"'
    day = written_day(node.issued, language) or known["not_stated"]
    held = "" if node.held else f"; {known['not_held']}"
    return (
        f"<g><title>{_text(f'{node.name}; {node.issuer}; {day}{held}')}</title>{_outline(node.system, x, y, line)}"
        f'<text x="{x + 14}" y="{y + 19}" font-weight="700" fill="{colour}">{_text(shortened(node.name, NAME))}</text>'
        f'<text x="{x + 14}" y="{y + 36}" font-size="12" fill="#333333">{_text(f"{system} · {day}")}</text></g>'
    )


def _outline(system: str, x: int, y: int, line: str) -> str:
    if system in ("party", "state"):
        round_by = 0 if system == "party" else HEIGHT // 2
        return f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="{round_by}" {line}/>'
    corners = ((x + 8, y), (x + WIDTH, y), (x + WIDTH - 8, y + HEIGHT), (x, y + HEIGHT))
    return f'<polygon points="{" ".join(f"{a},{b}" for a, b in corners)}" {line}/>'


def _corner(place: Place) -> Place:
    return place[0] + MARGIN, place[1] + TOP


def _text(text: str) -> str:
    """``text`` as XML can hold it."""
    return escape(text.translate(_XML))

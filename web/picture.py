"""The interactive picture of one chain (pyvis): places computed here, no physics, no request to any other host.

pyvis 0.3.2 as it is asks a content network for Bootstrap, shows titles that hold "href" as HTML, and fills its
template without escaping. All three are undone here, and ``tests/test_web_picture.py`` tries to break in.
"""

import html
import re
from functools import cache
from importlib.resources import files

from chidao.web.chain_graph import ChainGraph, Node
from chidao.web.lanes import LANE, places
from chidao.web.language import Language, words
from chidao.web.templating import written_day

POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
SANDBOX = f"sandbox allow-scripts; {POLICY}; frame-ancestors 'self'"
SHAPES = {"party": "box", "state": "ellipse", "front": "diamond", "armed-forces": "triangle"}
COLOURS = {"party": "#b3261e", "state": "#17559c", "front": "#1b6b3a", "armed-forces": "#5b4a12"}
_STYLE = (
    "body{margin:0;font:14px 'Noto Sans',sans-serif}.card,#mynetwork{border:0!important}"
    "#picture-bar{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:.4rem .75rem}#picture-bar span{color:#595d66}"
)
_OTHER = ("dot", "#555555")
_OUTSIDE = re.compile(r"<(?:link|script)\b[^>]*\b(?:href|src)=\"https?://[^>]*>(?:\s*</script>)?", re.IGNORECASE)
_CENTRED = re.compile(r"<center>.*?</center>", re.DOTALL)


def picture(graph: ChainGraph, language: Language) -> str:
    """A complete HTML page that needs nothing else: vis-network is inside."""
    from pyvis.network import Network  # noqa: PLC0415 - pyvis takes IPython with it: only where a picture is drawn

    net = Network(height="90vh", width="100%", directed=True, cdn_resources="in_line")
    net.templateEnv.autoescape = True
    net.toggle_physics(False)
    spots = places({node.iri: node.rank for node in graph.nodes}, graph.edges)
    numbers = {node.iri: number for number, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        x, y = spots[node.iri]
        net.add_node(numbers[node.iri], x=x, y=y, **_look(node, graph.root, language))
    for child, parent in graph.edges:
        net.add_edge(numbers[parent], numbers[child], color="#8a8f98", smooth=False)
    _lanes(net, graph, language)
    return _closed(net.generate_html(notebook=False), graph, language)


def _look(node: Node, root: Node, language: Language) -> dict[str, object]:
    """Shape and word tell Party from State, not the colour alone; what is only cited has a broken outline."""
    known = words(language)
    shape, colour = SHAPES.get(node.system, _OTHER[0]), COLOURS.get(node.system, _OTHER[1])
    system = known[f"system_{node.system}"] if node.system else known["not_stated"]
    day = written_day(node.issued, language)
    remark = "" if node.held else f"\n{known['not_held']}"
    solid = shape in ("box", "ellipse")
    return {
        "label": _harmless(f"{node.name}\n{system} · {day or known['not_stated']}"),
        "title": _harmless(f"{node.name}\n{node.issuer}\n{day}{remark}"),
        "shape": shape,
        "size": 16,
        "borderWidth": 4 if node.iri == root.iri else 2,
        "color": {"background": "#ffffff", "border": colour},
        "font": {"color": colour if solid else "#1c1c1c", "size": 15, "face": "Noto Sans, sans-serif"},
        "shapeProperties": {"borderDashes": False if node.held else [6, 4]},
        "physics": False,
    }


def _harmless(text: str) -> str:
    """vis-network shows a title as text unless "href" stands in it: a word joiner (U+2060) breaks that word."""
    return re.sub("href", "hre\u2060f", text, flags=re.IGNORECASE)


def _lanes(net: object, graph: ChainGraph, language: Language) -> None:
    """The name of each level over its lane."""
    ranks = sorted({node.rank for node in graph.nodes})
    keys = ("central", "province", "district", "commune", "grassroots")
    for rank in ranks:
        font = {"size": 20, "color": "#333333", "face": "Noto Sans, sans-serif"}
        label = words(language)[f"level_{keys[rank]}"]
        net.add_node(f"lane-{rank}", label=label, x=rank * LANE, y=-110, shape="text", font=font, physics=False)  # type: ignore[attr-defined]


def _closed(page: str, graph: ChainGraph, language: Language) -> str:
    """``page`` without its requests to other hosts, with its own policy, language and title."""
    page, count = _OUTSIDE.subn("", page)
    if count != 2:
        raise RuntimeError(f"pyvis asks for {count} outside files, not for the two that are known: use pyvis 0.3.2")
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(graph.root.name)}</title>"
        f"<style>{_STYLE}</style>"
    )
    page = _CENTRED.sub("", page).replace("<html>", "", 1).replace("<head>", f"<head>{head}", 1)
    page = page.replace("<body>", f"<body>{_bar(language)}", 1)
    page = page[: page.rindex("</body>")] + f"<script>{_script()}</script></body></html>"
    return f'<!doctype html>\n<html lang="{language}">\n{page}'


def _bar(language: Language) -> str:
    """The search box and the legend: what is in the file must also do alone."""
    known = words(language)
    shapes = " · ".join(f"{known[f'system_{name}']}: {known[f'shape_{name}']}" for name in ("party", "state", "front"))
    label, legend = html.escape(known["picture_search"]), html.escape(f"{shapes} · {known['shape_dashed']}")
    return (
        f'<form id="picture-bar"><label>{label} <input id="picture-search" type="search" autocomplete="off"></label> '
        f'<output id="picture-count"></output> <span>{legend}</span></form>'
    )


@cache
def _script() -> str:
    return files("chidao.web").joinpath("static", "picture_frame.js").read_text(encoding="utf-8")

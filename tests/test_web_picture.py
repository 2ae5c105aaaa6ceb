"""The picture of a chain: places by level without overlaps, and a page that no text can break out of."""

import html
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from chidao.web.chain_graph import ChainGraph, Node
from chidao.web.chain_svg import chain_svg
from chidao.web.lanes import LANE, places
from chidao.web.picture import picture

PATH = "/graph/quang-ninh/ba-che/huyen-uy/2021/ct-07"
ATTACK = "</script><script>window.hacked=1</script> href=javascript:hacked <img src=x onerror=window.hacked=1> HREF"


def test_a_parent_stands_beside_its_first_child_and_above_its_peers() -> None:
    ranks = {"ct-tw": 0, "ct-tu": 1, "kh-ubnd": 1, "ct-hu-a": 2, "ct-hu-b": 2}
    edges = [("ct-tu", "ct-tw"), ("kh-ubnd", "ct-tu"), ("ct-hu-a", "ct-tu"), ("ct-hu-b", "ct-tu")]
    placed = places(ranks, edges)
    assert placed["ct-tw"][1] == placed["ct-tu"][1] == placed["ct-hu-a"][1]
    assert placed["kh-ubnd"][1] > placed["ct-tu"][1]
    assert placed["ct-hu-b"][0] == 2 * LANE


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Any ranks and edges, circles among them."""
    ranks = {f"d{number}": draw(st.integers(0, 4)) for number in range(draw(st.integers(1, 12)))}
    name = st.sampled_from(sorted(ranks))
    return ranks, draw(st.lists(st.tuples(name, name), max_size=20))


@given(graphs())
def test_everything_is_placed_and_nothing_covers_another(case: tuple[dict[str, int], list[tuple[str, str]]]) -> None:
    ranks, edges = case
    placed = places(ranks, edges)
    assert placed.keys() == ranks.keys()
    lanes = [(ranks[thing], y) for thing, (_, y) in placed.items()]
    assert len(set(lanes)) == len(lanes)


def test_the_picture_asks_no_other_host_and_holds_no_text_as_markup() -> None:
    node = Node("a:b", ATTACK, ATTACK, ATTACK, 0, "party", False)
    page = picture(ChainGraph(node, (node,), (), 0), "en")
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert not re.search(r"<(?:link|script|img)\b[^>]*(?:src|href)=[\"']?https?:", page)
    assert "<script>window.hacked" not in page
    nodes = page[page.index("vis.DataSet(") :]
    assert "href" not in nodes.lower()


def test_the_frame_is_shut_in_a_sandbox(client: FlaskClient) -> None:
    page = client.get(PATH, headers={"Accept": "text/html"}).text
    assert 'sandbox="allow-scripts"' in page
    response = client.get(f"{PATH}?picture=1")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'")
    assert "frame-ancestors 'self'" in policy


def test_the_picture_can_be_taken_away_as_one_file(client: FlaskClient) -> None:
    response = client.get(f"{PATH}?download=1")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "vis.Network" in response.text


NAMES = ("05-CT/TW", "18-CT/TU", "07-CT/HU", "112/KH-UBND", "03-NQ/ĐU")


@pytest.mark.parametrize("form", ["svg", "graphml", "gexf", "csv"])
def test_the_chain_can_be_taken_away_for_other_programs(client: FlaskClient, form: str) -> None:
    """Every document is in it, and the file has its name."""
    response = client.get(f"{PATH}?download={form}")
    assert response.headers["Content-Disposition"].endswith(f'ct-07.{form}"')
    text = html.unescape(response.text)
    assert all(name in text for name in NAMES)
    if form == "csv":
        assert response.data.startswith(b"\xef\xbb\xbf")
    else:
        ElementTree.fromstring(response.data)  # noqa: S314 - our own file


def test_a_drawing_shows_every_document_and_relation_once() -> None:
    """Only what is held has a whole outline; the one asked for is thicker."""
    nodes = tuple(
        Node(f"n:{number}", f"Số {number}", "", "2021-10-19", number, "party", number > 0) for number in range(3)
    )
    drawn = chain_svg(ChainGraph(nodes[1], nodes, (("n:1", "n:0"), ("n:2", "n:1")), 0), "vi")
    shapes = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()]  # noqa: S314
    assert (shapes.count("g"), drawn.count("marker-end")) == (3, 2)
    assert (drawn.count("stroke-dasharray"), drawn.count('stroke-width="4"')) == (1, 1)


@given(st.text())
def test_a_drawing_holds_any_text_as_text(text: str) -> None:
    node = Node("a:b", text, ATTACK, text, 4, text, False)
    known = replace(node, system="")
    root = ElementTree.fromstring(chain_svg(ChainGraph(known, (known,), (), 0), "en"))  # noqa: S314
    allowed = {"svg", "title", "defs", "marker", "path", "rect", "text", "g", "polygon"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= allowed


def test_the_picture_has_a_search_box_and_a_legend_of_its_own() -> None:
    """Taken away as a file it has no page around it."""
    node = Node("a:b", "x", "", "", 0, "party", True)
    page = picture(ChainGraph(node, (node,), (), 0), "vi")
    assert '<input id="picture-search"' in page
    assert "hình bầu dục" in page
    assert page.rstrip().endswith("</script></body></html>")


def test_the_list_beside_the_picture_holds_the_same_documents(client: FlaskClient) -> None:
    page = client.get(f"{PATH}?lang=en", headers={"Accept": "text/html"}).text
    for name in (
        "Directive 05-CT/TW",
        "Directive 18-CT/TU",
        "Directive 07-CT/HU",
        "Plan 112/KH-UBND",
        "Resolution 03-NQ/ĐU",
    ):
        assert name in page

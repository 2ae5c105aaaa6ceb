"""The picture of a chain: places by level without overlaps, and a page that no text can break out of."""

import re

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from chidao.web.chain_graph import ChainGraph, Node
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

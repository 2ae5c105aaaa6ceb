"""The default graph as lines: what its statements are made of, whatever the texts hold."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store
from synthetic_changes import World, built

from chidao.graph.content_digest import ContentDigest
from chidao.graph.identify import canonical_documents
from chidao.graph.merge import merge_all, merged
from chidao.graph.names import SOURCE_GRAPHS, body_iri
from chidao.graph.place_base import REGISTER
from chidao.graph.terms import cd

GRAPH = NamedNode(f"{SOURCE_GRAPHS}0123456789abcdef")
LOCAL, CANONICAL = (
    NamedNode("https://w3id.org/chidao/id/source/0123456789abcdef/document/c1"),
    NamedNode("urn:canonical"),
)
HOSTILE = (
    'a\n"b"\\ \t\r',
    "ế \u0085 \u2028 \x01",
    f" {LOCAL} .",
    f"<urn:s> <urn:p> <{body_iri('quang-ninh/tinh-uy')}> .",
    f" <{body_iri('quang-ninh/tinh-uy')}",
)


def lines(store: pyoxigraph.Store) -> list[bytes]:
    return (store.dump(format=RdfFormat.N_TRIPLES, from_graph=GRAPH) or b"").splitlines(keepends=True)


@pytest.mark.parametrize("words", HOSTILE)
def test_texts_are_neither_renamed_nor_taken_for_bodies(tmp_path: Path, words: str) -> None:
    store = Store()
    store.extend(
        Quad(subject, cd("text"), Literal(words, language=language), GRAPH)
        for subject in (LOCAL, NamedNode("urn:s"))
        for language in (None, "vi")
    )
    found = merge_all(store, {LOCAL.value: CANONICAL.value}, tmp_path / "scratch")
    assert found.named == found.members == set()
    stated = set(store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert {quad.object.value for quad in stated} == {words}  # type: ignore[union-attr]
    assert {quad.subject for quad in stated} == {CANONICAL, NamedNode("urn:s")}


@pytest.mark.parametrize("words", HOSTILE)
def test_the_digest_is_that_of_the_quads(words: str) -> None:
    store, by_lines, by_quads = Store(), ContentDigest(), ContentDigest()
    store.add(Quad(LOCAL, cd("text"), Literal(words), GRAPH))
    by_lines.add_lines(GRAPH, lines(store))
    by_quads.add(store)
    assert by_lines.total == by_quads.total
    by_quads.remove(store)
    assert by_quads.total == ContentDigest().total


@pytest.mark.parametrize("seed", [1, 2])
def test_lines_give_the_statements_that_quads_give(tmp_path: Path, seed: int) -> None:
    world = World(seed)
    for _ in range(20):
        world.load()
    store, _ = built(world.quads, tmp_path)
    named = [quad for quad in store if quad.graph_name not in {DefaultGraph(), REGISTER}]
    described = [quad for quad in store if quad.graph_name == REGISTER]
    expected = {*merged(named, canonical_documents(store)), *merged(described, {})}
    assert set(store.quads_for_pattern(None, None, None, DefaultGraph())) == expected

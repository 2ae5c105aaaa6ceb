"""Incremental work gives what working everything out gives: statement by statement, whatever changed, in any order."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode
from record_factory import DISTRICT_PARTY, PROVINCE_PARTY, directive, duty
from synthetic_changes import World, built, copy_of

from chidao.graph.affected import documents_to_identify, documents_touched, references_to_read
from chidao.graph.changes import Changes, Difference
from chidao.graph.identify import read_corpus
from chidao.graph.names import change_iri, source_graph_iri
from chidao.graph.place_base import REGISTER
from chidao.graph.quads import record_quads
from chidao.graph.renew import renew
from chidao.ontology.register import register


def said(store: pyoxigraph.Store) -> set[str]:
    """Every statement, but for what happened to places, which a whole snapshot states in any case."""
    of_places = {change_iri(change.id) for change in register().place_changes}
    return {
        str(quad) for quad in store if not isinstance(quad.subject, NamedNode) or quad.subject.value not in of_places
    }


def graphs(store: pyoxigraph.Store) -> set[str]:
    return {str(graph) for graph in store.named_graphs()} - {str(REGISTER)}


@pytest.mark.parametrize("seed", range(6))
def test_any_changes_give_what_a_rebuild_gives(tmp_path: Path, seed: int) -> None:
    world = World(seed)
    for _ in range(12):
        world.load()
    before, made = built(world.quads, tmp_path)
    world.changed.clear()
    for _ in range(8):
        done = [world.step() for _ in range(1 + world.random.randrange(2))]
        store = copy_of(before)
        renewed, _, changes = renew(world.quads, before, store, made, world.changed)
        expected, rebuilt = built(world.quads, tmp_path)
        assert said(store) == said(expected), done
        assert graphs(store) == graphs(expected)
        assert (set(before) - changes.removed) | changes.added == set(store)
        assert not changes.removed & changes.added
        assert renewed.name == rebuilt.name
        assert vars(renewed.bodies) == vars(rebuilt.bodies)
        assert (renewed.sources, renewed.corrected) == (rebuilt.sources, rebuilt.corrected)
        assert (renewed.documents, renewed.edges) == (rebuilt.documents, rebuilt.edges)
        before, made = store, renewed
        world.changed.clear()


def chain(number: int) -> list[tuple]:
    """A directive of another year for each number, and one that carries it out; both alike in number and type."""
    above = (PROVINCE_PARTY, "CT", "18", "TU", f"{1990 + number}-10-18")
    said = (duty("Sở Y tế dự trữ thuốc.", PROVINCE_PARTY),)
    below = directive(DISTRICT_PARTY, "CT", "7", "HU", f"{1990 + number}-10-19", (above,), said, path=f"{number}-7.txt")
    return [directive(*above, duties=said, path=f"{number}-18.txt"), below]


@pytest.mark.parametrize("size", [3, 30])
def test_what_is_worked_out_anew_does_not_grow_with_the_corpus(size: int) -> None:
    """One text more touches itself, and the documents of the series that share its number: none of the other years."""
    before = pyoxigraph.Store()
    for number in range(size):
        for record, text in chain(number):
            before.extend(record_quads(record, text))
    after, changes = copy_of(before), None
    record, text = directive(DISTRICT_PARTY, "CT", "9", "HU", "2021-11-01", ((PROVINCE_PARTY, "CT", "18", "TU", None),))
    changes = Changes(after)
    changes.replace((), record_quads(record, text))
    graph = NamedNode(source_graph_iri(record.source.sha256))
    difference = Difference(before, after, changes, [graph])
    touched = documents_touched(difference)
    own, local = (NamedNode(each) for each in (record.documents[0].iri, record.citations[0].cited.iri))
    assert touched == {own, local}
    assert documents_to_identify(difference, touched, read_corpus(after)) == {own, local}
    assert references_to_read(difference, touched, set()) == set()

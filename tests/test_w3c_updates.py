"""The W3C's tests of updates: the engine passes them in process, and the endpoint refuses each of them.

They have nothing to ask of an endpoint that only reads; together with the tests of queries they make the suite whole.
"""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from w3c_results import dataset
from w3c_site import Client, read_graph
from w3c_suite import UPDATE_FOLDERS, State, UpdateTest, iri_of, update_tests

pytestmark = pytest.mark.xdist_group("w3c")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def quads(state: State) -> Iterable[Quad]:
    for file in state.default:
        yield from read_graph(file, DefaultGraph())
    for name, file in state.named:
        yield from read_graph(file, NamedNode(name))


def engine_passes(test: UpdateTest) -> bool:
    store = Store(), test.request.read_text(encoding="utf-8")
    return _changed(*store, test) if test.before and test.after else _parsed(*store, test)


def _changed(store: Store, text: str, test: UpdateTest) -> bool:
    assert test.before
    assert test.after
    store.extend(quads(test.before))
    store.update(text, base_iri=iri_of(test.request))
    return dataset(store) == dataset(quads(test.after))


def _parsed(store: Store, text: str, test: UpdateTest) -> bool:
    try:
        store.update(text, base_iri=iri_of(test.request))
    except SyntaxError:
        return "Negative" in test.kind
    except (OSError, RuntimeError, ValueError):  # well-formed, but LOADs what is not there
        pass
    return "Positive" in test.kind


@pytest.mark.parametrize("folder", UPDATE_FOLDERS)
def test_the_engine_updates_as_the_suite_expects(shared: Path, folder: str) -> None:
    tests = update_tests(shared / "w3c/sparql11", folder)
    assert [test.name for test in tests if not engine_passes(test)] == []


@pytest.mark.parametrize("folder", UPDATE_FOLDERS)
def test_the_endpoint_refuses_every_update_in_each_form(shared: Path, w3c: Client, folder: str) -> None:
    for test in update_tests(shared / "w3c/sparql11", folder):
        text = test.request.read_text(encoding="utf-8")
        as_update = w3c.send("POST", "/sparql", FORM, urlencode({"update": text}).encode())
        assert (as_update.status, b"chidao load" in as_update.body) == (403, True), test.name
        as_query = w3c.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, text.encode())
        assert as_query.status == 400, test.name

"""The places of the register in new stores: written once for each process of the tests, then copied.

To read all of them out of a store takes seconds too: ``lines`` passes over those that nothing speaks of.
"""

import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from chidao.graph.place_base import REGISTER, keep_places, stated_quads
from chidao.graph.terms import TYPE, cd


def seed(data_dir: Path) -> Path:
    """Make ``data_dir`` a data folder without sources, if there is none; to fill one anew takes seconds."""
    if not (data_dir / "store").exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        pyoxigraph.Store.read_only(str(_base())).backup(str(data_dir / "store"))
    return data_dir


def lines(store: pyoxigraph.Store) -> list[str]:
    """What the store says of all that the sources and the bodies of the register touch, as sorted N-Quads.

    The last line is the number of all statements.
    """
    return [*sorted(set(map(str, touched_quads(store)))), str(len(store))]


def touched_quads(store: pyoxigraph.Store) -> Iterator[Quad]:
    """What the store says of all that the sources and the bodies of the register touch."""
    touched = {term for quad in stated_quads(store) for term in quad.triple if isinstance(term, NamedNode)}
    for kind in ("Body", "BodyGroup"):
        bodies = (quad.subject for quad in store.quads_for_pattern(None, TYPE, cd(kind), REGISTER))
        touched.update(body for body in bodies if isinstance(body, NamedNode))
    for thing in touched:
        yield from store.quads_for_pattern(thing, None, None, None)


@cache
def _base() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="chidao-places-"))
    store = pyoxigraph.Store(str(folder))
    keep_places(store)
    store.flush()
    return folder


def discard_base() -> None:
    """Remove the copy that the other ones were made from."""
    if _base.cache_info().currsize:
        shutil.rmtree(_base(), ignore_errors=True)

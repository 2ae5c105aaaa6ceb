"""Questions answered by a remote store, with the limits, formats and refusals of our own workers.

A query goes first to our own engine over an empty store: what is malformed, reaches for another server or is too deep
to be read is refused there, in the same words as always. Then the remote store is asked; its answer is read row by row
into a bounded file, up to the limits.
"""

import re
import time
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock

import httpx
from pyoxigraph import Store

from chidao.graph.errors import GoneError, StoreError
from chidao.graph.names import graph_iri
from chidao.graph.remote_marker import CURRENT
from chidao.graph.remote_store import RemoteStore
from chidao.web.answers import Analysis, Answer, Asked, MalformedQueryError, Query, RefusedQueryError, WholeGraph
from chidao.web.limits import Limits
from chidao.web.outcomes import too_long
from chidao.web.remote_answer import ask_graph, ask_query
from chidao.web.workers import Pool

_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_FROM = re.compile("f(?=rom)", re.IGNORECASE)
_GRAPH = re.compile(rf"<({re.escape(graph_iri(''))}[^<>\s]+)>")
_ESCAPED = "write the query's keywords and names in plain letters, not as \\u…: what they hide can't be checked here"
_NO_PAGES = (
    "this page is worked out over the data folder, and none is given: serve with --data and the folder that was pushed "
    "to the store; the endpoint and the pages that only ask the graph work without"
)


class RemotePool(Pool):
    """A `Pool` whose queries a remote store answers; ``pages`` answers what is worked out over a data folder.

    It has a folder of its own, ``data_dir``, that names the snapshot of the remote store and holds nothing of it.
    """

    def __init__(self, remote: RemoteStore, limits: Limits, pages: Pool | None = None) -> None:
        """Raises StoreError where the store can't be reached, or holds no snapshot that is whole."""
        self.data_dir = Path(mkdtemp(prefix="chidao-remote-"))
        super().__init__(self.data_dir, limits)
        self._remote = remote
        self._most = limits
        self._local = pages
        self._naming = Lock()
        self._named = ""
        try:
            self._whole(None)
        except BaseException:
            rmtree(self.data_dir)
            raise

    def answer(self, asked: Asked, snapshot: str | None = None) -> Answer:
        """As `Pool.answer`. Raises StoreError also while the store is being written: two versions are never mixed."""
        if isinstance(asked, Analysis):
            if self._local is None:
                raise StoreError(_NO_PAGES)
            return self._local.answer(asked, snapshot)
        if isinstance(asked, Query):
            asked = self._checked(asked)
        for _ in range(2):
            name = self._whole(snapshot)
            answer = self._asked(asked, name)
            if self._whole(snapshot) == name:
                return answer
            answer.body.close()
        raise StoreError(_BEING_WRITTEN)

    def answer_page(self, asked: Asked, snapshot: str | None = None) -> Answer:
        """As `answer`: the store does not know our pages from strangers."""
        return self.answer(asked, snapshot)

    def close(self) -> None:
        """End the workers, and the connections to the store."""
        super().close()
        if self._local:
            self._local.close()
        self._remote.close()
        rmtree(self.data_dir, ignore_errors=True)

    def _asked(self, asked: Query | WholeGraph, name: str) -> Answer:
        ends = time.monotonic() + self._most.time_limit
        try:
            if isinstance(asked, Query):
                return ask_query(self._remote, asked, name, self._most, ends)
            return ask_graph(self._remote, asked, name, self._most, ends)
        except (httpx.TimeoutException, TimeoutError):
            too_long(self._most.time_limit)

    def _checked(self, query: Query) -> Query:
        """The query as the store is to be asked. Raises QueryError, LimitError."""
        self._check(query)
        plain = _ESCAPE.sub(_letter, query.text)
        if plain != query.text:
            try:
                self._check(replace(query, text=plain))
            except (MalformedQueryError, RefusedQueryError) as error:
                raise RefusedQueryError(_ESCAPED) from error
        merged = self._remote.address.default_graph
        if merged and query.default_graphs is None and query.named_graphs is None and not self._has_dataset(query):
            return replace(query, default_graphs=(merged,), named_graphs=tuple(sorted(set(_GRAPH.findall(query.text)))))
        return query

    def _has_dataset(self, query: Query) -> bool:
        """Whether the query has a FROM of its own: without its first letter it is no query any more."""
        if not _FROM.search(query.text):
            return False
        try:
            self._check(replace(query, text=_FROM.sub("x", query.text)))
        except MalformedQueryError:
            return True
        return False

    def _check(self, query: Query) -> None:
        super().answer(query).body.close()

    def _whole(self, wanted: str | None) -> str:
        """The snapshot that the store holds. Raises StoreError while it holds none, GoneError if another is wanted."""
        rows = self._remote.rows(CURRENT)
        if len(rows) != 1:
            raise StoreError(_BEING_WRITTEN)
        name = rows[0]["snapshot"]
        if wanted not in (None, name):
            raise GoneError(f"the store holds the snapshot {name!r}, not {wanted!r}: ask that", name)
        self._name(name)
        return name

    def _name(self, name: str) -> None:
        """Name the store's snapshot where our own readers look it up: an empty one stands in its place."""
        with self._naming:
            if name == self._named:
                return
            folder = self.data_dir / "snapshots" / name
            if not folder.is_dir():
                folder.mkdir(parents=True)
                Store(str(folder)).flush()
            new = self.data_dir / "snapshots" / "current.part"
            new.write_text(name, encoding="utf-8")
            new.replace(new.with_name("current"))
            self._named = name


_BEING_WRITTEN = (
    "the store holds no whole snapshot: one is being pushed to it, or a push was cut; wait, or run "
    "`chidao load --store` again, which goes on where it was"
)


def _letter(escape: re.Match[str]) -> str:
    return escape[1] + chr(int(escape[2] or escape[3], 16) % 0x110000)


def open_remote(store: str, data_dir: Path, limits: Limits) -> tuple[RemotePool, Path]:
    """A pool on the store that ``--store`` names, and the data folder for a site over it. Raises StoreError.

    That folder is ``data_dir`` where something is published in it: then also the pages that are worked out answer.
    """
    published = (data_dir / "snapshots" / "current").is_file()
    pool = RemotePool(RemoteStore.open(store), limits, Pool(data_dir, limits) if published else None)
    return pool, data_dir if published else pool.data_dir

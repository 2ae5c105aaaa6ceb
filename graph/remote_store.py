"""Another machine's store, over the SPARQL 1.1 Protocol and the Graph Store Protocol."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self
from urllib.parse import quote

import httpx
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from chidao.graph.errors import StoreError
from chidao.graph.remote_address import Address, find_address, host_of
from chidao.graph.remote_auth import Challenged, credentials_for, is_this_machine

JSON_RESULTS = "application/sparql-results+json"
NTRIPLES = "application/n-triples, text/turtle;q=0.9"
_TURTLE = "text/turtle; charset=utf-8"  # of which N-Triples is a part; every store reads it
_PAUSES = (0.5, 1.0, 2.0)  # seconds before asking again
_PASSING = frozenset({429, 502, 503, 504})  # statuses of a server that may be well again soon
_CONNECT, _WRITE = 10.0, 600.0  # seconds; a large graph takes a store minutes to remove
_QUERY = 60.0


class RemoteStore:
    """One store. All requests are such that a second one changes nothing: what a lost connection broke is sent again.

    Every method raises StoreError, with the address and what to do. Use as a context manager.
    """

    def __init__(self, address: Address, http: httpx.Client) -> None:
        self.address = address
        self._http = http

    @classmethod
    def open(cls, store: str) -> Self:
        """The store that ``--store`` names, see ``find_address``; credentials as ``credentials_for`` finds them."""
        host = host_of(store)
        http = httpx.Client(
            auth=Challenged(credentials_for(host)),
            timeout=httpx.Timeout(_WRITE, connect=_CONNECT),
            trust_env=not is_this_machine(host),
        )
        try:
            return cls(find_address(store, lambda url: _asked(http, url)), http)
        except BaseException:
            http.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up the connections."""
        self._http.close()

    def put(self, graph: str | None, ntriples: bytes) -> None:
        """Make the statements all that the graph holds; None is the default graph."""
        self._send("PUT", self._graph_url(graph), content=ntriples, headers={"Content-Type": _TURTLE})

    def add(self, graph: str | None, ntriples: bytes) -> None:
        """Add the statements to the graph."""
        self._send("POST", self._graph_url(graph), content=ntriples, headers={"Content-Type": _TURTLE})

    def remove(self, graph: str) -> None:
        """Remove the graph, if it is there."""
        self._send("DELETE", self._graph_url(graph), missing=True)

    def read(self, graph: str) -> list[Triple]:
        """The statements of a graph, in memory; none where it is not there."""
        response = self._send("GET", self._graph_url(graph), headers={"Accept": NTRIPLES}, missing=True)
        if response.status_code == httpx.codes.NOT_FOUND:
            return []
        try:
            return [quad.triple for quad in parse(response.content, RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise StoreError(f"{_shown(response.url)}: what it sent is not Turtle ({error}); is it a store?") from error

    def update(self, operations: str) -> None:
        """SPARQL Update, for what the Graph Store Protocol cannot do."""
        self._send(
            "POST",
            self.address.update,
            content=operations.encode(),
            headers={"Content-Type": "application/sparql-update"},
        )

    def rows(self, query: str) -> list[dict[str, str]]:
        """The rows of a small SELECT, each with the variables that are bound in it."""
        response = self._send("POST", self.address.query, data={"query": query}, headers={"Accept": JSON_RESULTS})
        try:
            found = parse_query_results(response.content, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self.address.query}: its answer is not SPARQL results ({error})") from error
        assert isinstance(found, QuerySolutions)  # noqa: S101 - of a SELECT
        names = [variable.value for variable in found.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in found]

    @contextmanager
    def answer(self, form: dict[str, str | list[str]], accept: str, seconds: float) -> Iterator[httpx.Response]:
        """The response to a query of the protocol (``query``, ``default-graph-uri``), its body still to be read.

        ``seconds`` is how long the store may be silent. Raises httpx.TimeoutException after that, and StoreError.
        """
        with self._streamed("POST", self.address.query, {"Accept": accept}, form, seconds) as response:
            yield response

    @contextmanager
    def graph(self, graph: str | None, seconds: float) -> Iterator[httpx.Response]:
        """The response to a request for all statements of a graph, its body still to be read; else as `answer`."""
        with self._streamed("GET", self._graph_url(graph), {"Accept": NTRIPLES}, None, seconds) as response:
            yield response

    @contextmanager
    def _streamed(
        self, method: str, url: str, headers: dict[str, str], form: dict[str, str | list[str]] | None, seconds: float
    ) -> Iterator[httpx.Response]:
        timeout = httpx.Timeout(seconds, connect=min(seconds, _CONNECT))
        try:
            with self._http.stream(method, url, data=form, headers=headers, timeout=timeout) as response:
                yield response
        except httpx.TimeoutException:
            raise
        except httpx.TransportError as error:
            raise _unreachable(url, error) from error

    def _graph_url(self, graph: str | None) -> str:
        name = "default" if graph is None else f"graph={quote(graph, safe='')}"
        return f"{self.address.graphs}{'&' if '?' in self.address.graphs else '?'}{name}"

    def _send(
        self,
        method: str,
        url: str,
        missing: bool = False,
        content: bytes | None = None,
        data: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """The response of a request that went well; ``missing`` says that 404 is well."""
        for pause in (*_PAUSES, None):
            try:
                response = self._http.request(method, url, content=content, data=data, headers=headers)
                if response.status_code not in _PASSING or pause is None:
                    return _checked(response, missing)
            except httpx.TransportError as error:
                if pause is None:
                    raise _unreachable(url, error) from error
            time.sleep(pause or 0)
        raise AssertionError  # the last turn has returned or raised


def _asked(http: httpx.Client, url: str) -> httpx.Response:
    try:
        return http.get(url, params={"query": "ASK {}"}, headers={"Accept": JSON_RESULTS}, timeout=_QUERY)
    except httpx.TransportError as error:
        raise _unreachable(url, error) from error


def _shown(url: httpx.URL | str) -> str:
    """A URL without query and without credentials."""
    return str(httpx.URL(url).copy_with(query=None, username=None, password=None))


def _unreachable(url: str, error: httpx.TransportError) -> StoreError:
    return StoreError(
        f"{_shown(url)}: the store can't be reached ({error or type(error).__name__}); "
        "see that it runs and that the address is right, then do the same again"
    )


_ADVICE = {
    401: "it wants credentials, or others: set CHIDAO_STORE_USER and CHIDAO_STORE_PASSWORD, or CHIDAO_STORE_TOKEN",
    403: "whoever these credentials name may not do this there: give that user the right to write",
    404: "there is nothing at this address: name the parts of the store one by one, see docs/remote.md",
    413: "the server takes no request of this size: raise its limit to 8 MB",
}


def _checked(response: httpx.Response, missing: bool) -> httpx.Response:
    """The response. Raises StoreError unless it tells of success; redirects are not followed."""
    status = response.status_code
    if response.is_success or (missing and status == httpx.codes.NOT_FOUND):
        return response
    where = f"{response.request.method} {_shown(response.url)}"
    if response.is_redirect:
        raise StoreError(
            f"{where}: it redirects to {response.headers.get('location')}; give that address if you trust it"
        )
    said = " ".join(response.text.split())[:300]
    raise StoreError(f"{where}: {status}, {_ADVICE.get(status, 'the store refused it')}{': ' if said else ''}{said}")

"""A store on another machine: which address means what, who is told the password, and what an error says."""

import base64
from pathlib import Path

import httpx
import pytest
from engine_servers import Engine
from tiny_server import RESULTS, Answer, Handler, parts, server

from chidao.graph.errors import StoreError
from chidao.graph.remote_address import MERGED, Address, find_address
from chidao.graph.remote_auth import Challenged, Credentials, credentials_for
from chidao.graph.remote_store import RemoteStore

pytestmark = pytest.mark.xdist_group("engines")


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"CHIDAO_STORE_{name}", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


def unasked(url: str) -> httpx.Response:
    raise AssertionError(url)


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("http://user:secret@host/", "no password in the address of host"),
        ("ftp://host/", "is not the address of a store"),
        ("http://host/?query=x", "is not the address of a store"),
        ("host:7878", "is not the address of a store"),
        ("http://host:x", "not a URL"),
        ("query=http://host/q", "can't be read"),
        ("query=http://a/q update=http://a/u graphs=http://a/g default=union", "can't be read"),
        ("query=http://a/q update=http://b/u graphs=http://a/g", "at one host"),
    ],
)
def test_an_address_that_is_none_is_refused(store: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as refused:
        find_address(store, unasked)
    assert "secret" not in str(refused.value)


def test_the_parts_of_a_store_can_be_named() -> None:
    named = "query=http://a/q update=http://a/u graphs=http://a/g default=merged"
    assert find_address(named, unasked) == Address("http://a/q", "http://a/u", "http://a/g", MERGED)
    assert find_address(named.replace("default=merged", "default=own"), unasked).default_graph is None


@pytest.mark.parametrize(
    ("server_name", "path", "graphs", "default_graph"),
    [
        ("Oxigraph/0.5", "/query", "/store", None),
        ("Virtuoso/07.20", "/sparql-auth", "/sparql-graph-crud-auth", MERGED),
        ("Virtuoso/07.20", "/sparql", "/sparql-graph-crud", MERGED),
        ("", "", "/rdf-graphs/service", MERGED),
        ("Jetty", "/query", "/data", None),
    ],
)
def test_a_layout_is_found_by_trying(server_name: str, path: str, graphs: str, default_graph: str | None) -> None:
    def ask(url: str) -> httpx.Response:
        found = url == f"http://host/x{path}"
        return httpx.Response(200 if found else 404, headers={"Server": server_name, "Content-Type": RESULTS})

    address = find_address("http://host/x/", ask)
    assert (address.query, address.graphs) == (f"http://host/x{path}", f"http://host/x{graphs}")
    assert address.default_graph == default_graph


def test_a_server_that_is_no_store_is_said_to_be_none() -> None:
    with pytest.raises(StoreError, match=r"no SPARQL store of a known layout.*name its parts"):
        find_address("http://host", lambda _: httpx.Response(404))


def test_real_servers_are_found(
    oxigraph_server: Engine, virtuoso_server: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RemoteStore.open(oxigraph_server.url) as remote:
        assert remote.address.graphs.endswith("/store")
    with RemoteStore.open(virtuoso_server.url) as remote:  # without credentials: for reading
        assert remote.address.graphs.endswith("/sparql-graph-crud-auth")
    monkeypatch.setenv("CHIDAO_STORE_USER", virtuoso_server.user)
    monkeypatch.setenv("CHIDAO_STORE_PASSWORD", virtuoso_server.password)
    with RemoteStore.open(virtuoso_server.url) as remote:
        assert remote.address.graphs.endswith("/sparql-graph-crud-auth")


def test_digest_is_what_virtuoso_wants(virtuoso_server: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right password writes, a wrong one is told so."""
    monkeypatch.setenv("CHIDAO_STORE_USER", virtuoso_server.user)
    for password, works in ((virtuoso_server.password, True), ("another", False)):
        monkeypatch.setenv("CHIDAO_STORE_PASSWORD", password)
        with RemoteStore.open(virtuoso_server.url) as remote:
            if works:
                remote.put("http://example.org/g", b'<http://example.org/s> <http://example.org/p> "x" .\n')
                remote.remove("http://example.org/g")
            else:
                with pytest.raises(StoreError, match=r"401.*wants credentials, or others") as refused:
                    remote.put("http://example.org/g", b"")
                assert "another" not in str(refused.value)


def asking(challenge: str, wanted: str, seen: list[str]) -> Handler:
    def handle(_method: str, _path: str, headers: dict[str, str]) -> Answer:
        seen.append(headers.get("authorization", ""))
        if headers.get("authorization") == wanted:
            return 204, {}, b""
        return 401, {"WWW-Authenticate": challenge}, b""

    return handle


BASIC = f"Basic {base64.b64encode('thủ thư:bí mật'.encode()).decode()}"


@pytest.mark.parametrize(
    ("challenge", "wanted", "environment"),
    [
        ('Basic realm="x"', BASIC, {"USER": "thủ thư", "PASSWORD": "bí mật"}),
        ('Bearer realm="x"', "Bearer t0ken", {"TOKEN": "t0ken"}),
        ('Basic realm="x"', BASIC, {"USER": "thủ thư", "PASSWORD": "bí mật", "TOKEN": "t0ken"}),
    ],
    ids=["basic", "bearer", "the one that is asked for"],
)
def test_credentials_are_sent_as_the_server_asks(
    challenge: str, wanted: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing before it asks, and from then on with every request."""
    for name, value in environment.items():
        monkeypatch.setenv(f"CHIDAO_STORE_{name}", value)
    seen: list[str] = []
    with server(asking(challenge, wanted, seen)) as url, RemoteStore.open(parts(url)) as remote:
        remote.put("http://example.org/g", b"")
        remote.remove("http://example.org/g")
    assert seen == ["", wanted, wanted]


def test_credentials_come_from_the_netrc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine host.example login me password word\n")
    assert credentials_for("host.example") == Credentials("me", "word")
    assert not credentials_for("other.example")
    assert "word" not in repr(credentials_for("host.example"))
    monkeypatch.setenv("CHIDAO_STORE_TOKEN", "t0ken")
    assert credentials_for("host.example").token == "t0ken"  # noqa: S105


@pytest.mark.parametrize(
    ("url", "challenge", "said"),
    [
        ("http://far.example/q", 'Basic realm="x"', "use https"),
        ("http://far.example/q", "Bearer", "use https"),
        ("https://far.example/q", "Negotiate", "asks for negotiate"),
    ],
)
def test_a_password_does_not_cross_a_network_in_clear(url: str, challenge: str, said: str) -> None:
    request = httpx.Request("GET", url)
    flow = Challenged(Credentials("me", "word", "t0ken")).auth_flow(request)
    assert "Authorization" not in next(flow).headers
    with pytest.raises(StoreError, match=said):
        flow.send(httpx.Response(401, headers={"WWW-Authenticate": challenge}, request=request))


def test_a_redirect_is_told_and_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIDAO_STORE_TOKEN", "t0ken")
    seen: list[str] = []

    def handle(_method: str, path: str, _headers: dict[str, str]) -> Answer:
        seen.append(path)
        return 307, {"Location": "/elsewhere"}, b""

    with (
        server(handle) as url,
        RemoteStore.open(parts(url)) as remote,
        pytest.raises(StoreError, match="it redirects to /elsewhere"),
    ):
        remote.put("http://example.org/g", b"")
    assert seen == ["/g?graph=http%3A%2F%2Fexample.org%2Fg"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chidao.graph.remote_store._PAUSES", (0.0, 0.0, 0.0))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("trouble", [None, (503, {}, b"busy")], ids=["a cut connection", "a busy server"])
def test_what_a_passing_trouble_broke_is_sent_again(trouble: Answer | None) -> None:
    answers: list[Answer | None] = [trouble, trouble, (204, {}, b"")]
    with server(lambda *_: answers.pop(0)) as url, RemoteStore.open(parts(url)) as remote:
        remote.add("http://example.org/g", b"")
    assert not answers


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "the store can't be reached"),
        ((403, {}, b"no"), "403, whoever these credentials name .*: no"),
        ((404, {}, b""), "404, there is nothing at this address"),
        ((413, {}, b""), "413, the server takes no request of this size"),
        ((500, {}, b"out of\n\n  space"), "500, the store refused it: out of space"),
    ],
)
def test_an_error_names_the_address_and_what_to_do(answer: Answer | None, said: str) -> None:
    with (
        server(lambda *_: answer) as url,
        RemoteStore.open(parts(url)) as remote,
        pytest.raises(StoreError, match=f"(PUT )?{url}/g: {said}"),
    ):
        remote.put("http://example.org/g", b"")

"""Extraction on a real Dask cluster of this machine: whoever reads, and whoever dies, the store says the same."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from load_samples import DEADLY, LETTER, deadly_batch, filled, once_deadly_batch, stated, write_letters

from chidao.graph.errors import StoreError
from chidao.loaders import load as load_module
from chidao.loaders.load import Means
from chidao.loaders.locations import named

pytestmark = pytest.mark.xdist_group("cluster")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two worker processes, which are started again when they die."""
    distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    dask = pytest.importorskip("dask", reason="the extra [cluster] is not installed")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, worker_dashboard_address=None
        ) as made,
    ):
        yield made.scheduler_address


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of letters, one of them with the name over which a worker dies if it is told to."""
    folder = tmp_path_factory.mktemp("cluster") / "texts"
    write_letters(folder, 60)
    (folder / f"00030-{DEADLY}.txt").write_text(LETTER.format(number=30_000), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(letters: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What one process makes of them."""
    data = tmp_path_factory.mktemp("alone") / "data"
    filled(data, letters)
    return stated(data)


def test_a_cluster_gives_what_one_process_gives(
    cluster: str, letters: Path, alone: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when one of two workers is killed over a batch midway, whose texts are then read by another."""
    monkeypatch.setattr(load_module, "extract_batch", partial(once_deadly_batch, tmp_path / "killed"))
    tally = filled(tmp_path / "data", letters, means=Means(cluster=cluster))
    assert (tmp_path / "killed").exists()
    assert (tally.files["loaded"], tally.files["refused"]) == (61, 0)
    assert stated(tmp_path / "data") == alone


def test_nothing_is_extracted_twice_on_a_cluster(cluster: str, letters: Path, alone: list[str], tmp_path: Path) -> None:
    """The workers are told what the store holds; a record that is delivered twice changes nothing."""
    for extracted in (61, 0):
        assert filled(tmp_path / "data", letters, means=Means(cluster=cluster)).files["extracted"] == extracted
    filled(tmp_path / "data", letters, letters, means=Means(cluster=cluster))
    assert stated(tmp_path / "data") == alone


def test_a_file_that_kills_every_worker_is_refused(
    cluster: str, letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_module, "extract_batch", deadly_batch)
    tally = filled(tmp_path / "data", letters, means=Means(cluster=cluster))
    assert (tally.files["loaded"], tally.files["refused"]) == (60, 1)
    assert DEADLY in (tmp_path / "data/said").read_text()


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    monkeypatch.setattr("chidao.loaders.cluster.SECONDS", 0.2)
    with pytest.raises(StoreError, match=r"no Dask scheduler answers at 'tcp://127\.0\.0\.1:9'"):
        filled(tmp_path / "data", tmp_path, means=Means(cluster="tcp://127.0.0.1:9"))


class Portal(BaseHTTPRequestHandler):
    """A site with one letter; anything else is not found."""

    asked: list[str] = []  # noqa: RUF012 (shared by the requests)

    def do_GET(self) -> None:
        """See BaseHTTPRequestHandler."""
        self.asked.append(self.path)
        found = self.path.startswith("/van-ban/7.txt")
        body = (LETTER.format(number=7) + "Xem http://127.0.0.1:9/khac.txt\n").encode() if found else b"none"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name)
        """Say nothing."""


@pytest.fixture
def portal() -> Iterator[str]:
    """The address of the site."""
    pytest.importorskip("fsspec", reason="the extra [cluster] is not installed")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("on_cluster", [False, True])
def test_a_url_is_read_and_one_that_is_not_there_is_refused(
    portal: str, on_cluster: bool, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The address is the path of the source; nothing else is asked for, addresses in the text least of all."""
    Portal.asked.clear()
    means = Means(cluster=request.getfixturevalue("cluster")) if on_cluster else Means(1)
    urls = [f"{portal}/van-ban/7.txt", f"{portal}/khong-co.pdf"]
    tally = filled(tmp_path / "data", *map(named, urls), means=means)  # type: ignore[arg-type]
    assert (tally.files["loaded"], tally.files["refused"]) == (1, 1)
    assert f'"{urls[0]}"' in "\n".join(stated(tmp_path / "data"))
    assert "khong-co.pdf: cannot be fetched; check the address" in (tmp_path / "data/said").read_text()
    assert {path.partition("?")[0] for path in Portal.asked} == {"/van-ban/7.txt", "/khong-co.pdf"}

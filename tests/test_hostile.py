"""Whatever is asked of a served site: an honest end in time, no way out, and the next visitor is answered at once."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile import MEMORY_LIMIT, TIME_LIMIT, WORKERS, ask, ending, hostile_names, hostile_queries, processes, resident
from hostile import served as serving

PROMISED = 0.5  # seconds that a stopped query takes beyond its limit, and that a small one after it takes at most
SLACK = 15  # seconds more on a machine that does much else; nothing here proves the promise, but that something ends
SMALL = b"SELECT ?s { ?s a <https://w3id.org/chidao/ontology#Document> } LIMIT 3"
LANES = 3

pytestmark = pytest.mark.xdist_group("hostile")


@dataclass(frozen=True)
class Served:
    """A site, its process, and a listener that nothing may ever connect to."""

    port: int
    process: int
    listener: socket.socket
    secret: Path


@pytest.fixture(scope="module")
def served(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """``chidao serve`` over the sample corpus and the whole register: 300,000 statements."""
    secret = tmp_path_factory.mktemp("outside") / "secret.ttl"
    secret.write_text("<a:secret> <a:is> 'read' .", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(sample_data) as (port, process):
        listener.setblocking(False)
        ask(port, "POST", SMALL, 60)
        yield Served(port, process, listener, secret)


def answered(served: Served, method: str, content: bytes, seconds: float) -> str:
    """How it ended; nothing within so many seconds and the slack is an error."""
    return ending(ask(served.port, method, content, seconds + SLACK))


@pytest.mark.parametrize("name", hostile_names())
def test_a_hostile_query_ends_honestly_and_the_next_small_one_is_answered(served: Served, name: str) -> None:
    rows = hostile_queries(served.listener.getsockname()[1], served.secret)
    query = next(query for query in rows if query.name == name)
    assert answered(served, query.method, query.content, TIME_LIMIT + PROMISED) in query.ends
    assert answered(served, "POST", SMALL, PROMISED) == "whole"
    with pytest.raises(BlockingIOError):
        served.listener.accept()


def test_sixteen_at_once_leave_the_service_alive_within_its_memory(served: Served) -> None:
    """Those that find no free process are told to come again; a small query is answered among them."""
    heavy = [query for query in hostile_queries(0, served.secret) if "memory" in query.ends][:16]
    with ThreadPoolExecutor(len(heavy)) as visitors:
        running = [visitors.submit(answered, served, each.method, each.content, 10.0) for each in heavy]
        small = visitors.submit(answered, served, "POST", SMALL, 10.0)
        most = most_resident(served.process, [*running, small])
    assert [each.result() in (*query.ends, "workers") for each, query in zip(running, heavy, strict=True)] == [
        True
    ] * 16
    assert small.result() == "whole"
    assert most <= MEMORY_LIMIT * LANES * WORKERS * 1024 * 1024
    assert answered(served, "POST", SMALL, PROMISED) == "whole"
    assert Path(f"/proc/{served.process}").exists()


def most_resident(server: int, running: list[Future[str]]) -> int:
    """The most memory that the processes of the server held together while these ran, in bytes."""
    most, pause = 0, threading.Event()
    while not all(each.done() for each in running):
        most = max(most, sum(resident(process) for process in processes(server)[1:]))
        pause.wait(0.05)
    return most


def test_no_process_is_left_over(served: Served) -> None:
    """The server, the one that forks, the lanes' workers: whatever was killed is gone, and its place is filled once."""
    most = 2 + LANES * WORKERS
    ends = time.monotonic() + SLACK
    while len(processes(served.process)) > most and time.monotonic() < ends:
        time.sleep(0.05)
    left = processes(served.process)
    assert len(left) <= most
    assert left[0] == served.process
    assert answered(served, "POST", SMALL, PROMISED) == "whole"

"""The workers of a Dask cluster: they are sent paths, read the texts themselves, and send N-Quads back."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar

from chidao.graph.errors import StoreError
from chidao.loaders.pool import UNDER_WAY, Workers

Result = TypeVar("Result")
SECONDS = 30
"""How long a scheduler, then its first worker, is waited for."""


class _ClusterExecutor(Executor):
    """The executor of a client whose connection outlives it."""

    def __init__(self, client: Any) -> None:
        self._executor = client.get_executor()

    def submit(self, fn: Callable[..., Result], /, *args: object, **kwargs: object) -> Future[Result]:
        """See Executor."""
        future: Future[Result] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """See Executor; what runs is cancelled too."""
        self._executor.shutdown(wait=wait and not cancel_futures)


@contextmanager
def cluster_workers(address: str) -> Iterator[Workers]:
    """The workers of the scheduler at an address: "tcp://10.0.0.5:8786", "tls://…".

    A lost worker's batches are done by others; one batch over which several workers are lost is taken apart. Raises
    StoreError where nothing answers, or the cluster has no worker.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 (an extra)
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
    except ImportError as error:
        raise StoreError("--cluster needs dask; install chidao[cluster]") from error
    try:
        connect: Any = Client
        client = connect(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        advice = "start one by `dask scheduler`, or check the address"
        raise StoreError(f"no Dask scheduler answers at {address!r}; {advice}") from error
    with client:
        yield Workers(
            count=(threads := _threads(client, address)),
            window=max(threads, 2) * UNDER_WAY,
            start=lambda _: _ClusterExecutor(client),
            lost=(KilledWorker,),
            gone=(CancelledError, CommClosedError),
            check=lambda: _check(client, address),
        )


def _threads(client: Any, address: str) -> int:
    """How many things the cluster does at a time. Raises StoreError where it has no worker."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError as error:
        raise _without_workers(address) from error
    return sum(client.nthreads().values())


def _check(client: Any, address: str) -> None:
    """Raises StoreError where no worker has been left for a while."""
    if not client.nthreads():
        _threads(client, address)


def _without_workers(address: str) -> StoreError:
    return StoreError(f"the cluster at {address!r} has no worker; start some by `dask worker {address}`")

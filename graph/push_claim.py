"""One push at a time: a lock in the data folder, and in the store a claim that others see.

Of two pushes from one folder the lock tells; so a claim of that folder which is found is that of a push that was cut. A
claim of another folder is respected until nothing was heard of it for an hour.
"""

import fcntl
import hashlib
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from chidao.graph.errors import StoreError
from chidao.graph.remote_marker import Marker, exchange_pusher, name_snapshot, read_state
from chidao.graph.remote_store import RemoteStore

_SILENT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pusher:
    """Who pushes: ``folder`` is a hash of machine and data folder, ``heard`` when it last wrote, in UTC.

    What it writes is the snapshot ``coming``; the store held ``before`` when it began, "" if no whole one.
    """

    folder: str
    heard: datetime
    before: str
    coming: str

    def __str__(self) -> str:
        """As it stands in the marker."""
        return f"{self.folder} {self.heard.isoformat(timespec='seconds')} {self.coming} {self.before}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The pusher that the marker names; None where that is none."""
        folder, heard, coming, before = (*text.split(" "), "", "", "", "")[:4]
        try:
            return cls(folder, datetime.fromisoformat(heard).astimezone(UTC), before, coming)
        except ValueError:
            return None


@contextmanager
def locked(data_dir: Path, remote: RemoteStore) -> Iterator[None]:
    """Hold the lock for pushes from the folder to the store. Raises StoreError where another process holds it."""
    name = hashlib.sha256(remote.address.graphs.encode()).hexdigest()[:16]
    try:
        with (data_dir / f"push-{name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreError(
                    f"{remote.address.graphs}: another push from {data_dir} is under way; "
                    "wait until it is done, then do the same again if something is left to push"
                ) from error
            yield
    except PermissionError as error:
        raise StoreError(f"{data_dir}: a push needs the right to write there: {error}") from error


class Claim:
    """The claim of a push on the store; take it before anything is written there."""

    def __init__(self, remote: RemoteStore, data_dir: Path, coming: str) -> None:
        self._remote = remote
        folder = hashlib.sha256(f"{platform.node()} {data_dir.resolve()}".encode()).hexdigest()[:16]
        self._own = Pusher(folder, _now(), "", coming)

    def __str__(self) -> str:
        """As it stands in the marker."""
        return str(self._own)

    def take(self, found: Marker) -> str | None:
        """Claim the store, whose marker is ``found``. Raises StoreError where another push is under way.

        Returns the snapshot of which the store holds the statements in part, where those that it may hold besides are
        all of the snapshot that is coming.
        """
        self._refuse(found)
        before = found.snapshot or self._begun(found)
        self._own = replace(self._own, before=before or "")
        exchange_pusher(self._remote, found.pushers, str(self._own), found.snapshot)
        state = read_state(self._remote)
        if state is None or state.pushers != (str(self._own),) or state.snapshot is not None:
            exchange_pusher(self._remote, [str(self._own)], None)
            raise StoreError(f"{self._remote.address.graphs}: another push began at the same moment; try again")
        return before

    def renew(self) -> None:
        """Say that the push goes on. Raises StoreError where the claim is gone."""
        self._require()
        new = replace(self._own, heard=_now())
        exchange_pusher(self._remote, [str(self._own)], str(new))
        self._own = new

    def release(self, snapshot: str) -> None:
        """Say that the store holds the snapshot whole. Raises StoreError where the claim is gone."""
        self._require()
        exchange_pusher(self._remote, [str(self._own)], None)
        name_snapshot(self._remote, snapshot)

    def _require(self) -> None:
        state = read_state(self._remote)
        if state is None or str(self._own) not in state.pushers:
            raise StoreError(
                f"{self._remote.address.graphs}: another push took the store over; "
                "see that only one data folder is pushed to it, then do the same again"
            )

    def _refuse(self, found: Marker) -> None:
        for pusher in filter(None, map(Pusher.read, found.pushers)):
            if pusher.folder != self._own.folder and _now() - pusher.heard < _SILENT:
                raise StoreError(
                    f"{self._remote.address.graphs}: a push from another data folder is under way, or was cut; it was "
                    f"last heard of at {pusher.heard.isoformat(timespec='seconds')}. Wait until it is done, or push "
                    "from there again; an hour after that time this one may take over"
                )

    def _begun(self, found: Marker) -> str | None:
        """What the store held when a push of the same snapshot was cut."""
        pushers = [Pusher.read(text) for text in found.pushers]
        if len(pushers) == 1 and pushers[0] and pushers[0].coming == self._own.coming:
            return pushers[0].before or None
        return None


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)

"""When the data of an answer was published, and whether newer data is there by now."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from chidao.web.workers import current_snapshot

VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version of the data; ``published`` is an ISO date-time of Vietnam, "" where the version is no longer kept."""

    name: str
    published: str
    newest: bool


def describe_snapshot(data_dir: Path, name: str) -> Snapshot:
    """The snapshot by its name. Raises StoreError where nothing was published."""
    return Snapshot(name, _published(data_dir / "snapshots" / name), name == current_snapshot(data_dir))


def newest_snapshot(data_dir: Path) -> Snapshot:
    """The current snapshot. Raises StoreError where nothing was published."""
    return describe_snapshot(data_dir, current_snapshot(data_dir))


def _published(folder: Path) -> str:
    """A snapshot that is published again gets a new time (``graph.publish`` keeps the newest by it)."""
    try:
        made = folder.stat().st_mtime
    except OSError:
        return ""
    return datetime.fromtimestamp(made, VIETNAM).isoformat(timespec="seconds")

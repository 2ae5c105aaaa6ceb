"""Small letters to load, stores of their own, and workers that die: what other processes run must be importable there."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from chidao.graph.store import Store
from chidao.loaders.extraction import Extraction, Options, Order, extract_batch
from chidao.loaders.load import Means, write_sources
from chidao.loaders.load_report import Tally

LETTER = "Số: {number}/KH-UBND\nSơn Dương, ngày 2 tháng 3 năm 2023\n\nKẾ HOẠCH\nvề mùa khô\n\n1. Công an huyện tuần tra rừng.\n"
DEADLY = "ends-its-reader"


def write_letters(folder: Path, count: int) -> list[Path]:
    """So many letters, each with a number of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05}.txt" for number in range(1, count + 1)]
    for number, path in enumerate(paths, 1):
        path.write_text(LETTER.format(number=number), encoding="utf-8")
    return paths


def filled(data_dir: Path, *paths: Path, means: Means = Means(1), secret: bool = False) -> Tally:  # noqa: B008 (frozen)
    """Write the sources to a store without publishing; the messages go to ``data_dir``/said."""
    data_dir.mkdir(exist_ok=True)
    with Store.open(data_dir) as store, (data_dir / "said").open("a") as said:
        return write_sources(paths, store, data_dir, means, lambda words: print(words, file=said), secret)


def stated(data_dir: Path) -> list[str]:
    """Everything that the store in a data folder says, as sorted N-Quads."""
    with Store.open(data_dir) as store:
        return sorted(map(str, store.quads))


def doubled(batch: Sequence[int]) -> list[int]:
    """Twice each number; a negative one ends the process."""
    if any(number < 0 for number in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in batch]


def deadly_batch(options: Options, batch: Sequence[Order]) -> list[Extraction]:
    """As `extract_batch`, but a file of that name ends the process."""
    if any(DEADLY in str(order.where) for order in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return extract_batch(options, batch)


def once_deadly_batch(mark: Path, options: Options, batch: Sequence[Order]) -> list[Extraction]:
    """As `extract_batch`, but the first worker that gets a file of that name dies over it, and no other one."""
    if any(DEADLY in str(order.where) for order in batch) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return extract_batch(options, batch)

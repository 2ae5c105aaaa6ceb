"""A ministry's archive from text to published snapshot, and one document more: seconds and memory.

    python -m benchmarks.archive [--documents 20000] [--jobs 2] [--folder DIR]

writes documents as long as real ones, with as many duties; loads them, samples the memory of all processes together,
and then times what a user waits for who loads one more.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import click

from chidao.loaders.synth.options import Options
from chidao.loaders.synth.write import write_corpus

from .measure import Figure

QUICK, FULL = 200, 20_000
DUTIES, LENGTH = 24, 10_300
"""With so many duties at the top of a chain, documents have 19.3 in the mean."""
ROUNDS = 3
_EVERY = 3.0  # seconds between two samples, which cost the system some hundredths of a second


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended: seconds, and the most memory of it and its processes together, in MB."""

    seconds: float
    peak: float


def run(quick: bool) -> list[Figure]:
    """The figures of 20,000 documents, of 200 where it has to be ``quick``."""
    with tempfile.TemporaryDirectory() as folder:
        return list(measured(Path(folder), QUICK if quick else FULL, 2))


def measured(folder: Path, documents: int, jobs: int) -> Iterator[Figure]:
    """The figures; ``folder`` gets the texts and the data, unless the texts are there."""
    texts, one, data = folder / "corpus" / "texts", folder / "one", folder / "data"
    if not texts.is_dir():
        write_corpus(folder / "corpus", Options(documents + 1, 1, reports=0, duties=DUTIES, length=LENGTH))
        one.mkdir()
        last = max(texts.iterdir())
        last.rename(one / last.name)
    report = folder / "report.json"
    load = _command("load", "--data", data, "--jobs", jobs, "--report", report, texts)
    whole = _run(load)
    said = json.loads(report.read_text(encoding="utf-8"))
    yield Figure("archive_documents", said["counts"]["loaded"], "documents")
    yield Figure("archive_duties_per_document", said["counts"]["duties"] / said["counts"]["documents"], "duties")
    yield Figure("archive_minutes", whole.seconds / 60, "minutes", "text to published snapshot")
    yield Figure("archive_load_seconds", said["seconds"], "s", "reading and writing the sources")
    yield Figure("archive_publish_seconds", said["publishing_seconds"], "s", "what follows, and the snapshot")
    yield Figure("archive_peak", whole.peak, "MB", "all processes together")
    more = [(_run(_command("load", "--data", data, one)), _run(_withdraw(data, one))) for _ in range(ROUNDS)]
    yield Figure("archive_one_more_seconds", median(added.seconds for added, _ in more), "s", "until readers see it")
    yield Figure("archive_one_less_seconds", median(taken.seconds for _, taken in more), "s", "withdrawn")


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "chidao", *map(str, arguments)]


def _withdraw(data: Path, one: Path) -> list[str]:
    (path,) = one.iterdir()
    return _command("withdraw", "--data", data, path)


def _run(command: list[str]) -> Ran:
    started, peak = perf_counter(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sampled = started
    while process.poll() is None:
        if perf_counter() - sampled > _EVERY:
            peak, sampled = max(peak, _memory(process.pid)), perf_counter()
        sleep(0.02)
    if process.returncode:
        raise click.ClickException(f"{' '.join(command)} ended with {process.returncode}")
    return Ran(perf_counter() - started, peak)


def _memory(pid: int) -> float:
    """MB of a process and those that it started, what several share counted once; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        tasks = os.listdir(f"/proc/{pid}/task")
        begun = [Path(f"/proc/{pid}/task/{task}/children").read_text(encoding="utf-8").split() for task in tasks]
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
    return own + sum(_memory(int(child)) for children in begun for child in children)


@click.command()
@click.option("--documents", default=FULL, show_default=True)
@click.option("--jobs", default=2, show_default=True)
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Keep texts and data in DIR; texts are taken from there."
)
def main(documents: int, jobs: int, folder: Path | None) -> None:
    """Measure an archive of so many documents."""
    with tempfile.TemporaryDirectory() as made:
        for figure in measured(folder or Path(made), documents, jobs):
            click.echo(f"{figure.key:34}{figure.value:12,.2f} {figure.unit:12}{figure.note}")


if __name__ == "__main__":
    main()

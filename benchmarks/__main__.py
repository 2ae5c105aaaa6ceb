"""Run the benchmarks, each in a process of its own: ``python -m benchmarks [--quick] [--json] [SECTION…]``."""

import json
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import click

from .measure import Figure, machine, versions
from .report import write_report

SECTIONS = {
    "extraction": "segmenters",
    "load": "loading",
    "queries": "queries",
    "endpoint": "endpoint",
    "growth": "growth",
    "pages": "pages",
}


@click.command()
@click.argument("sections", nargs=-1, type=click.Choice(list(SECTIONS)))
@click.option("--quick", is_flag=True, help="Small corpora and few rounds: minutes, and rougher figures.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a page with plots: docs/benchmarks.md.")
def main(sections: tuple[str, ...], quick: bool, as_json: bool, report: Path | None) -> None:
    """Measure Chidao beside its peers, by turns, and print medians and ratios. All SECTIONS where none is named."""
    figures = list(_run(sections or tuple(SECTIONS), quick, not as_json))
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "machine": machine(),
        "versions": versions(),
        "figures": {figure.key: round(figure.value, 4) for figure in figures},
        "units": {figure.key: figure.unit for figure in figures},
    }
    if report:
        write_report(report, result, figures)
    if as_json:
        click.echo(json.dumps(result, indent=2))


def _run(sections: tuple[str, ...], quick: bool, say: bool) -> Iterator[Figure]:
    """The figures of each section; a fresh process for each, so that none finds what another kept in memory."""
    context = multiprocessing.get_context("spawn")
    for section in sections:
        with ProcessPoolExecutor(1, mp_context=context) as process:
            for figure in process.submit(_figures, SECTIONS[section], quick).result():
                if say:
                    click.echo(f"{section:12}{figure.key:44}{figure.value:14,.3f} {figure.unit:14}{figure.note}")
                yield Figure(**asdict(figure))


def _figures(module: str, quick: bool) -> list[Figure]:
    found: list[Figure] = import_module(f"{__package__}.{module}").run(quick)
    return found


if __name__ == "__main__":
    main()

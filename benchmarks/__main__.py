"""Run the benchmarks: ``python -m benchmarks [--quick] [--json] [--report FILE] [SECTION…]``."""

import json
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import click

from .measure import Figure, machine, versions
from .report import write_report
from .sections import SECTIONS, Measured, measured


@click.command()
@click.argument("sections", nargs=-1, type=click.Choice(list(SECTIONS)))
@click.option("--quick", is_flag=True, help="Small corpora and few rounds: a minute or two, and rougher figures.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON; progress goes to stderr.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a page with plots: docs/benchmarks.md.")
def main(sections: tuple[str, ...], quick: bool, as_json: bool, report: Path | None) -> None:
    """Measure Chidao beside its peers, by turns, and print medians and ratios. All SECTIONS where none is named.

    A section that fails is told of, the others are measured all the same, and the exit status is 1.
    """
    if report and not find_spec("matplotlib"):
        raise click.UsageError('--report draws with matplotlib: pip install -e ".[bench]"')
    found: list[Measured] = []
    for section in measured(sections or tuple(SECTIONS), quick):
        _tell(section, to_stderr=as_json)
        found.append(section)
    figures = [figure for section in found for figure in section.figures]
    about = {
        "date": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "machine": machine(),
        "versions": versions(),
        "seconds": {section.section: round(section.seconds) for section in found},
        "failed": [section.section for section in found if section.problem],
    }
    if report:
        write_report(report, about, figures)
    if as_json:
        click.echo(json.dumps(_as_json(about, figures), indent=2))
    sys.exit(1 if about["failed"] else 0)


def _tell(section: Measured, to_stderr: bool) -> None:
    """Print a section's figures, one a line, or that it failed."""
    for figure in section.figures:
        click.echo(
            f"{section.section:11}{figure.key:42}{_shown(figure):>14} {figure.unit:14}{figure.note}", err=to_stderr
        )
    if section.problem:
        click.echo(f"{section.section}: failed after {section.seconds:.0f} s\n{section.problem}", err=True)


def _shown(figure: Figure) -> str:
    return "not measured" if figure.value is None else f"{figure.value:,.3f}"


def _as_json(about: dict[str, object], figures: list[Figure]) -> dict[str, object]:
    """Figures by key at the top, null where one was not measured; ``about`` says how, ``units`` and ``notes`` what."""
    values = {figure.key: None if figure.value is None else float(f"{figure.value:.6g}") for figure in figures}
    units = {figure.key: figure.unit for figure in figures}
    notes = {figure.key: figure.note for figure in figures if figure.note}
    return {**values, "about": about, "units": units, "notes": notes}


if __name__ == "__main__":
    main()

"""The page of results: a table of all figures, and plots as SVG beside it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .measure import Figure

TARGETS = {
    "load_vs_rdflib": (">=", 4),
    "load_vs_raw_bulk_load": (">=", 0.8),
    "chain_vs_rdflib": (">=", 10),
    "growth_exponent_chain": ("<=", 0.2),
    "endpoint_vs_rdflib_endpoint": (">=", 1.5),
    "endpoint_vs_in_process": (">=", 0.6),
    "source_statements_per_document": ("<=", 600),
}
_HEAD = """# Benchmarks

Written by `python -m benchmarks --report docs/benchmarks.md`: not by hand. Both sides of each ratio ran by turns in one run on one
machine; ratios carry over to other machines, seconds do not. "x" is how many times better Chidao is than the peer that the name of the figure ends in.

"""


def write_report(page: Path, result: Mapping[str, Any], figures: Iterable[Figure]) -> None:
    """Write the page, and beside it one plot of the ratios and one of the growth."""
    figures = list(figures)
    lines = [_HEAD, f"Date {result['date']}; {'small corpora' if result['quick'] else 'full run'}. "]
    lines.append(", ".join(f"{name} {value}" for name, value in result["machine"].items()) + ".\n")
    lines.append(", ".join(f"{name} {value}" for name, value in result["versions"].items()) + ".\n\n")
    plots = _plots(page, figures)
    lines += [f"![{title}]({path.name})\n" for title, path in plots.items()]
    lines.append("\n| figure | value | unit | target | note |\n|---|---:|---|---|---|\n")
    lines += [_row(figure) for figure in figures]
    page.write_text("".join(lines), encoding="utf-8")


def _row(figure: Figure) -> str:
    sign, bound = TARGETS.get(figure.key, ("", None))
    target = f"{sign} {bound}" if bound is not None else ""
    return f"| {figure.key} | {figure.value:,.3f} | {figure.unit} | {target} | {figure.note} |\n"


def _plots(page: Path, figures: list[Figure]) -> dict[str, Path]:
    """Title -> file. matplotlib belongs to ``[bench]``."""
    from matplotlib import pyplot  # noqa: PLC0415 - only the page needs it

    pyplot.switch_backend("svg")
    ratios = [figure for figure in figures if figure.unit == "x" and 0 < figure.value < float("inf")]
    file = page.with_name(f"{page.stem}-ratios.svg")
    drawing, axes = pyplot.subplots(figsize=(9, 1 + 0.26 * len(ratios)))
    axes.barh([figure.key for figure in ratios], [figure.value for figure in ratios])
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.set_xlabel("times the peer (logarithmic; right of the line is better)")
    axes.invert_yaxis()
    drawing.savefig(file, bbox_inches="tight", metadata={"Date": None})
    pyplot.close(drawing)
    return {"Ratios to the peers": file}

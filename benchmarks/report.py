"""The page of results: what was aimed at, plots, and a table of all figures with what each compares."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .measure import Figure
from .plots import draw

TARGETS = {
    "load_vs_rdflib": (">=", 4.0),
    "load_vs_raw_bulk_load": (">=", 0.8),
    "chain_vs_rdflib": (">=", 10.0),
    "growth_exponent_chain": ("<=", 0.2),
    "endpoint_vs_rdflib_endpoint": (">=", 1.5),
    "endpoint_vs_in_process": (">=", 0.6),
    "source_statements_per_document": ("<=", 600.0),
}
_HEAD = """# Benchmarks

Written by `python -m benchmarks --report docs/benchmarks.md`, not by hand ([how to run it](#running-them)). Both sides of each ratio ran by
turns in one run on one machine; ratios carry over to other machines, seconds do not. A ratio ("x") is how many times better Chidao is than the
peer in which the name of the figure ends. What could not be measured says why.

"""
_RUNNING = """## Running them

```console
$ pip install -e ".[bench]"                            # the peers; Virtuoso and wrk come from the system: apt install virtuoso-opensource-7 wrk
$ python -m benchmarks --quick                         # small corpora, a minute or two
$ python -m benchmarks --json endpoint growth          # single sections, as JSON
$ python -m benchmarks --report docs/benchmarks.md     # everything, and this page: about an hour, 6 GB of memory, 10 GB of disk
```

A peer that is not installed is left out, and its figures are null with the reason. Every peer has a permissive licence (Apache-2.0, BSD, MIT) or
the LGPL (owlready2), but for Virtuoso (GPL 2), which is only run as a server, where the system has it.

"""


def write_report(page: Path, about: Mapping[str, Any], figures: Iterable[Figure]) -> None:
    """Write the page, and its plots beside it."""
    figures = list(figures)
    plots = draw(page, figures, TARGETS)
    page.write_text("".join(_lines(about, figures, plots)), encoding="utf-8")


def _lines(about: Mapping[str, Any], figures: list[Figure], plots: Mapping[str, Path]) -> Iterator[str]:
    yield _HEAD
    yield f"{about['date']}; {'small corpora (`--quick`); the aims are those of a full run' if about['quick'] else 'full run'}. "
    yield ", ".join(f"{name} {value}" for name, value in about["machine"].items()) + ".\n\n"
    yield ", ".join(f"{name} {value}" for name, value in about["versions"].items()) + ".\n\n"
    if about["failed"]:
        yield f"These sections failed and have no figures: {', '.join(about['failed'])}.\n\n"
    yield "## Aims\n\n| figure | aim | found | |\n|---|---:|---:|---|\n"
    yield from (_aim(figure) for figure in figures if figure.key in TARGETS)
    yield "\n"
    yield from (f"## {title}\n\n![{title}]({path.name})\n\n" for title, path in plots.items())
    yield "## All figures\n\n| figure | value | unit | what |\n|---|---:|---|---|\n"
    yield from (f"| {figure.key} | {_shown(figure)} | {figure.unit} | {_cell(figure.note)} |\n" for figure in figures)
    yield "\n" + _RUNNING.rstrip() + "\n"


def _aim(figure: Figure) -> str:
    sign, bound = TARGETS[figure.key]
    if figure.value is None:
        verdict = "not measured"
    else:
        verdict = "reached" if (figure.value >= bound if sign == ">=" else figure.value <= bound) else "**missed**"
    return f"| {figure.key} | {'≥' if sign == '>=' else '≤'} {bound:g} | {_shown(figure)} | {verdict} |\n"


def _shown(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return f"{figure.value:,.0f}" if abs(figure.value) >= 1000 else f"{figure.value:.3g}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

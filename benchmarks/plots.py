"""The plots of the results page, as SVG with text as text: small files that can be searched. matplotlib draws them."""

import re
from collections.abc import Mapping
from math import ceil, floor, log10
from pathlib import Path
from typing import TYPE_CHECKING

from .measure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREY = "#1f5a96", "#c55a11", "#767676"
_AT = re.compile(r"(?P<name>[a-z-]+)_at_(?P<size>\d+)")
Targets = Mapping[str, tuple[str, float]]


def draw(page: Path, figures: list[Figure], targets: Targets) -> dict[str, Path]:
    """Draw what there are figures for; title -> file."""
    ratios = [each for each in figures if each.unit == "x" and each.value and not each.key.startswith("query_")]
    queries = [each for each in figures if each.unit == "x" and each.value and each.key.startswith("query_")]
    growth = [each for each in figures if _AT.fullmatch(each.key) and each.unit == "ms" and each.value]
    drawn: dict[str, Path] = {}
    if ratios:
        drawn["Ratios to the peers"] = _bars(page.with_name(f"{page.stem}-ratios.svg"), ratios, targets)
    if queries:
        drawn["Shipped queries beside other engines"] = _bars(page.with_name(f"{page.stem}-queries.svg"), queries, {})
    if growth:
        drawn["Growth with the store"] = _growth(page.with_name(f"{page.stem}-growth.svg"), growth)
    return drawn


def _bars(file: Path, figures: list[Figure], targets: Targets) -> Path:
    """A bar from 1 for each ratio, on a logarithmic axis, with its number beside the name; a mark where an aim is."""
    from matplotlib import pyplot  # noqa: PLC0415 - only the page needs it

    _prepare()
    _, axes = pyplot.subplots(figsize=(9, 1 + 0.27 * len(figures)))
    values = [figure.value or 1 for figure in figures]
    colours = [BLUE if value >= 1 else ORANGE for value in values]
    names = [f"{figure.key}   {value:.3g}" for figure, value in zip(figures, values, strict=True)]
    axes.barh(names, [value - 1 for value in values], left=1, color=colours, height=0.7)
    for at, figure in enumerate(figures):
        if figure.key in targets:
            axes.plot(targets[figure.key][1], at, marker="|", markersize=14, markeredgewidth=2, color="black")
    axes.set_xscale("log")
    axes.set_xlim(min(*values, 1) / 2.5, max(*values, 1) * 2.5)
    axes.axvline(1, color="black", linewidth=1)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_xlabel("times the peer, logarithmic: right of 1 Chidao is better" + ("; | is the aim" if targets else ""))
    axes.invert_yaxis()
    axes.margins(y=0.01)
    return _finish(file, axes)


def _growth(file: Path, figures: list[Figure]) -> Path:
    """Milliseconds over statements for each query, both logarithmic; what grows as the store does rises as the grey line."""
    from matplotlib import pyplot  # noqa: PLC0415

    _prepare()
    _, axes = pyplot.subplots(figsize=(9, 4.5))
    lines: dict[str, list[tuple[int, float]]] = {}
    for figure in figures:
        found = _AT.fullmatch(figure.key)
        assert found
        lines.setdefault(found["name"], []).append((int(found["size"]), figure.value or 0))
    for name, points in lines.items():
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    (first, low), *_, (last, _) = min(lines.values(), key=lambda points: points[0][1])
    axes.plot([first, last], [low, low * last / first], color=GREY, linestyle="--", label="grows as the store does")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.minorticks_off()
    highest = max(time for points in lines.values() for _, time in points)
    axes.set_ylim(10 ** floor(log10(low) - 0.1), 10 ** ceil(log10(highest)))
    axes.set_xlabel("statements in the store")
    axes.set_ylabel("milliseconds, median")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return _finish(file, axes)


def _prepare() -> None:
    from matplotlib import pyplot, rcParams  # noqa: PLC0415

    pyplot.switch_backend("svg")
    rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "chidao", "font.family": "sans-serif", "font.size": 9})


def _finish(file: Path, axes: "Axes") -> Path:
    from matplotlib import pyplot  # noqa: PLC0415

    axes.grid(axis="both", which="major", color="#dddddd")
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    pyplot.savefig(file, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close("all")
    return file

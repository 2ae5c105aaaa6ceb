"""Extraction beside two Vietnamese word segmenters: they only split words, Chidao reads the whole record.

A system that reads directives with a general toolkit begins with such a segmentation, so its time is a floor of theirs.
Seconds are those of the processor, in one process.
"""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from importlib import import_module
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText, read_source

from .measure import Figure, interleaved, times_quicker

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PEERS = {"underthesea": ("underthesea", "word_tokenize"), "pyvi": ("pyvi.ViTokenizer", "tokenize")}


def run(quick: bool) -> list[Figure]:
    """Characters a second of each side on the shipped samples, and the ratios. The segmenters belong to ``[bench]``."""
    texts = [read_source(path).text for path in sorted(SAMPLES.glob("*.txt"))]
    found = {name: _function(*where) for name, where in PEERS.items()}
    peers = {name: partial(_split_all, split, texts) for name, split in found.items() if split}
    seconds = interleaved(
        {"chidao": partial(_extract_all, texts, count())} | peers, 3 if quick else 9, clock=process_time
    )
    length = sum(map(len, texts))
    speeds = [Figure(f"extract_{name}", length / median(spent), "characters/s") for name, spent in seconds.items()]
    return speeds + [_ratio(name, seconds) for name in PEERS]


def _ratio(name: str, seconds: dict[str, list[float]]) -> Figure:
    if name not in seconds:
        return Figure(f"extract_vs_{name}", None, note=f"{name} is not installed (extra bench)")
    note = f"the whole record of each sample, beside {name} splitting the same texts into words; one process each"
    return Figure(f"extract_vs_{name}", times_quicker(seconds, "chidao", name), note=note)


def _function(module: str, name: str) -> Callable[[str], object] | None:
    try:
        found: Callable[[str], object] = getattr(import_module(module), name)
    except ImportError:
        return None
    return found


def _extract_all(texts: list[str], turns: Iterator[int]) -> None:
    """Extract each text with one more blank line than last time, so that nothing kept of it is found again."""
    blank = "\n" * next(turns)
    for text in (each + blank for each in texts):
        extract(SourceText("sample", sha256(text.encode()).hexdigest(), "text/plain", text), allow_secret=True)


def _split_all(split: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        split(text)

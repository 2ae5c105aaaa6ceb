"""Extraction beside two Vietnamese word segmenters: they only split words, Chidao reads the whole record.

A system that reads directives with a general toolkit begins with such a segmentation, so its time is a floor of theirs.
"""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from importlib import import_module
from itertools import count
from pathlib import Path
from statistics import median

from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText, read_source

from .measure import Figure, interleaved, times_quicker

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def run(quick: bool) -> list[Figure]:
    """Characters a second of each side on the shipped samples, and the ratios. The segmenters belong to ``[bench]``."""
    texts = [read_source(path).text for path in sorted(SAMPLES.glob("*.txt"))]
    length = sum(map(len, texts))
    peers = {name: found for name, found in _segmenters().items() if found}
    sides = {"chidao": partial(_extract_all, texts, count())} | {
        name: partial(_split_all, split, texts) for name, split in peers.items()
    }
    seconds = interleaved(sides, 3 if quick else 9)
    speeds = [Figure(f"extract_{name}", length / median(spent), "characters/s") for name, spent in seconds.items()]
    return speeds + [Figure(f"extract_vs_{name}", times_quicker(seconds, "chidao", name)) for name in peers]


def _segmenters() -> dict[str, Callable[[str], object] | None]:
    return {"underthesea": _function("underthesea", "word_tokenize"), "pyvi": _function("pyvi.ViTokenizer", "tokenize")}


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

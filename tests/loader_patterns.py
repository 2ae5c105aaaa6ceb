"""Every compiled pattern of the loaders, and whether texts are searched with it or only matched at one place."""

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path

from chidao.loaders.phrases import pattern

LOADERS = Path(__file__).resolve().parent.parent / "loaders"
TABLES = (
    ("modality", "phrase"),
    ("predicates", "word"),
    ("commands", "verb"),
    ("section_titles", "words"),
    ("subjects", "phrase"),
)
SEARCHING = "search|finditer|findall|sub|split"


def all_patterns() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Name, pattern, and whether it is searched with, of every pattern in a module, and of every phrase table."""
    for path in sorted(LOADERS.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        module = import_module(f"chidao.loaders.{path.stem}")
        for name, value in vars(module).items():
            another = (
                value.__module__ != module.__name__ if hasattr(value, "cache_info") else f"\n{name} = " not in source
            )
            if another and f"\n{name}: " not in source:
                continue
            searched = re.search(rf"\b{name}(?:\(\))?\.(?:{SEARCHING})\(|\bin {name}\b|{name}\)\)", source)
            for label, compiled in _patterns_in(name, value):
                yield f"{path.stem}.{label}", compiled, searched is not None
    for table, column in TABLES:
        yield f"{table}.csv", pattern(table, column), True


def _patterns_in(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | list):
        for at, each in enumerate(value):
            yield from _patterns_in(f"{name}[{at}]", each)
    elif hasattr(value, "cache_info") and not signature(value).parameters:  # type: ignore[arg-type]
        yield from _patterns_in(f"{name}()", value())  # type: ignore[operator]

"""What the register costs: time to load, memory, time a mention, and what its places add to a new store.

    python benchmarks/register.py

Mentions are those of ``tests/body_phrases.csv``, each in its context, over and over: names repeat within a text and
between texts. Times are those of the processor, so that other work on the machine does not count.
"""

import csv
import re
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import pyoxigraph

from chidao.graph.place_base import keep_places
from chidao.ontology.mentions import Context
from chidao.ontology.register import Register, register
from chidao.ontology.spelling import key
from chidao.ontology.words import Word, read_words

ROUNDS, REPEATS = 20, 10
TABLE = Path(__file__).resolve().parent.parent / "tests" / "body_phrases.csv"


def main() -> None:
    """Print one figure a line."""
    before, started = _peak(), process_time()
    known = register()
    known.resolve("Sở Y tế tỉnh Hà Tĩnh", Context(None, "2021-05-01"))
    _say("seconds to load", process_time() - started)
    _say("MB of memory", _peak() - before)
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["means"] != "date"]
    mentions = [(read_words(row["phrase"]), Context(row["place"] or None, row["date"] or None)) for row in rows]
    _compare(known, mentions, [row["phrase"] for row in rows])
    for path in known.places:
        known.places[path]
    list(known.place_changes)
    _say("MB with every place and change made", _peak() - before)
    with tempfile.TemporaryDirectory() as folder:
        store = pyoxigraph.Store(folder)
        for what in ("seconds to put the places into a new store", "seconds where they are there already"):
            started = process_time()
            keep_places(store)
            _say(what, process_time() - started)
        del store  # its files go with it


def _compare(known: Register, mentions: Sequence[tuple[Sequence[Word], Context]], phrases: Sequence[str]) -> None:
    """Time a mention, beside two ways that read less: one expression of all names, a dictionary of whole phrases."""
    names = sorted((" ".join(keys) for keys, _ in known.gazetteer.stems.items()), key=len, reverse=True)
    expression = re.compile("|".join(map(re.escape, names)))
    plain, keys = {key(phrase): phrase for phrase in phrases}, [key(phrase) for phrase in phrases]
    spelled = [" ".join(word.key for word in words) for words, _ in mentions]
    register_time = _best(lambda: [known.gazetteer.match(words, 0, context) for words, context in mentions])
    _say("microseconds a mention: name, place, day, choice", register_time / len(mentions) * 1e6)
    peer = _best(lambda: [expression.match(text) for text in spelled])
    _say("microseconds for one regular expression of the names (no place, no day)", peer / len(mentions) * 1e6)
    _say("times that", register_time / peer)
    peer = _best(lambda: [plain[each] for each in keys])
    _say("microseconds for a dictionary of whole phrases (no context)", peer / len(mentions) * 1e6)
    _say("times that", register_time / peer)


def _best(work: Callable[[], object]) -> float:
    """The seconds of the processor for one round, in the best of some repeats: other work only ever adds."""
    found: list[float] = []
    for _ in range(REPEATS):
        started = process_time()
        for _ in range(ROUNDS):
            work()
        found.append((process_time() - started) / ROUNDS)
    return min(found)


def _peak() -> float:
    """The most memory so far, in MB (Linux counts in KiB, macOS in bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def _say(what: str, figure: float) -> None:
    print(f"{figure:10.3f}  {what}")


if __name__ == "__main__":
    main()

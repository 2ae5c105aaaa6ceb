"""What a synthetic corpus costs: documents a second on one core, and memory that does not grow with the corpus.

    python benchmarks/synth.py [DOCUMENTS]

Times are those of the processor; the register is loaded before. Nothing is kept of what is written.
"""

import resource
import sys
import tempfile
from pathlib import Path
from time import process_time

from chidao.loaders.synth.options import Options
from chidao.loaders.synth.write import write_corpus

WARM_UP = 200


def main() -> None:
    """Print one figure a line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    _written(WARM_UP)
    first, before = _written(count // 4)
    whole, after = _written(count)
    _say("documents a second", count / whole)
    _say("documents a second, a quarter of them", (count // 4) / first)
    _say("MB of memory after a quarter", before)
    _say("MB of memory after all", after)


def _written(count: int) -> tuple[float, float]:
    """Seconds for a corpus of so many documents, and the most memory so far in MB."""
    with tempfile.TemporaryDirectory() as folder:
        started = process_time()
        write_corpus(Path(folder), Options(count, seed=1))
        spent = process_time() - started
    scale = 1024 if sys.platform == "linux" else 1024**2
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def _say(what: str, figure: float) -> None:
    print(f"{figure:10.1f}  {what}")


if __name__ == "__main__":
    main()

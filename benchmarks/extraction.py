"""Measure extraction: characters a second by stage, and how time grows with the length of the text.

    python benchmarks/extraction.py [TEXT…]      # the shipped samples by default

Prints for each stage the characters a second over all texts (best of several runs, warm), then how much longer twice
the text takes: for the texts joined and repeated, for their words as one paragraph, for the worst texts of each
pattern, and for texts that repeat one unit. A ratio above 2.5 is marked.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from chidao.loaders.citations import find_citations
from chidao.loaders.clean import clean
from chidao.loaders.extract import extract, read_head
from chidao.loaders.layout import paragraphs_of
from chidao.loaders.obligations import find_obligations
from chidao.loaders.read import SourceText, read_source

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # what finds the patterns and their worst texts is shared with the tests

from backtracking import pumps, worst_texts  # noqa: E402
from loader_patterns import all_patterns  # noqa: E402

T = TypeVar("T")
RUNS, LENGTH, RATIO, NOTICEABLE = 7, 2000, 2.5, 0.0005
LONG = 1_000_000
"""So many code points has a long text, before it is doubled."""
HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NINH\nSố: 12/KH-UBND\nQuảng Ninh, ngày 02 tháng 3 năm 2023\nKẾ HOẠCH\nvề đò ngang\n\n"
)
# What texts are made of, repeated without end: each once made some reader look back over all of it
UNITS = (
    "a", " ", "\n", "- ", "*", "|", "| a | b |\n", "1. a\n", "Điều 1. a\n", "a:\n", "ABC\n", "(", '"', "...", "ab-", "\u200b", "a\u0301",
    "ĐẾN\n", "Kính gửi:\n", "Nơi nhận:\n", "TM. BAN\n", "Hà Nội, ngày ", "PHỤ LỤC\n", "(Kèm theo Quyết định ", "(Ban Chỉ đạo)\n",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "số ", "1/a ", "12/KH-UBND ", "Chỉ thị số 07 ", "Luật a số ", "các văn bản chỉ đạo của ",
    "Căn cứ Kế hoạch số 12/KH-UBND ngày 02/3/2023;\n", "đã ban hành Kế hoạch ", "vừa ký Công điện 478-CĐ/TU ", "sửa đổi, ", "UBND-",
    "Sở Y tế báo cáo; ", "thực hiện; ", "Sở Y tế, ", "các sở, ban, ngành, ", "giao Sở Y tế ", "yêu cầu ", "báo cáo kết quả về ",
    "phối hợp với ", "để ", "nếu có ", "trong 5 ngày kể từ ngày ", "hằng ngày ", "trước ", "huyện Ba Chẽ, ", "Nguyễn Văn A\n",
    "Sở Y tế báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2023.\n",
)  # fmt: skip


def source(name: str, text: str) -> SourceText:
    """A text as it is read."""
    return SourceText(name, sha256(text.encode()).hexdigest(), "text/plain", text)


def timed(spent: dict[str, float], stage: str, work: Callable[[], T]) -> T:
    """What the work gives; its processor time is added to the stage."""
    began = time.process_time()
    done = work()
    spent[stage] += time.process_time() - began
    return done


def stages(path: Path, run: int, spent: dict[str, float]) -> int:
    """One text read and extracted, then stage by stage; its length.

    Each run appends another blank line or two, so that nothing which a run before kept of the text is found again.
    """
    read = timed(spent, "read", lambda: read_source(path))
    text = replace(read, text=read.text + "\n" * run)
    timed(spent, "extract", lambda: extract(text, allow_secret=True))
    cleaned = timed(spent, "clean", lambda: clean(text.text))
    timed(spent, "fold", lambda: cleaned.key)
    head = timed(spent, "head", lambda: read_head(cleaned, text.sha256))
    body = timed(spent, "paragraphs", lambda: paragraphs_of(cleaned, *head.body))
    timed(spent, "citations", lambda: find_citations(cleaned, body, head.documents, head.reading))
    timed(spent, "duties", lambda: find_obligations(cleaned, body, head.documents, head.reading))
    return len(read.text)


def speeds(paths: list[Path]) -> None:
    """Print the characters a second of each stage."""
    best: dict[str, float] = defaultdict(lambda: float("inf"))
    for run in range(RUNS):
        spent: dict[str, float] = defaultdict(float)
        length = sum(stages(path, run, spent) for path in paths)
        spent = {"read and extract": spent["read"] + spent["extract"], **spent}
        best.update({stage: min(best[stage], seconds) for stage, seconds in spent.items()})
    print(f"{len(paths)} texts, {length:,} characters")
    for stage, seconds in best.items():
        print(f"{stage:22}{length / seconds / 1e6:8.2f} M characters/s{seconds * 1e3:9.1f} ms")


def seconds(work: Callable[[], object]) -> float:
    """The processor time of the work, best of three runs."""
    spent: dict[str, float] = defaultdict(float)
    for run in range(3):
        timed(spent, str(run), work)
    return min(spent.values())


def pattern_growth() -> None:
    """Print the worst ratio of twice the text to once over all patterns, and each that exceeds the limit."""
    worst = ("none took a noticeable time", 0.0)
    for name, compiled, searched in all_patterns():
        run = compiled.search if searched else compiled.match
        for prefix, pump in pumps(compiled):
            texts = zip(worst_texts(prefix, pump, LENGTH), worst_texts(prefix, pump, 2 * LENGTH), strict=True)
            for once, twice in texts:
                many = seconds(partial(run, twice))
                ratio = many / seconds(partial(run, once)) if many > NOTICEABLE else 0.0
                worst = max(worst, (f"{name} on {prefix + pump!r}", ratio), key=lambda one: one[1])
    print(f"patterns: twice the text takes at most {worst[1]:.2f} times as long ({worst[0]})")


def long_growth(paths: list[Path]) -> None:
    """Print the speed over long texts made of the given ones, and the ratio of twice the text to once."""
    texts = [read_source(path).text for path in paths]
    joined = {"texts joined": "\n\n".join(texts), "one paragraph": " ".join(" ".join(texts).split())}
    for name, text in joined.items():
        times = []
        for size in (LONG, 2 * LONG):
            long = source(name, (HEAD + (text + " ") * (size // len(text) + 1))[:size])
            times.append(seconds(partial(extract, long, allow_secret=True)))
        mark = "  <- more than proportional" if times[1] > RATIO * times[0] else ""
        speed = 2 * LONG / times[1] / 1e6
        print(f"{name:22}{speed:8.2f} M characters/s over {2 * LONG:,}, ratio {times[1] / times[0]:5.2f}{mark}")


def text_growth() -> None:
    """Print for texts that repeat one unit the time a character, and the ratio of twice the text to once."""
    for unit in UNITS:
        once, twice = (source("worst", HEAD + unit * (size // len(unit))) for size in (10 * LENGTH, 20 * LENGTH))
        few, many = (seconds(partial(extract, text, allow_secret=True)) for text in (once, twice))
        mark = "  <- more than proportional" if many > RATIO * few else ""
        print(f"text of {unit!r:56} {many * 1e6 / (20 * LENGTH):7.2f} us/character  ratio {many / few:5.2f}{mark}")


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]] or sorted((ROOT / "samples").glob("*.txt"))
    speeds(given)
    long_growth(given)
    pattern_growth()
    text_growth()

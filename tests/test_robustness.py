"""Damaged texts: whatever happens to a document, it is read without an error, and every quote stands in it."""

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from chidao.graph.model import Record, Span
from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText

ROOT = Path(__file__).resolve().parent.parent
CHUNKS, MUTATIONS = 40, 250
"""So many chunks of so many damaged texts are read."""
LONGEST = 3500
"""Texts are damaged in a window of so many code points: damage counts, not length."""
SEALED = ("017", "039", "054", "068", "074")
"""Texts that are kept for judging; nothing here reads them."""
ODD = (
    "\0\x1c\x85\xa0\xad\u0301\u0323\u200b\u200d\u2028\ufeff\uf0b7İıſßǅĐÐ\u0130\U0001f600\ud7ff\ufffd０１²٣"
    "|*#_\\/-–()[]{}<>\"'“”.,;:%&$\t\r\n  "
)


def _texts() -> list[str]:
    """The samples, and the real texts where they are present."""
    corpus = ROOT.parent / "shared" / "corpus"
    files = [*(ROOT / "samples").glob("*.txt"), *corpus.rglob("*.txt")]
    return [f.read_text(encoding="utf-8") for f in sorted(files) if not f.name.startswith(SEALED)]


def _window(text: str, dice: random.Random) -> str:
    start = dice.choice((0, 0, dice.randrange(len(text))))
    return text[start : start + LONGEST]


def _cut(text: str, dice: random.Random) -> str:
    return text[: dice.randrange(len(text) + 1)] if dice.random() < 0.5 else text[dice.randrange(len(text) + 1) :]


def _delete(text: str, dice: random.Random) -> str:
    start = dice.randrange(len(text) + 1)
    return text[:start] + text[start + dice.randint(1, 300) :]


def _repeat(text: str, dice: random.Random) -> str:
    start = dice.randrange(len(text) + 1)
    return text[:start] + text[start : start + dice.randint(1, 200)] * dice.randint(2, 6) + text[start:]


def _swap_lines(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _join_lines(text: str, dice: random.Random) -> str:
    return text.replace("\n", dice.choice((" ", "", "\n\n", "\r\n", "|", "\t")))


def _scatter(text: str, dice: random.Random) -> str:
    letters = list(text)
    for _ in range(dice.randint(1, 40)):
        at = dice.randrange(len(letters) + 1)
        odd = (
            dice.choice(ODD)
            if dice.random() < 0.8
            else chr(dice.choice((0x250, 0x1E00, 0x4E00, 0x1F300)) + dice.randrange(200))
        )
        letters[at : at + dice.randint(0, 1)] = odd
    return "".join(letters)


def _recase(text: str, dice: random.Random) -> str:
    start = dice.randrange(len(text) + 1)
    end = start + dice.randint(1, 2000)
    change = dice.choice((str.upper, str.lower, str.title, str.swapcase))
    return text[:start] + change(text[start:end]) + text[end:]


def _renormalise(text: str, dice: random.Random) -> str:
    return unicodedata.normalize(dice.choice(("NFD", "NFKD", "NFKC")), text)


def _shuffle_words(text: str, dice: random.Random) -> str:
    words = text.split(" ")
    start = dice.randrange(len(words))
    part = words[start : start + 40]
    dice.shuffle(part)
    return " ".join([*words[:start], *part, *words[start + 40 :]])


DAMAGE: tuple[Callable[[str, random.Random], str], ...] = (
    _cut,
    _delete,
    _repeat,
    _swap_lines,
    _join_lines,
    _scatter,
    _recase,
    _renormalise,
    _shuffle_words,
)


def _damaged(texts: Sequence[str], dice: random.Random) -> str:
    text = _window(dice.choice(texts), dice)
    for _ in range(dice.randint(1, 4)):
        text = dice.choice(DAMAGE)(text, dice)
    return text


def spans_of(record: Record) -> Iterator[Span]:
    """Every quote of a record."""
    for document in record.documents:
        yield from (claim.evidence for claim in document.claims)
        yield from (reception.evidence for reception in document.received)
    for quoted in (record.citations, record.collective_citations, record.oral_instructions):
        yield from (each.evidence for each in quoted)
    yield from (each.evidence for each in (*record.obligations, *record.unresolved))
    yield from record.unread


def read(text: str) -> Record:
    """The record of a text."""
    return extract(SourceText("a.txt", sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "text/plain", text))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damaged_texts_are_read_with_exact_quotes(chunk: int) -> None:
    """10,000 damaged texts: no error, and ``text[start:end] == exact`` for every quote, with something in it."""
    texts = _texts()
    for number in range(MUTATIONS):
        text = _damaged(texts, random.Random(1000 * chunk + number))  # noqa: S311  # repeatable damage, no secret
        for span in spans_of(read(text)):
            assert text[span.start : span.end] == span.exact, (chunk, number, span)
            assert span.exact.strip(), (chunk, number, span)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\0", "/", "số", "Số:", "Kính gửi:", "Nơi nhận:", "KẾ HOẠCH", "1.", "Điều 1.", "\u0301", "a\u0301"],
)
def test_hardly_any_text(text: str) -> None:
    """A text of a word, or of none, is read too."""
    assert all(text[span.start : span.end] == span.exact for span in spans_of(read(text)))

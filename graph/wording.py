"""The words of a duty as tokens: known phrases as one token each, with what they weigh in a comparison.

The phrases stand in ``ontology/wording/phrases.csv`` with their class: words of grammar and of level weigh nothing,
boilerplate ("tăng cường", "tiếp tục", "công tác") and names of bodies little, usual administrative verbs something,
and what a duty is about ("sạt lở", "tiêm phòng") most. Phrases of one concept count as the same word.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from chidao.ontology.words import Trie, Word, keys_of, read_words

FUNCTION, COORDINATOR, RESTRICTOR, EMPHASIS, FRAME, ACTION, ORGAN, LEVEL, CONTENT, HEAD, MARK = (
    "function",
    "coordinator",
    "restrictor",
    "emphasis",
    "frame",
    "action",
    "organ",
    "level",
    "content",
    "head",
    "mark",
)

ORGANS = frozenset({"state", "party"})  # what lines.csv says of organs whose own documents direct others
BODY = "body "  # begins the key of a body that is told by its line of work

# "- Rà soát", "2.14. UBND các huyện", "a) Lập danh mục", "(6) Từ 16/4", "1. **Sở Tài chính"
_NUMBER = re.compile(r"\s*(?:[-–—+*•]+\s*|\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)\s*[.)\-/]+\s*)+", re.IGNORECASE)
_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
_CLOCK = r"\d{1,2}\s*(?:h|giờ|g)\s*(?:\d{2})?\s*(?:['’′]|phút)?"
# "hoàn thành trước 17h00’ ngày 31/5/2023", "trước ngày 25 hằng tháng", "trong tháng 5/2023", "vào thứ Sáu hằng tuần",
# "trong vòng 05 ngày làm việc kể từ ngày nhận", "10/4/2023"
_TIME = re.compile(
    rf"""(?:,\s*)?(?:\b(?:hoàn\s+thành|xong|chậm\s+nhất|muộn\s+nhất)\s+)?
    (?: \b(?:trước|đến\s+hết|vào|chậm\s+nhất\s+là)\s+(?:{_CLOCK}\s*)?(?:,\s*)?(?:ngày\s+)?
        (?:{_DAY}|\d{{1,2}}\b(?=\s*h[ằà]ng))
      | \b(?:trước|vào)\s+{_CLOCK}(?=\s*(?:h[ằà]ng|mỗi))
      | \btrong\s+vòng\s+\d+\s+(?:giờ|phút|ngày|tuần|tháng)(?:\s+làm\s+việc)?(?:\s+kể\s+từ\s+(?:ngày|khi)\s+\w+)?
      | \btrong\s+(?:tháng|quý|năm)\s+[\dIVX]+(?:\s*/\s*\d{{4}}|\s+năm\s+\d{{4}})?
      | \b(?:ngày\s+)?(?:{_DAY})(?=\W|$)
      | \bvào\s+thứ\s+\w+ | \b\d+\s*/\s*24\b
    )
    (?:\s*,?\s*(?:định\s+kỳ\s+)?(?:h[ằà]ng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm))?
    | \b(?:định\s+kỳ\s+)?h[ằà]ng\s+(?:ngày|tuần|tháng|quý|năm)""",
    re.IGNORECASE | re.VERBOSE,
)
_JOINING = frozenset({",", ";", ":", "và", "đề", "nghị", "các"})  # between and before the names of bearers
_THROUGH = re.compile(r"\(\s*(?:thông\s+)?qua\s[^()]*\)", re.IGNORECASE)  # "(qua Sở Y tế để tổng hợp)"


@dataclass(frozen=True, slots=True)
class Token:
    """One phrase or syllable: what it is compared by, its class, and its code points in the text."""

    key: str
    kind: str
    start: int
    end: int
    surface: str


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``ontology/wording/<name>.csv``."""
    text = files("chidao.ontology").joinpath("wording", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1 << 12)
def duty_tokens(text: str, bearers: tuple[str, ...] = ()) -> tuple[Token, ...]:
    """The tokens of a duty without its number, its times, the bodies in brackets through which it is reported, and
    without the ``bearers`` that it names at its head."""
    kept = _blanked(text)
    words = [word for word in read_words(kept) if word.key not in "¶\"*'"]
    return tuple(_tokens(words[_after_bearers(words, bearers) :]))


def clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens between full stops and semicolons."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == MARK and token.surface in {".", ";"}:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _blanked(text: str) -> str:
    """The text with what is not compared as blanks, so that offsets stay."""
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    rest = text[start:]
    for pattern in (_THROUGH, _TIME):
        rest = pattern.sub(lambda found: " " * len(found.group()), rest)
    return " " * start + rest


def _after_bearers(words: Sequence[Word], bearers: Sequence[str]) -> int:
    """The index of the first word that is not part of a bearer's name: "2. Sở Y tế chủ trì" -> that of "chủ".

    A name is there from its first word on, and a verb ends it though its words stand in the name: in "Đoàn xã Tập Ngãi
    tập trung" as in "Tuyên truyền" of a Ban Tuyên giáo nothing but the name goes.
    """
    names = [_name_words(bearer) for bearer in bearers]
    named = {word for name in names for word in name}
    neighbours = {pair for name in names for pair in pairwise(name)}
    starts = {name[0] for name in names if name}
    at, begun = 0, False
    while at < len(words):
        word = words[at].key
        if word not in _JOINING:
            verb = begun and (words[at - 1].key, word) not in neighbours and _is_verb(words, at)
            if word not in (named if begun else starts) or verb:
                break
            begun = True
        at += 1
    return 0 if at == len(words) else at


@lru_cache(maxsize=1 << 12)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in read_words(name))


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """True where a known phrase of what is done begins with a small letter: "tập trung", "kiểm tra"."""
    hit = None if words[at].capital else _phrases().longest(words, at)
    return hit is not None and hit[0] > at + 1 and hit[1][0] in {ACTION, FRAME, EMPHASIS}


@cache
def _phrases() -> Trie[tuple[str, str]]:
    trie: Trie[tuple[str, str]] = Trie()
    for row in table("phrases"):
        if row["class"] != HEAD:
            trie.add(keys_of(row["phrase"]), (row["class"], row["concept"]))
    return trie


@cache
def _heads() -> Trie[str]:
    """Words that begin a body's name where a line of work follows them: "Phòng" in "Phòng Y tế"."""
    trie: Trie[str] = Trie()
    for row in table("phrases"):
        if row["class"] == HEAD:
            trie.add(keys_of(row["phrase"]), ORGAN)
    return trie


def _tokens(words: Sequence[Word]) -> Iterator[Token]:
    at = 0
    while at < len(words):
        after, kind, concept = _token_at(words, at)
        spelled = " ".join(each.key for each in words[at:after])
        yield Token(concept or spelled, kind, words[at].start, words[after - 1].end, spelled)
        at = _after_place(words, after) if kind == LEVEL else after


def _token_at(words: Sequence[Word], at: int) -> tuple[int, str, str]:
    """(index after the token that begins at word ``at``, its class, its concept or "")."""
    if not words[at].key[0].isalnum():
        return at + 1, MARK, ""
    head = _heads().longest(words, at)
    if head and (line := _line_at(words, head[0])):
        return line[0], ORGAN, BODY + " ".join(line[1])
    hit = _phrases().longest(words, at, frozenset({","}))
    plain = FRAME if words[at].key.isdigit() else CONTENT
    if hit and hit[1][0] == ORGAN and not hit[1][1]:
        return hit[0], ORGAN, _body_of(tuple(word.key for word in words[at : hit[0]]))
    return (hit[0], *hit[1]) if hit else (at + 1, plain, "")


@cache
def _body_of(name: tuple[str, ...]) -> str:
    """The key of an organ that has a line of work of its own ("công an"), "" for another."""
    found = next((lines().get(name[at:]) for at in range(len(name)) if lines().get(name[at:])), None)
    return BODY + " ".join(found) if found and not set(found) & ORGANS else ""


def _line_at(words: Sequence[Word], at: int) -> tuple[int, tuple[str, ...]] | None:
    """The capitalised line of work at ``at``: (index after it, its lines); None where none stands there."""
    return lines().longest(words, at, frozenset({","})) if at < len(words) and words[at].capital else None


@cache
def lines() -> Trie[tuple[str, ...]]:
    """The lines of work under the words that name them in a body's name (``lines.csv``)."""
    trie: Trie[tuple[str, ...]] = Trie()
    for row in table("lines"):
        trie.add(keys_of(row["phrase"]), tuple(row["lines"].split(";")) if row["lines"] else ())
    return trie


def _after_place(words: Sequence[Word], at: int) -> int:
    """Past the name of the place behind a word of level: "xã Đồn Đạc" counts as "xã"."""
    while at < len(words) and words[at].capital and words[at].key.isalpha() and words[at - 1].key != ".":
        at += 1
    return at

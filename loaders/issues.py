"""Where a text tells that a document was issued: "vừa ký Công điện 478-CĐ/TU", "đã ban hành Kế hoạch"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chidao.loaders.letters import CAPITAL
from chidao.loaders.symbols import FoundSymbol, find_symbols, letter_at
from chidao.loaders.types import code_for, type_word

# "vừa thay mặt Ban Thường vụ Tỉnh ủy ký Công điện", "đã ban hành Chỉ thị", "ký ban hành Kế hoạch", "đã có Công văn"
_ISSUED = re.compile(
    r"\b(?P<verb>ký\s+ban\s+hành|ban\s+hành|ký(?:\s+phát\s+hành)?|(?:đã|vừa)\s+có)\s+(?:văn\s+bản\s+)?(?=\w)", re.I
)
_ADJECTIVE = re.compile(r"(?:\s+(?:khẩn|hỏa\s+tốc|hoả\s+tốc|thượng\s+khẩn|kết\s+luận))?(?:\s+số)?\s*:?\s*", re.I)
_SENTENCE_START = re.compile(rf"(?:(?<=[.!?…])|(?<=[.!?…][”\"]))\s+(?=[{CAPITAL}“\"])|\n")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$|[A-ZĐ])|\n\s*\n|\n(?=[A-ZĐ\d-])")


# A line that ends as sentences do, or opens as the text of an act does: "Thực hiện Thông báo số …, … kết luận:"
_NO_HEADLINE = re.compile(r"[.:;]\s*\Z|\A(?:Thực hiện|Căn cứ|Theo|Xét|Ngày)\s")
LONGEST_SENTENCE = 1500
"""Code points before and behind a verb within which its sentence lies."""
HEADLINE = 400
"""A headline is no longer than so many code points."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One telling that a document was issued: offsets of the sentence, of type word and symbol."""

    sentence: tuple[int, int]
    verb: tuple[int, int]
    type: str
    type_at: tuple[int, int]
    symbol: FoundSymbol | None

    @property
    def end(self) -> int:
        """Where the document's name ends."""
        return self.symbol.end if self.symbol else self.type_at[1]


def issues_in(text: str, key: str) -> Iterator[Issue]:
    """The tellings that a document was issued, in order; ``key`` is the folded ``text``."""
    for verb in _ISSUED.finditer(text):
        word = type_word().match(key, verb.end())
        code = code_for(word["word"]) if word else None
        if word is None or code is None:
            continue
        adjective = _ADJECTIVE.match(text, word.end())
        at = adjective.end() if adjective else word.end()
        symbol = _symbol_at(text, at, code)
        yield Issue(sentence_at(text, verb.start()), verb.span(), code, word.span(), symbol)


def _symbol_at(text: str, at: int, code: str | None) -> FoundSymbol | None:
    """The symbol that begins at ``at``; that of a State letter has no type code ("Công văn số 925/UBND-VP")."""
    symbol = next((s for s in find_symbols(text, at, at + 40) if s.start == at), None)
    return letter_at(text, at) if symbol is None and code == "CV" else symbol


def headline_issue(text: str, key: str) -> Issue | None:
    """The document that a headline names in full: "Triển khai Chỉ thị số 12-CT/TU …"; None where it names none."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    headline = text[start : end if end > 0 else len(text)][:HEADLINE]
    if _NO_HEADLINE.search(headline):
        return None
    for word in type_word().finditer(key[start : start + len(headline)]):
        adjective = _ADJECTIVE.match(headline, word.end())
        at = start + (adjective.end() if adjective else word.end())
        code = code_for(word["word"])
        symbol = _symbol_at(text, at, code)
        if symbol and code:
            type_at = (start + word.start(), start + word.end())
            return Issue((start, start + len(headline)), (type_at[0], type_at[0]), code, type_at, symbol)
    return None


def sentence_at(text: str, position: int) -> tuple[int, int]:
    """Start and end of the sentence around ``position``."""
    window = max(0, position - LONGEST_SENTENCE)
    starts = [found.end() for found in _SENTENCE_START.finditer(text, window, position)]
    last = min(len(text), position + LONGEST_SENTENCE)
    end = _SENTENCE_END.search(text, position, last)
    return (starts[-1] if starts else window), (end.end() if end else last)

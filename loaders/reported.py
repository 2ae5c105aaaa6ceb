"""Tell to which of a report's documents a passage belongs: the last one that speaks or that is told of."""

import re
from collections.abc import Sequence

from chidao.graph.model import Document
from chidao.loaders.symbols import find_symbols
from chidao.loaders.types import code_for, type_word

# Behind a type word: "Kế hoạch nêu rõ", "Kế hoạch được tổ chức", "kế hoạch này"; before it: "đã ban hành Kế hoạch"
_SPEAKS = re.compile(
    r"\s+(?:nêu|chỉ\s+rõ|nhấn\s+mạnh|yêu\s+cầu|giao|được|đã|xác\s+định|quy\s+định|cũng|này|đề\s+ra|gồm)\b"
)
_ISSUED = re.compile(r"\b(?:đã|vừa|mới)\s+(?:ký\s+)?(?:ban\s+hành|ký)\s+$")


def spoken_of(text: str, key: str, start: int, end: int, documents: Sequence[Document]) -> Document | None:
    """The document that speaks or is told of between two offsets, None where none is."""
    spoken = None
    for word in type_word().finditer(key, start, end):
        if not (
            _SPEAKS.match(key, word.end(), end) or _ISSUED.search(key[max(start, word.start() - 30) : word.start()])
        ):
            continue
        numbered = {str(found.symbol) for found in find_symbols(text, word.end(), min(end, word.end() + 30))}
        code = code_for(word["word"])
        fitting = [d for d in documents if d.symbol in numbered] or [d for d in documents if d.type == code]
        spoken = fitting[0] if len(fitting) == 1 else spoken
    return spoken


def ordered_by(issuer_iri: str, documents: Sequence[Document]) -> Document | None:
    """The one document of a body that commands in a report: "UBND huyện giao …" -> its plan."""
    fitting = [d for d in documents if d.issuer and d.issuer.iri == issuer_iri]
    return fitting[0] if len(fitting) == 1 else None

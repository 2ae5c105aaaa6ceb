"""A text being written: pieces with the offsets at which they stand."""

from dataclasses import dataclass, field

Span = dict[str, object]


@dataclass(slots=True)
class Sheet:
    """What is written so far; ``length`` counts code points, as quotes do."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> Span:
        """Write the text; where it stands, as a SPAN of the record format, blanks at its end aside."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        exact = text.rstrip()
        return {"start": start, "end": start + len(exact), "exact": exact}

    def text(self) -> str:
        """All that is written."""
        return "".join(self.pieces)

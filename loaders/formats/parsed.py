"""What a parser gives: the text of a file in reading order, or the reason why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parsed:
    """``ocr`` is true when a machine recognised the letters of at least one page on a picture."""

    text: str
    ocr: bool = False

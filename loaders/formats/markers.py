"""Write the number or bullet that a list gives to its items, unless the text already begins with one."""

import re

_MARKED = re.compile(r"(?:[-–—+•*·]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[IVXLC]{1,6})[.)]|Điều\s+\d)(?=\s|$|\d|\w)")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def with_marker(marker: str, text: str) -> str:
    """``text`` behind ``marker`` ("1.", "a)", "-")."""
    return text if not marker or not text or _MARKED.match(text) else f"{marker} {text}"


def roman(number: int) -> str:
    """4 is "iv"; numbers below 1 stay digits."""
    if number < 1:
        return str(number)
    figures = []
    for value, figure in _ROMAN:
        count, number = divmod(number, value)
        figures.append(figure * count)
    return "".join(figures)


def letter(number: int) -> str:
    """1 is "a", 27 is "aa", as word processors count."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)

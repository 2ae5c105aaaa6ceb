"""Count the lists of a Word document, so that "1.", "a)" and "-" stand in its text as they do on the page.

ECMA-376 Part 1, 17.9: a paragraph (or its style) names a list and a level; the list's abstract definition says how each
level is written ("%1.%2."); a number restarts when a level above it counts on.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from chidao.loaders.formats.markers import letter, roman

_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
}
_UNWRITTEN = frozenset(("bullet", "none"))


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written: its form ("decimal"), its pattern ("%1.%2."), its first number."""

    form: str
    pattern: str
    start: int


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels(document)
        self._styles = {style.style_id: style.element for style in document.styles}
        self._counts: dict[str, dict[int, int]] = {}

    def marker(self, paragraph: _Element) -> str:
        """The number or bullet of the next paragraph, "" where it is in no list."""
        listed, depth = self._place(paragraph)
        level = self._levels.get(listed, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(listed, {})
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        if level.form in _UNWRITTEN:
            return "-" if level.form == "bullet" else ""
        return re.sub(r"%([1-9])", lambda found: self._figure(listed, int(found[1]) - 1), level.pattern).strip()

    def _figure(self, listed: str, depth: int) -> str:
        level = self._levels[listed].get(depth)
        if level is None:
            return ""
        return _FORMS.get(level.form, str)(self._counts[listed].get(depth, level.start))

    def _place(self, paragraph: _Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or those of its style; "" for none, "0" switches a style's off."""
        properties = paragraph.find(qn("w:pPr"))
        listed, depth = _number_properties(properties)
        style = None if properties is None else properties.find(qn("w:pStyle"))
        name = None if style is None else style.get(qn("w:val"))
        seen: set[str] = set()
        while not listed and name is not None and name in self._styles and name not in seen:
            seen.add(name)
            element = self._styles[name]
            listed, inherited = _number_properties(element.find(qn("w:pPr")))
            depth = depth or inherited
            based = element.find(qn("w:basedOn"))
            name = None if based is None else based.get(qn("w:val"))
        return listed, depth or 0


def _number_properties(properties: _Element | None) -> tuple[str, int | None]:
    found = None if properties is None else properties.find(qn("w:numPr"))
    if found is None:
        return "", None
    listed, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    return ("" if listed is None else listed.get(qn("w:val"), "")), (None if depth is None else _number(depth, 0))


def _number(element: _Element | None, default: int) -> int:
    said = "" if element is None else str(element.get(qn("w:val"), ""))
    return int(said) if re.fullmatch(r"\d{1,6}", said) else default


def _levels(document: Document) -> dict[str, dict[int, Level]]:
    """The levels of each list of the document by its number."""
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
    root = getattr(part, "element", None)
    if root is None:
        return {}
    abstract = {each.get(qn("w:abstractNumId")): _defined(each) for each in root.iterchildren(qn("w:abstractNum"))}
    return {each.get(qn("w:numId"), ""): _of_list(each, abstract) for each in root.iterchildren(qn("w:num"))}


def _defined(parent: _Element) -> dict[int, Level]:
    return {int(each.get(qn("w:ilvl"), "0")): _level(each) for each in parent.iterchildren(qn("w:lvl"))}


def _of_list(listed: _Element, abstract: dict[str | None, dict[int, Level]]) -> dict[int, Level]:
    """The abstract definition with what this list overrides."""
    of = listed.find(qn("w:abstractNumId"))
    levels = dict(abstract.get(None if of is None else of.get(qn("w:val")), {}))
    for override in listed.iterchildren(qn("w:lvlOverride")):
        levels |= _defined(override)
        depth = int(override.get(qn("w:ilvl"), "0"))
        start = override.find(qn("w:startOverride"))
        if start is not None and depth in levels:
            levels[depth] = Level(levels[depth].form, levels[depth].pattern, _number(start, 1))
    return levels


def _level(element: _Element) -> Level:
    form, pattern = element.find(qn("w:numFmt")), element.find(qn("w:lvlText"))
    return Level(
        "decimal" if form is None else str(form.get(qn("w:val"), "decimal")),
        "" if pattern is None else str(pattern.get(qn("w:val"), "")),
        _number(element.find(qn("w:start")), 1),
    )

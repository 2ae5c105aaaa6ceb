"""Count the steps of Python's backtracking matcher, so that a test can tell a linear pattern from a quadratic one.

The matcher walks the parse tree of a pattern as ``re`` does; a step is one look at one character. Windows of bounded
repeats are narrowed: what is bounded costs a constant, and only unbounded repeats matter.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

WIDEST = 6
"""Bounded repeats are walked as if no bound were higher."""
MOST_PUMPS = 6
"""So many unbounded repeats of a pattern are pumped, spread over it."""
SINGLE = (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN)
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}
Node = tuple[Any, Any]


@cache
def _is_one(op: Any, av: Any, letter: str, flags: int) -> bool:
    """True where a node of one character takes the letter."""
    variants = {letter, letter.lower(), letter.upper()} if flags & re.I else {letter}
    if op is ops.ANY:
        return letter != "\n" or bool(flags & re.S)
    if op is ops.LITERAL:
        return chr(av) in variants or (bool(flags & re.I) and chr(av).lower() in variants)
    if op is ops.NOT_LITERAL:
        return chr(av) not in variants
    negated = av[0][0] is ops.NEGATE
    return any(_in_set(av, each) for each in variants) != negated


def _in_set(items: Sequence[Node], letter: str) -> bool:
    for op, av in items:
        if op is ops.LITERAL and chr(av) == letter:
            return True
        if op is ops.RANGE and av[0] <= ord(letter) <= av[1]:
            return True
        if op is ops.CATEGORY and re.fullmatch(CATEGORIES[av], letter):
            return True
    return False


class Matcher:
    """Walks a pattern over a text and counts its steps."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.tree = parser.parse(pattern.pattern, pattern.flags)
        self.steps = 0
        self.text = ""

    def searched(self, text: str) -> int:
        """The steps that finding every match in ``text`` takes."""
        self.text, self.steps, at = text, 0, 0
        flags = self.tree.state.flags
        while at <= len(text):
            end = next(self._run(tuple(self.tree), at, flags), None)
            at = at + 1 if end is None or end == at else end
        return self.steps

    def matched(self, text: str) -> int:
        """The steps that matching at the start of ``text`` takes."""
        self.text, self.steps = text, 0
        next(self._run(tuple(self.tree), 0, self.tree.state.flags), None)
        return self.steps

    def _run(self, nodes: Sequence[Node], at: int, flags: int) -> Iterator[int]:
        if not nodes:
            yield at
            return
        (op, av), rest = nodes[0], nodes[1:]
        for end in self._one(op, av, at, flags):
            yield from self._run(rest, end, flags)

    def _one(self, op: Any, av: Any, at: int, flags: int) -> Iterator[int]:
        self.steps += 1
        if op in SINGLE:
            if at < len(self.text) and _is_one(op, _frozen(av), self.text[at], flags):
                yield at + 1
        elif op in REPEATS:
            yield from self._repeat(op, av, at, flags)
        elif op is ops.BRANCH:
            for branch in av[1]:
                yield from self._run(tuple(branch), at, flags)
        elif op is ops.SUBPATTERN:
            _, added, dropped, inner = av
            yield from self._run(tuple(inner), at, (flags | added) & ~dropped)
        elif op is ops.ATOMIC_GROUP:
            yield from _first(self._run(tuple(av), at, flags))
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            if self._holds(av, at, flags) == (op is ops.ASSERT):
                yield at
        elif op is ops.AT:
            if self._stands(av, at, flags):
                yield at
        else:
            raise NotImplementedError(op)

    def _repeat(self, op: Any, av: Any, at: int, flags: int) -> Iterator[int]:
        least, most, inner = av
        least = min(least, WIDEST)
        most = WIDEST if WIDEST < most < ops.MAXREPEAT else most
        ways = self._times(tuple(inner), least, most, at, flags, lazy=op is ops.MIN_REPEAT)
        yield from _first(ways) if op is ops.POSSESSIVE_REPEAT else ways

    def _times(self, inner: Sequence[Node], least: int, most: int, at: int, flags: int, lazy: bool) -> Iterator[int]:
        """The ends of so many times of a pattern: the most first, or the fewest."""
        if len(inner) == 1 and inner[0][0] in SINGLE:
            yield from self._letters(inner[0], least, most, at, flags, lazy)
            return
        if lazy and least <= 0:
            yield at
        if most > 0:
            for end in self._run(inner, at, flags):
                if end != at:
                    yield from self._times(
                        inner, least - 1, most if most == ops.MAXREPEAT else most - 1, end, flags, lazy
                    )
        if not lazy and least <= 0:
            yield at

    def _letters(self, node: Node, least: int, most: int, at: int, flags: int, lazy: bool) -> Iterator[int]:
        end, stop = at, len(self.text) if most == ops.MAXREPEAT else min(len(self.text), at + most)
        op, av = node[0], _frozen(node[1])
        if lazy:
            while True:
                if end - at >= least:
                    yield end
                self.steps += 1
                if end >= stop or not _is_one(op, av, self.text[end], flags):
                    return
                end += 1
        while end < stop and _is_one(op, av, self.text[end], flags):
            end += 1
        self.steps += end - at
        while end - at >= least:
            yield end
            self.steps += 1
            end -= 1

    def _holds(self, av: Any, at: int, flags: int) -> bool:
        direction, inner = av
        start = at if direction > 0 else at - inner.getwidth()[0]
        ends = self._run(tuple(inner), start, flags) if start >= 0 else iter(())
        return any(direction > 0 or end == at for end in ends)

    def _stands(self, where: Any, at: int, flags: int) -> bool:
        text = self.text
        if where in (ops.AT_BOUNDARY, ops.AT_NON_BOUNDARY):
            word = [0 <= i < len(text) and bool(re.match(r"\w", text[i])) for i in (at - 1, at)]
            return (word[0] != word[1]) == (where is ops.AT_BOUNDARY)
        if where is ops.AT_BEGINNING:
            return at == 0 or (bool(flags & re.M) and text[at - 1] == "\n")
        if where is ops.AT_BEGINNING_STRING:
            return at == 0
        return (
            at == len(text) or (where is ops.AT_END and text[at:] == "\n") or (bool(flags & re.M) and text[at] == "\n")
        )


def _first(ways: Iterator[int]) -> Iterator[int]:
    end = next(ways, None)
    if end is not None:
        yield end


def _frozen(av: Any) -> Any:
    return tuple(av) if isinstance(av, list) else av


def pumps(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """What stands before each unbounded repeat of a pattern, and what it repeats: (prefix, pump)."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    found = list(_pumps(tuple(tree), ""))
    return found[:: -(-len(found) // MOST_PUMPS) or 1]


def _pumps(nodes: Sequence[Node], prefix: str) -> Iterator[tuple[str, str]]:
    for op, av in nodes:
        if op in REPEATS:
            if av[1] == ops.MAXREPEAT:
                yield prefix, _sample(av[2]) or "a"
            yield from _pumps(tuple(av[2]), prefix)
        elif op is ops.BRANCH:
            for branch in av[1]:
                yield from _pumps(tuple(branch), prefix)
        elif op is ops.SUBPATTERN:
            yield from _pumps(tuple(av[3]), prefix)
        elif op is ops.ATOMIC_GROUP:
            yield from _pumps(tuple(av), prefix)
        prefix += _sample(((op, av),))


def _sample(nodes: Sequence[Node]) -> str:
    """A short text that the nodes match."""
    return "".join(_sample_one(op, av) for op, av in nodes)


def _sample_one(op: Any, av: Any) -> str:
    if op in SINGLE:
        letters = (chr(av),) if op is ops.LITERAL else 'a 1.A-,(\n/:;)"'
        first = av[0] if op is ops.IN else None
        if first and first[0] is ops.LITERAL:
            return chr(first[1])
        return next((letter for letter in letters if _is_one(op, _frozen(av), letter, 0)), "")
    if op in REPEATS:
        return _sample(av[2]) * max(1, min(av[0], WIDEST)) if av[0] else ""
    if op is ops.BRANCH:
        return _sample(av[1][0])
    if op is ops.SUBPATTERN:
        return _sample(av[3])
    return _sample(av) if op is ops.ATOMIC_GROUP else ""


def worst_texts(prefix: str, pump: str, length: int) -> tuple[str, ...]:
    """Texts on which a pattern with this repeat has most to do, of about ``length`` characters each."""
    units = (pump, prefix, prefix + pump, prefix + pump * 3, prefix + " ")
    repeated = [(unit * (length // len(unit) + 1))[:length] for unit in units if unit]
    return (prefix + (pump * length)[:length] + "\0", *(text + "\0" for text in repeated))

"""Reading a query just far enough to know its form, and to refuse what would leave the house."""

import re
from contextlib import suppress

from pyoxigraph import Store

_SPACE = r"(?:\s|\#[^\n\r]*+)*+"
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*+(?:\\[uU][0-9A-Fa-f]++[^<>"{}|^`\\\x00-\x20]*+)*+>'
_NAME = r"(?:[\w.\-·%]|\\[_~.\-!$&'()*+,;=/?#@%])*+:"
_PROLOGUE = re.compile(
    rf"{_SPACE}(?:BASE{_SPACE}{_IRI}|PREFIX{_SPACE}{_NAME}{_SPACE}{_IRI}|VERSION{_SPACE}(?:'[^'\n]*+'|\"[^\"\n]*+\"))",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(rf"{_SPACE}([A-Za-z]++)")
_SERVICE = re.compile("ser(v)ice", re.IGNORECASE)
_CALL = re.compile(rf"service(?:{_SPACE}silent)?", re.IGNORECASE)
ELSEWHERE = (
    "SERVICE is refused: a query here never contacts another server. Ask the other server yourself and join the "
    "answers, or load the data of both into one store."
)
SHOWN = 100  # characters of the line before and after the place
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_LAST_NAME = re.compile(r"(?<![\w:<?$/.-])([A-Za-z][\w-]*):[^\s<>]*\s*$")  # "?s ex:p ": ex
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_CLASSES = re.compile(r"\s*\[[^\]]*\](, )?|^expected(?= \[)")  # of letters: ['a'..='z'], ['_'], [_]
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def first_keyword(query: str) -> str:
    """The keyword after the prologue, in capitals: one of FORMS or UPDATES in what is SPARQL, else anything or ""."""
    start = 0
    while match := _PROLOGUE.match(query, start):
        start = match.end()
    word = _FIRST_WORD.match(query, start)
    return word[1].upper() if word else ""


def asks_elsewhere(query: str, base: str | None = None) -> bool:
    """Whether ``query`` holds a SERVICE pattern; the word in a literal, comment or name is none.

    The engine's own parser decides, so that there is no second opinion on where a quote ends. With one letter changed,
    the keyword is none any more and the query malformed, while every literal, comment and name is as good as before;
    with GRAPH in its place, whose pattern is written alike, it is well-formed again. Neither asks a server anything.
    Raises SyntaxError where the query is malformed. To be called where a stack that overflows does no harm.
    """
    if "service" not in query.lower():
        return False
    try:
        _parse(_SERVICE.sub(lambda word: word[0].replace("v", "x").replace("V", "X"), query), base)
    except SyntaxError as error:
        with suppress(SyntaxError):
            _parse(_CALL.sub("GRAPH", query), base)
            return True
        raise error
    return False


def _parse(query: str, base: str | None) -> None:
    with suppress(OSError, RuntimeError, ValueError):  # of evaluation: malformed is a SyntaxError
        Store().query(query, base_iri=base)


def _undeclared(query: str, before: str) -> str:
    """The prefix of the name that ends where the engine complains, if the query does not declare it."""
    named = _LAST_NAME.search(before)
    declared = {match[1] for match in _DECLARED.finditer(query)}
    return named[1] if named and named[1] not in declared else ""


def explained(message: str, query: str) -> str:
    """The engine's complaint with its place and the line in question: "line 1, column 17: SELECT * { ?s ?p"."""
    match = _POSITION.match(message)
    if not match:
        return f"the query is malformed: {message}"
    line, column = int(match[1]), int(match[2])
    if not query.strip():
        return "the query is empty"
    lines = query.splitlines() or [""]
    found = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - SHOWN)
    if undeclared := _undeclared(query, found[max(0, column - 1 - SHOWN) : column - 1]):
        return f"the prefix {undeclared}: is not declared, on line {line}; begin with PREFIX {undeclared}: <…>"
    expected = _CLASSES.sub(" ", " ".join(match[3].split())).strip(" ,") or "something else belongs here"
    place = f"{found[start : column + SHOWN]}\n{' ' * (column - 1 - start)}^"
    return f"the query is malformed at line {line}, column {column}: {expected[:300]}\n\n{place}"

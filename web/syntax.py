"""Reading a query just far enough to know its form, and to refuse what would leave the house.

A full parser would have to agree with the engine's on every odd text. The engine reads without a separate scanner, so
``<`` opens an IRI in one place and compares in another: ``?a <?b + '>'``. Here every reading of ``<`` and of quotes is
followed at once, so that no trick of quoting hides a keyword (SPARQL 1.1, section 19.8, rules 139-173).
"""

import re
from functools import partial

_SPACE = r"(?:\s|\#[^\n\r]*+)"
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\\\x00-\x20]*)*>'
_NAME = r"(?:[\w.\-·:%]|\\[_~.\-!$&'()*+,;=/?#@%])"
_WORD = re.compile(rf"[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[\w:]{_NAME}*")
_COMMENT = re.compile(r"#[^\n\r]*")
_IRI_OR_LESS = (re.compile(_IRI), re.compile("<"))
_STRINGS = {
    quote: (
        re.compile(rf"{quote * 3}(?:{quote}{{0,2}}(?:[^{quote}\\]|\\.))*{quote * 3}", re.DOTALL),
        re.compile(rf"{quote}(?:[^{quote}\\\n\r]|\\.)*{quote}"),
    )
    for quote in ("'", '"')
}
_ONE = re.compile(".", re.DOTALL)

# SERVICE SILENT? (variable | IRI | prefixed name) "{" (rule 59). The engine needs no space between these, so that the
# keyword may end a word ("1.SERVICE"), or stand inside one that the brace follows ("SERVICEex:a {").
_OPENS = re.compile(rf"{_SPACE}*+\{{")
_CALLS = re.compile(rf"{_SPACE}*+(?:silent{_SPACE}*+)?+(?:[?$]\w++|{_IRI}|{_NAME}++){_SPACE}*+\{{", re.IGNORECASE)
_PROLOGUE = re.compile(
    rf"{_SPACE}*(?:BASE{_SPACE}*{_IRI}|PREFIX{_SPACE}*{_NAME}*{_SPACE}*{_IRI}){_SPACE}*", re.IGNORECASE
)
_FIRST_WORD = re.compile(rf"{_SPACE}*([A-Za-z]+)")
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def first_keyword(query: str) -> str:
    """The keyword after the prologue, in capitals: one of FORMS or UPDATES in what is SPARQL, else anything or ""."""
    start = 0
    while match := _PROLOGUE.match(query, start):
        start = match.end()
    word = _FIRST_WORD.match(query, start)
    return word[1].upper() if word else ""


def asks_elsewhere(query: str) -> bool:
    """Whether ``query`` holds a SERVICE pattern, in any reading; the word in a literal or name is none."""
    if "service" not in query.lower():
        return False
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        start = waiting.pop()
        if start in seen or start >= len(query):
            continue
        seen.add(start)
        ends, is_word = _readings(query, start)
        if is_word and _names_service(query, start, ends[0]):
            return True
        waiting += ends
    return False


def _readings(query: str, start: int) -> tuple[list[int], bool]:
    """Where the token at ``start`` may end, and whether it is a word."""
    character = query[start]
    if character in "'\"<":
        patterns = _IRI_OR_LESS if character == "<" else _STRINGS[character]
        matches = map(partial(re.Pattern.match, string=query, pos=start), patterns)
        return [match.end() for match in matches if match] or [start + 1], False
    if comment := _COMMENT.match(query, start):
        return [comment.end()], False
    word = _WORD.match(query, start)
    return ([word.end()], True) if word else ([start + 1], False)


def _names_service(query: str, start: int, end: int) -> bool:
    """Whether the word at ``start:end`` holds the keyword, and what follows makes it a pattern."""
    word = query[start:end].lower()
    if "service" not in word or word[0] in "?$@_":
        return False
    ends_in_keyword = word.endswith(("service", "servicesilent"))
    return bool(_OPENS.match(query, end) or (ends_in_keyword and _CALLS.match(query, end)))


def explained(message: str, query: str) -> str:
    """The engine's complaint with its place and the line in question: "line 1, column 17: SELECT * { ?s ?p"."""
    match = _POSITION.match(message)
    if not match:
        return f"the query is malformed: {message}"
    line, column = int(match[1]), int(match[2])
    lines = query.splitlines() or [""]
    found = lines[line - 1] if line <= len(lines) else ""
    expected = re.sub(r"\s*\[[^\]]*'\.\.[^\]]*\](, )?", " ", " ".join(match[3].split()))
    return f"the query is malformed at line {line}, column {column}: {expected[:300]}\n\n{found}\n{' ' * (column - 1)}^"

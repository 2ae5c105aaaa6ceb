"""The process that parses: one request after another on its standard input, one answer for each on its output.

A request is a line of JSON ({"parser": "pdf", "length": 1234}) and so many bytes; an answer is a line of JSON. What
goes wrong in an unexpected way ends the process, which costs that one file.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO

from chidao.graph.errors import SourceError
from chidao.loaders.formats.limits import allow_memory, allow_seconds
from chidao.loaders.formats.parsed import Parsed

SECONDS = 120
MEBIBYTES = 2048
MAX_CHARACTERS = 20_000_000
_PARSERS = {
    "html": ("chidao.loaders.formats.html_page", "parse_html"),
    "docx": ("chidao.loaders.formats.docx_file", "parse_docx"),
    "pdf": ("chidao.loaders.formats.pdf_file", "parse_pdf"),
    "image": ("chidao.loaders.formats.ocr", "parse_image"),
}


def _parser(name: str) -> Callable[[bytes], Parsed]:
    """The parser of that name; its libraries are loaded when first needed."""
    module, function = _PARSERS[name]
    found: Callable[[bytes], Parsed] = getattr(import_module(module), function)
    return found


def answer(name: str, content: bytes) -> Mapping[str, object]:
    """What came of one file, as an object of JSON."""
    try:
        parsed = _parser(name)(content)
    except SourceError as refusal:
        return {"refusal": str(refusal)}
    except MemoryError:
        return {"refusal": f"parsing it takes more than {MEBIBYTES} MiB of memory; split the file"}
    if len(parsed.text) > MAX_CHARACTERS:
        return {"refusal": f"more than {MAX_CHARACTERS:,} characters, longer than any directive; split the file"}
    return {"text": parsed.text, "ocr": parsed.ocr}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the requests end."""
    while line := requests.readline():
        request = json.loads(line)
        allow_seconds(SECONDS)
        answers.write(json.dumps(answer(request["parser"], requests.read(request["length"]))).encode() + b"\n")
        answers.flush()
        allow_seconds(0)


def main() -> None:
    """Serve; what a library prints goes nowhere, since the output is for answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    sys.setrecursionlimit(5000)
    allow_memory(MEBIBYTES)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()

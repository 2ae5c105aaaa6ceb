"""Why a question has no answer, for people: in the reader's language, then in the words that programs get."""

import re
from dataclasses import dataclass

from chidao.graph.errors import ChidaoError, GoneError
from chidao.web.answers import LimitError, MalformedQueryError, RefusedQueryError
from chidao.web.error_pages import message_of, status_of
from chidao.web.language import Language, words

_PLACE = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """``summary`` is for the reader, ``detail`` what programs are told; ``gone`` asks to try the newest data.

    ``limit`` is the one that was reached; ``retry_after`` is in seconds, None where waiting does not help.
    """

    status: int
    summary: str
    detail: str = ""
    gone: bool = False
    limit: str = ""
    retry_after: int | None = None


def problem_of(error: ChidaoError | ValueError, query: str, language: Language) -> Problem:
    """The problem that ``error`` is for who asked ``query``."""
    if isinstance(error, ValueError):
        return Problem(400, str(error))
    detail, t = message_of(error, query), words(language)
    status, retry_after = status_of(error), getattr(error, "retry_after", None)
    if isinstance(error, GoneError):
        return Problem(status, f"{t['gone']} {error.current}.", gone=True)
    if isinstance(error, LimitError):
        return Problem(status, t[f"limit_{error.limit}"], detail, limit=error.limit, retry_after=retry_after)
    if isinstance(error, RefusedQueryError):
        return Problem(status, t["refused_query"], detail)
    place = _PLACE.search(detail) if isinstance(error, MalformedQueryError) else None
    if place:
        return Problem(status, f"{t['malformed_at']} {place[1]}, {t['malformed_column']} {place[2]}.", detail)
    return Problem(status, t["not_evaluated"], detail)

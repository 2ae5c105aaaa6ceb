"""What is said of a query that has no answer: which limit stopped it, or what is wrong with it."""

import signal
from typing import Any, NoReturn

from chidao.graph.errors import ChidaoError, NotFoundError, QueryError
from chidao.web.answers import LimitError, MalformedQueryError, RefusedQueryError
from chidao.web.limits import Limits

Outcome = dict[str, Any]
NARROW = "Narrow it: add LIMIT, name a document or a body, restrict the level or the period, or bind one end of a path."
ERRORS: dict[str, type[ChidaoError]] = {
    "malformed": MalformedQueryError,
    "elsewhere": RefusedQueryError,
    "missing": NotFoundError,
    "refused": QueryError,
}


def error_of(outcome: Outcome, limits: Limits) -> ChidaoError:
    """The error that a worker tells of: a word for its kind, and its message."""
    ((word, message),) = outcome.items()
    if word == "limit":
        return death(-signal.SIGABRT, limits)
    if word == "failed":
        return QueryError(f"the query could not be evaluated: {message}")
    return ERRORS[word](message)


def too_long(seconds: float) -> NoReturn:
    """Raises the LimitError of a query that was killed by the clock, after so many seconds in all."""
    raise LimitError("time", f"the query was stopped after {seconds:g} seconds, the time limit. {NARROW}")


def death(code: int, limits: Limits) -> LimitError:
    """What is known of a worker that ended by itself: the engine aborts where it gets no more memory."""
    if code == -signal.SIGABRT:
        needed = f"it needs more than {limits.memory_limit} MiB of memory"
        return LimitError("memory", f"the query was stopped: {needed}. {NARROW}")
    ended = f"signal {-code}, {signal.strsignal(-code)}" if code < 0 else f"exit code {code}"
    return LimitError(
        "crash",
        f"the process that evaluated the query crashed ({ended}), and the query with it; this happens to patterns and "
        "brackets nested hundreds of levels deep: nest less",
    )

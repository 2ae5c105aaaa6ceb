"""What caches may keep of an answer, and when a client holds it already (RFC 9110, 8.8 and 13; RFC 9111, 5.2).

An answer is worked out on one snapshot, so the name of the snapshot and the question tell whether it is still the same.
The tags are weak: of one answer the order of rows, the labels of blank nodes and the compression may differ.
"""

import hashlib
import re

from flask import Request, Response

from chidao import __version__
from chidao.web.answers import Asked, Query

CHANGING = "public, no-cache"  # kept, but asked about each time: a new snapshot may have been published
LASTING = "public, max-age=604800, immutable"  # an answer from a snapshot that the address names
NEVER = "no-store"
VARYING = ("Accept", "Accept-Encoding")
_VOLATILE = re.compile(r"(?<![a-z_])(?:now|rand|uuid|struuid)(?![a-z0-9_])", re.IGNORECASE)


def entity_tag(snapshot: str, *about: object) -> str:
    """The tag, without marks, of what ``snapshot`` answers about this (values with a telling ``repr``)."""
    digest = hashlib.blake2b(repr((__version__, about)).encode("utf-8", "replace"), digest_size=12).hexdigest()
    return f"{snapshot}-{digest}"


def is_volatile(asked: Asked) -> bool:
    """Whether two answers from one snapshot may differ: the query speaks of the time or of chance (or seems to)."""
    return isinstance(asked, Query) and bool(_VOLATILE.search(asked.text))


def is_held(request: Request, tag: str) -> bool:
    """Whether the client says that it holds the answer with this tag; ``*`` would match an answer that nobody knows."""
    return request.method in ("GET", "HEAD") and tag in request.if_none_match.as_set(include_weak=True)


def not_modified(tag: str, pinned: bool) -> Response:
    """304: what the client holds is still the answer."""
    return marked(Response(status=304), tag, pinned)


def marked(response: Response, tag: str, pinned: bool) -> Response:
    """``response`` with its tag; one from a ``pinned`` snapshot need never be asked for again."""
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = LASTING if pinned else CHANGING
    response.vary.update(VARYING)
    return response


def unkept(response: Response) -> Response:
    """``response`` marked as one that nobody may keep."""
    response.headers["Cache-Control"] = NEVER
    response.vary.update(VARYING)
    return response

"""gzip for those who accept it: pages from memory, spooled answers from file to file."""

import gzip
import shutil
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Request, Response

SMALLEST = 1000  # bytes; below it the saving is none
IN_MEMORY = 1024 * 1024  # bytes of a compressed answer that stay in memory
LEVEL = 5
_TEXTS = (
    "text/",
    "application/json",
    "application/sparql-results",
    "application/rdf+xml",
    "application/ld+json",
    "application/n-",
    "application/trig",
)


def wanted(request: Request, content_type: str, length: int) -> bool:
    """Whether an answer of this type and length goes out compressed."""
    return length >= SMALLEST and content_type.startswith(_TEXTS) and request.accept_encodings["gzip"] > 0


def compressed(response: Response, request: Request) -> Response:
    """``response`` with its body compressed, where it is in memory or a whole file of the site, and that is wanted."""
    if request.endpoint == "static" and response.status_code == 200:
        response.direct_passthrough = False
    if not response.direct_passthrough and "Content-Encoding" not in response.headers:
        body = response.get_data()
        if wanted(request, response.content_type or "", len(body)):
            response.set_data(gzip.compress(body, LEVEL))
            response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def compressed_file(body: IO[bytes]) -> tuple[IO[bytes], int]:
    """A compressed copy of ``body``, which is closed, and the length of the copy."""
    copy: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - sent later
    with body, gzip.GzipFile(fileobj=copy, mode="wb", compresslevel=LEVEL) as packer:
        shutil.copyfileobj(body, packer)
    length = copy.tell()
    copy.seek(0)
    return copy, length

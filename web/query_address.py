"""Addresses of a query and its answer: what was asked, of which data, and in which form."""

from dataclasses import dataclass
from urllib.parse import urlencode

from chidao.web.protocol import Question

_READABLE = "/:?,;()*$@!"  # need no escape in the query of an address, and make it shorter

RESULT_ONLY = "result"
TABLE = "/sparql/table.csv"
PAGE = "/sparql"


@dataclass(frozen=True, slots=True)
class QueryAddress:
    """A question, and the snapshot it is put to: None is always the newest. ``view`` is "" or RESULT_ONLY."""

    question: Question
    snapshot: str | None = None
    view: str = ""

    def url(self, path: str = PAGE, **more: str) -> str:
        """The address of this on ``path``; ``more`` are further arguments (``first``, ``format``)."""
        graphs = [("default-graph-uri", iri) for iri in self.question.default_graphs or ()]
        graphs += [("named-graph-uri", iri) for iri in self.question.named_graphs or ()]
        pinned = [("snapshot", self.snapshot)] if self.snapshot else []
        view = [("view", self.view)] if self.view else []
        pairs = [("query", self.question.text), *graphs, *pinned, *view, *more.items()]
        return f"{path}?{urlencode(pairs, safe=_READABLE)}"


def tidy(text: str) -> str:
    """A query as it was typed, without what a form adds and what stands around it: addresses get shorter."""
    return text.replace("\r\n", "\n").strip()


def title_of(text: str) -> str:
    """The comment in the first line of a query, which says what it asks; "" where there is none."""
    first = text.partition("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""

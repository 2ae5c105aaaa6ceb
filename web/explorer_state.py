"""What the explorer's address says: the path of chosen documents, the filters, and where each column starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Self
from urllib.parse import urlencode

from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict

from chidao.graph.errors import NotFoundError
from chidao.ontology.namespaces import CD
from chidao.web import links
from chidao.web.description import Description
from chidao.web.document_graph import names
from chidao.web.reader import Reader, identified

LEVELS = ("central", "province", "district", "commune")
SYSTEMS = ("party", "state", "front", "armed-forces", "other")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the columns list, each as it was typed or chosen; "" filters nothing.

    ``since`` and ``until`` are days, both included. ``system`` and ``type`` are local names ("party", "type-chi-thi").
    """

    text: str = ""
    since: str = ""
    until: str = ""
    system: str = ""
    type: str = ""
    subject: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        """The filters of an address."""
        return cls(**{name: args.get(argument, "").strip()[:100] for name, argument in ARGUMENTS.items()})

    def arguments(self) -> list[tuple[str, str]]:
        """As an address holds them."""
        return [(ARGUMENTS[field.name], value) for field in fields(self) if (value := getattr(self, field.name))]

    @property
    def unread(self) -> tuple[str, ...]:
        """What was typed as a day and is none."""
        return tuple(typed for typed in (self.since, self.until) if typed and day_number(typed) is None)


ARGUMENTS = {"text": "q", "since": "from", "until": "to", "system": "system", "type": "type", "subject": "subject"}


def day_number(typed: str) -> int | None:
    """Days since 1970-01-01 of "19/10/2021" or "2021-10-19"; None for what is no day."""
    match = _DAY.fullmatch(typed)
    if match is None:
        return None
    day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return (date(int(year), int(month), int(day)) - date(1970, 1, 1)).days
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class State:
    """The whole address. ``path`` is level -> chosen document."""

    path: dict[str, NamedNode]
    filters: Filters
    offsets: dict[str, int]

    def url(self) -> str:
        """The address of this state."""
        path = [("p", links.document_path(self.path[level].value)) for level in LEVELS if level in self.path]
        offsets = [(level, str(offset)) for level, offset in self.offsets.items() if offset]
        return "/chain?" + urlencode([*path, *self.filters.arguments(), *offsets], safe="/")

    def starting(self, level: str, offset: int) -> str:
        """The address with the column of ``level`` starting at ``offset``."""
        return State(self.path, self.filters, {**self.offsets, level: offset}).url()

    def choosing(self, level: str, document: NamedNode) -> str:
        """The address with ``document`` chosen: what stood below it no longer descends from it, and begins anew."""
        place = LEVELS.index(level)
        path = {above: self.path[above] for above in LEVELS[:place] if above in self.path} | {level: document}
        offsets = {name: offset for name, offset in self.offsets.items() if LEVELS.index(name) <= place}
        return State(path, self.filters, offsets).url()

    def without_filters(self) -> str:
        """The address with the same path and everything listed."""
        return State(self.path, Filters(), {}).url()

    @property
    def chosen(self) -> list[NamedNode]:
        """The path from the top down."""
        return [self.path[level] for level in LEVELS if level in self.path]


def read_state(reader: Reader, args: MultiDict[str, str]) -> State:
    """The state of an address; of two chosen documents of one level the later counts. Raises NotFoundError."""
    documents = [identified(links.document_iri_path(path)) for path in args.getlist("p")[:8] if path]
    about = names(reader, [document.value for document in documents])
    path = {_level(about, document): document for document in documents}
    offsets = {level: args.get(level, 0, type=int) for level in LEVELS}
    kept = {level: min(max(offset, 0), 1_000_000) for level, offset in offsets.items()}
    return State(path, Filters.read(args), kept)


def _level(about: Description, document: NamedNode) -> str:
    """The column of a document; the grassroots stand with the communes."""
    if document.value not in about:
        raise NotFoundError(f"{document.value}: nothing is stated about this document in the texts that were loaded")
    level = about.value(document.value, CD.level).removeprefix(str(CD))
    if level in LEVELS:
        return level
    return "commune" if level == "grassroots" else "central"

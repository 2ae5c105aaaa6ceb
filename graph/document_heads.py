"""The heads of documents as they are compared: who numbered them, under which type and number, when, about what."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from chidao.graph.facts import Facts
from chidao.graph.names import DocumentKey, document_key, plain_number, slug, symbol_key
from chidao.graph.registered import registered_body
from chidao.graph.terms import ALTERNATIVE, TITLE, cd
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.register import register
from chidao.ontology.vocabulary import type_codes

# "Về việc tăng cường …", "V/v tăng cường …": the frame of a title, folded
_FRAME = re.compile(r"^(?:ve viec|ve|v v)\s+")
_TELLING = 5  # words from which a title within a longer one is more than a phrase


@dataclass(frozen=True, slots=True)
class Head:
    """What the texts state about a document. ``type`` is the folded code ("qd"), ``number`` unpadded ("7").

    ``issuers`` are those that the register knows, while ``issuer_stated`` is true for any; ``titles`` are folded,
    ``issued`` ISO dates; all in order.
    """

    document: NamedNode
    key: DocumentKey | None
    type: str | None
    number: str | None
    symbols: frozenset[str]
    issuers: tuple[BodyEntry, ...]
    issuer_stated: bool
    issued: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def series(self) -> frozenset[str]:
        """The paths of the bodies in whose series it may be numbered: several where readings of the issuer differ."""
        stated = (entry.series_path for entry in self.issuers if entry.series_path)
        return frozenset({self.key.series} if self.key else stated)

    @property
    def numbering(self) -> BodyEntry | None:
        """The body in whose series it is numbered, None where that is not known or readings differ."""
        return register().entry(next(iter(self.series))) if len(self.series) == 1 else None


def head_reader(facts: Facts, curated: Facts) -> Callable[[NamedNode], Head]:
    """A function that reads heads, each once; an issuer that a person settled stands for those that texts state."""

    @cache
    def head(document: NamedNode) -> Head:
        types, numbers = facts.values(document, cd("documentType")), facts.values(document, cd("number"))
        issuers = curated.values(document, cd("issuedBy")) or facts.values(document, cd("issuedBy"))
        titles = (*facts.values(document, TITLE), *facts.values(document, ALTERNATIVE))
        return Head(
            document=document,
            key=document_key(document.value),
            type=_only({slug(type_codes().get(iri, "")) for iri in types}),
            number=_only({plain_number(number) for number in numbers}),
            symbols=frozenset(map(symbol_key, facts.values(document, cd("symbol")))),
            issuers=tuple(entry for iri in issuers if (entry := registered_body(iri))),
            issuer_stated=bool(issuers),
            issued=tuple(facts.values(document, cd("issued"))),
            titles=tuple(dict.fromkeys(folded_title(title) for title in titles)),
        )

    return head


def folded_title(title: str) -> str:
    """The title in folded words without its frame: "Về việc tăng cường quản lý" -> "tang cuong quan ly"."""
    return _FRAME.sub("", slug(title).replace("-", " "))


def titles_agree(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """True where a folded title of one side stands whole in one of the other, and has five words or more."""
    return any(_within(a, b) or _within(b, a) for a in ones for b in others)


def _within(part: str, whole: str) -> bool:
    return part.count(" ") + 1 >= _TELLING and f" {part} " in f" {whole} "


def _only(values: set[str]) -> str | None:
    return values.pop() or None if len(values) == 1 else None

"""Where the page of a thing is: the IRIs of the data, as paths of this site."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from chidao.ontology.collation import collation_key
from chidao.ontology.namespaces import CD, ID

_PAGES = ("document/", "body/", "source/")


@dataclass(frozen=True, slots=True)
class Link:
    """Words to show, the address behind them ("" for none), and a remark such as a date."""

    text: str
    url: str = ""
    note: str = ""


def by_name(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links in the order of their words, as Vietnamese sorts them."""
    return tuple(sorted(links, key=lambda link: (collation_key(link.text), link.url)))


def page(iri: str) -> str:
    """The site's path for ``iri``: its own page where it has one, else the page of its statements; "" for web pages.

    A term of our vocabulary has its place on the page of the vocabulary.

    Only what looks like http or https becomes a link: an IRI may hold a script.
    """
    path = iri.removeprefix(str(ID))
    if iri.startswith(str(CD)):
        return f"/ontology#{quote(iri.removeprefix(str(CD)))}"
    if path == iri:
        return resource(iri) if iri.startswith(("http://", "https://")) else ""
    return f"/{quote(path)}" if path.startswith(_PAGES) and _has_page(path) else resource(iri)


def _has_page(path: str) -> bool:
    """Of the things under a source, its documents, bodies and groups have pages."""
    parts = path.split("/")
    return parts[0] != "source" or len(parts) == 2 or parts[2] in ("document", "body", "group")


def resource(iri: str) -> str:
    """The page that lists the statements about any IRI."""
    return f"/resource?{urlencode({'iri': iri})}"


def document_path(iri: str) -> str:
    """A document in the addresses of chains and pictures: without "document/", or with its source where it is local."""
    return iri.removeprefix(str(ID)).removeprefix("document/")


def document_iri_path(path: str) -> str:
    """The other way round: the path after ``…/id/`` of a document that an address names."""
    return path if path.startswith("source/") else f"document/{path}"


def chain(*documents: str) -> str:
    """The explorer with these documents chosen, from the top down."""
    return "/chain?" + urlencode([("p", document_path(iri)) for iri in documents], safe="/")


def picture(document: str) -> str:
    """The page with the picture of a document's chain."""
    return f"/graph/{quote(document_path(document))}"


def diff(parent: str, child: str = "") -> str:
    """The two documents side by side; with the parent alone, the page that offers its children."""
    documents = [("parent", document_path(parent)), ("child", document_path(child))]
    return "/diff?" + urlencode([pair for pair in documents if pair[1]], safe="/")


def duties(**filters: str) -> str:
    """The list of duties with these filters."""
    return "/duties?" + urlencode(filters, safe="/:")


def document_named(text: str) -> str:
    """A document that somebody typed or an address names: a path of our data becomes an IRI, a symbol stays."""
    if text.startswith("source/") or (text.count("/") >= 3 and not text.startswith(("http://", "https://"))):
        return f"{ID}{document_iri_path(text)}"
    return text


def calendar(body: str) -> str:
    """The calendar of a body: "" for what is none of our data."""
    path = body.removeprefix(str(ID))
    return "" if path == body else f"/calendar/{quote(path.removeprefix('body/'))}.ics"

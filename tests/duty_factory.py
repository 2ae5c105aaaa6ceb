"""Texts and readings for the tests of duties: a province, a district, and a document of each."""

from functools import cache

from chidao.graph.model import Body, Document
from chidao.loaders.bodies import Reading, read_bodies
from chidao.loaders.clean import clean
from chidao.loaders.layout import paragraphs_of
from chidao.loaders.naming import Names
from chidao.loaders.obligations import Duties, find_obligations
from chidao.ontology.register import Context, register

SHA = "0" * 64
ISSUED = "2023-05-10"


@cache
def reading(place: str | None = "quang-ninh") -> Reading:
    """How bodies are read in a text of ``place``."""
    return Reading(register(), Context(place, ISSUED), SHA)


def names(text: str) -> Names:
    """The names of a text of the province."""
    return Names(clean(text), reading())


def body(name: str) -> Body:
    """The one body that ``name`` names in the province."""
    (found,) = read_bodies(name, 0, len(name), reading())
    return found


def document(
    name: str = "d1", code: str | None = "CT", issuer: Body | None = None, addressees: tuple[Body, ...] = ()
) -> Document:
    """A document of ISSUED without more head than a test needs."""
    return Document(name, f"urn:{name}", code, None, None, issuer, ISSUED, addressees=addressees)


def duties(text: str, *documents: Document) -> Duties:
    """What is found in a text whose paragraphs are its lines."""
    cleaned = clean(text)
    paragraphs = paragraphs_of(cleaned, 0, len(cleaned.text))
    return find_obligations(cleaned, paragraphs, documents or (document(),), reading())


def labels(bodies: tuple[Body, ...]) -> list[str]:
    """The labels of bodies."""
    return [one.label for one in bodies]

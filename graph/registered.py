"""The body of the register behind an IRI."""

from functools import lru_cache

from chidao.graph.names import register_path
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.register import register


@lru_cache(maxsize=1 << 16)
def registered_body(iri: str, day: str | None = None) -> BodyEntry | None:
    """The register's entry for a body, as of the ISO ``day`` if given; None for IRIs that it does not know."""
    path = register_path(iri, "body")
    return register().entry(path, day) if path else None

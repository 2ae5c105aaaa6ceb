"""What every analysis takes and gives: its arguments, the chain index of the snapshot, and heads of documents."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyoxigraph

from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.graph.chains import describe_document

Arguments = Mapping[str, str | Sequence[str]]
Found = dict[str, Any]


@lru_cache(maxsize=1)
def chain_index(store: pyoxigraph.Store) -> ChainIndex:
    """Read once for each worker: a snapshot does not change."""
    return read_chain_index(store)


def one(arguments: Arguments, name: str) -> str:
    """The argument, its first value where it has several, "" where it is not given."""
    value = arguments.get(name, "")
    return value if isinstance(value, str) else next(iter(value), "")


def heads(store: pyoxigraph.Store, documents: Iterable[str], lang: str) -> Found:
    """Document -> what ``describe_document`` says of it."""
    return {iri: describe_document(store, iri, lang) for iri in dict.fromkeys(documents)}

"""Withdraw what a person names: a source by its path or SHA-256, or an archive with all that was read from it."""

from pathlib import Path

from chidao.graph.store import Store


def withdraw(store: Store, name: str) -> tuple[str, ...]:
    """Remove the sources that ``name`` means; returns the SHA-256s removed.

    ``name`` is a path, relative or absolute ("a.txt"), an archive ("a.zip": all its members), a member of one
    ("a.zip!/b.txt"), a SHA-256 or the first sixteen digits of one. Raises NotFoundError.
    """
    known = {path for source in store.sources() for path in source.paths}
    file, separator, member = name.partition("!/")
    path = f"{Path(file).resolve()}{separator}{member}"
    meant = sorted(each for each in known if each == path or each.startswith(f"{path}!/"))
    removed = {sha256 for each in meant or [name] for sha256 in store.withdraw(each)}
    return tuple(sorted(removed))

"""Where a body of the register stood on a day: its superiors, who was below it, what it came from and went into."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chidao.graph.names import body_iri
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.changes import Change
from chidao.ontology.namespaces import CD
from chidao.ontology.register import Register, register
from chidao.ontology.subordinates import subordinates
from chidao.web import links
from chidao.web.language import Language
from chidao.web.links import Link

_TIES = ((CD.subordinateTo, "superior_path"), (CD.ledBy, "led_by_path"), (CD.guidedBy, "guided_by_path"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register says about a body on ``day`` (ISO); ``existed`` is false where it did not exist on it.

    ``superiors`` are by the property's IRI; ``changes`` carry their day as the note of the link.
    """

    day: str
    existed: bool
    superiors: tuple[tuple[str, Link], ...]
    below: tuple[Link, ...]
    before: tuple[Link, ...]
    after: tuple[Link, ...]
    changes: tuple[Link, ...]


def standing(path: str, asked: str | None, language: Language, limit: int) -> tuple[BodyEntry, Standing] | None:
    """The register's body at the path and its standing on the day asked for; None for a body of a source alone.

    Without a day that the calendar has, the last one of the body, and today for one that goes on.
    """
    known, first = register(), register().entry(path)
    if first is None:
        return None
    day = _day(asked) or first.valid_to or date.today().isoformat()
    entry = known.entry(path, day) or first
    existed = (entry.valid_from or "") <= day <= (entry.valid_to or "9999")
    ties = ((str(name), getattr(entry, field)) for name, field in _TIES)
    return entry, Standing(
        day,
        existed,
        tuple((name, link) for name, above in ties for link in _links([above] if above else [], known, language)),
        links.by_name(_link(each, language) for each in subordinates(path, day, known, limit)),
        _links(known.predecessors(path), known, language),
        _links(known.successors(path), known, language),
        tuple(_change(change, language) for change in known.changes(path)),
    )


def _day(asked: str | None) -> str | None:
    try:
        return date.fromisoformat(asked or "").isoformat()
    except ValueError:
        return None


def _links(paths: Iterable[str], known: Register, language: Language) -> tuple[Link, ...]:
    return links.by_name(_link(entry, language) for path in paths if (entry := known.entry(path)))


def _link(entry: BodyEntry, language: Language) -> Link:
    return Link(entry.label_vi if language == "vi" else entry.label_en, links.page(body_iri(entry.path)))


def _change(change: Change, language: Language) -> Link:
    label = change.label_vi if language == "vi" else change.label_en
    return Link(f"{label} ({change.act})", note=change.date)

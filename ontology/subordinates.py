"""Who stands directly below a body on a day: found in the templates, for no list of all bodies is ever made."""

from collections.abc import Iterator
from itertools import islice

from chidao.ontology.bodies import CENTRE, BodyEntry, Template
from chidao.ontology.places import LEVELS, Place
from chidao.ontology.register import Register


def subordinates(path: str, date: str, known: Register, limit: int) -> list[BodyEntry]:
    """The bodies whose superior in command is the one at the path, on the ISO date; at most ``limit``, in order."""
    return list(islice(_below(path, date, known), limit))


def _below(path: str, date: str, known: Register) -> Iterator[BodyEntry]:
    for entry in known.central.values():
        if entry.superior_path == path and _stands(entry, date):
            yield entry
    where, _, slug = path.rpartition("/")
    place = known.place(where)
    places = [place] if place else []
    level = place.level if place else "central"
    nearest = _next_level(where if place else None, level, date, known) if place or where == CENTRE else []
    for each in (*places, *nearest):
        for template in dict.fromkeys(known.templates.values()):
            if each.level in template.levels and _mentions(template, slug, place):
                made = known.entry(f"{each.path}/{template.slug_at(each.kind)}", date)
                if made and made.superior_path == path and _stands(made, date):
                    yield made


def _next_level(path: str | None, level: str, date: str, known: Register) -> list[Place]:
    """The places directly below: since July 2025 a province has communes and no districts."""
    for lower in LEVELS[LEVELS.index(level) + 1 :]:
        found = known.places.below(path, lower, date)
        if found:
            return found
    return []


def _mentions(template: Template, slug: str, place: Place | None) -> bool:
    """True where the template's superior can have the slug; spares making every body of every place."""
    wanted = slug if place is None else slug.replace(place.kind.committee_slug, "{committee}")
    choices = (choice.removeprefix("../").removeprefix("/") for choice in template.superior.split("|"))
    return any(choice in (slug, wanted) or "{committee}" in choice for choice in choices)


def _stands(entry: BodyEntry, date: str) -> bool:
    return (entry.valid_from or "") <= date <= (entry.valid_to or "9999")

"""How bodies follow each other: organs that were merged or renamed, and all bodies of a place that was.

Central bodies have rows of their own; for local ones a rule holds at every place of a level ("Sở KH&ĐT" into "Sở Tài
chính" in March 2025), and what happens to a place happens to its bodies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chidao.ontology.bodies import Template, Templates, fill, fill_slug, span_of
from chidao.ontology.changes import Change, Changes, day_before
from chidao.ontology.places import Place, Places
from chidao.ontology.tables import rows, values


@dataclass(frozen=True, slots=True)
class Rule:
    """A change that every place of the ``levels`` saw; ``before`` and ``after`` are slugs of templates."""

    date: str
    kind: str
    act: str
    levels: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    label_vi: str
    label_en: str


class Histories:
    """The changes of bodies, worked out from those of places and from the rules."""

    def __init__(
        self, places: Places, templates: Templates, changes: Changes, central: Changes, rules: Iterable[Rule]
    ) -> None:
        self._places = places
        self._templates = templates
        self._changes = changes
        self._central = central
        self._rules = tuple(rules)

    def of_central(self, path: str) -> tuple[Change, ...]:
        """The changes of a central body."""
        return self._central.of(path)

    def of_local(self, template: Template, place: Place) -> tuple[Change, ...]:
        """The changes of the body that the template makes at the place, the earliest first."""
        found = [*self._by_rule(template, place), *self._with_place(template, place)]
        return tuple(sorted(found, key=lambda change: (change.date, change.id)))

    def _by_rule(self, template: Template, place: Place) -> Iterator[Change]:
        for rule in self._rules:
            concerned = place.level in rule.levels and template.slug in (*rule.before, *rule.after)
            if not concerned or not (place.valid_on(rule.date) and place.valid_on(day_before(rule.date))):
                continue
            before, after = self._at(rule.before, place), self._at(rule.after, place)
            yield Change(
                f"{rule.date}/{(after or before)[0]}",
                rule.kind,
                rule.date,
                rule.act,
                fill(rule.label_vi, place.kind, place.label_vi, place.label_en, place.name),
                fill(rule.label_en, place.kind, place.label_vi, place.label_en, place.name),
                before,
                after,
            )

    def _with_place(self, template: Template, place: Place) -> Iterator[Change]:
        """The changes of the place in which the body ended or began with it."""
        begin, end = span_of(template, place)
        for change in self._changes.of(place.path):
            if begin != change.date and end != day_before(change.date):
                continue
            before = self._stood(template, place, change.before, day_before(change.date))
            after = self._stood(template, place, change.after, change.date)
            if before or after:
                yield replace(change, before=before, after=after)

    def _stood(self, template: Template, place: Place, paths: Sequence[str], day: str) -> tuple[str, ...]:
        """The bodies of that template at the places that are of the level of ``place``, where they stood on the day."""
        found = (self._places[path] for path in paths)
        alike = (each for each in found if each.level == place.level)
        return tuple(f"{each.path}/{template.slug_at(each.kind)}" for each in alike if stands(template, each, day))

    def _at(self, slugs: Sequence[str], place: Place) -> tuple[str, ...]:
        known = (slug for slug in slugs if (slug, place.level) in self._templates)
        return tuple(f"{place.path}/{fill_slug(slug, place.kind)}" for slug in known)


def stands(template: Template, place: Place, day: str) -> bool:
    """True where the template makes a body at the place on the ISO day."""
    begin, end = span_of(template, place)
    return (begin or "") <= day <= (end or "9999")


def read_rules() -> Iterator[Rule]:
    """The rows of ``template_changes.csv``."""
    for row in rows("template_changes"):
        yield Rule(**(dict(row) | _lists(row)))  # type: ignore[arg-type]


def _lists(row: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {"levels": tuple(row["levels"].split()), "before": values(row["before"]), "after": values(row["after"])}

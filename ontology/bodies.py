"""Bodies of the register: central ones as rows, local ones made on demand from a template and a place.

Nothing is made in advance: with 14,000 places and a hundred templates there would be more than half a million entries.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chidao.ontology.places import Place, PlaceType
from chidao.ontology.tables import rows, values

CENTRE = "trung-uong"
STEERING = "ban-chi-dao-"
NEVER_STOOD = ("9999-12-31", "0001-01-01")


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """A body of the register. Paths are those after ``…/id/body/``; ``series_path`` says under whose numbers it issues.

    ``collective`` entries ("Trung ương", "Đảng") mean authorities at large; they issue, but are no single body.
    """

    path: str
    label_vi: str
    label_en: str
    level: str
    system: str | None
    place_path: str | None = None
    superior_path: str | None = None
    led_by_path: str | None = None
    guided_by_path: str | None = None
    series_path: str | None = None
    alt_labels: tuple[str, ...] = ()
    symbol_codes: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    collective: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One row of ``templates.csv``: a kind of body that places of the given levels have.

    Patterns hold {place} ("tỉnh Quảng Ninh"), {name}, {committee} ("Tỉnh ủy"), {code} ("TU") and {youth_union};
    an organ that few places have names their paths in ``places``.
    {place!} in a name means that the body is not known without its place. References name a slug at the same place
    ("uy-ban-nhan-dan"), at the parent ("../so-y-te") or at the centre ("/bo-y-te"); the first that exists holds.
    """

    slug: str
    levels: tuple[str, ...]
    label_vi: str
    label_en: str
    aliases: tuple[str, ...]
    symbol_codes: tuple[str, ...]
    system: str
    superior: str
    led_by: str
    guided_by: str
    series: str
    valid_from: str | None
    valid_to: str | None
    places: tuple[str, ...] = ()

    def slug_at(self, kind: PlaceType) -> str:
        """The slug where the kind of place decides it: "{committee}" -> "huyen-uy"."""
        return fill_slug(self.slug, kind)

    def codes_at(self, kind: PlaceType) -> tuple[str, ...]:
        """The symbol codes at that kind of place, the usual one first: "BTG{code}" -> "BTGTU"."""
        return tuple(
            pattern.replace("{code}", code)
            for pattern in self.symbol_codes
            for code in (kind.committee_codes if "{code}" in pattern else ("",))
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """What a steering committee steers; with the name of the national one, where there is one."""

    slug: str
    label_vi: str
    label_en: str
    central_vi: str
    central_en: str
    aliases: tuple[str, ...]
    system: str
    valid_from: str | None
    valid_to: str | None


Templates = Mapping[tuple[str, str], Template]


def read_templates() -> Templates:
    """The templates by (slug, level); slugs are still patterns."""
    found = [_template(row) for row in rows("templates")]
    return {(template.slug, level): template for template in found for level in template.levels}


def read_central() -> dict[str, BodyEntry]:
    """The central bodies by path."""
    return {row["path"]: _central(row) for row in rows("bodies")}


def read_topics() -> dict[str, Topic]:
    """The topics of steering committees by slug."""
    return {row["slug"]: _topic(row) for row in rows("topics")}


def fill(pattern: str, kind: PlaceType, place_vi: str, place_en: str, name: str) -> str:
    """A label from its pattern: "Sở Y tế {place}" -> "Sở Y tế tỉnh Quảng Ninh"."""
    return (
        pattern.replace("{place!}", "{place}")
        .format(
            committee=kind.committee,
            committee_en=kind.committee_en,
            youth_union=kind.youth_union,
            code=kind.committee_codes[0],
            place=place_vi,
            place_en=place_en,
            name=name,
        )
        .strip()
    )


def fill_slug(pattern: str, kind: PlaceType) -> str:
    """A slug from its pattern: "van-phong-{committee}" -> "van-phong-tinh-uy"."""
    return pattern.replace("{committee}", kind.committee_slug)


def entry_of(template: Template, place: Place, parent: Place | None, templates: Templates) -> BodyEntry:
    """The body that the template makes at the place, its references settled among the ``templates``."""

    # "Thành ủy Thành phố Hồ Chí Minh": its type is part of the city's name
    name_vi = place.label_vi if place.label_vi[:1].isupper() else place.name

    def label(pattern: str) -> str:
        return fill(pattern, place.kind, place.label_vi, place.label_en, name_vi)

    def reference(cell: str) -> str | None:
        return next(_references(cell, template, place, parent, templates), None)

    begin, end = span_of(template, place)
    return BodyEntry(
        path=f"{place.path}/{template.slug_at(place.kind)}",
        label_vi=label(template.label_vi),
        label_en=fill(template.label_en, place.kind, place.label_vi, place.label_en, place.name),
        level=place.level,
        system=template.system,
        place_path=place.path,
        superior_path=reference(template.superior),
        led_by_path=reference(template.led_by),
        guided_by_path=reference(template.guided_by),
        series_path=f"{place.path}/{fill_slug(template.series, place.kind)}",
        alt_labels=tuple(map(label, template.aliases)),
        symbol_codes=template.codes_at(place.kind),
        valid_from=begin,
        valid_to=end,
    )


def span_of(template: Template, place: Place) -> tuple[str | None, str | None]:
    """The first and last day of the body that the template makes at the place: it never outlives the place.

    The last before the first where there was never such a body.
    """
    if template.places and place.path not in template.places:
        return NEVER_STOOD
    begin = max(filter(None, (template.valid_from, place.valid_from)), default=None)
    return begin, min(filter(None, (template.valid_to, place.valid_to)), default=None)


def steering_committee(topic: Topic, place: Place | None) -> BodyEntry | None:
    """The steering committee on a topic: that of the place, without one the national one, None if there is none."""
    where = place.path if place else CENTRE
    vi = f"Ban Chỉ đạo {topic.label_vi} {place.label_vi}" if place else topic.central_vi
    en = f"Steering Committee for {topic.label_en} of {place.label_en}" if place else topic.central_en
    if not vi:
        return None
    path = f"{where}/{STEERING}{topic.slug}"
    return BodyEntry(
        path=path,
        label_vi=vi,
        label_en=en,
        level=place.level if place else "central",
        system=topic.system,
        place_path=place.path if place else None,
        guided_by_path=f"{CENTRE}/{STEERING}{topic.slug}" if place and topic.central_vi else None,
        series_path=path,
        alt_labels=(f"BCĐ {topic.label_vi} {place.label_vi}",) if place else (),
        symbol_codes=("BCĐ",),
        valid_from=topic.valid_from,
        valid_to=topic.valid_to,
    )


def _references(
    cell: str, template: Template, place: Place, parent: Place | None, templates: Templates
) -> Iterator[str]:
    """The paths that a template's reference can mean, the first choice first: "../so-y-te|/bo-y-te".

    Those of bodies that stood while the referring one did: Quảng Điền's organs of 2025 are below those of Huế.
    """
    for choice in filter(None, cell.split("|")):
        where = parent if choice.startswith("../") else place
        slug = choice.removeprefix("../")
        other = templates.get((slug, where.level)) if where else None
        if choice.startswith("/"):
            yield CENTRE + choice
        elif where and other and _met(span_of(template, place), span_of(other, where)):
            yield f"{where.path}/{fill_slug(slug, where.kind)}"


def _met(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """True where two spans share a day."""
    first, last = max(one[0] or "", other[0] or ""), min(one[1] or "9999", other[1] or "9999")
    return first <= last


def _template(row: Mapping[str, str]) -> Template:
    lists = {"levels": tuple(row["levels"].split()), "aliases": values(row["aliases"])}
    codes = {"symbol_codes": values(row["symbol_codes"]), "places": values(row["places"])}
    return Template(**(dict(row) | lists | codes | _validity(row)))  # type: ignore[arg-type]


def _topic(row: Mapping[str, str]) -> Topic:
    return Topic(**(dict(row) | {"aliases": values(row["aliases"])} | _validity(row)))  # type: ignore[arg-type]


def _central(row: Mapping[str, str]) -> BodyEntry:
    entry = BodyEntry(
        path=row["path"],
        label_vi=row["label_vi"],
        label_en=row["label_en"],
        level=row["level"],
        system=row["system"] or None,
        superior_path=row["superior"] or None,
        led_by_path=row["led_by"] or None,
        guided_by_path=row["guided_by"] or None,
        series_path=row["series"] or None,
        alt_labels=values(row["aliases"]),
        symbol_codes=values(row["symbol_codes"]),
        collective=row["kind"] == "collective",
    )
    return replace(entry, valid_from=row["valid_from"] or None, valid_to=row["valid_to"] or None)


def _validity(row: Mapping[str, str]) -> dict[str, str | None]:
    return {"valid_from": row["valid_from"] or None, "valid_to": row["valid_to"] or None}

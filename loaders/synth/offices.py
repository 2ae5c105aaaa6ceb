"""Who stands in a synthetic document: the bodies of the register that have a role at a place on a day, and how texts
name them.
"""

from dataclasses import dataclass
from functools import lru_cache

from chidao.graph.names import body_iri
from chidao.loaders.synth.stock import roles
from chidao.ontology.bodies import CENTRE, BodyEntry, Template, fill, span_of
from chidao.ontology.places import Place
from chidao.ontology.register import register

LOWER = {"central": "province", "province": "district", "district": "commune"}
_ORDER = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")
_COMMITTEES = {"huyện": "huyện ủy", "quận": "quận ủy", "thị xã": "thị ủy", "thành phố": "thành ủy", "tỉnh": "tỉnh ủy"}
TWO_LEVELS = "2025-07-01"
"""The day from which a province has communes and no districts."""

Truth = dict[str, object]


@dataclass(frozen=True, slots=True)
class Office:
    """A body or group as a text names it: ``text`` within its own territory, ``full`` elsewhere, ``truth`` the BODY of
    the record format, ``path`` in the register (None for a group), ``requested`` where one asks and does not order.
    """

    text: str
    full: str
    truth: Truth
    path: str | None = None
    requested: bool = False


@lru_cache(maxsize=1 << 12)
def entry_at(path: str, date: str) -> BodyEntry | None:
    """The body at the path, None where it did not stand on the ISO date."""
    entry = register().entry(path, date)
    stood = entry and (entry.valid_from or "") <= date <= (entry.valid_to or "9999")
    return entry if stood else None


@lru_cache(maxsize=1 << 12)
def office_of(path: str) -> Office:
    """The body at a path of the register. Raises LookupError for an unknown one."""
    entry = register().entry(path)
    if entry is None:
        raise LookupError(f"the register has no body at {path}")
    place = register().place(entry.place_path) if entry.place_path else None
    return _office(path, entry.label_vi, entry.level, entry.system, place)


def _office(path: str, label: str, level: str, system: str | None, place: Place | None) -> Office:
    truth: Truth = {"label": label, "iri": body_iri(path), "level": level, "system": system, "group": False}
    return Office(short_name(label, place), label, truth, path, system == "front")


@lru_cache(maxsize=1 << 12)
def _local_office(template: Template, place: Place) -> Office:
    """The body that the template makes at the place; the register would also work out its superiors."""
    label = fill(template.label_vi, place.kind, place.label_vi, place.label_en, place.name)
    return _office(f"{place.path}/{template.slug_at(place.kind)}", label, place.level, template.system, place)


def short_name(label: str, place: Place | None) -> str:
    """The name as texts of the place print it: "Công an tỉnh", "Sở Y tế", "Ban Thường vụ Tỉnh ủy"."""
    if place is None:
        return label
    if label.endswith(place.label_vi) and not label.startswith(("Đảng ủy", "Ban Thường vụ Đảng ủy")):
        stem = label.removesuffix(place.label_vi).strip()
        alone = stem.startswith(("Sở ", "Phòng "))
        return stem if alone else f"{stem} {place.type.lower()}"
    return label.removesuffix(place.name).strip()


@lru_cache(maxsize=1 << 12)
def with_role(role: str, place: Place | None, level: str, date: str) -> Office | None:
    """The body that has the role at the place (None: the Centre) on the day; None where none has."""
    for slug in roles().get((role, level), ()):
        if place is None:
            if entry_at(f"{CENTRE}/{slug}", date):
                return office_of(f"{CENTRE}/{slug}")
            continue
        template = register().templates.get((slug, level))
        first, last = span_of(template, place) if template else ("9999", None)
        if template and (first or "") <= date <= (last or "9999"):
            return _local_office(template, place)
    return None


def subordinates(system: str, level: str, date: str, types: frozenset[str]) -> Office:
    """The committees one level down, whose places are of the ``types``, as a group; below the communes the hamlets."""
    if level == "commune":
        label = "Các chi bộ trực thuộc" if system == "party" else "Trưởng các thôn, tổ dân phố"
        return _group(label, None, None)
    below = "commune" if level == "province" and date >= TWO_LEVELS else LOWER[level]
    present = [type_ for type_ in _ORDER if type_ in types]
    if below == "province":
        party, state = "Các tỉnh ủy, thành ủy", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"
    elif below == "district":
        party = "Các " + ", ".join(_COMMITTEES[type_] for type_ in present)
        state = "Ủy ban nhân dân các " + ", ".join(present)
    else:
        party, state = ("Đảng ủy các " + ", ".join(present), "Ủy ban nhân dân các " + ", ".join(present))
    return _group(party if system == "party" else state, below, system)


def _group(label: str, level: str | None, system: str | None) -> Office:
    truth: Truth = {"label": label, "level": level, "system": system, "group": True}
    return Office(label, label, truth)

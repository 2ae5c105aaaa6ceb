"""The parts of bodies' names before the place: "Sở Y tế", "Văn phòng Tỉnh ủy"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chidao.ontology.bodies import BodyEntry, Template, fill
from chidao.ontology.places import PlaceType

# What differs between the types of places: "Văn phòng {committee}", "VP{code}"
_OF_KIND = re.compile(r"\{(?:committee|youth_union|code)\}")
# The leading bodies of a place, which texts name in one breath: "Đảng ủy, HĐND, UBND các xã"
_LEADING = frozenset(
    {
        "{committee}",
        "ban-thuong-vu",
        "thuong-truc",
        "hoi-dong-nhan-dan",
        "thuong-truc-hoi-dong-nhan-dan",
        "uy-ban-nhan-dan",
        "uy-ban-mat-tran-to-quoc",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Stem:
    """The part of a name before the place: of a central body (``entry``), or of what a template makes.

    ``bare`` stems leave out the type of place that is part of the name: "Đảng ủy" for "Đảng ủy xã".
    """

    text: str
    entry: BodyEntry | None = None
    template: Template | None = None
    kind: PlaceType | None = None
    needs_place: bool = False
    bare: bool = False


def stems_of(template: Template, kinds: Iterable[PlaceType]) -> Iterable[tuple[Stem, str]]:
    """The stems of a template with the spelling of each: "Văn phòng {committee} {name}" -> "Văn phòng Tỉnh ủy" …"""
    for pattern in (template.label_vi, *template.aliases):
        by_kind = "{committee}" in pattern + template.label_vi or "{youth_union}" in pattern + template.label_vi
        own = [kind for kind in kinds if kind.level in template.levels]
        for kind in own if _OF_KIND.search(pattern) else own[:1]:
            fixed = kind if by_kind and "{place" not in pattern else None
            text = fill(template.label_vi if fixed or not by_kind else pattern, kind, "", "", "")
            for code in kind.committee_codes if "{code}" in pattern else ("",):
                spelled = fill(pattern.replace("{code}", code), kind, "", "", "")
                yield Stem(text, None, template, fixed, "{place!}" in pattern), spelled
            committee = kind.committee.removesuffix(f" {kind.type}")
            if "{committee}" in pattern and committee != kind.committee:
                bare = fill(template.label_vi, replace(kind, committee=committee), "", "", "")
                yield Stem(bare, None, template, kind, bare=True), bare


def leads(stem: Stem) -> bool:
    """True for a leading body of a place: committee, council, People's Committee, Front."""
    return stem.template is not None and stem.template.slug in _LEADING


def is_head(stems: Sequence[Stem]) -> bool:
    """True for persons in office: the capitals after "Chủ tịch UBND huyện" may be a person's name."""
    return any(stem.template and stem.template.slug in {"bi-thu", "chu-tich-uy-ban-nhan-dan"} for stem in stems)

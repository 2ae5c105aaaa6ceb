"""The names of bodies in text: a known name, the place at its end, and which body that is in a context.

A name is looked up word by word in one trie; the place at its end and the context then choose the place. Where they
leave several, or none, the mention keeps its label and stays unresolved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from chidao.ontology.bodies import BodyEntry, Template, Templates, Topic, entry_of, fill
from chidao.ontology.labels import as_written
from chidao.ontology.mentions import (
    AMBIGUOUS,
    NO_PLACE,
    OCR_REPAIR,
    UNKNOWN_NAME,
    UNKNOWN_PLACE,
    Context,
    Mention,
    known,
)
from chidao.ontology.places import LEVELS, Place, Places, PlaceType
from chidao.ontology.steering import STEERING_OPENING, Steering
from chidao.ontology.tables import rows
from chidao.ontology.tails import Tail, read_tail
from chidao.ontology.words import Trie, Word, keys_of

MOST_ROLES = 3
_JOINS = frozenset({",", "và", "-", "/"})
# The leading bodies of a place, which texts name in one breath: "Đảng ủy, HĐND, UBND các xã"
_MOST_TOGETHER = 5
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


@dataclass(frozen=True, slots=True)
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


class Gazetteer:
    """The names of all bodies, over the places of the register."""

    def __init__(
        self, places: Places, templates: Templates, central: Mapping[str, BodyEntry], topics: Mapping[str, Topic]
    ) -> None:
        self.places = places
        self.templates = templates
        self.stems: Trie[tuple[Stem, ...]] = Trie()
        self.people: Trie[bool] = Trie()
        self.roles: Trie[str] = Trie()
        self.steering = Steering(places, topics)
        self._entries: dict[tuple[Template, Place], BodyEntry] = {}
        for entry in central.values():
            for label in (entry.label_vi, *entry.alt_labels):
                self._add(Stem(entry.label_vi, entry=entry), label)
        for template in dict.fromkeys(templates.values()):
            for stem, label in _stems(template, places.kinds.values()):
                self._add(stem, label)
        for row in rows("roles"):
            if row["class"] == "person":
                self.people.add(keys_of(row["phrase"]), True)
            else:
                self.roles.add(keys_of(row["phrase"]), row["class"])

    @cached_property
    def openings(self) -> frozenset[str]:
        """The words with which a name or a role begins; at any other word ``match`` finds nothing."""
        return frozenset({*self.stems.openings, *self.roles.openings, STEERING_OPENING})

    def match(self, words: Sequence[Word], at: int, context: Context, roles: int = MOST_ROLES) -> list[Mention]:
        """The bodies that the longest known name beginning at word ``at`` means; several where it lists places.

        At most ``roles`` heads or organs may stand before the name ("Chánh Văn phòng Ban Chỉ đạo …" has two).
        """
        if at >= len(words) or words[at].key not in self.openings:
            return []
        hit = self.stems.longest(words, at)
        if not hit:
            return self.steering.match(words, at, context) or self._role(words, at, context, roles)
        end, stems = hit
        local = [stem for stem in stems if stem.template]
        central = [stem.entry for stem in stems if stem.entry]
        tail = self._tail(words, end, local)
        if central and local and context.place and not tail.text:  # "Kho bạc Nhà nước" in a district's text
            entry = central[0]
            return [Mention(end, entry.label_vi, None, entry.system, reason=AMBIGUOUS, candidates=(entry.path,))]
        local = [
            s for s in local if (tail.text or not s.needs_place) and (not s.bare or self._is_home(words, tail, context))
        ]
        if central and (not local or not tail.text):
            return [known(end, central[0])]
        if tail.plural:
            return self._several(local, tail, context)
        return [self._single(local, tail, self._pairs(local, tail, context), context)] if local else []

    def _tail(self, words: Sequence[Word], end: int, local: Sequence[Stem]) -> Tail:
        """The place behind a name; "HĐND, UBND các xã" names it once for all leading bodies."""
        tail = read_tail(words, end, self.places, unknown_names=not _is_head(local)) if local else Tail(end)
        if tail.text or not any(_leads(stem) for stem in local):
            return tail
        position = end
        for _ in range(_MOST_TOGETHER):
            joined = position < len(words) and words[position].key in _JOINS
            hit = self.stems.longest(words, position + 1) if joined else None
            if not hit or not any(_leads(stem) for stem in hit[1]):
                return tail
            position = hit[0]
            shared = read_tail(words, position, self.places, unknown_names=False)
            if shared.text:
                levels = {level for kind, level in self.places.kinds if kind in shared.types}
                fits = shared.plural and not shared.listed and levels & self._levels(local, shared)
                return replace(shared, end=end) if fits else tail
        return tail

    def _is_home(self, words: Sequence[Word], tail: Tail, context: Context) -> bool:
        """True where a bare stem is complete: with several places, or in a text of a commune ("Văn phòng Đảng ủy")."""
        if tail.text:
            return tail.plural
        near = next(self.places.upward(context.place), None)
        goes_on = tail.end < len(words) and words[tail.end].capital and not words[tail.end - 1].text.isupper()
        return near is not None and near.level == "commune" and not goes_on

    def entry(self, template: Template, place: Place) -> BodyEntry:
        """The body that the template makes at the place, made once."""
        if (template, place) not in self._entries:
            parent = self.places.by_path.get(place.parent_path or "")
            self._entries[template, place] = entry_of(template, place, parent, self.templates)
        return self._entries[template, place]

    def _role(self, words: Sequence[Word], at: int, context: Context, roles: int) -> list[Mention]:
        """A head or an organ of the body named after it: "Chánh Văn phòng Huyện ủy", "Giám đốc Sở Y tế"."""
        role = self.roles.longest(words, at) if roles else None
        inner = self.match(words, role[0], context, roles - 1) if role else []
        if not role or len(inner) != 1:
            return []
        return [self.in_office(words[at : role[0]], inner[0])]

    def in_office(self, office: Sequence[Word], body: Mention) -> Mention:
        """The person or organ of a body: "Giám đốc" + Sở Y tế; the register does not know those."""
        label = f"{as_written(office, self.places)} {body.label}"
        return replace(body, label=label, entry=None, reason=UNKNOWN_NAME, candidates=())

    def _single(
        self, stems: Sequence[Stem], tail: Tail, pairs: Sequence[tuple[Template, Place]], context: Context
    ) -> Mention:
        inferred = () if tail.places and not tail.repaired else ("place",)
        if len(pairs) == 1:
            template, place = pairs[0]
            entry = self.entry(template, place)
            reason = OCR_REPAIR if tail.repaired else None
            stated = place if tail.name else None
            return replace(known(tail.end, entry), inferred=inferred, reason=reason, stated=stated)
        stem = stems[0]
        paths = tuple(f"{place.path}/{template.slug_at(place.kind)}" for template, place in pairs)
        reason = AMBIGUOUS if pairs else UNKNOWN_PLACE if tail.name else NO_PLACE
        level = _one({place.level for _, place in pairs} or self._levels(stems, tail))
        near = next(self.places.upward(context.place), None)
        below = bool(level and near and not pairs and tail.types and LEVELS.index(level) > LEVELS.index(near.level))
        generic = below and not tail.name  # "UBND huyện" in a text of the province: any of its districts
        return Mention(
            tail.end,
            f"{stem.text} {tail.text}".strip(),
            level,
            stem.template.system if stem.template else None,
            near.path if near and generic else None,
            group=generic,
            candidates=paths,
            reason=None if generic else reason,
        )

    def _levels(self, stems: Sequence[Stem], tail: Tail) -> set[str]:
        kinds = [kind for stem in stems for kind in self._kinds(stem)]
        return {kind.level for kind in kinds if not tail.types or kind.type in tail.types}

    def _kinds(self, stem: Stem) -> Iterable[PlaceType]:
        levels = stem.template.levels if stem.template else ()
        return (stem.kind,) if stem.kind else (k for k in self.places.kinds.values() if k.level in levels)

    def _pairs(self, stems: Sequence[Stem], tail: Tail, context: Context) -> list[tuple[Template, Place]]:
        """The templates and places that the name can mean, narrowed by the context."""
        fits = [(stem.template, kind) for stem in stems for kind in self._kinds(stem) if stem.template]
        if tail.name:
            places = self.narrow([p for p in tail.places if any(p.kind == kind for _, kind in fits)], context)
        else:
            above = [p for p in self.places.upward(context.place) if not tail.types or p.type in tail.types]
            places = [p for p in above if any(p.kind == kind for _, kind in fits)][:1]
        return list(dict.fromkeys((template, p) for p in places for template, kind in fits if p.kind == kind))

    def narrow(self, places: Sequence[Place], context: Context) -> list[Place]:
        """Those of the places that existed on the context's date, and lie nearest around its place."""
        left = [p for p in places if p.valid_on(context.date)] or list(places)
        for around in self.places.upward(context.place):
            inside = [p for p in left if around in self.places.upward(p.path)]
            if inside:
                return inside
        return left

    def _several(self, local: Sequence[Stem], tail: Tail, context: Context) -> list[Mention]:
        """One group ("UBND các huyện, thị xã"), or the bodies one by one ("UBND các huyện Thanh Miện, Gia Lộc")."""
        if tail.listed:
            ones = [replace(one, end=tail.end) for one in tail.listed]
            return [self._single(local, one, self._pairs(local, one, context), context) for one in ones]
        near = next(self.places.upward(context.place), None)
        levels = {level for kind, level in self.places.kinds if kind in tail.types}
        if near:
            levels = {level for level in levels if LEVELS.index(level) > LEVELS.index(near.level)} or levels
        template = local[0].template
        return [
            Mention(
                tail.end,
                f"{local[0].text} {tail.text}",
                _one(levels) or ("province" if "tỉnh" in tail.types else "district" if "huyện" in tail.types else None),
                template.system if template else None,
                near.path if near else None,
                group=True,
            )
        ]

    def _add(self, stem: Stem, label: str) -> None:
        keys = keys_of(label)
        self.stems.add(keys, (*(self.stems.get(keys) or ()), stem))


def _stems(template: Template, kinds: Iterable[PlaceType]) -> Iterable[tuple[Stem, str]]:
    """The stems of a template with the spelling of each: "Văn phòng {committee} {name}" -> "Văn phòng Tỉnh ủy" …"""
    for pattern in (template.label_vi, *template.aliases):
        by_kind = "{committee}" in pattern + template.label_vi or "{youth_union}" in pattern + template.label_vi
        own = [kind for kind in kinds if kind.level in template.levels]
        for kind in own if "{committee}" in pattern or "{youth_union}" in pattern else own[:1]:
            fixed = kind if by_kind and "{place" not in pattern else None
            text = fill(template.label_vi if fixed or not by_kind else pattern, kind, "", "", "")
            yield Stem(text, None, template, fixed, "{place!}" in pattern), fill(pattern, kind, "", "", "")
            committee = kind.committee.removesuffix(f" {kind.type}")
            if "{committee}" in pattern and committee != kind.committee:
                bare = fill(template.label_vi, replace(kind, committee=committee), "", "", "")
                yield Stem(bare, None, template, kind, bare=True), bare


def _leads(stem: Stem) -> bool:
    return stem.template is not None and stem.template.slug in _LEADING


def _is_head(stems: Sequence[Stem]) -> bool:
    """True for persons in office: the capitals after "Chủ tịch UBND huyện" may be a person's name."""
    return any(stem.template and stem.template.slug in {"bi-thu", "chu-tich-uy-ban-nhan-dan"} for stem in stems)


def _one(levels: Iterable[str]) -> str | None:
    found = set(levels)
    return found.pop() if len(found) == 1 else None

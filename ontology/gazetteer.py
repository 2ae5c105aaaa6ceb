"""The names of bodies in text: a known name, the place at its end, and which body that is in a context.

A name is looked up word by word in one trie; the place at its end and the context then choose the place. Where they
leave several, or none, the mention keeps its label and stays unresolved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from chidao.ontology.bodies import BodyEntry, Template, Topic
from chidao.ontology.choice import Span, in_time, stands
from chidao.ontology.labels import as_written
from chidao.ontology.mentions import (
    AMBIGUOUS,
    AMBIGUOUS_NAME,
    CONTRADICTION,
    NEVER,
    NO_PLACE,
    NOT_YET,
    UNKNOWN_NAME,
    UNKNOWN_PLACE,
    Context,
    Membership,
    Mention,
    known,
)
from chidao.ontology.places import LEVELS, Place, Places
from chidao.ontology.placing import Placing, one_of
from chidao.ontology.steering import STEERING_OPENING, Steering
from chidao.ontology.stems import Stem, is_head, leads, stems_of
from chidao.ontology.tables import rows
from chidao.ontology.tails import BARE_LEVELS, Tail, read_tail
from chidao.ontology.words import Trie, Word, keys_of

MOST_ROLES = 3
_JOINS = frozenset({",", "và", "-", "/"})
_MOST_TOGETHER = 5


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """What a name can mean, central bodies and stems of local ones, and how the place behind it is read.

    A place without its type counts at the ``bare_levels``; ``of_person`` names are those of heads, ``leads`` those of
    leading bodies, which share a place; ``conditional`` ones hold a stem that is no name by itself.
    """

    central: tuple[BodyEntry, ...]
    local: tuple[Stem, ...]
    bare_levels: frozenset[str]
    of_person: bool
    leads: bool
    conditional: bool


class Gazetteer:
    """The names of all bodies, over the places of the register."""

    def __init__(
        self,
        places: Places,
        templates: Iterable[Template],
        central: Mapping[str, BodyEntry],
        topics: Mapping[str, Topic],
        placing: Placing,
    ) -> None:
        self.places = places
        self.placing = placing
        self.stems: Trie[tuple[Stem, ...]] = Trie()
        self._senses: dict[tuple[Stem, ...], Senses] = {}
        self.people: Trie[bool] = Trie()
        self.roles: Trie[str] = Trie()
        self.steering = Steering(places, topics)
        for entry in central.values():
            for label in (entry.label_vi, *entry.alt_labels):
                self._add(Stem(entry.label_vi, entry=entry), label)
        for template in dict.fromkeys(templates):
            for stem, label in stems_of(template, places.kinds.values()):
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
        senses = self._senses.get(stems) or self._senses_of(stems)
        if not senses.local:
            return [self._central(end, senses.central, context)]
        return self._placed(words, end, senses, context)

    def _placed(self, words: Sequence[Word], end: int, senses: Senses, context: Context) -> list[Mention]:
        """The bodies of a name up to word ``end`` that local bodies bear, with the place behind it."""
        central, local = senses.central, senses.local
        tail = self._tail(words, end, senses)
        if central and not tail.text:  # "Cục Thuế", "Kho bạc Nhà nước" in a district's text
            central, local = self._of_the_day(central, local, context)
            if central and local and context.place:
                entry = central[0]
                return [Mention(end, entry.label_vi, None, entry.system, reason=AMBIGUOUS, candidates=(entry.path,))]
        if senses.conditional:
            local = self._complete(words, local, tail, context)
        if central and (not local or not tail.text):
            return [self._central(end, central, context)]
        if tail.plural:
            return self._several(local, tail, context)
        return [self._single(local, tail, context)] if local else []

    def _central(self, end: int, entries: Sequence[BodyEntry], context: Context) -> Mention:
        """The central body of the day; one that began only later is none that the text can mean.

        Several are left of "TTCP": Thủ tướng Chính phủ and Thanh tra Chính phủ.
        """
        if len(entries) == 1 and stands(_entry_span(entries[0]), context.date):
            return known(end, entries[0])
        found, caution = in_time(entries, context.date, _entry_span)
        if len(found) == 1:
            return known(end, found[0], caution)
        entry, paths = entries[0], tuple(each.path for each in found or entries)
        reason = AMBIGUOUS_NAME if found else caution
        return Mention(end, entry.label_vi, entry.level, entry.system, reason=reason, candidates=paths)

    def _senses_of(self, stems: tuple[Stem, ...]) -> Senses:
        """The senses of a name, worked out once; the same central body under two spellings is one."""
        local = tuple(stem for stem in stems if stem.template)
        levels = frozenset(kind.level for stem in local for kind in self.placing.kinds_of(stem))
        self._senses[stems] = Senses(
            tuple(dict.fromkeys(stem.entry for stem in stems if stem.entry)),
            local,
            BARE_LEVELS & levels or levels,
            is_head(local),
            any(map(leads, local)),
            any(stem.needs_place or stem.bare for stem in local),
        )
        return self._senses[stems]

    def _complete(self, words: Sequence[Word], local: Sequence[Stem], tail: Tail, context: Context) -> tuple[Stem, ...]:
        """The stems that are names with this tail: some need a place, bare ones a text of a commune or several."""
        return tuple(
            s for s in local if (tail.text or not s.needs_place) and (not s.bare or self._is_home(words, tail, context))
        )

    def _of_the_day(
        self, central: tuple[BodyEntry, ...], local: tuple[Stem, ...], context: Context
    ) -> tuple[tuple[BodyEntry, ...], tuple[Stem, ...]]:
        """Both, or the one kind of which the date leaves any: there is a central Cục Thuế since 2025 only."""
        now = tuple(entry for entry in central if stands(_entry_span(entry), context.date))
        here = tuple(
            s for s in local if s.template and stands((s.template.valid_from, s.template.valid_to), context.date)
        )
        return (now, here) if now or here else (central, local)

    def _tail(self, words: Sequence[Word], end: int, senses: Senses) -> Tail:
        """The place behind a name; "HĐND, UBND các xã" names it once for all leading bodies."""
        tail = read_tail(words, end, self.places, not senses.of_person, senses.bare_levels)
        if tail.text or not senses.leads:
            return tail
        position = end
        for _ in range(_MOST_TOGETHER):
            joined = position < len(words) and words[position].key in _JOINS
            hit = self.stems.longest(words, position + 1) if joined else None
            if not hit or not any(leads(stem) for stem in hit[1]):
                return tail
            position = hit[0]
            shared = read_tail(words, position, self.places, unknown_names=False)
            if shared.text:
                of_types = {level for kind, level in self.places.kinds if kind in shared.types}
                fits = shared.plural and not shared.listed and of_types & self.placing.levels(senses.local, shared)
                return shared._replace(end=end) if fits else tail
        return tail

    def _is_home(self, words: Sequence[Word], tail: Tail, context: Context) -> bool:
        """True where a bare stem is complete: with several places, or in a text of a commune ("Văn phòng Đảng ủy")."""
        if tail.text:
            return tail.plural
        near = self.places.get(context.place)
        goes_on = tail.end < len(words) and words[tail.end].capital and not words[tail.end - 1].text.isupper()
        return near is not None and near.level == "commune" and not goes_on

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
        return body._replace(label=label, entry=None, reason=UNKNOWN_NAME, candidates=(), membership=None)

    def _single(self, stems: tuple[Stem, ...], tail: Tail, context: Context) -> Mention:
        pairs, caution, entry = self.placing.choose(stems, tail, context)
        if entry and not tail.contradicts:
            inferred = () if tail.places and not tail.repaired else ("place",)
            return known(tail.end, entry, tail.repaired or caution, inferred, pairs[0][1] if tail.name else None)
        stem = stems[0]
        paths = tuple(f"{place.path}/{template.slug_at(place.kind)}" for template, place in pairs)
        level = one_of({place.level for _, place in pairs} or self.placing.levels(stems, tail))
        near = self.places.get(context.place)
        below = bool(level and near and not pairs and tail.types and LEVELS.index(level) > LEVELS.index(near.level))
        generic = below and not tail.name  # "UBND huyện" in a text of the province: any of its districts
        template = _template_at(stems, level)
        return Mention(
            tail.end,
            f"{stem.text} {tail.text}".strip(),
            level,
            template.system if template else None,
            near.path if near and generic else None,
            group=generic,
            candidates=paths,
            reason=None if generic else _why(tail, paths, caution),
            membership=Membership(template, tail.types) if generic and template else None,
        )

    def _several(self, local: tuple[Stem, ...], tail: Tail, context: Context) -> list[Mention]:
        """One group ("UBND các huyện, thị xã"), or the bodies one by one ("UBND các huyện Thanh Miện, Gia Lộc")."""
        if not local:
            return []
        if tail.listed:
            ones = [one._replace(end=tail.end) for one in tail.listed]
            return [self._single(local, one, context) for one in ones]
        level = self.placing.member_level(tail, context)
        template = _template_at(local, level)
        scope = self.placing.scope(level, tail, context)
        tells = template and level in template.levels and not tail.narrowed and (scope or not tail.within)
        return [
            Mention(
                tail.end,
                f"{local[0].text} {tail.text}",
                level,
                template.system if template else None,
                scope,
                group=True,
                membership=Membership(template, tail.types) if template and tells else None,
            )
        ]

    def narrow(self, places: Sequence[Place], context: Context) -> list[Place]:
        """Those of the places that existed on the context's date, and lie nearest around its place."""
        return self.placing.narrow(places, context)

    def _add(self, stem: Stem, label: str) -> None:
        keys = keys_of(label)
        self.stems.add(keys, (*(self.stems.get(keys) or ()), stem))


def _why(tail: Tail, paths: Sequence[str], caution: str | None) -> str | None:
    """Why a name stays open."""
    if tail.contradicts:
        return CONTRADICTION
    if caution in {NOT_YET, NEVER}:
        return caution
    return AMBIGUOUS if paths else UNKNOWN_PLACE if tail.name else NO_PLACE


def _template_at(stems: Sequence[Stem], level: str | None) -> Template | None:
    """The template of the level: "Công an" has one for each; the first where the level is not known."""
    templates = [stem.template for stem in stems if stem.template]
    return next((each for each in templates if level in each.levels), templates[0] if templates else None)


def _entry_span(entry: BodyEntry) -> Span:
    return entry.valid_from, entry.valid_to

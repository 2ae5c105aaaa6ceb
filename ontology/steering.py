"""Steering committees: "Ban Chỉ đạo" + topic + place, in whatever order a text puts them.

Topics are open: a known one (``topics.csv``) gives a body of the register, any other one a local body with level and
place.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chidao.ontology.bodies import BodyEntry, Topic, steering_committee
from chidao.ontology.choice import in_time
from chidao.ontology.labels import as_written, opens_body
from chidao.ontology.mentions import NO_PLACE, UNKNOWN_NAME, Context, Mention, known
from chidao.ontology.places import Place, Places
from chidao.ontology.tables import rows
from chidao.ontology.tails import Tail, read_tail
from chidao.ontology.words import Trie, Word, join, keys_of, read_words

STEERING_OPENING = "ban"
_HEADS = frozenset({("ban", "chỉ", "đạo"), ("ban", "chỉ", "huy")})
# "Ban Chỉ đạo quốc gia …", "Ban Chỉ đạo … Trung ương"
_NATIONAL = frozenset({("quốc", "gia"), ("trung", "ương")})
_PROVINCIAL = ("cấp", "tỉnh")
_FILLERS = frozenset({"các", "về", "công", "tác", "thực", "hiện", "việc"})
# "phòng, chống dịch bệnh COVID-19" is the topic "phòng chống dịch covid 19".
_SKIPPED = frozenset({",", "-", "/", "bệnh", "đại", "các", "và"})
_STOPS = frozenset(",;.:()¶")
_LONGEST_TOPIC = 25


class _Name(NamedTuple):
    """A committee's name up to word ``end``: national, or of the place in its tail; both may come before the topic.

    ``party`` where the tail is a Party committee: "Ban Chỉ đạo 35 Huyện ủy".
    """

    end: int
    national: bool
    tail: Tail
    party: bool = False

    @property
    def placed(self) -> bool:
        """True where the name says whose committee it is."""
        return self.national or bool(self.tail.text)


class Steering:
    """The steering committees on known and unknown topics."""

    def __init__(self, places: Places, topics: Mapping[str, Topic]) -> None:
        self.places = places
        self.topics: Trie[Topic] = Trie()
        for topic in topics.values():
            for label in (topic.label_vi, *topic.aliases):
                keys = [word.key for word in read_words(label)]
                self.topics.add([word for word in keys if word not in _SKIPPED], topic)
        self.topic_words: Trie[str] = Trie()
        for row in rows("topic_words"):
            self.topic_words.add(keys_of(row["phrase"]), row["class"])
        self.groups: Trie[bool] = Trie()
        for row in rows("group_heads"):
            self.groups.add(keys_of(row["phrase"]), True)
        self.committees: Trie[str] = Trie()
        for kind in places.kinds.values():
            self.committees.add(keys_of(kind.committee), kind.type)

    def match(self, words: Sequence[Word], at: int, context: Context) -> list[Mention]:
        """The committee named from word ``at`` on; two where it says "Trung ương và tỉnh"; none if none is named."""
        if words[at].key != STEERING_OPENING or _keys(words, at, 3) not in _HEADS:
            return []
        name = self._whose(words, at + 3)
        hit = self._topic(words, name.end) if words[at + 2].key == "đạo" else None
        found: list[Mention] = []
        if hit:
            end, topic = hit
            name = name._replace(end=end) if name.placed else self._whose(words, end)
            found = self._known(words, topic, name, context)
        return found or [self._unknown(words, at, name, context)]

    def _topic(self, words: Sequence[Word], at: int) -> tuple[int, Topic] | None:
        start = at
        while start < len(words) and words[start].key in _FILLERS:
            start += 1
        return self.topics.longest(words, start, _SKIPPED)

    def _whose(self, words: Sequence[Word], at: int) -> _Name:
        """The words "quốc gia", "Trung ương", "cấp tỉnh", "của tỉnh" or a place at word ``at``."""
        if _keys(words, at, 1) == ("của",) and self.places.types.longest(words, at + 1):
            at += 1
        if _keys(words, at, 2) in _NATIONAL:
            return _Name(at + 2, True, Tail(at + 2))
        if _keys(words, at, 2) == _PROVINCIAL:
            return _Name(at + 2, False, Tail(at + 2, "tỉnh", ("tỉnh",)))
        committee = self.committees.longest(words, at)
        if committee:
            named = read_tail(words, committee[0], self.places)
            named = Tail(committee[0]) if named.types else named
            fits = tuple(place for place in named.places if place.type == committee[1])
            tail = Tail(named.end, join(words[at : named.end]), (committee[1],), named.name, fits)
            return _Name(named.end, False, tail, party=True)
        tail = read_tail(words, at, self.places)
        return _Name(at, False, Tail(at)) if tail.plural else _Name(tail.end, False, tail)

    def _known(self, words: Sequence[Word], topic: Topic, name: _Name, context: Context) -> list[Mention]:
        place = None if name.national else self._place(name.tail, context)
        entry = steering_committee(topic, place) if name.national or place else None
        if not entry:
            return []
        stood, caution = in_time([entry], context.date, lambda each: (each.valid_from, each.valid_to))
        if not stood:
            return [_open(name.end, entry, caution)]
        inferred = () if name.national or name.tail.name else ("place",)
        found = known(name.end, entry, caution)._replace(inferred=inferred)
        return [found, *self._and_local(words, name.end, topic, context)] if name.national else [found]

    def _and_local(self, words: Sequence[Word], end: int, topic: Topic, context: Context) -> list[Mention]:
        """The second committee of "Ban Chỉ đạo … Trung ương và tỉnh"."""
        if end >= len(words) or words[end].key != "và":
            return []
        name = self._whose(words, end + 1)
        place = self._place(name.tail, context) if name.tail.types else None
        entry = steering_committee(topic, place) if place else None
        return [known(name.end, entry)] if entry else []

    def _place(self, tail: Tail, context: Context) -> Place | None:
        above = list(self.places.upward(context.place, context.date))
        if tail.places:
            fits = [p for p in tail.places if p.valid_on(context.date)] or list(tail.places)
            near = [p for p in fits if p in above] or fits
            return near[0] if len(near) == 1 else None
        if tail.name:
            return None
        return next((p for p in above if not tail.types or p.type in tail.types), None)

    def _unknown(self, words: Sequence[Word], at: int, name: _Name, context: Context) -> Mention:
        """A committee on an unlisted topic: the words of topic and place are its name."""
        name = name if name.placed else self._far(words, name.end)
        tail, end = name.tail, name.end
        place = self._place(tail, context) if tail.text else None
        if end == tail.end:  # no topic yet, or one before the place
            end = self._topic_end(words, end) if self._opens_topic(words, end, name.placed) else end
        label = as_written(words[at:end], self.places)
        if place:
            whose = f"{place.kind.committee} {place.name}" if name.party else place.label_vi
            before = as_written(words[at : tail.end], self.places)
            label = before[: len(before) - len(tail.text)] + whose + label[len(before) :]
        return Mention(
            end,
            label,
            "central" if name.national else place.level if place else None,
            "party" if name.party else None,
            place.path if place else None,
            inferred=("place",) if place and not tail.name else (),
            reason=UNKNOWN_NAME if name.placed else NO_PLACE,
        )

    def _far(self, words: Sequence[Word], at: int) -> _Name:
        """Whose committee it is, said after a topic of some words."""
        for position in range(at, self._topic_end(words, at)):
            name = self._whose(words, position)
            if name.national or name.tail.types:
                return name
        return _Name(at, False, Tail(at))

    def _opens_topic(self, words: Sequence[Word], at: int, placed: bool) -> bool:
        """True where a topic begins: "35", "phòng, chống …"; "về …" only where a place stands before it.

        "Kế hoạch của Ban Chỉ đạo về việc …": there "về" tells what the plan is about.
        """
        hit = self.topic_words.longest(words, at)
        number = at < len(words) and words[at].key.isdigit()
        return number or bool(hit and (hit[1] == "opens" or (placed and hit[1] == "about")))

    def _topic_end(self, words: Sequence[Word], at: int) -> int:
        """Where a topic that begins at word ``at`` ends: at a break, a predicate, or "và" before another body."""
        position = at
        while position < min(len(words), at + _LONGEST_TOPIC):
            word, before = words[position], words[position - 1].key
            hit = self.topic_words.longest(words, position)
            if (
                self._joins_body(words, position)
                or (word.key in _STOPS and before != "phòng")
                or (hit and hit[1] == "ends" and before != "về")
            ):
                break
            position += 1
        return position

    def _joins_body(self, words: Sequence[Word], at: int) -> bool:
        """True at "và" before another body or a group: "… và Sở Y tế", "… và các địa phương"."""
        if words[at].key != "và" or at + 1 >= len(words):
            return False
        group = self.groups.longest(words, at + 1)
        single = group is not None and group[0] == at + 2 and words[at + 1].key not in {"các", "cả", "mỗi"}
        return (words[at + 1].capital and opens_body(words, at + 1)) or (group is not None and not single)


def _open(end: int, entry: BodyEntry, reason: str | None) -> Mention:
    """A committee that was set up long after the text, or never: no body."""
    place, path = entry.place_path, (entry.path,)
    return Mention(end, entry.label_vi, entry.level, entry.system, place, reason=reason, candidates=path)


def _keys(words: Sequence[Word], at: int, count: int) -> tuple[str, ...]:
    return tuple(word.key for word in words[at : at + count])

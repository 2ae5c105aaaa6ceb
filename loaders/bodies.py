"""Bodies in text: the names in running text, the phrases that list bodies and groups, the subject of a sentence.

Persons are no bodies. A body that the register does not know, and every group, gets an IRI under its source.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from chidao.graph.model import Body, Level, System
from chidao.graph.names import body_iri, local_iri, place_iri, slug
from chidao.loaders.body_lists import Item, read_list
from chidao.loaders.body_names import name_starts, person_end, running_names
from chidao.loaders.groups import Grammar
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.mentions import Context, Mention
from chidao.ontology.register import Register
from chidao.ontology.word_blocks import words_between


class Reading(NamedTuple):
    """What bodies are read with: the register, the context of the text, and the source's SHA-256 for local IRIs."""

    register: Register
    context: Context
    sha256: str

    def grammar(self, subject: bool) -> Grammar:
        """The grammar of lists: with ``subject``, a predicate may follow and ends the list."""
        return Grammar(self.register.gazetteer, self.context, subject)


class BodyMention(NamedTuple):
    """A body named at code points ``start:end`` of the text."""

    start: int
    end: int
    body: Body


def find_bodies(text: str, start: int, end: int, reading: Reading) -> list[BodyMention]:
    """Every known name in ``text[start:end]``, as `bodies_in` gives them."""
    return list(bodies_in(text, start, end, reading))


def bodies_in(text: str, start: int, end: int, reading: Reading) -> Iterator[BodyMention]:
    """The known names in ``text[start:end]`` in order, the longest at each place, with the place at its end.

    Names begin with a capital; codes inside a document's symbol ("NĐ-CP") and the roles of persons are none.
    """
    words, grammar = words_between(text, start, end), reading.grammar(subject=True)
    done = 0
    for position in name_starts(words, reading.register.gazetteer):
        if position < done:
            continue
        person = person_end(words, position, grammar)
        mentions = [] if person else running_names(words, position, grammar)
        for mention in mentions:
            last = words[mention.end - 1].end
            yield BodyMention(words[position].start, last, _body(mention, reading))
        done = max((mention.end for mention in mentions), default=person or position + 1)


def read_bodies(text: str, start: int, end: int, reading: Reading) -> tuple[Body, ...]:
    """The bodies and groups that the noun phrase ``text[start:end]`` lists, in its order, each once."""
    return _listed(read_list(words_between(text, start, end), reading.grammar(subject=False)), reading)


def bodies_at(text: str, start: int, end: int, reading: Reading) -> tuple[tuple[Body, ...], int]:
    """The bodies and groups with which ``text[start:end]`` begins, each once, and the offset after them.

    Nothing and ``start`` where it begins with none.
    """
    words = words_between(text, start, end)
    items = read_list(words, reading.grammar(subject=True))
    return _listed(items, reading), words[items[-1].end - 1].end if items else start


def _listed(items: Sequence[Item], reading: Reading) -> tuple[Body, ...]:
    bodies = [_body(mention, reading) for item in items for mention in item.mentions]
    return tuple(dict.fromkeys(bodies)) if len(bodies) > 1 else tuple(bodies)


def starts_with_body(text: str, start: int, end: int, reading: Reading) -> int | None:
    """The offset after the bodies and groups with which ``text[start:end]`` begins; None where it begins with none."""
    bodies, stop = bodies_at(text, start, end, reading)
    return stop if bodies else None


def body_of(entry: BodyEntry) -> Body:
    """The register's body as a value of the record."""
    return Body(
        label=entry.label_vi,
        iri=body_iri(entry.path),
        level=cast("Level | None", entry.level),
        system=cast("System | None", entry.system),
        group=entry.collective,
        known=True,
        place=place_iri(entry.place_path) if entry.place_path else None,
        series=entry.series_path,
    )


def _body(mention: Mention, reading: Reading) -> Body:
    entry = mention.entry
    kind = "group" if mention.group else "body"
    iri = body_iri(entry.path) if entry else local_iri(reading.sha256, kind, slug(mention.label))
    level, system = cast("Level | None", mention.level), cast("System | None", mention.system)
    place = place_iri(mention.place_path) if mention.place_path else None
    known = entry is not None
    return _one(mention.label, iri, level, system, mention.group, known, place, mention.series_path, mention.inferred)


_one = lru_cache(maxsize=1 << 12)(Body)
"""A text names few bodies, and each of them often."""

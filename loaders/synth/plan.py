"""Plan a story: one directive of the Centre, and what provinces, districts and communes issue on it, or do not.

A story depends on the options and its place in the corpus only. Numbers do not meet: a province is visited once in a
round, and a round has its own numbers.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from chidao.graph.names import Symbol, document_iri
from chidao.loaders.synth.geography import THREE, TWO, Era, lasting, next_level, shuffled
from chidao.loaders.synth.offices import Office, entry_at, office_of, with_role
from chidao.loaders.synth.options import Options
from chidao.loaders.synth.stock import Subject, subjects
from chidao.ontology.bodies import CENTRE
from chidao.ontology.places import Place

VISITED = 2
"""Provinces in a story."""
STRIDE = 4
"""Numbers that a body has for the documents of one type in a round."""
_VISITS = {"province": {3: 3, 2: 8}, "district": {3: 2}}
"""Places below a place that a story visits, by its level and the levels of the era."""
_TYPES = {
    ("party", "central"): ("CT",),
    ("party", "province"): ("KH", "KH", "CT", "CV"),
    ("party", "district"): ("KH", "CT", "CV", "CV"),
    ("party", "commune"): ("KH", "KH", "CV"),
    ("state", "central"): ("CĐ", "CĐ", "CT"),
    ("state", "province"): ("KH", "KH", "CT", "CV"),
    ("state", "district"): ("KH", "KH", "CV", "CĐ"),
    ("state", "commune"): ("KH", "KH", "CV"),
}
_UNITS = {"province": ("KT", "NC", "VX", "TH"), "district": ("NN", "VX", "TH"), "commune": ("VP",)}
_CENTRAL = {"party": ("ban-bi-thu", "ban-bi-thu", "bo-chinh-tri"), "state": ("thu-tuong",)}
_CENTRAL_CODES = {"party": "TW", "state": "TTg"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A document to write. ``day`` is its ISO date, ``iri`` its identity.

    ``parents`` are those of the story that it implements, by index; the first of its own system, if any is, is the one
    whose duties it carries on. ``guides`` is the one that it guides.

    ``place`` None is the Centre; ``series`` is the path of the body that numbers it. ``horizon`` is a day behind all
    that the story issues. ``answers`` is the document on which its body issued nothing but this one, on something else.
    """

    index: int
    subject: Subject
    about: str
    system: str
    level: str
    place: Place | None
    issuer: Office
    series: str
    type: str
    symbol: Symbol
    issued: date
    day: str
    iri: str
    horizon: date
    parents: tuple[int, ...] = ()
    guides: int | None = None
    answers: int | None = None


def stories(options: Options) -> Iterator[tuple[Planned, ...]]:
    """The stories of a corpus one after the other, until it has its documents; children stand behind their parents."""
    left, index, asked = options.documents, 0, 0
    while left > 0:
        story = _Story(options, index, asked)
        documents = tuple(document for _, document in zip(range(left), story.documents(), strict=False))
        yield documents
        left, index, asked = left - len(documents), index + 1, story.asked


def _turn(index: int) -> tuple[Era, int]:
    """The era of a story, and how many stories of that era came before: two of three are of the three levels."""
    return (TWO, index // 3) if index % 3 == 2 else (THREE, index - index // 3)


class _Story:
    """One story being planned; ``asked`` counts the bodies that the corpus asked so far."""

    def __init__(self, options: Options, index: int, asked: int) -> None:
        self.options, self.asked, self.count = options, asked, 0
        self.era, self.turn = _turn(index)
        self.rng = Random(f"{options.seed}/{index}")  # noqa: S311  # the same seed gives the same corpus
        self.subject, self.about = self._topic()
        self._issued: Counter[tuple[str, str]] = Counter()
        year = self.era.years[self.turn % len(self.era.years)]
        first, steps = date.fromisoformat(self.era.start_of(year)), self.era.levels + 1
        days = (date(year, 12, 30) - first).days - steps * (2 * options.lag - 1)
        self.start = first + timedelta(days=self.rng.randrange(max(days, 1)))
        self.horizon = self.start + timedelta(days=steps * (2 * options.lag - 1) + 1)

    def documents(self) -> Iterator[Planned]:
        """The directive of the Centre and what followed from it."""
        party, state = self._document("party", None, self.start), None
        yield party
        if self.rng.random() < 0.6:
            state = self._document("state", None, self._after(party), (party,))
            yield state
        order = shuffled(self.era, self.options.seed)
        for visit in range(self.turn * VISITED, (self.turn + 1) * VISITED):
            yield from self._down(party, state, order[visit % len(order)], visit // len(order))

    def _down(self, party: Planned, state: Planned | None, place: Place, turn: int) -> Iterator[Planned]:
        """What a place and those below it issue on documents of their superiors; ``turn`` is the round."""
        committee = self._answer(party, place, turn)
        yield committee
        followed = committee if committee.answers is None else None
        council = self._council(state, followed, place, turn)
        if council:
            yield council
        if followed is None:
            return
        if place.level == "province" and self.rng.random() < 0.3:
            yield self._guidance(followed, turn)
        number = _VISITS.get(place.level, {}).get(self.era.levels, 0)
        lower = self._lower(place) if number else []
        for each in self.rng.sample(lower, min(number, len(lower))):
            yield from self._down(followed, council if council and council.answers is None else None, each, turn)

    def _lower(self, place: Place) -> list[Place]:
        first, last = self.start.isoformat(), self.horizon.isoformat()
        return lasting(place, next_level(place.level, first), first, last)

    def _answer(self, above: Planned, place: Place, turn: int, *more: Planned) -> Planned:
        """What a body issues on the document above that asks it; on another subject where it is one of the gaps."""
        before, self.asked = self.asked, self.asked + 1
        if int(before * self.options.gaps) < int(self.asked * self.options.gaps):
            return self._document(above.system, place, self._after(above), (), turn, answers=above.index)
        return self._document(above.system, place, self._after(above, *more), (above, *more), turn)

    def _council(self, state: Planned | None, committee: Planned | None, place: Place, turn: int) -> Planned | None:
        """What the People's Committee issues: on its superior's document and, mostly, on the Party committee's."""
        led = (committee,) if committee and self.rng.random() < 0.7 else ()
        if state:
            return self._answer(state, place, turn, *led)
        return self._document("state", place, self._after(*led), led, turn) if led else None

    def _guidance(self, guided: Planned, turn: int) -> Planned:
        role = self.rng.choice(("propaganda", "organisation"))
        issued = self._after(guided)
        office = with_role(role, guided.place, guided.level, issued.isoformat())
        entry = entry_at(office.path, issued.isoformat()) if office and office.path else None
        if office is None or entry is None or entry.series_path is None:
            raise LookupError(f"no {role} at {guided.place}")
        symbol = self._symbol("party", "HD", entry.series_path, issued.year, turn, entry.symbol_codes[0])
        return self._planned("party", guided.place, office, entry.series_path, symbol, issued, guides=guided.index)

    def _after(self, *above: Planned) -> date:
        """A day after the latest of the documents: the lags are even around the chosen mean."""
        latest = max(document.issued for document in above)
        return latest + timedelta(days=self.rng.randint(1, 2 * self.options.lag - 1))

    def _document(
        self,
        system: str,
        place: Place | None,
        issued: date,
        parents: tuple[Planned, ...] = (),
        turn: int | None = None,
        answers: int | None = None,
    ) -> Planned:
        """The next document of a committee; ``turn`` None at the Centre, whose rounds are those of the years."""
        level = place.level if place else "central"
        turn = self.turn // len(self.era.years) if turn is None else turn
        issuer, series, code = self._issuer(system, place, issued.isoformat())
        type_ = self.rng.choice(_TYPES[system, level])
        symbol = self._symbol(system, type_, series, issued.year, turn, code)
        indices = tuple(parent.index for parent in parents)
        return self._planned(system, place, issuer, series, symbol, issued, parents=indices, answers=answers)

    def _issuer(self, system: str, place: Place | None, day: str) -> tuple[Office, str, str]:
        """Who issues, the path of the body that numbers, and the code of the symbol."""
        if place is None:
            office = office_of(f"{CENTRE}/{self.rng.choice(_CENTRAL[system])}")
            code = _CENTRAL_CODES[system]
        else:
            office = office_of(f"{place.path}/{'ban-thuong-vu' if system == 'party' else 'uy-ban-nhan-dan'}")
            code = place.kind.committee_codes[0] if system == "party" else "UBND"
        entry = entry_at(str(office.path), day)
        if entry is None or entry.series_path is None:
            raise LookupError(f"{office.path} did not stand on {day}")
        return office, entry.series_path, code

    def _symbol(self, system: str, type_: str, series: str, year: int, turn: int, code: str) -> Symbol:
        """A fictional number that no other document of the body, type and year has, with the code of the issuer."""
        taken = self._issued[series, type_]
        self._issued[series, type_] += 1
        letter = system == "state" and type_ == "CV"
        most = 2500 if type_ == "CV" else 300
        spread = zlib.crc32(f"{self.options.seed}/{series}/{type_}/{year}".encode())
        number = f"{1 + spread % most + STRIDE * turn + taken:02}"
        if letter:
            return Symbol("letter", number, None, code, unit=self.rng.choice(_UNITS[_level_of(series)]))
        return Symbol(system, number, type_, code)

    def _planned(
        self,
        system: str,
        place: Place | None,
        issuer: Office,
        series: str,
        symbol: Symbol,
        issued: date,
        **links: "tuple[int, ...] | int | None",
    ) -> Planned:
        subject, about = self._topic() if links.get("answers") is not None else (self.subject, self.about)
        self.count += 1
        return Planned(
            self.count - 1,
            subject,
            about,
            system,
            place.level if place else "central",
            place,
            issuer,
            series,
            symbol.type or "CV",
            symbol,
            issued,
            issued.isoformat(),
            document_iri(series, issued.year, symbol.type or "CV", str(symbol.number)),
            self.horizon,
            **links,  # type: ignore[arg-type]  # the last three fields
        )

    def _topic(self) -> tuple[Subject, str]:
        """A subject, and a title on it."""
        other = [each for each in subjects() if each is not getattr(self, "subject", None)]
        subject = self.rng.choice(other)
        return subject, self.rng.choice(subject.titles)


def _level_of(series: str) -> str:
    """The level of a local body by its path, for the unit that drafts its letters."""
    return "province" if series.count("/") == 1 else "district" if series.count("/") == 2 else "commune"

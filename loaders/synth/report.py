"""A news report of a document: the reporter tells that it was issued, and some of its duties."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from chidao.loaders.synth.compose import Json, Written, action_text, obligation_of
from chidao.loaders.synth.duties import short_date
from chidao.loaders.synth.head import name_in, office_for
from chidao.loaders.synth.plan import Planned
from chidao.loaders.synth.sheet import Sheet
from chidao.loaders.synth.stock import phrases, variants
from chidao.ontology.places import Place
from chidao.ontology.register import register

MOST_DUTIES = 3


def _above(document: Planned) -> tuple[Place, ...]:
    """The places that the document's place is part of, so that a reader elsewhere knows which one is meant."""
    path = document.place.path if document.place else None
    return register().upward(path, document.day)[1:]


def report_of(written: Written, rng: Random) -> tuple[str, Json]:
    """The text of the report, and its record: the document with what a report tells of it."""
    document, sheet = written.planned, Sheet()
    type_ = phrases()["types"][document.type]
    place = document.place.name if document.place else "Hà Nội"
    headline = document.about[0].upper() + document.about[1:]
    sheet.add(rng.choice(variants("report", "headlines")).format(place=place, headline=headline) + "\n\n")
    sheet.add(
        f"{document.issued.day:02}/{document.issued.month:02}/{document.issued.year} 08:{rng.randint(10, 59)}\n\n"
    )
    lead = rng.choice(variants("report", "leads")).format(
        issuer=", ".join((document.issuer.full, *(each.label_vi for each in _above(document)))),
        type=type_,
        symbol=document.symbol,
        date=short_date(document.issued),
        about=document.about,
    )
    sheet.add(f"{lead}\n\n")
    told = list(_write_duties(sheet, written, rng))
    sheet.add(f"{rng.choice(variants('report', 'captions'))}\n\n{rng.choice(variants('report', 'bylines'))}\n\n")
    sheet.add(f"{phrases()['marker']}\n")
    head = written.record["documents"][0]  # type: ignore[index]
    keys = ("id", "iri", "type", "symbol", "issuer", "issued", "level", "system")
    named = {key: head[key] for key in keys} | {"title": f"về {document.about}"}
    return sheet.text(), {"documents": [named], "citations": [], "obligations": told}


def _write_duties(sheet: Sheet, written: Written, rng: Random) -> Iterator[Json]:
    """Some duties of the document, as the reporter retells them."""
    document = written.planned
    for duty in rng.sample(written.duties, min(MOST_DUTIES, len(written.duties))):
        office = office_for(document, duty.role)
        if office is None or office.requested:
            continue
        form = rng.choice(variants("report", "duties"))
        bearer = name_in(document, office)
        if bearer.startswith(("Các ", "Trưởng ")):  # a common noun within the sentence
            bearer = bearer[0].lower() + bearer[1:]
            office = replace(office, truth=office.truth | {"label": bearer})
        line = form.format(type=phrases()["types"][document.type], bearer=bearer, action=action_text(document, duty))
        span = sheet.add(f"{line}.\n\n")
        found = obligation_of(document, office, duty, None, span)
        yield found

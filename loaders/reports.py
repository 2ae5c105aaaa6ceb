"""Find the documents that a report is about: a text that speaks of an act ("vừa ký Công điện …") or prints it
without its head.

What the reporter cites beside them stays a citation: a document counts as reported only where the text tells that it
was
issued, and keeps to it (names it in its first lines, or again later).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chidao.graph.model import Body, Claim, Document, Signer, Unresolved
from chidao.graph.names import document_iri, local_iri, place_iri
from chidao.loaders.bodies import Reading, body_of, find_bodies, read_bodies
from chidao.loaders.clean import Clean
from chidao.loaders.dates import FoundDate, date_at
from chidao.loaders.heads import Head
from chidao.loaders.issues import Issue, headline_issue, issues_in, sentence_at
from chidao.loaders.letters import CAPITAL, SMALL
from chidao.loaders.page_dates import page_year
from chidao.loaders.place_votes import place_by_votes
from chidao.loaders.symbols import FoundSymbol, find_symbols
from chidao.loaders.types import code_for, type_word
from chidao.ontology.register import Context, register

# "đã ban hành", "vừa ký ban hành"; "Kế hoạch nêu rõ", "Chỉ thị đã", "Công điện này"
_JUST = re.compile(r"\b(?:đã|vừa|mới)\s+(?:ký\s+)?$", re.I)
_SPOKEN_OF = re.compile(r"\s+(?:nêu|đã|được|yêu|xác|của|đề|gồm|này)")
_OPENING_DAY = re.compile(r"\s*(?:(?:chiều|sáng|tối|vào)\s*)?ngày\s+(?=\d)", re.I)
_DATED = re.compile(r"\s*(?:,\s*)?ngày\s+(?=\d)", re.I)
_DAY = re.compile(r"\bngày\s+(?=\d)", re.I)
# "gửi các cấp ủy, … về tiếp tục …": addressees and title behind the symbol
_SENT_TO = re.compile(
    r"\s*+gửi\s++(?:(?:tới|đến)\s++)?(?P<to>[^.\n]{3,300}?)"
    r"(?=\s++(?:về|yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|để)\s|[.\n])",
    re.I,
)
_ABOUT = re.compile(r"\bvề\s+(?P<title>(?:việc\s+)?[^.\n]{10,600})", re.I)
_ON_BEHALF = re.compile(r"\bthay\s+mặt\s+(?=\w)", re.I)
_BEHIND = re.compile(r"(?:\s*+,)?\s*+(?:ký\s++)?ngày\s++(?=\d)", re.I)
_OF = re.compile(r"\s*+(?:\([^)\n]{1,60}\))?(?:\s*+,)?\s*+của\s++(?=\w)", re.I)
_NAME = rf"(?:[{CAPITAL}][{SMALL}]+\s+){{1,3}}[{CAPITAL}][{SMALL}]*"
# "Phó Bí thư Thường trực Tỉnh ủy Trần Văn A vừa …"
_POSITION_NAME = re.compile(
    r"(?P<position>(?:Phó\s+)?(?:Bí thư|Chủ tịch|Thủ tướng|Bộ trưởng|Thứ trưởng|Trưởng [Bb]an|Giám đốc|Chánh)"
    r"[^,.;\n]{0,60}?)"
    rf"\s+(?P<name>{_NAME})\s+(?=(?:vừa|đã|mới|thay|thừa|ký)\b)"
)
# "đồng chí Trần Văn A, Phó Trưởng Ban Thường trực … đã ký"
_NAME_POSITION = re.compile(
    rf"đồng\s+chí\s+(?P<name>{_NAME}),\s*(?P<position>[^\n]{{5,400}}?),?\s+(?:đã|vừa|mới)\s", re.I
)
# "… kết luận:", "… chỉ đạo:", "… yêu cầu:": the type of an act printed without its head
_SPOKEN = re.compile(r"\bkết\s+luận(?:\s+như\s+sau)?\s*:", re.I)
# "… yêu cầu các cơ quan, đơn vị thực hiện các nội dung sau:": what opens the duties of an act
_ORDERS = re.compile(
    r"\b(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|chỉ\s+thị|giao|phân\s+công)\b[^.:\n]{3,400}:\s*(?:\n|$)", re.I
)
FIRST_LINES = 1500
"""A report names in so many code points what it is about."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What a text names: the mentions of each symbol in order, and the types whose word speaks or is told of again."""

    symbols: Mapping[str, Sequence[FoundSymbol]]
    types: frozenset[str | None]


def _named(text: str, key: str) -> _Named:
    symbols: defaultdict[str, list[FoundSymbol]] = defaultdict(list)
    for found in find_symbols(text):
        symbols[str(found.symbol)].append(found)
    words = type_word().finditer(key)
    return _Named(
        symbols,
        frozenset(
            code_for(word["word"])
            for word in words
            if text[word.start()].isupper() and _SPOKEN_OF.match(text, word.end())
        ),
    )


def _is_about(text: str, issue: Issue, named: _Named) -> bool:
    """The report keeps to this document: it stands in its first lines, or is named again."""
    if issue.symbol:
        names = [found.start for found in named.symbols.get(str(issue.symbol.symbol), (issue.symbol,))]
        return issue.sentence[0] < FIRST_LINES or len(names) > 1 or min(names) < FIRST_LINES
    told = _JUST.search(text, issue.sentence[0], issue.verb[0])
    return told is not None and issue.type in named.types


def read_report(clean: Clean, sha256: str) -> Head:
    """The documents that a report is about, or the one that it prints without a head."""
    text, known = clean.text, register()
    year = page_year(text)
    nowhere = Reading(known, Context(None, f"{year}-12-31" if year else None), sha256)
    place = place_by_votes(clean, nowhere, None)
    reading = Reading(known, Context(place, nowhere.context.date), sha256)
    found: dict[str, Document] = {}
    named = _named(text, clean.key)
    for issue in issues_in(text, clean.key):
        if _is_about(text, issue, named):
            document = _reported(clean, issue, reading, year, named)
            name = document.symbol or f"{document.type} {document.issued}"
            found[name] = _fuller(found.get(name), document)
    headline = None if found else headline_issue(text, clean.key)
    if headline:
        found[""] = _reported(clean, headline, reading, year, named)
    documents = tuple(_numbered(found.values(), sha256)) or tuple(_headless(clean, sha256))
    day = (documents[0].issued if documents else None) or nowhere.context.date
    issuer = documents[0].issuer if documents else None
    stated = issuer.place.removeprefix(place_iri("")) if issuer and issuer.place else None
    reading = Reading(known, Context(place or stated, day), sha256)
    unresolved = tuple(_speaker(clean, reading)) if documents and not documents[0].issuer else ()
    return Head("report", documents, reading, (0, len(text)), unresolved)


def _numbered(documents: Iterable[Document], sha256: str) -> Iterator[Document]:
    """The documents with the ids d1, d2 … and, where they lack identity, a local IRI."""
    for position, document in enumerate(documents, 1):
        name = f"d{position}"
        iri = document.iri or local_iri(sha256, "document", name)
        yield replace(document, id=name, iri=iri)


def _fuller(before: Document | None, document: Document) -> Document:
    """Of two tellings of one document the one that says more; the first where they say as much."""
    if before is None:
        return document
    told = [
        sum(x is not None for x in (d.issuer, d.issued, d.title)) + len(d.title or "") / 1000
        for d in (before, document)
    ]
    return document if told[1] > told[0] else before


def _reported(clean: Clean, issue: Issue, reading: Reading, year: int | None, named: _Named) -> Document:
    text = clean.text
    issuer, at = _issuer(text, issue, reading)
    dated = _date(text, issue, year, named)
    to = _SENT_TO.match(text, issue.end, issue.sentence[1])
    about = _ABOUT.search(text, to.end() if to else issue.end, issue.sentence[1])
    title = " ".join(about[0].split()).rstrip(" ,;") if about else None
    signer = _signer(text, issue)
    addressees = read_bodies(text, *to.span("to"), reading) if to else ()
    symbol = issue.symbol.symbol if issue.symbol else None
    iri = ""
    if symbol and symbol.number and issuer and issuer.series and dated and dated.iso:
        iri = document_iri(
            issuer.series,
            symbol.year or int(dated.iso[:4]),
            issue.type,
            symbol.number,
            normative=symbol.year is not None,
        )
    document = Document(
        id="",
        iri=iri,
        type=issue.type,
        symbol=str(symbol) if symbol and symbol.number else None,
        number=symbol.number if symbol else None,
        issuer=issuer,
        issued=dated.iso if dated else None,
        title=title,
        level=issuer.level if issuer else None,
        system=issuer.system if issuer else None,
        signers=(signer,) if signer else (),
        addressees=addressees,
        inferred=("issued",) if dated and dated.inferred else (),
    )
    return replace(document, claims=tuple(_claims(clean, issue, issuer, at, document, to)))


def _issuer(text: str, issue: Issue, reading: Reading) -> tuple[Body | None, tuple[int, int]]:
    """On whose behalf it was signed, else whose it is by "của …", else the last body named before the verb.

    Where a person signs, the bodies before the verb are that person's offices.
    """
    start, verb = issue.sentence[0], issue.verb[0]
    behalf = _ON_BEHALF.search(text, start, verb)
    dated = _BEHIND.match(text, issue.end)
    day = date_at(text, dated.end(), 0) if dated else None
    of = _OF.match(text, day.end if day else issue.end)
    before = [] if _NAME_POSITION.search(text, start, issue.verb[1]) else find_bodies(text, start, verb, reading)
    for zone in ((behalf.end(), verb) if behalf else None, (of.end(), of.end() + 120) if of else None):
        named = [m for m in find_bodies(text, *zone, reading) if m.start <= zone[0] + 2] if zone else []
        if named:
            return named[0].body, (named[0].start, named[0].end)
    return (before[-1].body, (before[-1].start, before[-1].end)) if before else _coded(issue, reading)


def _coded(issue: Issue, reading: Reading) -> tuple[Body | None, tuple[int, int]]:
    """The body whose code the symbol bears, where the words name none that is known: "37-HD/BTGDVTW"."""
    if issue.symbol is None:
        return None, (issue.sentence[0], issue.sentence[0])
    place, date = reading.context.place, reading.context.date
    entry = reading.register.by_symbol(issue.symbol.symbol.issuer, place, None, date)
    known = entry is not None and not entry.collective
    return body_of(entry) if entry and known else None, (issue.symbol.start, issue.symbol.end)


def _date(text: str, issue: Issue, year: int | None, named: _Named) -> FoundDate | None:
    """The date behind the symbol, else the last one before the verb in the sentence, else one of another mention."""
    behind = _BEHIND.match(text, issue.end)
    if behind:
        return date_at(text, behind.end(), year)
    opening = _OPENING_DAY.match(text, issue.sentence[0])
    before = [opening] if opening else _DAY.finditer(text, issue.sentence[0], issue.verb[0])
    stated = [found for day in before if (found := date_at(text, day.end(), year))]
    if stated:
        return stated[-1]
    for mention in named.symbols.get(str(issue.symbol.symbol), ()) if issue.symbol else ():
        other = _DATED.match(text, mention.end)
        if other:
            return date_at(text, other.end(), year)
    return None


def _signer(text: str, issue: Issue) -> Signer | None:
    if "ký" not in text[slice(*issue.verb)].lower():
        return None
    zone = (issue.sentence[0], issue.verb[1])
    found = _POSITION_NAME.search(text, *zone) or _NAME_POSITION.search(text, *zone)
    return Signer(" ".join(found["name"].split()), " ".join(found["position"].split())) if found else None


def _claims(
    clean: Clean,
    issue: Issue,
    issuer: Body | None,
    issuer_at: tuple[int, int],
    document: Document,
    to: re.Match[str] | None,
) -> Iterator[Claim]:
    """The claims of a reported document; all but issuer and symbol quote the sentence that tells of it."""
    sentence = clean.span(*issue.sentence)
    if document.symbol and issue.symbol:
        yield Claim("symbol", document.symbol, clean.span(issue.symbol.start, issue.symbol.end))
    if document.type:
        yield Claim("documentType", document.type, clean.span(*issue.type_at))
    if issuer:
        yield Claim("issuedBy", issuer.iri, clean.span(*issuer_at))
    if document.issued:
        yield Claim("issued", document.issued, sentence)
    if document.title:
        yield Claim("title", document.title, sentence)
    yield from (Claim("signature", signer.name, sentence) for signer in document.signers)
    if to:
        yield from (Claim("addressedTo", body.iri, clean.span(*to.span("to"))) for body in document.addressees)


def _headless(clean: Clean, sha256: str) -> Iterator[Document]:
    """The document of a text that prints an act without its head; none where nothing in the text orders anything.

    Nothing is stated of it but, where it speaks so, its type.
    """
    spoken = _SPOKEN.search(clean.text, 0, 3 * FIRST_LINES)
    if not (spoken or _ORDERS.search(clean.text)):
        return
    claims = (Claim("documentType", "KL", clean.span(*spoken.span())),) if spoken else ()
    yield Document(
        id="d1",
        iri=local_iri(sha256, "document", "d1"),
        type="KL" if spoken else None,
        symbol=None,
        number=None,
        issuer=None,
        issued=None,
        claims=claims,
        inferred=("type",) if spoken else (),
    )


def _speaker(clean: Clean, reading: Reading) -> Iterator[Unresolved]:
    """Who speaks in a text without a head stays open: the bodies named before the verb are candidates."""
    spoken = _SPOKEN.search(clean.text, 0, 3 * FIRST_LINES)
    if spoken:
        start, _ = sentence_at(clean.text, spoken.start())
        named = find_bodies(clean.text, start, spoken.start(), reading)
        yield Unresolved(
            clean.span(start, spoken.end()),
            "the text states no issuing body",
            tuple(dict.fromkeys(mention.body.iri for mention in named)),
        )

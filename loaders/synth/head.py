"""The parts around the duties of a document: letterhead, title, addressees, distribution list, signature."""

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from chidao.loaders.synth.duties import short_date
from chidao.loaders.synth.geography import below, next_level
from chidao.loaders.synth.offices import Office, office_of, subordinates, with_role
from chidao.loaders.synth.plan import Planned
from chidao.loaders.synth.sheet import Sheet
from chidao.loaders.synth.stock import phrases, variants
from chidao.ontology.places import Place
from chidao.ontology.register import register

Truths = list[dict[str, object]]
_LETTERS = "ABCDEGHIKLMNOPQRSTUV"
"""The usual sample names, which stand for nobody: Nguyễn Văn A."""


def above_of(document: Planned) -> Place | None:
    """The place that the document's place is part of on its day."""
    places = register().places
    path = document.place and places.parent_path(document.place.path, document.day)
    return places[path] if path else None


def group_of(document: Planned) -> Office:
    """The committees one level down, to which the document goes."""
    return _group(document.place, document.system, document.level, document.day)


@lru_cache(maxsize=64)
def _group(place: Place | None, system: str, level: str, day: str) -> Office:
    here = below(place, next_level(level, day), day)[0] if level != "commune" else ()
    return subordinates(system, level, day, frozenset(each.type.lower() for each in here))


def name_in(document: Planned, office: Office) -> str:
    """How the document names a body of its own territory: every other one of a commune in full."""
    return office.full if document.level == "commune" and document.issued.day % 2 else office.text


def office_for(document: Planned, role: str) -> Office | None:
    """Who has the role in the document's territory; None where nobody has, or it is the issuer itself."""
    if role == "subordinates":
        return group_of(document)
    found = with_role(role, document.place, document.level, document.day)
    return None if found and found.path == document.issuer.path else found


def letterhead(document: Planned) -> str:
    """The lines of the superior and the issuer, in capitals."""
    place, above = document.place, above_of(document)
    if place is None:
        return "BAN CHẤP HÀNH TRUNG ƯƠNG" if document.system == "party" else "THỦ TƯỚNG CHÍNH PHỦ"
    if document.system == "state":
        return f"ỦY BAN NHÂN DÂN\n{place.label_vi.upper()}"
    committee = f"{place.kind.committee} {place.name}"
    if document.type == "HD":
        own = document.issuer.full.removesuffix(committee).strip()
        return f"{committee}\n{own}".upper()
    return (f"ĐẢNG BỘ {above.label_vi}\n{committee}" if above else committee).upper()


def write_head(sheet: Sheet, document: Planned, rng: Random) -> None:
    """Letterhead, number, place and date."""
    symbol = str(document.symbol)
    month = f"{document.issued.month:02}" if document.issued.month < 3 else document.issued.month
    sheet.add(
        rng.choice(variants("heads", document.system)).format(
            letterhead=letterhead(document),
            symbol=symbol,
            spaced=symbol.replace("-", " - ", 1),
            dated=f"{_seat(document)}, ngày {document.issued.day:02} tháng {month} năm {document.issued.year}",
        )
    )


def _seat(document: Planned) -> str:
    """The place before the date, with its type where its name is a number ("Phường 5")."""
    place = document.place
    if place is None:
        return "Hà Nội"
    typed = place.label_vi[0].isupper() or place.name.isdigit()
    return place.label_vi[0].upper() + place.label_vi[1:] if typed else place.name


def write_title(sheet: Sheet, document: Planned, cited: str, rng: Random) -> str:
    """The title with the type above it; what the record gives as the title."""
    form = rng.choice(variants("titles", f"{document.type}-{document.system}"))
    territory = f"trên địa bàn {document.place.label_vi}" if document.place else ""
    adopter = document.issuer.text.upper() if document.place else document.issuer.full.upper()
    before, title, after = form.format(about=document.about, territory=territory, cited=cited, ISSUER=adopter).split(
        "@"
    )
    for part in (before, title, after):
        sheet.add(part)
    return " ".join(title.split())


def write_addressees(sheet: Sheet, document: Planned, bearers: Sequence[Office]) -> Truths:
    """Whom a letter or telegram is sent to: those who bear its duties. Others have none."""
    if document.type not in ("CV", "CĐ"):
        return []
    if document.type == "CV":
        sheet.add("Kính gửi:\n")
    else:
        name = document.issuer.full if document.place else "Thủ tướng Chính phủ"
        sheet.add(f"{name.upper()} điện:\n\n")
    for office in bearers:
        sheet.add(f"- {name_in(document, office)}{'.' if office is bearers[-1] else ';'}\n")
    sheet.add("\n")
    return [office.truth for office in bearers]


def _superiors(document: Planned) -> list[Office]:
    """Who is told of a document as its superior."""
    above = above_of(document)
    if document.type == "HD" and document.place:
        return [office_of(f"{document.place.path}/ban-thuong-vu")]
    if document.place is None:
        return []
    if above is None:
        path = "ban-bi-thu" if document.system == "party" else "thu-tuong"
        return [office_of(f"trung-uong/{path}")]
    return [office_of(f"{above.path}/{'ban-thuong-vu' if document.system == 'party' else 'uy-ban-nhan-dan'}")]


def write_tail(sheet: Sheet, document: Planned, addressed: bool, rng: Random) -> tuple[Truths, dict[str, object]]:
    """Distribution list and signature; the copies and the signer of the record."""
    stop = "," if document.system == "party" else ";"
    copies = _superiors(document)
    group = [] if addressed else [group_of(document)]
    lines = [f"- {office.full if office.path else office.text} (để b/c)" for office in copies]
    lines += ["- Như kính gửi" if document.type == "CV" else "- Như trên"] if addressed else []
    lines += [f"- {office.text}" for office in group]
    archive = "Lưu: VT" if document.system == "state" else f"Lưu {_office_name(document)}"
    sheet.add("Nơi nhận:\n" + "".join(f"{line}{stop}\n" for line in lines) + f"- {archive}.\n\n")
    mark, position, shown = _authority(document, rng)
    name = " ".join(rng.choice(each) for each in (phrases()["surnames"], phrases()["middle_names"], _LETTERS))
    sheet.add("".join(f"{line}\n" for line in mark) + f"\n\n{name}\n\n")
    signer: dict[str, object] = {
        "name": name,
        **({"position": position} if position else {}),
        **({"authority": shown} if shown else {}),
    }
    return [office.truth for office in (*copies, *group)], signer


def _office_name(document: Planned) -> str:
    if document.place is None:
        return "Văn phòng Trung ương Đảng"
    return f"Văn phòng {document.place.kind.committee}" if document.type != "HD" else "Văn phòng Ban"


def _authority(document: Planned, rng: Random) -> tuple[list[str], str | None, str | None]:
    """The lines above the signature, the position that they give, and the authority mark."""
    deputy = rng.random() < 0.5
    if document.type == "HD":
        return ["TRƯỞNG BAN"], "Trưởng ban", None
    if document.place is None and document.system == "party":
        mark = f"T/M {document.issuer.text.upper().removesuffix(' TRUNG ƯƠNG ĐẢNG')}"
        named = ([mark, "THƯỜNG TRỰC BAN BÍ THƯ"], "Thường trực Ban Bí thư", mark)
        return named if deputy else ([mark], None, mark)
    if document.place is None:
        return (
            (["KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"], "Phó Thủ tướng", "KT. THỦ TƯỚNG")
            if deputy
            else (["THỦ TƯỚNG"], "Thủ tướng", None)
        )
    if document.system == "party":
        position = "Phó Bí thư" if deputy else "Bí thư"
        return ["T/M BAN THƯỜNG VỤ", position.upper()], position, "T/M BAN THƯỜNG VỤ"
    marks = ["TM. ỦY BAN NHÂN DÂN", *(["KT. CHỦ TỊCH"] if deputy else [])]
    position = "Phó Chủ tịch" if deputy else "Chủ tịch"
    return [*marks, position.upper()], position, " / ".join(marks)


def citation_text(document: Planned, citing: Planned, rng: Random, about: bool) -> str:
    """How ``citing`` names the document: type, number, date and issuer, mostly with what it is about."""
    form = rng.choice(variants("citations", document.system if citing.system == "party" else "state"))
    issuer = document.issuer
    full = _needs_place(document, citing) or rng.random() < 0.5
    return form.format(
        type=phrases()["types"][document.type],
        symbol=document.symbol,
        date=short_date(document.issued),
        issuer=issuer.full if full else issuer.text,
        about=f" về {document.about}" if about else "",
    )


def _needs_place(document: Planned, citing: Planned) -> bool:
    """True where "Ủy ban nhân dân thành phố" alone could be another: in a city of a city."""
    here, there = document.place, citing.place
    if here is None or there is None:
        return True
    return document.system == "state" and here is not there and here.type.lower() == there.type.lower()

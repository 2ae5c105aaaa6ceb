"""The only place where IRIs are minted, and the value type of a document's symbol.

Readable paths of ASCII slugs: ``…/id/document/quang-ninh/ba-che/huyen-uy/2021/ct-07``. No blank nodes anywhere.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from chidao.ontology.namespaces import ID

# Decree 30/2020/ND-CP, Annex I: "16/CT-TTg", "30/2020/NĐ-CP"; 36-HD/VPTW II.1.3: "07-CT/HU"; letters have no type:
# "932/UBND-KGVX".
_ASCII = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Fold ``text`` to lower-case ASCII words joined by hyphens: "Huyện ủy Ba Chẽ" -> "huyen-uy-ba-che"."""
    marks_apart = unicodedata.normalize("NFD", text.translate(_ASCII).lower())
    marks_off = "".join(c for c in marks_apart if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", marks_off).strip("-")


def folded(*texts: str | None) -> str:
    """The words of ``texts`` for search, each text once: ("07-CT/HU", "Về việc lũ") -> "07 ct hu; ve viec lu"."""
    words = (slug(text).replace("-", " ") for text in texts if text)
    return "; ".join(dict.fromkeys(filter(None, words)))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document's number and symbol, taken apart; ``str()`` gives the normal form.

    ``style`` is "party" (07-CT/HU), "state" (16/CT-TTg, 30/2020/NĐ-CP), "letter" (932/UBND-KGVX: no type code) or
    "assembly" (202/2025/QH15). ``issuer`` is the code of the issuing body ("HU", "TTg", "UBND"), ``unit`` what follows
    it in a letter ("KGVX"). ``number`` keeps its padding as printed; None where the text does not state it.
    """

    style: str
    number: str | None
    type: str | None
    issuer: str
    year: int | None = None
    unit: str | None = None

    def __str__(self) -> str:
        number = self.number or ""
        if self.style == "party":
            return f"{number}-{self.type}/{self.issuer}"
        if self.style == "assembly":
            return f"{number}/{self.year}/{self.issuer}"
        if self.style == "letter":
            return f"{number}/{self.issuer}" + (f"-{self.unit}" if self.unit else "")
        year = f"/{self.year}" if self.year else ""
        return f"{number}{year}/{self.type}-{self.issuer}"


def plain_number(number: str) -> str:
    """The number without zero padding: "07" -> "7", "30c" -> "30c". Padding is not meaning."""
    return number.lstrip("0") or "0"


def place_iri(path: str) -> str:
    """``path`` is the place's path in the register: "quang-ninh/ba-che"."""
    return f"{ID}place/{path}"


def body_iri(path: str) -> str:
    """``path`` is place path and body slug: "quang-ninh/ba-che/huyen-uy"; central bodies: "trung-uong/bo-y-te"."""
    return f"{ID}body/{path}"


def change_iri(name: str) -> str:
    """A change of places or bodies by its id in the register: "2025-07-01/tuyen-quang-2025"."""
    return f"{ID}change/{name}"


def document_iri(series: str, year: int, type_code: str, number: str, normative: bool = False) -> str:
    """The identity of a document: numbering body, year of issue, type and number (padded to two digits).

    ``normative`` is true for acts whose symbol holds the year (15/2014/QĐ-UBND): they have a number series of their own
    beside that of the individual acts (Decree 30/2020/ND-CP, Annex I), so 15/QĐ-UBND of 2014 is another document.
    """
    mark = "-qppl" if normative else ""
    return f"{ID}document/{series}/{year}/{slug(type_code)}-{plain_number(number).zfill(2)}{mark}"


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """What a canonical document IRI says: ``type_slug`` is the folded code ("qd"), ``number`` unpadded ("7")."""

    series: str
    year: int
    type_slug: str
    number: str
    normative: bool = False


_DOCUMENT_PATH = re.compile(
    r"(?P<series>.+)/(?P<year>\d{4})/(?P<type>[a-z0-9-]+?)-(?P<number>\d+(?:\.\d+)?[a-zđ]?)(?P<normative>-qppl)?"
)


def document_key(iri: str) -> DocumentKey | None:
    """Take a canonical document IRI apart; None for a local IRI or any other."""
    prefix = f"{ID}document/"
    found = _DOCUMENT_PATH.fullmatch(iri.removeprefix(prefix)) if iri.startswith(prefix) else None
    if not found:
        return None
    number = plain_number(found["number"])
    return DocumentKey(found["series"], int(found["year"]), found["type"], number, bool(found["normative"]))


def symbol_key(symbol: str) -> str:
    """What spellings of one symbol share: "07 -CT/HU", "7-ct/hu" and "7/CT-HU" all give "7-ct-hu"."""
    return plain_number(slug(symbol))


def register_path(iri: str, kind: str) -> str | None:
    """The register path of a body or place IRI (``kind`` "body" or "place"); None for IRIs of anything else."""
    prefix = f"{ID}{kind}/"
    return iri.removeprefix(prefix) if iri.startswith(prefix) else None


def source_iri(sha256: str) -> str:
    """The source text whose bytes have this SHA-256 (hex); sixteen digits name it."""
    return f"{ID}source/{sha256[:16]}"


def local_iri(sha256: str, kind: str, name: str) -> str:
    """A thing known only inside one source: ``kind`` "document", "body", "group", "citation", "norm", "quote" …"""
    return f"{source_iri(sha256)}/{kind}/{name}"


def derived_iri(kind: str, *parts: str) -> str:
    """A thing that was worked out: ``kind`` "descent", "identification" …; ``parts`` tell it from others."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{ID}derived/{kind}/{digest[:16]}"


def curated_iri(kind: str, *parts: str) -> str:
    """What a person said, or who: ``kind`` is "decision", "reversal", "anchor", "person"; ``parts`` tell it apart."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{ID}curated/{kind}/{digest[:16]}"


def graph_iri(name: str) -> str:
    """A named graph: "register", "ontology", "derived", "curated", or "source/<sixteen digits>"."""
    return f"{ID}graph/{name}"


def source_graph_iri(sha256: str) -> str:
    """The named graph that holds what one source says, and nothing else."""
    return graph_iri(f"source/{sha256[:16]}")


SOURCE_GRAPHS = graph_iri("source/")
"""What the names of the graphs of sources begin with."""

"""A slogan or target through the levels: first use, who took it up, who left it out, with quotes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.trace import CARRIED, FIRST, TAKEN_UP, UNPLACED
from chidao.graph.wording import table
from chidao.web import links
from chidao.web.chain_views import Documents, analysed, document_link, view, word
from chidao.web.chain_views import download as as_file
from chidao.web.language import Language, chosen, words
from chidao.web.links import Link

blueprint = Blueprint("trace", __name__)
COLUMNS = ("fate", "issued", "level", "issuer", "document", "document_iri", "superior_iri", "where", "count", "quote")
LONGEST = 100
SHOWN = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A document that uses the phrase, or one that left it out; ``quote`` has the address of its place in the text."""

    fate: str
    fate_key: str
    document: Link
    superior: Link
    issuer: str
    level: str
    where: str
    count: int
    quote: Link


@blueprint.get("/trace")
def trace() -> BaseResponse | str:
    """``?phrase=`` is what is traced; without it the known phrases are offered."""
    phrase, language = request.args.get("phrase", "").strip()[:LONGEST], chosen(request)
    known = [row["phrase"] for row in table("slogans")]
    if not phrase:
        return render_template("trace.html", phrase="", known=known)
    answer = analysed("trace", phrase=phrase)
    found = answer.found
    file = as_file("trace", COLUMNS, _file_rows(found), answer.snapshot)
    if file:
        return file
    rows = list(_rows(found, language))
    return render_template(
        "trace.html",
        phrase=phrase,
        known=known,
        variants=found["variants"],
        rows=rows[:SHOWN],
        left_out=max(0, len(rows) - SHOWN),
        spread=found["spread"],
        view=view(f"{words(language)['trace']}: {phrase}", answer.snapshot),
    )


def _fates(found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """(fate, use or passage, superior) of every row: the uses by date, then what was left out."""
    carried = {each["child"]: each["parent"] for each in found["passages"] if each["fate"] == CARRIED}
    for place, use in enumerate(found["uses"]):
        superior = carried.get(use["document"], "")
        fate = FIRST if place == 0 else CARRIED if superior else TAKEN_UP
        yield (fate if use["document"] else UNPLACED), use, superior
    for passage in found["passages"]:
        if passage["fate"] != CARRIED:
            yield passage["fate"], {"document": passage["child"]}, passage["parent"]


def _rows(found: Mapping[str, Any], language: Language) -> Iterator[Row]:
    documents: Documents = found["documents"]
    for fate, use, superior in _fates(found):
        head = documents[use["document"]] if use["document"] else {}
        source = use.get("source", "")
        yield Row(
            fate=word("fate", fate, language),
            fate_key=fate.replace(" ", "-"),
            document=document_link(documents, use["document"]) if use["document"] else Link(""),
            superior=document_link(documents, superior) if superior else Link(""),
            issuer=str(head.get("issuer", "")),
            level=words(language)[f"level_{head.get('level') or 'none'}"],
            where=words(language)[f"where_{use['where']}"] if "where" in use else "",
            count=use.get("count", 0),
            quote=Link(use.get("quote", ""), links.page(source) if source else ""),
        )


def _file_rows(found: Mapping[str, Any]) -> Iterator[list[object]]:
    documents = found["documents"]
    for fate, use, superior in _fates(found):
        iri = use["document"] or ""
        head = documents.get(iri, {})
        about = [head.get("issued"), head.get("level"), head.get("issuer"), head.get("label"), iri, superior]
        yield [fate, *about, use.get("where"), use.get("count"), use.get("quote")]

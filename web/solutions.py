"""Writing the rows of a SELECT, at most so many of them: JSON, XML, CSV and TSV of SPARQL 1.1.

The engine's own writers cannot stop at a row, and an answer that is cut must still be well formed.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
SPARQL_RESULTS = "http://www.w3.org/2005/sparql-results#"


def write_json(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results JSON Format."""
    yield f'{{"head":{{"vars":{json.dumps(variables)}}},"results":{{"bindings":['
    separator = ""
    for row in rows:
        bound = {name: _json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}
        yield separator + json.dumps(bound, ensure_ascii=False)
        separator = ",\n"
    yield "]}}\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        return {"type": "literal", "value": str(term)}
    plain = {"type": "literal", "value": term.value}
    if term.language:
        return plain | {"xml:lang": term.language}
    datatype = term.datatype.value
    return plain if datatype == XSD_STRING else plain | {"datatype": datatype}


def write_xml(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL Query Results XML Format; characters that XML 1.0 cannot hold become U+FFFD."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{SPARQL_RESULTS}">\n<head>'
    yield "".join(f"<variable name={quoteattr(name)}/>" for name in variables)
    yield "</head>\n<results>\n"
    for row in rows:
        cells = zip(variables, row, strict=True)
        bound = (
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in cells if term is not None
        )
        yield f"<result>{''.join(bound)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, Triple):
        return f"<literal>{_xml_text(str(term))}</literal>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{_xml_text(term.value)}</literal>"
    datatype = term.datatype.value
    about = "" if datatype == XSD_STRING else f" datatype={quoteattr(datatype)}"
    return f"<literal{about}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    legal = "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)
    return escape(legal, {"\r": "&#13;"})


def write_csv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results CSV: values only, as the standard asks (links for spreadsheets: ``downloads``)."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(variables)
    for row in rows:
        yield _taken(line)
        writer.writerow(["" if term is None else _csv_value(term) for term in row])
    yield _taken(line)


def _csv_value(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def write_tsv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle."""
    yield "\t".join(f"?{name}" for name in variables) + "\n"
    for row in rows:
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) + "\n"


WRITERS: dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]] = {
    "json": write_json,
    "xml": write_xml,
    "csv": write_csv,
    "tsv": write_tsv,
}

"""What the templates can do with values beyond showing them: dates in the reader's way, addresses, short texts."""

from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, request

from chidao.ontology.reasons import reason_in
from chidao.web import links
from chidao.web.description import shortened
from chidao.web.language import Language, chosen, words
from chidao.web.marks import Quote
from chidao.web.recurrence import recurrence_in

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def add_filters(app: Flask) -> None:
    """Register the filters and functions."""
    app.jinja_env.filters.update(day=day, moment=moment, number=number, shortened=shortened)
    app.jinja_env.filters.update(page=links.page, picture=links.picture, document_path=links.document_path)
    app.jinja_env.filters.update(calendar=links.calendar, days=days, often=often, reason=reason)
    app.jinja_env.globals.update(in_language=in_language, with_argument=with_argument, here=here)


def day(iso: str) -> str:
    """A date as people write it: "2021-10-19" -> "19/10/2021" or "19 Oct 2021"; anything else as it is."""
    return written_day(iso, chosen(request))


def written_day(iso: str, language: Language) -> str:
    """See ``day``."""
    try:
        date = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date:%d/%m/%Y}" if language == "vi" else f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def moment(iso: str, precision: str) -> str:
    """A deadline: the day, with the minute where that is stated."""
    clock = f"{iso[11:16]} · " if precision == "minute" and len(iso) > 16 else ""
    return clock + day(iso)


def number(value: str | int) -> str:
    """A count with thousands set apart: "12.345" in Vietnamese, "12,345" in English."""
    grouped = f"{int(value):,}"
    return grouped.replace(",", ".") if chosen(request) == "vi" else grouped


def days(count: int) -> str:
    """A number of days: "1 day", "12 days", "1.204 ngày"."""
    return f"{number(count)} {words(chosen(request))['day_single' if abs(count) == 1 else 'days']}"


def often(recurrence: str) -> str:
    """How often, in the reader's words: "weekly friday 15:00" -> "every week, on Friday, 15:00"."""
    return recurrence_in(recurrence, chosen(request))


def reason(text: str) -> str:
    """Why a name stays open, in the reader's words."""
    return reason_in(text, chosen(request))


def here(quote: Quote, sources: list[str]) -> str:
    """The address of a quote: on this page where it shows the source, else on the source's page."""
    anchor = f"#{quote.id}"
    return anchor if quote.source in sources else f"/source/{quote.source.rpartition('/')[2]}{anchor}"


def in_language(language: str) -> str:
    """The address of this page in ``language``."""
    return with_argument("lang", language)


def with_argument(name: str, value: str) -> str:
    """The address of this page with one argument set."""
    pairs = [(key, item) for key, item in request.args.items(multi=True) if key != name]
    return f"{request.path}?{urlencode([*pairs, (name, value)])}"

"""The commands that look at chains: gaps, lag, compare, diff, trace, reporting, load of a body, calendar."""

from pathlib import Path

import click
import pyoxigraph

from chidao.web.command_options import DataDir, Issuer, Lang, TableFormat, Year, explained, print_rows, say


def _snapshot(data_dir: Path) -> pyoxigraph.Store:
    from chidao.graph.publish import snapshot

    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


@click.command()
@click.argument("document")
@DataDir
@Issuer
@Year
@click.option("--other-days", is_flag=True, help="Also the committees that stood there on other days only.")
@Lang
@TableFormat
@explained
def gaps(
    document: str, data_dir: Path, issuer: str | None, year: int | None, other_days: bool, lang: str, form: str
) -> None:
    """Print for each body that DOCUMENT is meant for: issued (with lag), nothing held, no texts held, not there then.

    What is not among the texts held may exist all the same. Scope: the stated addressees and groups; "assumed", where
    the text is not held, the issuer's subordinate committees one level down.
    """
    from chidao.graph.chains import resolve_document
    from chidao.graph.gaps import COLUMNS, gap_rows
    from chidao.graph.gaps import gaps as gaps_of

    store = _snapshot(data_dir)
    found = gaps_of(store, resolve_document(store, document, issuer, year, lang), other_days, lang)
    print_rows(gap_rows(store, found, lang), form, COLUMNS if form != "table" else COLUMNS[:8])
    if not found:
        say("no body is known to which the document is addressed, and none below its issuer")


@click.command()
@click.argument("document", required=False)
@DataDir
@Issuer
@Year
@click.option("--by", type=click.Choice(["level", "province", "month", "quarter", "year"]), help="Figures by group.")
@click.option("--summary", is_flag=True, help="Figures of all together.")
@Lang
@TableFormat
@explained
def lag(  # noqa: PLR0913, PLR0917 - one parameter for each option
    document: str | None,
    data_dir: Path,
    issuer: str | None,
    year: int | None,
    by: str | None,
    summary: bool,
    lang: str,
    form: str,
) -> None:
    """Print the days from each document to what implements it, and from issue to reception; below DOCUMENT, or all.

    With --by or --summary the number of intervals, their median, least and most. Intervals whose dates contradict each
    other are counted apart and are in no figure.
    """
    from chidao.graph.chains import resolve_document
    from chidao.graph.lag import COLUMNS, SUMMARY_COLUMNS, lag_rows, lags, summarise, summary_rows

    store = _snapshot(data_dir)
    found = lags(store, resolve_document(store, document, issuer, year, lang) if document else None, lang)
    if by or summary:
        print_rows(summary_rows(summarise(found, by)), form, SUMMARY_COLUMNS)
    else:
        print_rows(lag_rows(store, found, lang), form, COLUMNS if form != "table" else COLUMNS[:9])


@click.command()
@click.argument("document")
@DataDir
@Issuer
@Year
@click.option(
    "--level",
    type=click.Choice(["province", "district", "commune"]),
    default="province",
    show_default=True,
    help="The places to set side by side.",
)
@Lang
@TableFormat
@explained
def compare(
    document: str, data_dir: Path, issuer: str | None, year: int | None, level: str, lang: str, form: str
) -> None:
    """Print how provinces, districts or communes answered DOCUMENT: first answer, duties kept, dropped and added.

    Beside each stands how many texts of the place are held: where little is held, little can be seen.
    """
    from chidao.graph.chains import resolve_document
    from chidao.graph.compare import COLUMNS, answer_rows
    from chidao.graph.compare import compare as compare_places

    store = _snapshot(data_dir)
    found = compare_places(store, resolve_document(store, document, issuer, year, lang), level, lang)
    print_rows(answer_rows(store, found, lang), form, COLUMNS if form != "table" else COLUMNS[:10])


@click.command()
@click.argument("parent")
@click.argument("child")
@DataDir
@Lang
@TableFormat
@explained
def diff(parent: str, child: str, data_dir: Path, lang: str, form: str) -> None:
    """Print what became of each duty of PARENT in CHILD, which implements it: symbols or IRIs.

    Kept, reworded, narrowed, widened, tightened, loosened, reassigned, dropped (not found in the text held) and added.
    """
    from chidao.graph.chains import resolve_document
    from chidao.graph.side_by_side import COLUMNS, side_by_side, side_rows

    store = _snapshot(data_dir)
    found = side_by_side(store, *(resolve_document(store, name, lang=lang) for name in (parent, child)))
    print_rows(side_rows(store, found, lang), form, COLUMNS if form != "table" else (COLUMNS[0], *COLUMNS[3:11]))
    if not found.implements:
        say("no citation among the texts held says that the second document implements the first")
    for name, count in ((parent, found.parent_duties), (child, found.child_duties)):
        if not count:
            say(f"no duty of {name} was read in the texts held")


@click.command()
@click.argument("phrase")
@DataDir
@click.option("--spread", is_flag=True, help="Figures by level instead of the documents.")
@Lang
@TableFormat
@explained
def trace(phrase: str, data_dir: Path, spread: bool, lang: str, form: str) -> None:
    """Print who used a slogan or target first, who took it up, and who implements a user and left it out.

    PHRASE is any phrase; known ones ("4 tại chỗ", "hai con số", "5K") are searched with their variants.
    """
    from chidao.graph.trace import COLUMNS, SPREAD_COLUMNS, spread_rows, trace_rows
    from chidao.graph.trace import trace as trace_phrase

    store = _snapshot(data_dir)
    found = trace_phrase(store, data_dir, phrase)
    say(f"searched: {'; '.join(found.variants)}")
    if spread:
        print_rows(spread_rows(found), form, SPREAD_COLUMNS)
    else:
        print_rows(trace_rows(store, found, lang), form, COLUMNS if form != "table" else COLUMNS[:9])


@click.command()
@click.argument("body", required=False)
@DataDir
@Lang
@TableFormat
@explained
def reporting(body: str | None, data_dir: Path, lang: str, form: str) -> None:
    """Print who must report to whom, through whom and how often; of BODY, or of all."""
    from chidao.graph.body_names import resolve_body
    from chidao.graph.reporting import COLUMNS, reporting_lines, reporting_rows

    store = _snapshot(data_dir)
    found = reporting_lines(store, resolve_body(store, body) if body else None)
    print_rows(reporting_rows(store, found, lang), form, COLUMNS if form != "table" else COLUMNS[:-1])


@click.command()
@click.argument("body")
@DataDir
@Lang
@TableFormat
@explained
def workload(body: str, data_dir: Path, lang: str, form: str) -> None:
    """Print every duty that lands on BODY, on its head, or on a group that it is in, with who laid it there."""
    from chidao.graph.body_names import resolve_body
    from chidao.graph.workload import COLUMNS, load_figures, workload_rows
    from chidao.graph.workload import workload as workload_of

    store = _snapshot(data_dir)
    found = workload_of(store, resolve_body(store, body))
    print_rows(workload_rows(store, found, lang), form, COLUMNS)
    figures = load_figures(store, found)
    by_level = ", ".join(f"{level or 'unknown'} {n}" for level, n in sorted(figures.levels.items()))
    say(f"{figures.duties} duties ({by_level}), {figures.with_deadline} with a deadline, {figures.daily} daily")


@click.command()
@click.argument("body")
@DataDir
@Lang
@explained
def calendar(body: str, data_dir: Path, lang: str) -> None:
    """Print the deadlines of BODY as iCalendar: a name ("UBND huyện Ba Chẽ"), a path of the register, or an IRI."""
    from chidao.graph.body_names import resolve_body
    from chidao.graph.deadline_calendar import deadline_calendar

    store = _snapshot(data_dir)
    click.echo(deadline_calendar(store, resolve_body(store, body), lang), nl=False)


COMMANDS = (gaps, lag, compare, diff, trace, reporting, workload, calendar)

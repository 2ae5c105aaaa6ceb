"""The command line. Each command calls one function of one room; machine output on stdout, all else on stderr.

Exit status: 0 done, 1 something was refused or found wrong (and said), 2 bad usage.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import wraps
from importlib.resources import as_file, files
from pathlib import Path
from typing import ParamSpec

import click
import pyoxigraph

from chidao import __version__
from chidao.graph.errors import ChidaoError
from chidao.graph.tables import FORMATS, Row, format_rows

DataDir = click.option(
    "--data",
    "data_dir",
    type=click.Path(path_type=Path),
    envvar="CHIDAO_DATA",
    default=Path("chidao-data"),
    show_default=True,
    help="Folder of the store.",
)
TableFormat = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print the table."
)
Paths = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
P = ParamSpec("P")


def explained(command: Callable[P, None]) -> Callable[P, None]:
    """A command whose expected errors end it with their message and exit status 1, without a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ChidaoError as error:
            click.echo(f"chidao: {error}", err=True)
            sys.exit(1)
        except BrokenPipeError:
            sys.stderr.close()

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chidao")
def main() -> None:
    """Directives of Vietnam's Party and State bodies as a knowledge graph with a quote for every edge.

    Đọc văn bản chỉ đạo của Đảng và Nhà nước thành đồ thị tri thức, mỗi quan hệ kèm một trích dẫn.
    """


def _print(rows: Sequence[Row], form: str, columns: Sequence[str] = ()) -> None:
    click.echo(format_rows(rows, form, columns), nl=False)


@main.command()
@Paths
@DataDir
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that extract.")
@TableFormat
@explained
def load(paths: tuple[Path, ...], data_dir: Path, jobs: int, form: str) -> None:
    """Read files and folders into the store, derive what follows, publish.

    Prints for each file what was read, unread, unresolved, refused.
    """
    sys.exit(1 if _load(paths, data_dir, jobs, form) else 0)


def _load(paths: tuple[Path, ...], data_dir: Path, jobs: int, form: str) -> int:
    """Load, publish, print the report; returns how many files were refused."""
    from chidao.loaders.load import load_files

    report = load_files(paths, data_dir, jobs, lambda message: click.echo(f"chidao: {message}", err=True))
    _print(report.rows, form)
    click.echo(f"{report.read} read, {report.refused} refused; snapshot {report.snapshot}", err=True)
    return report.refused


@main.command()
@Paths
@explained
def extract(paths: tuple[Path, ...]) -> None:
    """Print the record of each text as one line of JSON; touches no store."""
    from chidao.graph.record_json import record_json
    from chidao.loaders.load import extract_files

    refused = 0
    for extracted in extract_files(paths):
        if extracted.record is None:
            refused += 1
            click.echo(f"chidao: refused {extracted.refusal}", err=True)
        else:
            click.echo(json.dumps(record_json(extracted.record), ensure_ascii=False))
    sys.exit(1 if refused else 0)


@main.command()
@click.argument("query")
@DataDir
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Parameter of a shipped query.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, "xml", "ttl"]),
    default="table",
    show_default=True,
    help="How to print the answer; ttl is for graphs.",
)
@explained
def query(query: str, data_dir: Path, params: tuple[str, ...], form: str) -> None:
    """Answer SPARQL text, a .rq file, or a shipped query by its name ("chidao query list" lists them)."""
    from chidao.web.console import answer_text, shipped_rows

    if query == "list":
        _print(shipped_rows(), form if form in FORMATS else "table")
    else:
        click.echo(answer_text(query, data_dir, params, form), nl=False)


@main.command()
@click.argument("document")
@DataDir
@click.option("--issuer", help="Words of the issuing body's name, where a symbol fits several documents.")
@click.option("--year", type=int, help="Year of issue, likewise.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["tree", "csv", "json", "graphml", "gexf", "html"]),
    default="tree",
    show_default=True,
)
@explained
def chain(document: str, data_dir: Path, issuer: str | None, year: int | None, lang: str, form: str) -> None:
    """Print what stands above and below a document given by its symbol ("07-CT/HU") or IRI."""
    from chidao.graph.chain_formats import format_chain
    from chidao.graph.chains import chain as chain_of
    from chidao.graph.chains import resolve_document

    store = _snapshot(data_dir)
    found = resolve_document(store, document, issuer, year)
    if form == "html":
        from chidao.web.console import chain_page

        click.echo(chain_page(data_dir, found, "en" if lang == "en" else "vi"))
    else:
        click.echo(format_chain(chain_of(store, found, lang), form), nl=False)


def _snapshot(data_dir: Path) -> pyoxigraph.Store:
    from chidao.graph.publish import snapshot

    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


@main.command()
@DataDir
@click.option("--reason", is_flag=True, help="Also check consistency with owlready2 and HermiT (needs Java).")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@TableFormat
@explained
def check(data_dir: Path, reason: bool, lang: str, form: str) -> None:
    """Check shapes, and every quote against its source; exit status 1 on a violation, 0 with warnings."""
    from chidao.graph.check import check as check_snapshot

    findings = check_snapshot(_snapshot(data_dir), data_dir, reason, lang)
    _print([asdict(finding) for finding in findings], form, ("severity", "focus", "message", "value"))
    violations = sum(finding.severity == "violation" for finding in findings)
    click.echo(f"{violations} violations, {len(findings) - violations} warnings", err=True)
    sys.exit(1 if violations else 0)


@main.command()
@DataDir
@TableFormat
@explained
def info(data_dir: Path, form: str) -> None:
    """Count what the store holds, and list its sources."""
    from chidao.graph.counts import count, count_rows, source_rows
    from chidao.graph.publish import snapshot

    store = _snapshot(data_dir)
    _print(count_rows(count(store, snapshot(data_dir))), form)
    if form == "table":
        click.echo()
        _print(source_rows(store), form)


@main.command()
@click.argument("source")
@DataDir
@explained
def withdraw(source: str, data_dir: Path) -> None:
    """Remove a source, given by its path or SHA-256, and what followed from it."""
    from chidao.graph.store import Store

    with Store.open(data_dir, create=False) as store:
        known = {path for each in store.sources() for path in each.paths}
        path = str(Path(source).resolve())
        removed = store.withdraw(path if path in known else source)
        published = store.publish()
    click.echo(f"withdrawn: {', '.join(removed) or source}; snapshot {published.snapshot}", err=True)


def serve_options(command: Callable[P, None]) -> Callable[P, None]:
    """The options of `serve` and `demo`: address and limits."""
    options = (
        click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
        click.option(
            "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free port."
        ),
        click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Query processes."),
        click.option(
            "--time-limit", type=click.FloatRange(0.1), default=10, show_default=True, help="Seconds a query."
        ),
        click.option("--memory-limit", type=click.IntRange(64), default=1024, show_default=True, help="MiB a query."),
        click.option("--row-limit", type=click.IntRange(1), default=100_000, show_default=True, help="Rows an answer."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _serve(data_dir: Path, host: str, port: int, **limits: float) -> None:
    from chidao.web.limits import Limits
    from chidao.web.serve import serve as serve_app

    known = Limits(**limits)  # type: ignore[arg-type]  # click has checked the types
    serve_app(data_dir, host, port, known, lambda message: click.echo(message, err=True))


@main.command()
@DataDir
@serve_options
@explained
def serve(data_dir: Path, host: str, port: int, **limits: float) -> None:
    """Serve the pages and the SPARQL endpoint of what is loaded."""
    _serve(data_dir, host, port, **limits)


@main.command()
@click.option(
    "--data",
    "data_dir",
    type=click.Path(path_type=Path),
    envvar="CHIDAO_DEMO_DATA",
    default=Path("chidao-data/demo"),
    show_default=True,
    help="Folder of the demonstration's own store.",
)
@serve_options
@explained
def demo(data_dir: Path, host: str, port: int, **limits: float) -> None:
    """Load the sample corpus into a store of its own and serve it."""
    with as_file(files("chidao.samples")) as folder:
        _load(tuple(sorted(folder.glob("*.txt"))), data_dir, 1, "table")
    _serve(data_dir, host, port, **limits)


if __name__ == "__main__":
    main()

"""The command line. Each command calls one function of one room; machine output on stdout, all else on stderr.

Exit status: 0 done, 1 something was refused or found wrong (and said), 2 bad usage.
"""

import json
import sys
from collections import Counter
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pyoxigraph

from chidao import __version__
from chidao.graph.tables import FORMATS
from chidao.web.analysis_commands import COMMANDS
from chidao.web.command_options import DataDir, StoreUrl, TableFormat, explained
from chidao.web.command_options import print_rows as _print
from chidao.web.command_options import say as _say
from chidao.web.register_command import look_up
from chidao.web.serve_options import serve_options
from chidao.web.settle_commands import settle

if TYPE_CHECKING:
    from chidao.loaders.load_report import LoadReport
    from chidao.loaders.locations import Named

AllowSecret = click.option(
    "--allow-secret", is_flag=True, help="Also read texts that are stamped Mật, Tối mật or Tuyệt mật."
)


def _named(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> "tuple[Named, ...]":
    from chidao.loaders.locations import named

    return tuple(map(named, values))


Paths = click.argument("paths", nargs=-1, required=True, type=click.UNPROCESSED, callback=_named)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chidao")
def main() -> None:
    """Directives of Vietnam's Party and State bodies as a knowledge graph with a quote for every edge.

    Đọc văn bản chỉ đạo của Đảng và Nhà nước thành đồ thị tri thức, mỗi quan hệ kèm một trích dẫn.
    """


@main.command()
@Paths
@DataDir
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that extract.  [default: one for each core]")
@click.option("--cluster", metavar="ADDRESS", help="Let a Dask cluster extract: its scheduler (tcp://10.0.0.5:8786).")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Also write what came of each file.")
@AllowSecret
@StoreUrl
@TableFormat
@explained
def load(
    paths: "tuple[Named, ...]",
    data_dir: Path,
    report: Path | None,
    allow_secret: bool,
    store: str | None,
    form: str,
    **means: int | str | None,
) -> None:
    """Read files, folders and URLs into the store, derive what follows, publish.

    Prints for each file what was read, unread, unresolved, refused; of many files the sums. What has not changed is not
    read again: a load that was broken off goes on where it was. Private telephone and identity numbers are masked.
    """
    from chidao.loaders.load import Means, load_sources
    from chidao.loaders.load_report import write_report

    if means["jobs"] and means["cluster"]:
        raise click.UsageError("--jobs is for this machine, --cluster for others; give one of them")
    _reach(store)
    chosen = Means(**means)  # type: ignore[arg-type]  # click has checked the types
    done = load_sources(paths, data_dir, chosen, _say, allow_secret)
    if report:
        write_report(done, report)
    _print_report(done, form)
    _push(data_dir, store)
    sys.exit(1 if done.refused else 0)


def _reach(store: str | None) -> None:
    """Fail before work is done for a store that is not there."""
    if store:
        from chidao.graph.push import reach

        reach(store)


def _push(data_dir: Path, store: str | None) -> None:
    if store:
        from chidao.graph.push import push_to

        click.echo(str(push_to(data_dir, store)), err=True)


def _print_report(report: "LoadReport", form: str) -> None:
    from chidao.loaders.load_report import printed

    for piece in printed(report, form):
        click.echo(piece, nl=False)
    click.echo(f"{report.read} read, {report.refused} refused; snapshot {report.snapshot}", err=True)


@main.command()
@Paths
@AllowSecret
@click.option("--explain", is_flag=True, help="Show which rule read what in each text, and what stayed unread.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="How to print what --explain shows.  [default: table]"
)
@explained
def extract(paths: "tuple[Named, ...]", allow_secret: bool, explain: bool, form: str | None) -> None:
    """Print the record of each text as one line of JSON; touches no store."""
    from chidao.graph.record_json import record_json
    from chidao.loaders.explain import explanation
    from chidao.loaders.extracted import extract_files

    if form and not explain:
        raise click.UsageError("--format is for --explain; records are JSON lines always")
    refused, read = 0, []
    for extracted in extract_files(paths, allow_secret=allow_secret):
        if extracted.record is None:
            refused += 1
            _say(f"refused {extracted.refusal}")
        elif explain:
            read.append((extracted.record, extracted.text))
        else:
            click.echo(json.dumps(record_json(extracted.record), ensure_ascii=False))
    if explain:
        click.echo(explanation(read, form or "table"), nl=False)
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
@StoreUrl
@explained
def query(query: str, data_dir: Path, params: tuple[str, ...], form: str, store: str | None) -> None:
    """Answer SPARQL text, a .rq file, or a shipped query by its name ("chidao query list" lists them)."""
    from chidao.web.console import answer_text, shipped_rows

    if query == "list":
        _print(shipped_rows(), form if form in FORMATS else "table")
    else:
        click.echo(answer_text(query, data_dir, params, form, store), nl=False)


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
    counts = Counter(finding.severity for finding in findings)
    click.echo(f"{counts['violation']} violations, {counts['warning']} warnings, {counts['info']} notes", err=True)
    sys.exit(1 if counts["violation"] else 0)


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
@StoreUrl
@explained
def withdraw(source: str, data_dir: Path, store: str | None) -> None:
    """Remove a source, given by its path or SHA-256, or an archive's sources, and what followed from them."""
    _reach(store)
    from chidao.graph.store import Store
    from chidao.graph.withdraw import withdraw as withdraw_named
    from chidao.loaders.record_cache import forget

    with Store.open(data_dir, create=False) as writer:
        writer.publish()  # what a withdrawal that was killed left undone, since its source is not known any more
        removed = withdraw_named(writer, source)
        published = writer.publish()
    forget(data_dir / "records", removed)
    click.echo(f"withdrawn: {', '.join(removed) or source}; snapshot {published.snapshot}", err=True)
    _push(data_dir, store)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--documents", type=int, required=True, metavar="N", help="Documents to write.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed and options: the same bytes.")
@click.option("--scan-noise", type=float, default=0.1, show_default=True, help="Share of documents that are scans.")
@click.option("--reports", type=float, default=0.05, show_default=True, help="Share that also have a news report.")
@click.option("--gaps", type=float, default=0.2, show_default=True, help="Share of bodies asked that issue nothing.")
@click.option("--lag", type=int, default=10, show_default=True, help="Mean days from a document to what implements it.")
@click.option("--duties", type=int, default=8, show_default=True, help="Mean duties in a document.")
@click.option("--length", type=int, default=0, show_default=True, help="Mean code points in a document; 0: any.")
@click.option("--carry", multiple=True, metavar="KIND=WEIGHT", help="What becomes of duties (dropped=0.3); repeatable.")
@explained
def synth(folder: Path, carry: tuple[str, ...], **asked: float) -> None:
    """Write an openly synthetic corpus to DIR: texts/*.txt, and beside them their truth."""
    from chidao.loaders.synth.options import Options, carry_weights
    from chidao.loaders.synth.write import write_corpus

    options = Options(**asked, carry=carry_weights(carry))  # type: ignore[arg-type]  # click has checked the types
    counts = write_corpus(folder, options)
    click.echo(f"{counts.documents} documents ({counts.scans} scans), {counts.reports} news reports", err=True)


def _serve(data_dir: Path, host: str, port: int, limits: dict[str, float], **more: Any) -> None:
    from chidao.web.limits import Limits
    from chidao.web.serve import Listening
    from chidao.web.serve import serve as serve_app

    known = Limits(**limits)  # type: ignore[arg-type]  # click has checked the types
    serve_app(data_dir, Listening(host, port), known, lambda message: click.echo(message, err=True), **more)


@main.command()
@DataDir
@serve_options
@click.option("--curate", is_flag=True, help="Also the page /curate, where whoever uses this machine may decide.")
@click.option(
    "--query-log",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append each query with its outcome to FILE, never who asked; without this no query is kept.",
    metavar="FILE",
)
@StoreUrl
@explained
def serve(
    data_dir: Path, host: str, port: int, curate: bool, query_log: Path | None, store: str | None, **limits: float
) -> None:
    """Serve the pages and the SPARQL endpoint of what is loaded."""
    _serve(data_dir, host, port, limits, curate=curate, query_log=query_log, store=store)


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
    from chidao.loaders.load import load_files

    with as_file(files("chidao.samples")) as folder:
        _print_report(load_files(tuple(sorted(folder.glob("*.txt"))), data_dir, 1, _say), "table")
    _serve(data_dir, host, port, limits)


for each in (*COMMANDS, look_up, settle):
    main.add_command(each)

if __name__ == "__main__":
    main()

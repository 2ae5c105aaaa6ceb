"""What commands share: their usual options, how they print tables, and how they end on an expected error."""

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from chidao.graph.errors import ChidaoError
from chidao.graph.tables import FORMATS, Row, format_rows, printable

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
Issuer = click.option("--issuer", help="Words of the issuing body's name, where a symbol fits several documents.")
Year = click.option("--year", type=int, help="Year of issue, likewise.")
Lang = click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
StoreUrl = click.option(
    "--store",
    metavar="URL",
    envvar="CHIDAO_STORE",
    help="A SPARQL 1.1 store beside this machine's; user, password or token come from CHIDAO_STORE_* or ~/.netrc.",
)
P = ParamSpec("P")


def say(message: str) -> None:
    """A message on stderr. It may name files, whose names are anybody's words."""
    click.echo("chidao: " + "\n".join(map(printable, message.splitlines())), err=True)


def explained(command: Callable[P, None]) -> Callable[P, None]:
    """A command whose expected errors end it with their message and exit status 1, without a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ChidaoError as error:
            say(str(error))
            sys.exit(1)
        except BrokenPipeError:
            sys.stderr.close()

    return run


def print_rows(rows: Sequence[Row], form: str, columns: Sequence[str] = ()) -> None:
    """Print a table on stdout in one of ``FORMATS``."""
    click.echo(format_rows(rows, form, columns), nl=False)

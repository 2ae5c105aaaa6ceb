"""The command that looks a name up in the register."""

import click

from chidao.web.command_options import TableFormat, explained, print_rows


@click.command("register")
@click.argument("name")
@click.option("--date", help="The day, for what existed then (2021-10-19).")
@click.option("--place", help="Path or name of the place in whose text the name stands.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Of the reasons.")
@TableFormat
@explained
def look_up(name: str, date: str | None, place: str | None, lang: str, form: str) -> None:
    """Print what a name means in the register and why: the body, the group with its members, or the candidates.

    A name, day or place that the register cannot settle gives a row "unresolved" with the reason.
    """
    from chidao.graph.register_lookup import COLUMNS
    from chidao.graph.register_lookup import look_up as find
    from chidao.ontology.register import register

    print_rows(find(name, place, date, register(), lang), form, COLUMNS)

"""The options of the commands that serve: address and limits."""

from collections.abc import Callable
from typing import ParamSpec

import click

P = ParamSpec("P")
_OPTIONS = (
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free port."),
    click.option(
        "--workers",
        type=click.IntRange(1),
        default=2,
        show_default=True,
        help="Processes of each lane: quick queries (a third of a second), slow ones, and pages.",
    ),
    click.option(
        "--time-limit",
        type=click.FloatRange(0.1),
        default=10,
        show_default=True,
        help="Seconds before a query is stopped.",
    ),
    click.option(
        "--memory-limit",
        type=click.IntRange(64),
        default=1024,
        show_default=True,
        help="MiB that a process may take for a query; at worst all of them take it: three times --workers.",
    ),
    click.option(
        "--row-limit",
        type=click.IntRange(1),
        default=100_000,
        show_default=True,
        help="Rows after which an answer is cut.",
    ),
)


def serve_options(command: Callable[P, None]) -> Callable[P, None]:
    """``command`` with the options host, port and those of `Limits`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command

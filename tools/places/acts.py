"""The legal acts that change units: which one a difference between two slices comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from tables import rows


@dataclass(frozen=True, slots=True)
class Act:
    """An act with the day on which it takes effect, for one province.

    ``scope`` holds codes of the districts and communes that it concerns; "" stands for the rest of the province.
    """

    number: str
    date: str
    province: str
    level: str
    scope: frozenset[str]


def read_acts() -> tuple[Act, ...]:
    """The acts of acts.csv."""
    return tuple(
        Act(row["act"], row["date"], row["province"], row["level"], frozenset(row["scope"].split(";")))
        for row in rows("acts.csv")
    )


def within(acts: Sequence[Act], after: str, until: str) -> tuple[Act, ...]:
    """The acts that take effect after one day and not after another."""
    return tuple(act for act in acts if after < act.date <= until)


def act_for(acts: Sequence[Act], province: str, level: str, codes: Sequence[str]) -> Act | None:
    """The one act about the first of the codes that any act is about, else the one about the rest of the province.

    None where no act fits, or several do: the date of the difference is then not known.
    """
    fitting = [act for act in acts if act.province == province and act.level in ("", level)]
    for code in (*codes, ""):
        about = [act for act in fitting if code in act.scope]
        if about:
            return about[0] if len(about) == 1 else None
    return None

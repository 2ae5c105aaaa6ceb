"""The register's rows: units with paths that never collide, each with what it was part of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from history import END_OF_TIME, Span
from slices import Unit
from tables import rows

from chidao.ontology.spelling import fold


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the register. ``parents`` follow each other in time; the path stands under the first of them."""

    path: str
    span: Span
    parents: tuple[str, ...]

    @property
    def label(self) -> str:
        """ "xã Đồn Đạc" """
        return self.span.unit.full_name


class Register:
    """Rows by level and code."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._by_code: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        self._begun: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)

    def add(self, added: Iterable[Row]) -> None:
        """Take in rows whose parents are here."""
        for row in added:
            self.rows.append(row)
            self._by_code[row.span.level, row.span.unit.code].append(row)
            self._begun[row.span.level, row.span.start].append(row)

    def of_code(self, level: str, code: str) -> list[Row]:
        """The rows of a code, the earliest first."""
        return sorted(self._by_code[level, code], key=lambda row: row.span.start)

    def begun(self, level: str, day: str) -> Sequence[Row]:
        """The rows of a level that begin on a day."""
        return self._begun[level, day]

    def on(self, level: str, code: str, day: str) -> Row | None:
        """The row that a code stood for on a day."""
        return next((row for row in self._by_code[level, code] if row.span.on(day)), None)


def province_rows() -> list[Row]:
    """The provinces of provinces.csv."""
    return [
        Row(
            row["path"],
            Span(
                "province",
                Unit(row["code"], row["type"], row["name"], ""),
                row["valid_from"],
                row["valid_to"] or END_OF_TIME,
                row["act"] if row["valid_from"] else "",
                row["act"].split("; ")[-1] if row["valid_to"] else "",
            ),
            (),
        )
        for row in rows("provinces.csv")
    ]


def placed(register: Register, above: str, units: Sequence[tuple[Span, ...]]) -> list[Row]:
    """Rows for units (each the parts of one unit, by parent) whose parents, at level ``above``, are in the register."""
    drafts = [_draft(register, above, parts) for parts in units]
    taken = {row.path for row in register.rows}
    families: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for draft in drafts:
        families[draft.parents[0], _slug(draft.span.unit)].append(draft)
    kept = {(row["level"], row["code"], row["type"]): row for row in rows("overrides.csv")}
    found = []
    for (parent, slug), family in families.items():
        for draft in sorted(family, key=lambda row: (row.span.start, row.span.unit.code)):
            override = kept.get((draft.span.level, draft.span.unit.code, draft.span.unit.type))
            path = override["path"] if override else _free(f"{parent}/{_among(slug, draft, family)}", draft, taken)
            taken.add(path)
            span = draft.span
            if override and override["valid_from"]:
                span = replace(span, start=override["valid_from"], begun_by=override["act"])
            found.append(replace(draft, path=path, span=span))
    return found


def _draft(register: Register, above: str, parts: Sequence[Span]) -> Row:
    parents: list[str] = []
    for part in parts:
        for row in register.of_code(above, part.unit.parent):
            if row.span.overlaps(part) and row.path not in parents:
                parents.append(row.path)
    if not parents:
        raise ValueError(f"nothing holds {parts[0]}")
    first, last = parts[0], parts[-1]
    return Row("", replace(last, start=first.start, begun_by=first.begun_by), tuple(parents))


def _slug(unit: Unit) -> str:
    """ "Ea H'đing" -> "ea-hding"; a number takes its type: "phuong-1"."""
    name = unit.full_name if re.fullmatch(r"\d+|[IVX]+", unit.name) else unit.name
    return re.sub("[^a-z0-9]+", "-", fold(name).replace("'", "")).strip("-")


def _among(slug: str, draft: Row, family: Sequence[Row]) -> str:
    """The slug, with the type and then the code where another unit had the same slug at the same time."""
    rivals = [row for row in family if row is not draft and row.span.overlaps(draft.span)]
    if not rivals:
        return slug
    typed = f"{slug}-{_type_slug(draft)}"
    return f"{typed}-{draft.span.unit.code}" if any(_type_slug(row) == _type_slug(draft) for row in rivals) else typed


def _type_slug(row: Row) -> str:
    return fold(row.span.unit.type).replace(" ", "-")


def _free(path: str, draft: Row, taken: set[str]) -> str:
    """The path, with the year and then the code where an earlier unit had it."""
    for candidate in (path, f"{path}-{draft.span.start[:4]}", f"{path}-{draft.span.start[:4]}-{draft.span.unit.code}"):
        if candidate not in taken:
            return candidate
    raise ValueError(f"no free path for {draft}")


def columns(row: Row) -> Mapping[str, str]:
    """The row as places.csv holds it."""
    span = row.span
    return {
        "path": row.path,
        "code": span.unit.code,
        "name": span.unit.name,
        "type": span.unit.type,
        "level": span.level,
        "parent": row.parents[0] if row.parents else "",
        "later_parents": ";".join(row.parents[1:]),
        "valid_from": span.start,
        "valid_to": "" if span.end == END_OF_TIME else span.end,
        "source": "; ".join(dict.fromkeys(act for act in (span.begun_by, span.ended_by) if act)),
    }

"""What an import file may hold: one column after the other, with what is accepted in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold


class Kind(StrEnum):
    """How a cell is read; each kind has one column type in the staging table."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    CHOICE = "choice"
    COUNT = "count"
    MONEY = "money"
    BOOLEAN = "boolean"
    MOMENT = "moment"
    DAY = "day"
    SECRET = "secret"  # noqa: S105  (a kind of column)

    @property
    def sql_type(self) -> str:
        return _SQL_TYPES[self]


_SQL_TYPES = {
    Kind.TEXT: "text",
    Kind.CODE: "text",
    Kind.CODES: "text[]",
    Kind.CHOICE: "text",
    Kind.COUNT: "integer",
    Kind.MONEY: "bigint",
    Kind.BOOLEAN: "boolean",
    Kind.MOMENT: "timestamp",
    Kind.DAY: "date",
    Kind.SECRET: "text",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a cell may hold, with the words people write for it. A heading groups others and is not for recording."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. Money in đồng; an empty cell means "not known" unless `required`.

    `extensible`: longer codes below a known one are accepted (the list stops at an upper level).
    `normalise` turns the text of a cell into what is stored, or answers with the problem; it runs while rows stream
    into the database and so must not query it. A `SECRET` column must have one: what it answers goes into the
    database, the text of the cell is never stored, told or logged. `future`: a day may lie ahead.
    """

    name: str
    label: str
    kind: Kind
    help: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: Callable[[], tuple[Choice, ...]] | None = None
    max_length: int = 300
    minimum: int = 0
    maximum: int = 10**15
    earliest: date = date(1950, 1, 1)
    extensible: bool = False
    future: bool = False
    normalise: Callable[[str], str | Problem] | None = None

    @property
    def headings(self) -> frozenset[str]:
        """Every text by which a header cell may name this column, folded."""
        return frozenset(fold(text.replace("_", " ")) for text in (self.name, self.label, *self.aliases))


@dataclass(frozen=True)
class Spec:
    """The columns of one kind of file, in the order of the template."""

    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns no file may lack."""
        return tuple(column for column in self.columns if column.required)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def named(self, heading: object) -> Column | None:
        """The column a header cell names; case, tone marks, underscores and asterisks do not matter."""
        text = fold(str(heading).replace("_", " ").replace("*", " "))
        return next((column for column in self.columns if text in column.headings), None) if text else None

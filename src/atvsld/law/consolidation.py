"""How the figures of a higher report follow from the figures of the lower reports it adds up, as data.

One rule a higher form. It says which lower form is added up, what becomes of each of its columns, and which rows meet
which. A victim who is not under the employer that reports is taken off, so that an outside or leased worker is counted
by one employer alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.periods import Period
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import FormSpec
from atvsld.law.reading import Label

ReporterFigure = Literal["obliged", "reporting", "workers", "workers_reporting", "workers_female"]
REPORTER_FIGURES = ("obliged", "reporting", "workers", "workers_reporting", "workers_female")
Basis = Literal["headquarters", "place"]
Reporter = Literal["establishment", "body"]
# The name under which the figures of a form's head stand.
HEADER = "header"


class Cell(NamedTuple):
    """The place of a figure in a form: table id, row key, column key."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Portion:
    """What one report gives: the columns of `add` less those of `less`, and no more than `at_most` (nor below zero).

    `at_most` keeps a count of accidents from standing where no victim of the reporter stands.
    """

    add: tuple[str, ...]
    less: tuple[str, ...] = ()
    at_most: Portion | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the lower form that the portion reads."""
        return (*self.add, *self.less, *(self.at_most.columns if self.at_most else ()))

    @property
    def plain(self) -> bool:
        """Whether portions of several reports may be added up before the columns are taken together."""
        return self.at_most is None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the higher table (a key, or `1.1.*`) and the rows of the lower one they take from.

    With `by` the rows tell reporters apart by what they are (`ownership`, `industry`), all from one lower row. So do
    columns that the higher form itself narrows.
    """

    rows: str
    of: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class TableRule:
    """How a table of the higher form is made of a table of the lower one."""

    table: str
    of: str
    columns: Mapping[str, Portion]
    rows: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class ReporterRule:
    """Columns of a higher table that count the reporters themselves."""

    table: str
    columns: Mapping[str, ReporterFigure]
    rows: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """A figure of the lower reports that no cell of the higher form takes in, told beside it."""

    key: str
    label: Label
    table: str
    row: str
    portion: Portion


@dataclass(frozen=True, slots=True)
class Consolidation:
    """One higher form and the lower reports it adds up, as the law or our reading of it has it.

    `reports` are the duties whose filings are added up, the higher one first: where a district reported, its communes
    are in it. `basis` names the place by which the law sends the lower reports to this body; `reporter` who makes
    them. `doubt` is the cell that
    shows how many accidents two employers may both have counted: accidents, and outsiders among the victims.
    `workforce` is the figure in which a reporter states its workers; its table `header` is the form's head.
    """

    form: str
    source: str
    reports: tuple[str, ...]
    basis: Basis
    reporter: Reporter
    tables: tuple[TableRule, ...]
    reporters: tuple[ReporterRule, ...]
    apart: tuple[Apart, ...]
    doubt: tuple[Cell, Cell] | None
    workforce: Cell | None
    citation: Citation
    status: Certainty
    note: str


class Reporters(NamedTuple):
    """A condition on what a reporter is: one of `codes`, or (`outside`) none of them."""

    codes: tuple[str, ...]
    outside: bool = False

    def admit(self, code: str | None) -> bool:
        return (code in self.codes) != self.outside


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a cell of the higher form comes from: a row and a portion of the lower one, of some reporters or all.

    `most`: the largest figure of any report stands there, not the sum.
    """

    table: str
    row: str
    portion: Portion
    reporters: Mapping[str, Reporters]
    most: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the lower form it reads."""
        return tuple(Cell(self.table, self.row, column) for column in dict.fromkeys(self.portion.columns))


class Head(NamedTuple):
    """A cell that counts reporters: what of them, and which."""

    figure: ReporterFigure
    reporters: Mapping[str, Reporters]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A rule laid out for a period: every cell of the higher form that follows from the lower ones."""

    rule: Consolidation
    target: FormSpec
    source: FormSpec
    period: Period
    rows: Mapping[str, tuple[ConcreteRow, ...]]
    origins: Mapping[Cell, Origin]
    heads: Mapping[Cell, Head]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What must be known of the reporters."""
        conditions = [origin.reporters for origin in self.origins.values()]
        conditions += [head.reporters for head in self.heads.values()]
        return tuple(sorted({name for reporters in conditions for name in reporters}))

"""How the figures of a higher report follow from the figures of the lower reports it adds up, as data.

One rule a higher form. It says which lower form is added up, what becomes of each of its columns, and which rows meet
which. A victim who is not under the employer that reports is taken off, so that an outside or leased worker is counted
by one employer alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.book import LawBook
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.forms.rows import ConcreteRow, expand_rows
from atvsld.law.forms.spec import FormSpec
from atvsld.law.reading import DataFolder, Label, Node

ReporterFigure = Literal["obliged", "reporting", "workers", "workers_reporting", "workers_female"]
REPORTER_FIGURES = ("obliged", "reporting", "workers", "workers_reporting", "workers_female")
Basis = Literal["headquarters", "place"]
EVERY = ".*"
# No form of the law book is older.
FIRST_YEAR = 2016


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

    With `by` the rows tell reporters apart by what they are (`ownership`, `industry`), all from one lower row.
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
    # Columns of the higher table that hold one kind of reporter each: its code there, by dimension.
    column_by: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReporterRule:
    """Columns of a higher table that count the reporters themselves."""

    table: str
    columns: Mapping[str, ReporterFigure]
    rows: tuple[Rows, ...]
    column_by: Mapping[str, tuple[str, str]] = field(default_factory=dict)


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
    are in it. `basis` names the place by which the law sends the lower reports to this body. `doubt` is the cell that
    shows how many accidents two employers may both have counted: accidents, and outsiders among the victims.
    """

    form: str
    source: str
    reports: tuple[str, ...]
    basis: Basis
    tables: tuple[TableRule, ...]
    reporters: tuple[ReporterRule, ...]
    apart: tuple[Apart, ...]
    doubt: tuple[Cell, Cell] | None
    citation: Citation
    status: Certainty
    note: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a cell of the higher form comes from: a row and a portion of the lower one.

    `by` with `codes` keeps to reporters of these codes, with `outside` to those of no code or another one. Empty: all.
    """

    table: str
    row: str
    portion: Portion
    reporters: Mapping[str, Reporters]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the lower form it reads."""
        return tuple(Cell(self.table, self.row, column) for column in dict.fromkeys(self.portion.columns))


class Reporters(NamedTuple):
    """A condition on what a reporter is: one of `codes`, or (`outside`) none of them."""

    codes: tuple[str, ...]
    outside: bool = False

    def admit(self, code: str | None) -> bool:
        return (code in self.codes) != self.outside


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
        held = (*self.origins.values(), *self.heads.values())
        return tuple(sorted({name for origin in held for name in origin.reporters}))


@lru_cache(maxsize=1)
def load_consolidations() -> Consolidations:
    """The rules of the installed law data, read and checked once."""
    return Consolidations(DataFolder(), load_book())


class Consolidations:
    """All rules, each checked against the forms it names. `LawDataError` names a cell that does not exist."""

    def __init__(self, folder: DataFolder, book: LawBook) -> None:
        self.book = book
        self.rules: dict[str, Consolidation] = {}
        for name in folder.names("consolidation"):
            rule = _rule(folder.read(name))
            self.rules[rule.form] = rule
            self._check(name, rule)

    def rule(self, form: str) -> Consolidation:
        """The rule for a higher form; `UnknownEntry` when nothing is consolidated into it."""
        if form not in self.rules:
            raise UnknownEntry(f"Bộ pháp luật không có cách tổng hợp biểu mẫu “{form}” từ báo cáo cấp dưới.")
        return self.rules[form]

    def scheme(self, form: str, period: Period) -> Scheme:
        """The rule for a form laid out over the versions of both forms for a period."""
        rule = self.rule(form)
        target, source = self.book.form(form, period=period), self.book.form(rule.source, period=period)
        return lay_out(
            rule, target, source, period,
            rows=_rows_of(self.book, target, period), source_rows=_rows_of(self.book, source, period),
        )  # fmt: skip

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, status, citation and note of each rule, for the list of what is not confirmed."""
        for rule in self.rules.values():
            label = f"{rule.form} ← {rule.source}"
            yield "consolidation", rule.form, label, rule.status, str(rule.citation), rule.note

    def _check(self, file: str, rule: Consolidation) -> None:
        if rule.citation.instrument not in self.book.instruments:
            raise LawDataError(file, "citation", f"trích dẫn văn bản chưa khai báo {rule.citation.instrument}")
        laid = False
        for year in range(FIRST_YEAR, self.book.checked_on.year + 1):
            try:
                self.scheme(rule.form, Period.parse(str(year)))
            except NotInForce:
                continue  # a form or a code list of it did not hold then
            except LawDataError as error:
                raise LawDataError(file, error.entry, error.problem) from error
            laid = True
        if not laid:
            raise LawDataError(file, "form", f"không có kỳ nào mà {rule.form} và {rule.source} cùng có hiệu lực")


def lay_out(
    rule: Consolidation,
    target: FormSpec,
    source: FormSpec,
    period: Period,
    *,
    rows: Mapping[str, tuple[ConcreteRow, ...]],
    source_rows: Mapping[str, tuple[ConcreteRow, ...]],
) -> Scheme:
    """Every cell of the higher form with where it comes from. `LawDataError` for a cell one of the forms lacks."""
    laying = _Laying(rule, target, source, rows, source_rows)
    origins: dict[Cell, Origin] = {}
    heads: dict[Cell, Head] = {}
    for table in rule.tables:
        for cell, origin in laying.origins(table):
            if cell in origins:
                raise LawDataError("", f"{table.table}/{cell.row}/{cell.column}", "ô được tổng hợp hai lần")
            origins[cell] = origin
    for counted in rule.reporters:
        for cell, head in laying.heads(counted):
            if cell in origins or cell in heads:
                raise LawDataError("", f"{counted.table}/{cell.row}/{cell.column}", "ô được tổng hợp hai lần")
            heads[cell] = head
    for apart in rule.apart:
        laying.require(apart.table, apart.row, apart.portion)
    for cell in rule.doubt or ():
        laying.require(cell.table, cell.row, Portion((cell.column,)))
    return Scheme(rule, target, source, period, rows, origins, heads)


@dataclass(frozen=True, slots=True)
class _Laying:
    rule: Consolidation
    target: FormSpec
    source: FormSpec
    rows: Mapping[str, tuple[ConcreteRow, ...]]
    source_rows: Mapping[str, tuple[ConcreteRow, ...]]

    def origins(self, table: TableRule) -> Iterator[tuple[Cell, Origin]]:
        self._columns(table.table, table.columns)
        for rows in table.rows:
            for row, of, reporters in self._meeting(table.table, table.of, rows):
                for column, portion in table.columns.items():
                    self.require(table.of, of, portion)
                    narrowed = _narrowed(reporters, table.column_by.get(column))
                    yield Cell(table.table, row.key, column), Origin(table.of, of, portion, narrowed)

    def heads(self, counted: ReporterRule) -> Iterator[tuple[Cell, Head]]:
        self._columns(counted.table, counted.columns)
        for rows in counted.rows:
            for row in self._matching(self._of(self.rows, counted.table), rows.rows):
                reporters = _telling(row, rows.by, counted.table) if rows.by else {}
                for column, figure in counted.columns.items():
                    narrowed = _narrowed(reporters, counted.column_by.get(column))
                    yield Cell(counted.table, row.key, column), Head(figure, narrowed)

    def require(self, table: str, row: str, portion: Portion) -> None:
        """The lower form has these cells."""
        known = {found.key for found in self._of(self.source_rows, table) if found.holds_figures}
        if row not in known:
            raise LawDataError("", f"{table}/{row}", f"biểu {self.source.code} không có dòng này")
        columns = set(self.source.table(table).value_columns)
        for column in portion.columns:
            if column not in columns:
                raise LawDataError("", f"{table}/{row}/{column}", f"biểu {self.source.code} không có cột này")

    def _columns(self, table: str, columns: Mapping[str, object]) -> None:
        self._of(self.rows, table)
        known = set(self.target.table(table).value_columns)
        for column in columns:
            if column not in known:
                raise LawDataError("", f"{table}/{column}", f"biểu {self.target.code} không có cột này")

    def _meeting(self, table: str, of: str, rows: Rows) -> Iterator[tuple[ConcreteRow, str, Mapping[str, Reporters]]]:
        for row in self._matching(self._of(self.rows, table), rows.rows):
            if rows.by:
                yield row, rows.of, _telling(row, rows.by, table)
            elif rows.of.endswith(EVERY):
                stem = rows.rows.removesuffix("*")
                yield row, rows.of.removesuffix("*") + row.key.removeprefix(stem), {}
            elif rows.of == "*":
                yield row, row.key, {}
            else:
                yield row, rows.of, {}
        self._of(self.source_rows, of)

    def _matching(self, rows: tuple[ConcreteRow, ...], wanted: str) -> list[ConcreteRow]:
        figures = [row for row in rows if row.holds_figures and not row.formula]
        if wanted.endswith("*"):
            found = [row for row in figures if row.key.startswith(wanted.removesuffix("*"))]
        else:
            found = [row for row in figures if row.key == wanted]
        if not found:
            raise LawDataError("", wanted, f"biểu {self.target.code} không có dòng này")
        return found

    def _of(self, rows: Mapping[str, tuple[ConcreteRow, ...]], table: str) -> tuple[ConcreteRow, ...]:
        if table not in rows:
            raise LawDataError("", table, "biểu không có bảng này")
        return rows[table]


def _telling(row: ConcreteRow, by: str, table: str) -> Mapping[str, Reporters]:
    """The reporters a row stands for, by the codes the form itself gives the row."""
    if by in row.outside:
        return {by: Reporters(tuple(row.outside[by]), outside=True)}
    if by in row.where:
        return {by: Reporters(tuple(row.where[by]))}
    raise LawDataError("", f"{table}/{row.key}", f"dòng không phân theo {by}")


def _narrowed(reporters: Mapping[str, Reporters], column: tuple[str, str] | None) -> Mapping[str, Reporters]:
    return reporters if column is None else {**reporters, column[0]: Reporters((column[1],))}


def _rows_of(book: LawBook, form: FormSpec, period: Period) -> dict[str, tuple[ConcreteRow, ...]]:
    lists = book.lists_for(form, period)
    return {table.id: expand_rows(table, lists) for table in form.tables if not table.open_rows}


def _rule(root: Node) -> Consolidation:
    rule = Consolidation(
        form=root.text("form"),
        source=root.text("source"),
        reports=root.texts("reports"),
        basis=cast("Basis", root.one_of("basis", ["headquarters", "place"])),
        tables=tuple(_table(node) for node in root.nodes("tables")),
        reporters=tuple(_reporters(node) for node in root.nodes("reporters")),
        apart=tuple(
            node.done(
                Apart(
                    node.text("key"), node.label("label"), node.text("table"), node.text("row"),
                    _portion(node.node("portion")),
                )
            )
            for node in root.nodes("apart")
        ),
        doubt=_doubt(root),
        citation=root.citation(),
        status=root.status(),
        note=root.text("note", ""),
    )  # fmt: skip
    if not rule.reports:
        raise root.fail("thiếu “reports”: cộng những báo cáo nào")
    return root.done(rule)


def _table(node: Node) -> TableRule:
    columns = node.node("columns")
    portions = {name: _portion(columns.node(name)) for name in columns.data}
    columns.done(None)
    return node.done(TableRule(node.text("table"), node.text("of"), portions, _rows(node), _column_by(node, portions)))


def _reporters(node: Node) -> ReporterRule:
    columns = node.node("columns")
    figures = {name: cast("ReporterFigure", columns.one_of(name, list(REPORTER_FIGURES))) for name in columns.data}
    columns.done(None)
    return node.done(ReporterRule(node.text("table"), figures, _rows(node), _column_by(node, figures)))


def _rows(node: Node) -> tuple[Rows, ...]:
    return tuple(
        child.done(Rows(child.text("rows"), child.text("of", ""), child.text("by", ""))) for child in node.nodes("rows")
    )


def _column_by(node: Node, columns: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    given = node.maybe_node("column_by")
    if given is None:
        return {}
    dimension = given.text("dimension")
    codes = given.node("codes")
    found = {column: (dimension, codes.text(column)) for column in codes.data}
    if unknown := set(found) - set(columns):
        raise node.fail(f"column_by: không có cột {', '.join(sorted(unknown))}")
    codes.done(None)
    return given.done(found)


def _portion(node: Node) -> Portion:
    limit = node.maybe_node("at_most")
    portion = Portion(node.texts("add"), node.texts("less"), _portion(limit) if limit else None)
    if not portion.add:
        raise node.fail("thiếu “add”: lấy cột nào")
    return node.done(portion)


def _doubt(root: Node) -> tuple[Cell, Cell] | None:
    node = root.maybe_node("doubt")
    if node is None:
        return None
    table, row = node.text("table"), node.text("row")
    return node.done((Cell(table, row, node.text("cases")), Cell(table, row, node.text("outsiders"))))


__all__ = [
    "Apart",
    "Cell",
    "Consolidation",
    "Consolidations",
    "Head",
    "Origin",
    "Portion",
    "ReporterRule",
    "Reporters",
    "Rows",
    "Scheme",
    "TableRule",
    "lay_out",
    "load_consolidations",
]

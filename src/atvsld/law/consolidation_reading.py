"""The rules of consolidation as stored, each laid out over its two forms for a period and checked against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from atvsld.kit.certainty import Certainty
from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.book import LawBook
from atvsld.law.consolidation import (
    HEADER,
    REPORTER_FIGURES,
    Apart,
    Basis,
    Cell,
    Consolidation,
    Head,
    Origin,
    Portion,
    Reporter,
    ReporterFigure,
    ReporterRule,
    Reporters,
    Rows,
    Scheme,
    TableRule,
)
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.forms.rows import ConcreteRow, expand_rows
from atvsld.law.forms.spec import FormSpec
from atvsld.law.reading import DataFolder, Node

EVERY = ".*"
# No form of the law book is older.
FIRST_YEAR = 2016


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
            except UnknownEntry as error:
                raise LawDataError(file, "form", str(error)) from error
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
    if rule.workforce is not None:
        laying.require_workforce(rule.workforce)
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
        narrowed = self._narrowed(table.table)
        lower = {row.key: row for row in self._of(self.source_rows, table.of)}
        for rows in table.rows:
            for row, of, reporters in self._meeting(table.table, rows):
                source = lower[of].source if of in lower else None
                most = source is not None and source.added == "most"
                for column, portion in table.columns.items():
                    if self._holds(table.table, row, column):
                        self.require(table.of, of, portion)
                        told = {**reporters, **narrowed[column]}
                        yield Cell(table.table, row.key, column), Origin(table.of, of, portion, told, most)

    def heads(self, counted: ReporterRule) -> Iterator[tuple[Cell, Head]]:
        self._columns(counted.table, counted.columns)
        narrowed = self._narrowed(counted.table)
        for rows in counted.rows:
            for row in self._matching(self._of(self.rows, counted.table), rows.rows):
                reporters = _telling(row, rows.by, counted.table) if rows.by else {}
                for column, figure in counted.columns.items():
                    yield Cell(counted.table, row.key, column), Head(figure, {**reporters, **narrowed[column]})

    def _holds(self, table: str, row: ConcreteRow, column: str) -> bool:
        """Whether the higher form has such a cell: the second figure of a pair stands in rows of pairs alone."""
        pairs = {leaf.pair for leaf in self.target.table(table).leaf_columns if leaf.pair}
        return column not in pairs or (row.source is not None and row.source.given == "pair")

    def _narrowed(self, table: str) -> dict[str, dict[str, Reporters]]:
        """By column, the reporters to which the higher form narrows it."""
        found: dict[str, dict[str, Reporters]] = {}
        for leaf in self.target.table(table).leaf_columns:
            narrowed = {name: Reporters(tuple(codes)) for name, codes in leaf.where.items()}
            found |= {key: narrowed for key in (leaf.key, leaf.pair) if key}
        return found

    def require(self, table: str, row: str, portion: Portion) -> None:
        """The lower form has these cells."""
        known = {found.key for found in self._of(self.source_rows, table) if found.holds_figures}
        if row not in known:
            raise LawDataError("", f"{table}/{row}", f"biểu {self.source.code} không có dòng này")
        columns = set(self.source.table(table).value_columns)
        for column in portion.columns:
            if column not in columns:
                raise LawDataError("", f"{table}/{row}/{column}", f"biểu {self.source.code} không có cột này")

    def require_workforce(self, cell: Cell) -> None:
        """The lower form states the workforce there: in its head, or in a table."""
        if cell.table != HEADER:
            self.require(cell.table, cell.row, Portion((cell.column,)))
        elif all(line.key != cell.row for line in self.source.header):
            raise LawDataError("", f"{HEADER}/{cell.row}", f"biểu {self.source.code} không có dòng đầu biểu này")

    def _columns(self, table: str, columns: Mapping[str, object]) -> None:
        self._of(self.rows, table)
        known = set(self.target.table(table).value_columns)
        for column in columns:
            if column not in known:
                raise LawDataError("", f"{table}/{column}", f"biểu {self.target.code} không có cột này")

    def _meeting(self, table: str, rows: Rows) -> Iterator[tuple[ConcreteRow, str, Mapping[str, Reporters]]]:
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


def _rows_of(book: LawBook, form: FormSpec, period: Period) -> dict[str, tuple[ConcreteRow, ...]]:
    lists = book.lists_for(form, period)
    return {table.id: expand_rows(table, lists) for table in form.tables if not table.open_rows}


def _rule(root: Node) -> Consolidation:
    rule = Consolidation(
        form=root.text("form"),
        source=root.text("source"),
        reports=root.texts("reports"),
        basis=cast("Basis", root.one_of("basis", ["headquarters", "place"])),
        reporter=cast("Reporter", root.one_of("reporter", ["establishment", "body"])),
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
        workforce=_workforce(root),
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
    return node.done(TableRule(node.text("table"), node.text("of"), portions, _rows(node)))


def _reporters(node: Node) -> ReporterRule:
    columns = node.node("columns")
    figures = {name: cast("ReporterFigure", columns.one_of(name, list(REPORTER_FIGURES))) for name in columns.data}
    columns.done(None)
    return node.done(ReporterRule(node.text("table"), figures, _rows(node)))


def _rows(node: Node) -> tuple[Rows, ...]:
    return tuple(
        child.done(Rows(child.text("rows"), child.text("of", ""), child.text("by", ""))) for child in node.nodes("rows")
    )


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


def _workforce(root: Node) -> Cell | None:
    node = root.maybe_node("workforce")
    return node.done(Cell(node.text("table"), node.text("row"), node.text("column"))) if node else None

"""Form files to form specs and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from atvsld.kit.periods import PeriodKind
from atvsld.law.forms.spec import (
    Check,
    Column,
    ColumnKind,
    Filters,
    FormSpec,
    Formula,
    HeaderField,
    Row,
    RowKind,
    Section,
    Signature,
    Table,
)
from atvsld.law.reading import Node

COLUMN_KINDS = ("label", "code", "unit", "measure", "formula", "note", "entry", "text", "day")
ENTRIES = ("number", "pair", "text", "month")
FACT_SETS = ("accidents", "none")
LETTERHEADS = (
    "employer", "employer_of_place", "department", "commune", "health_facility", "health_department", "provider",
)  # fmt: skip
# What fills a header line: a fact of the reporter, the period or the workforce, or the reporter (`entry`).
SOURCES = (
    "entry", "subject.name", "subject.address", "subject.place_code", "subject.province", "subject.ministry",
    "subject.phone", "subject.email", "subject.ownership_type", "subject.ownership_name", "subject.industry",
    "subject.industry_name", "period.label", "report.date", "recipient.name", "workforce.total", "workforce.female",
    "workforce.payroll_million",
)  # fmt: skip
MEASURES = frozenset(
    {
        "cases", "fatal_cases", "multi_victim_cases", "victims", "victims_unmanaged", "female", "female_unmanaged",
        "deaths", "deaths_unmanaged", "severe", "severe_unmanaged", "days_lost", "medical_cost", "wage_cost",
        "compensation_cost", "total_cost", "property_damage", "establishments", "establishments_reporting",
        "workers", "workers_reporting", "workers_female", "workers_arduous", "workers_arduous_female", "workers_minor",
        "workers_disabled", "workers_elderly", "osh_officers", "medical_staff", "strict_machines",
    }
)  # fmt: skip
DIMENSIONS = frozenset(
    {
        "conclusion", "cause", "agent", "occupation", "relation", "relation_group", "severity", "sex", "industry",
        "ownership", "place",
    }
)  # fmt: skip


def read_form(root: Node) -> FormSpec:
    """A form from the mapping of its file; `LawDataError` names what is wrong and where."""
    spec = FormSpec(
        code=root.text("code"),
        annex=root.text("annex"),
        valid_from=root.day("valid_from"),
        valid_to=root.maybe_day("valid_to"),
        title=root.label("title"),
        short_title=root.label("short_title"),
        subjects=root.texts("subjects"),
        period_kinds=tuple(PeriodKind(kind) for kind in root.texts("period_kinds")),
        citation=root.citation(),
        status=root.status(),
        status_note=root.text("status_note", ""),
        fact_set=root.one_of("fact_set", FACT_SETS),
        population=_filters(root, "population"),
        letterhead=root.one_of("letterhead", LETTERHEADS),
        recipients=root.texts("recipients"),
        deadline=root.maybe_text("deadline"),
        header=tuple(
            node.done(
                HeaderField(
                    node.text("key"), node.label("label"), node.one_of("source", SOURCES), node.text("note", "")
                )
            )
            for node in root.nodes("header")
        ),
        tables=tuple(_table(node) for node in root.nodes("tables")),
        checks=tuple(_check(node) for node in root.nodes("checks")),
        signature=_signature(root.node("signature")),
        cosignature=_signature(root.node("cosignature")) if root.has("cosignature") else root.raw("cosignature"),
        addressed=root.flag("addressed", default=False),
        consolidates=root.maybe_text("consolidates"),
        footnotes=root.texts("footnotes"),
        sections=tuple(
            node.done(Section(node.text("key"), node.label("label"), node.text("hint", "")))
            for node in root.nodes("sections")
        ),
    )
    root.done(None)
    _verify(root, spec)
    return spec


def _filters(node: Node, key: str) -> Filters:
    found = node.filters(key)
    for dimension in found:
        if dimension not in DIMENSIONS:
            raise node.fail(f"“{key}”: không có chiều {dimension}")
    return found


def _signature(node: Node) -> Signature:
    return node.done(Signature(node.label("title"), node.label("hint")))


def _table(node: Node) -> Table:
    table = Table(
        id=node.text("id"),
        title=node.label("title"),
        unit=node.label("unit") if node.has("unit") else node.raw("unit"),
        columns=tuple(_column(child) for child in node.nodes("columns")),
        rows=tuple(_row(child) for child in node.nodes("rows")),
        note=node.text("note", ""),
        open_rows=node.flag("open_rows", default=False),
        numbered=node.flag("numbered", default=True),
        total=node.label("total") if node.has("total") else node.raw("total"),
    )
    if table.open_rows == bool(table.rows) or (table.total and not table.open_rows):
        raise node.fail("bảng phải có “rows”, hoặc “open_rows: true” (có thể kèm “total”) và không có dòng nào")
    keys = [leaf.key for leaf in table.leaf_columns]
    keys += [leaf.pair for leaf in table.leaf_columns if leaf.pair]
    if len(set(keys)) < len(keys):
        raise node.fail("hai cột cùng số")
    return node.done(table)


def _column(node: Node) -> Column:
    children = tuple(_column(child) for child in node.nodes("children"))
    kind = "note" if children else node.one_of("kind", COLUMN_KINDS)
    if children:
        node.raw("kind")
    formula = _formula(node.node("formula")) if kind == "formula" else node.raw("formula")
    column = Column(
        key=node.text("key"),
        label=node.label("label"),
        kind=cast("ColumnKind", kind),
        measure=node.maybe_text("measure"),
        scale=node.maybe_number("scale") or 1,
        formula=formula,
        decimals=node.maybe_number("decimals") or 0,
        pair=node.maybe_text("pair"),
        where=_filters(node, "where"),
        children=children,
    )
    if column.pair and kind != "entry":
        raise node.fail("“pair” chỉ dùng cho cột kind: entry")
    if (kind == "measure") != (column.measure is not None):
        raise node.fail("cột kind: measure phải có “measure”, cột khác thì không")
    if column.measure is not None and column.measure not in MEASURES:
        raise node.fail(f"không có số đo {column.measure}")
    return node.done(column)


def _formula(node: Node) -> Formula:
    kind = cast("Any", node.one_of("kind", ["sum", "ratio"]))
    formula = Formula(
        kind, node.texts("columns"), node.maybe_text("per"), node.maybe_number("times") or 1, node.maybe_text("over")
    )
    if kind == "ratio" and len(formula.columns) + bool(formula.over) != 2:
        raise node.fail("tỷ số cần hai cột, hoặc một cột và “over”; hệ số theo luật ghi ở “per”")
    return node.done(formula)


def _row(node: Node) -> Row:
    each = node.maybe_text("each")
    unknown = node.maybe_node("unknown")
    row = Row(
        key=node.text("key"),
        label=node.label("label") if node.has("label") else node.raw("label"),
        kind=cast("RowKind", node.one_of("kind", ["total", "data", "heading"], "data")),
        level=node.maybe_number("level") or 1,
        code=node.maybe_text("code"),
        where=_filters(node, "where"),
        formula=node.texts("formula"),
        each=each,
        dimension=node.maybe_text("dimension"),
        show=cast("Any", node.one_of("show", ["all", "occurring"], "all")),
        group_headings=node.flag("group_headings", default=False),
        unknown_key=unknown.text("key") if unknown else None,
        unknown_label=unknown.label("label") if unknown else None,
        given=cast("Any", node.one_of("given", ENTRIES, "number")),
        unit=node.label("unit") if node.has("unit") else node.raw("unit"),
        measure=node.maybe_text("measure"),
        of=node.maybe_text("of"),
        scale=node.maybe_number("scale") or 1,
        decimals=node.maybe_number("decimals") or 0,
        share=node.maybe_text("share"),
        only=tuple(PeriodKind(kind) for kind in node.texts("only")),
        crossed=node.texts("crossed"),
        added=cast("Any", node.one_of("added", ["sum", "most"], "sum")),
    )
    if row.share and len(row.formula) != 1:
        raise node.fail("dòng tỷ lệ cần đúng một dòng trong “formula”")
    for measure in (row.measure, row.of):
        if measure is not None and measure not in MEASURES:
            raise node.fail(f"không có số đo {measure}")
    if unknown:
        unknown.done(None)
    if each and (row.dimension not in DIMENSIONS or "{code}" not in row.key):
        raise node.fail("dòng lặp cần “dimension” đã biết và {code} trong “key”")
    if not each and row.label is None:
        raise node.fail("thiếu “label”")
    return node.done(row)


def _check(node: Node) -> Check:
    check = Check(
        id=node.text("id"),
        kind=cast("Any", node.one_of("kind", ["compare", "sum_rows", "whole", "zero_when", "header", "limit"])),
        severity=cast("Any", node.one_of("severity", ["block", "explain", "warn"])),
        message=node.label("message"),
        table=node.maybe_text("table"),
        rows=node.texts("rows"),
        left=node.texts("left"),
        op=cast("Any", node.one_of("op", ["<=", "==", ">="], "<=")),
        right=node.texts("right"),
        when=node.maybe_text("when"),
        total=node.maybe_text("total"),
        parts=node.texts("parts"),
        columns=node.texts("columns"),
        integers=node.flag("integers", default=True),
        tolerance=node.decimal("tolerance") if node.has("tolerance") else node.raw("tolerance") or Decimal(0),
        part_columns=node.texts("part_columns"),
        blank=node.flag("blank", default=False),
        places=node.maybe_number("places"),
        limit=node.decimal("limit") if node.has("limit") else node.raw("limit"),
    )
    if (check.kind == "limit") != (check.limit is not None):
        raise node.fail("“limit” chỉ dùng cho, và phải có trong, phép kiểm tra kind: limit")
    return node.done(check)


def _verify(root: Node, spec: FormSpec) -> None:
    """Checks and formulas speak only of tables, columns, rows and header fields that exist."""
    fields_known = {item.key for item in spec.header}
    tables = {table.id: table for table in spec.tables}
    for table in spec.tables:
        keys = {leaf.key for leaf in table.leaf_columns}
        used = {key for leaf in table.leaf_columns if leaf.formula for key in leaf.formula.columns}
        _refuse(root, f"bảng {table.id}: công thức dùng cột", used - keys)
        _refuse(root, f"bảng {table.id}: tỷ lệ theo cột", {row.share for row in table.rows if row.share} - keys)
        _refuse(root, f"bảng {table.id}: ô gạch ở cột", {key for row in table.rows for key in row.crossed} - keys)
        rows = {row.key for row in table.rows}
        _refuse(root, f"bảng {table.id}: công thức dùng dòng", {key for r in table.rows for key in r.formula} - rows)
        over = {leaf.formula.over for leaf in table.leaf_columns if leaf.formula and leaf.formula.over}
        _refuse(root, f"bảng {table.id}: công thức dùng ô", over - _cells(spec))
    for check in spec.checks:
        if check.kind == "header":
            _refuse(root, f"kiểm tra {check.id}: dòng đầu biểu", {*check.left, *check.right} - fields_known)
            continue
        checked = tables.get(check.table or "")
        if checked is None:
            raise root.fail(f"kiểm tra {check.id}: không có bảng {check.table}")
        keys = set(checked.value_columns)
        named = {*check.left, *check.right, *check.columns, *check.part_columns, *([check.when] if check.when else [])}
        _refuse(root, f"kiểm tra {check.id}: cột", named - keys)
        fixed = {row.key for row in checked.rows if not row.each}
        points = {key for key in (*check.rows, *check.parts, check.total) if key and not key.endswith("*")}
        _refuse(root, f"kiểm tra {check.id}: dòng", points - fixed)


def _cells(spec: FormSpec) -> set[str]:
    return {
        f"{table.id}/{row.key}/{column}"
        for table in spec.tables
        for row in table.rows
        for column in table.value_columns
    }


def _refuse(root: Node, what: str, unknown: Iterable[str]) -> None:
    names = sorted(unknown)
    if names:
        raise root.fail(f"{what} không có: {', '.join(names)}")


def form_data(spec: FormSpec) -> dict[str, Any]:
    """The inverse of `read_form`, in JSON types."""
    data = _plain(spec)
    for table in data["tables"]:
        for row in table.get("rows", ()):
            key, label = row.pop("unknown_key", None), row.pop("unknown_label", None)
            if key:
                row["unknown"] = {"key": key, "label": label}
    return cast("dict[str, Any]", json.loads(json.dumps(data)))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        found = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {name: item for name, item in found.items() if item not in (None, [], {})}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, (date, Decimal)) else value

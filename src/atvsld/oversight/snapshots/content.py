"""The content of a snapshot: everything a report was made of but its facts, as data and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from atvsld.documents import model
from atvsld.kit.periods import Period
from atvsld.law.forms.checks import CheckResult
from atvsld.law.forms.rows import ConcreteRow
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting import compute, coverage, header, reading
from atvsld.oversight.reporting.face import Face
from atvsld.oversight.reporting.reading import Facts, Plan
from atvsld.oversight.reporting.result import ComputedRow, ComputedTable, Coverage, Report
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.reporting.statement import Slice
from atvsld.oversight.reporting.subject import Subject
from atvsld.oversight.snapshots import freezing
from atvsld.oversight.snapshots.freezing import Layout, Layouts
from atvsld.oversight.snapshots.models import ReportSnapshot
from atvsld.oversight.snapshots.plain import from_data, to_data

Data = dict[str, Any]
# Frozen facts need no narrowing: these bounds are never asked.
NO_SLICE = Slice(start=datetime.min, end=datetime.max, year=0)  # noqa: DTZ901


@dataclass(frozen=True, slots=True)
class Held:
    """A snapshot with its content read."""

    snapshot: ReportSnapshot
    data: Data
    plan: Plan
    layouts: Layouts

    @property
    def request(self) -> Request:
        """What was asked for, with the boundaries as a day where they were those of a day."""
        return Request(**self.data["request"])


def describe(request: Request, report: Report, plan: Plan, layouts: Layouts, face: Face) -> Data:
    """The content of a snapshot about to be made, but for the figures."""
    subject = report.subject
    return {
        "request": to_data(request),
        "subject": {
            "kind": subject.kind, "code": subject.code, "name": subject.name, "address": subject.address,
            "boundary": to_data(subject.boundary), "boundary_choice": str(subject.boundary_choice),
        },
        **plan_data(plan),
        "layouts": to_data(layouts),
        "face": face_data(face),
        "synthetic": report.synthetic,
    }  # fmt: skip


def plan_data(plan: Plan) -> Data:
    """A plan as data; `plan_in` reads it back."""
    return {
        "form": to_data(plan.form),
        "rows": {name: [_row_data(plan, name, row) for row in rows] for name, rows in plan.rows.items()},
        "codes": to_data(plan.codes),
        "factors": to_data(plan.factors),
    }


def face_data(face: Face) -> Data:
    """A face as data, without what acceptance adds; `face_in` reads it back."""
    return {"letterhead": to_data(face.letterhead), "recipients": list(face.recipients), "form_label": face.form_label}


def figures_data(report: Report) -> Data:
    """All that was counted, exactly: header, tables, coverage, checks."""
    return {
        "header": {key: _figure_data(value) for key, value in report.header.items()},
        "tables": {
            table.table.id: [
                {"row": row.row.key, "cells": {key: to_data(value) for key, value in row.cells.items()}}
                for row in table.rows
            ]
            for table in report.tables
        },
        "coverage": to_data(report.coverage),
        "checks": to_data(report.checks),
    }


def held(snapshot: ReportSnapshot) -> Held:
    """Read the content of a snapshot."""
    data: Data = snapshot.held_content.data
    return Held(snapshot, data, plan_in(data), _layouts(data))


def request_now(one: Held) -> Request:
    """The same question today: an establishment is found by its record, whatever tax code it has now."""
    establishment = one.snapshot.establishment
    return one.request if establishment is None else replace(one.request, establishment=establishment.tax_code)


def plan_in(data: Data) -> Plan:
    """The plan that a content holds."""
    form = from_data(FormSpec, data["form"])
    return Plan(
        form=form,
        rows={name: tuple(_row(form, name, row) for row in rows) for name, rows in data["rows"].items()},
        codes=data["codes"],
        factors={
            table: {column: Decimal(factor) for column, factor in factors.items()}
            for table, factors in data["factors"].items()
        },
    )


def report_of(one: Held, face: Face | None = None) -> Report:
    """The report as it was accepted, from its kept figures."""
    return _report(one, one.data["figures"], face)


def recount(one: Held) -> Report:
    """The report once more from its frozen facts: by construction the same figures, unless something was touched."""
    sets = freezing.frozen_sets(one.snapshot.pk, one.layouts)
    return fill(one, reading.read(one.plan, NO_SLICE, sets), _header_in(one.data["figures"]))


def fill(one: Held, facts: Facts, held_header: header.Header) -> Report:
    """A report of the snapshot's plan over given facts; texts of the header stay, its figures are counted."""
    tables = compute.figures(one.plan, facts)
    counted = header.workforce(facts.establishments)
    sources = {field.key: field.source for field in one.plan.form.header}
    filled = {
        key: counted.get(sources[key]) if sources[key] in counted else value for key, value in held_header.items()
    }
    return replace(
        _bare(one),
        header=filled,
        tables=tables,
        coverage=coverage.measure(one.plan.form, facts),
        checks=compute.checks_of(one.plan.form, tables, filled),
    )


def _report(one: Held, figures: Data, face: Face | None) -> Report:
    rows = {table: {row.key: row for row in known} for table, known in one.plan.rows.items()}
    tables = tuple(
        ComputedTable(
            table,
            tuple(
                ComputedRow(rows[table.id][row["row"]], {key: _decimal(cell) for key, cell in row["cells"].items()})
                for row in figures["tables"][table.id]
            ),
        )
        for table in one.plan.form.tables
    )
    return replace(
        _bare(one, face),
        header=_header_in(figures),
        tables=tables,
        coverage=from_data(Coverage, figures["coverage"]),
        checks=tuple(from_data(CheckResult, check) for check in figures["checks"]),
    )


def _bare(one: Held, face: Face | None = None) -> Report:
    kept, snapshot = one.data["subject"], one.snapshot
    subject = Subject(
        kind=kept["kind"], code=kept["code"], name=kept["name"], address=kept["address"],
        boundary=date.fromisoformat(kept["boundary"]) if kept["boundary"] else None,
        boundary_choice=kept["boundary_choice"],
    )  # fmt: skip
    return Report(
        form=one.plan.form, period=Period.parse(snapshot.period), subject=subject, basis=snapshot.basis,
        as_of=snapshot.as_of, law_version=snapshot.law_version, header={}, tables=(),
        coverage=Coverage(0, 0, 0, 0, {}, {}), checks=(), synthetic=one.data["synthetic"],
        face=face or face_in(one.data),
    )  # fmt: skip


def face_in(data: Data) -> Face:
    """The face that a content holds, without what acceptance added."""
    kept = data["face"]
    return Face(from_data(model.Letterhead, kept["letterhead"]), tuple(kept["recipients"]), kept["form_label"])


def _row_data(plan: Plan, table: str, row: ConcreteRow) -> Data:
    """A concrete row; the form's own row it came from is named by its place, not repeated."""
    known = plan.form.table(table).rows
    if row.source is not None and row.source in known:
        return {**to_data(replace(row, source=None)), "source": known.index(row.source)}
    return dict(to_data(row))


def _row(form: FormSpec, table: str, data: Data) -> ConcreteRow:
    source = data.get("source")
    if isinstance(source, int):
        return replace(from_data(ConcreteRow, {**data, "source": None}), source=form.table(table).rows[source])
    return from_data(ConcreteRow, data)


def _layouts(data: Data) -> dict[str, Layout]:
    return {name: from_data(Layout, layout) for name, layout in data["layouts"].items()}


def _header_in(figures: Data) -> header.Header:
    return {key: _figure(value) for key, value in figures["header"].items()}


def _figure_data(value: str | Decimal | None) -> Any:
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _figure(value: Any) -> str | Decimal | None:
    return Decimal(value["number"]) if isinstance(value, Mapping) else value


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)

"""An accepted consolidation as data: everything its paper was made of, and the same report made again from it.

Form, rows, rate factors, code maps, rule and face are kept, so that neither the law book nor the registers of now are
asked. What the registers said of the reporters (who owes, how many workers) is kept as figures; all else is added up
again from the submissions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.consolidation import Cell, Consolidation, Scheme
from atvsld.law.consolidation_reading import lay_out
from atvsld.law.forms.rows import expand_rows
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.consolidation import compute, kept, paper
from atvsld.oversight.consolidation.extent import LeftOut
from atvsld.oversight.consolidation.kept import Kept
from atvsld.oversight.consolidation.models import ConsolidatedReport
from atvsld.oversight.consolidation.owing import Coverage
from atvsld.oversight.consolidation.result import Consolidated
from atvsld.oversight.consolidation.statement import read
from atvsld.oversight.reporting.catalogue import recodes
from atvsld.oversight.reporting.compute import plan_of
from atvsld.oversight.reporting.face import face_of
from atvsld.oversight.reporting.reading import Plan
from atvsld.oversight.reporting.subject import Subject
from atvsld.oversight.snapshots import facade as snapshots

Data = dict[str, Any]
_NOBODY: tuple[str, dict[str, Any]] = ("SELECT NULL::bigint WHERE false", {})


@dataclass(frozen=True, slots=True)
class Held:
    """An accepted consolidation with its form and its rule read."""

    accepted: ConsolidatedReport
    scheme: Scheme
    plan: Plan


def describe(report: Consolidated) -> Data:
    """What is kept besides the figures: called in Vietnamese, for the face stands on the paper."""
    scheme, subject = report.scheme, report.subject
    return {
        "plan": snapshots.plan_data(plan_of(load_book(), scheme.target, scheme.period)),
        "source": snapshots.plan_data(_lower(scheme.source, scheme.period)),
        "rule": snapshots.to_data(scheme.rule),
        "subject": {
            "kind": subject.kind, "code": subject.code, "name": subject.name, "address": subject.address,
            "boundary": snapshots.to_data(subject.boundary), "boundary_choice": str(subject.boundary_choice),
        },
        "face": snapshots.face_data(face_of(paper.as_report(report))),
        "header": {
            key: {"number": str(value)} if isinstance(value, Decimal) else value
            for key, value in report.header.items()
        },
        "synthetic": report.synthetic,
    }  # fmt: skip


def held(accepted: ConsolidatedReport) -> Held:
    """Read the kept form and rule; the rule is laid out over the kept forms."""
    data = accepted.content["frozen"]
    plan, source = snapshots.plan_in(data["plan"]), snapshots.plan_in(data["source"])
    rule = snapshots.from_data(Consolidation, data["rule"])
    rule = replace(
        rule,
        doubt=None if rule.doubt is None else (Cell(*rule.doubt[0]), Cell(*rule.doubt[1])),
        workforce=None if rule.workforce is None else Cell(*rule.workforce),
    )
    scheme = lay_out(
        rule, plan.form, source.form, Period.parse(accepted.period), rows=_closed(plan), source_rows=source.rows
    )
    return Held(accepted, scheme, plan)


def report_of(one: Held) -> Consolidated:
    """The report as it was accepted, from its kept figures."""
    return _report(one, one.accepted.content)


def recount(one: Held) -> Consolidated:
    """The report once more from the submissions it added up, whatever became of them since."""
    accepted, scheme = one.accepted, one.scheme
    sums = read(scheme, Kept.of(accepted, scheme), recodes(one.plan.codes), obliged=_NOBODY)
    figures = kept.figures_in(accepted)
    heads = {cell: figures.get(cell) for cell in scheme.heads}
    for cell, head in scheme.heads.items():
        if head.figure == "reporting":
            heads[cell] = sums.head(head)
    tables, blanks = compute.figures(scheme, one.plan, sums, heads)
    again = replace(
        report_of(one), tables=tables, blanks=blanks, apart=compute.told_apart(scheme, sums),
        doubtful=compute.doubtful(scheme, sums),
    )  # fmt: skip
    counted = replace(again.coverage, counted=sums.reporting)
    # Through the same data as at acceptance, so that equal figures are written with equal digits.
    return _report(one, {**accepted.content, **kept.counted_data(again), "coverage": counted.to_json()})


def verify(accepted: ConsolidatedReport) -> list[Cell]:
    """Add the submissions up once more; the cells whose figure is not the one kept. None: all are equal."""
    before, after = kept.figures_in(accepted), kept.figures_of(recount(held(accepted)))
    return [cell for cell in dict.fromkeys((*before, *after)) if before.get(cell) != after.get(cell)]


def facts_digest(accepted: ConsolidatedReport) -> str:
    """SHA-256 of the list of what was added up: filing, submission with its own digest, and what the reporter was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(concat_ws('|', r.filing_id, r.submission_id, s.digest, r.establishment_id, r.unit,"
            "  coalesce(r.ownership, '-'), coalesce(r.industry, '-')), ';' ORDER BY r.filing_id)"
            " FROM consolidation_countedreport r JOIN filing_submission s ON s.id = r.submission_id"
            " WHERE r.consolidated_id = %s",
            [accepted.pk],
        )
        return hashlib.sha256((cursor.fetchone()[0] or "").encode()).hexdigest()


def _report(one: Held, content: Data) -> Consolidated:
    accepted, scheme = one.accepted, one.scheme
    data = content["frozen"]
    subject = data["subject"]
    head = {
        key: Decimal(value["number"]) if isinstance(value, dict) else value for key, value in data["header"].items()
    }
    tables = compute.printed(one.plan, _by_row(one.plan, content["figures"]))
    return Consolidated(
        scheme=scheme,
        subject=Subject(
            kind=subject["kind"], code=subject["code"], name=subject["name"], address=subject["address"],
            boundary=date.fromisoformat(subject["boundary"]) if subject["boundary"] else None,
            boundary_choice=subject["boundary_choice"],
        ),
        basis=accepted.basis, as_of=accepted.accepted_at, law_version=accepted.law_version, header=head, tables=tables,
        blanks={Cell(*key.split("|")): count for key, count in content["blanks"].items()},
        apart=tuple((item, Decimal(content["apart"][item.key])) for item in scheme.rule.apart),
        doubtful=content["doubtful"], coverage=Coverage(**content["coverage"]),
        left_out=tuple(LeftOut(**item) for item in content["left_out"]),
        checks=compute.checked(one.plan.form, tables, head), synthetic=data["synthetic"],
        face=snapshots.face_in(data),
    )  # fmt: skip


def _by_row(plan: Plan, figures: dict[str, str | None]) -> dict[str, dict[str, compute.Cells]]:
    found: dict[str, dict[str, compute.Cells]] = {table.id: {} for table in plan.form.tables}
    for key, value in sorted(figures.items()):
        table, row, column = key.split("|")
        found[table].setdefault(row, {})[column] = None if value is None else Decimal(value)
    return found


def _lower(form: FormSpec, period: Period) -> Plan:
    """The lower form with its rows; nothing is counted by it."""
    lists = load_book().lists_for(form, period)
    rows = {table.id: expand_rows(table, lists) for table in form.tables if not table.open_rows}
    return Plan(form=form, rows=rows, codes={}, factors={})


def _closed(plan: Plan) -> dict[str, Any]:
    return {table.id: plan.rows[table.id] for table in plan.form.tables if not table.open_rows}

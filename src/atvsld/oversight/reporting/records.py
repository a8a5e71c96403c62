"""From a figure back to the records it was computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from atvsld.casework.accidents import facts as accident_facts
from atvsld.casework.accidents import figures
from atvsld.casework.accidents import policy as accidents
from atvsld.casework.accidents.models import Victim
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.law.codes import CodeList
from atvsld.law.forms.rows import ConcreteRow, expand_rows
from atvsld.law.forms.spec import Column, FormSpec, Table
from atvsld.oversight.reporting import policy, service
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.catalogue import ESTABLISHMENT_MEASURES, section_divisions
from atvsld.oversight.reporting.compute import slice_of
from atvsld.oversight.reporting.service import Request
from atvsld.oversight.reporting.statement import Slice
from atvsld.oversight.reporting.subject import Subject
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts.errors import Rejected


@dataclass(frozen=True, slots=True)
class CellAddress:
    """A cell of a form: table id, row key, column key."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The victims behind a cell, among them those the asker may open.

    `counts_cases` says that each record stands for its case; `hidden` counts records outside the asker's area.
    """

    form: FormSpec
    table: Table
    row: ConcreteRow
    column: Column
    subject: Subject
    victims: QuerySet[Victim]
    hidden: int
    counts_cases: bool


def behind(actor: Actor, request: Request, address: CellAddress, *, at: datetime) -> Behind:
    """The records a cell counts or sums. `Rejected` for a cell the form does not have or that is no count."""
    form, period = service.read_form(request.form, request.period)
    subject = service.read_subject(request, period, at=at)
    subjects.require_readable(actor, policy.READ, subject)
    lists = load_book().lists_for(form, period)
    table, row, column = _cell(form, address, lists)
    rows = {known.key: known for known in expand_rows(table, lists)}
    parts = [rows[key] for key in row.formula] if row.formula else [row]
    wanted = Q(pk__in=[])
    for part in parts:
        where = {**form.population, **part.where}
        wanted |= figures.behind(column.measure or "", _stored(where, lists), _stored(part.outside, lists))
    every = Victim.objects.filter(_within(slice_of(period, subject, request.basis)), wanted)
    seen = accidents.VICTIMS.restrict(every, actor, accidents.READ).select_related(
        "case", "case__place", "case__establishment"
    )
    hidden = 0 if any(scope.everything for scope in actor.scopes(accidents.READ)) else every.count() - seen.count()
    return Behind(
        form, table, row, column, subject, seen.order_by("case__occurred_at", "case_id", "position"), hidden,
        counts_cases=bool(column.measure and column.measure.endswith("cases")),
    )  # fmt: skip


def _cell(form: FormSpec, address: CellAddress, lists: Mapping[str, CodeList]) -> tuple[Table, ConcreteRow, Column]:
    table = next((known for known in form.tables if known.id == address.table), None)
    if table is None:
        raise _no_cell(address)
    row = next((known for known in expand_rows(table, lists) if known.key == address.row), None)
    column = next((known for known in table.leaf_columns if known.key == address.column), None)
    if row is None or column is None or not row.holds_figures or not linked(column):
        raise _no_cell(address)
    return table, row, column


def linked(column: Column) -> bool:
    """Whether a column's figures open to accident records: counted ones do, rates and workforce do not."""
    return column.kind == "measure" and column.measure not in ESTABLISHMENT_MEASURES


def _stored(conditions: Mapping[str, Any], lists: Mapping[str, CodeList]) -> dict[str, tuple[str, ...]]:
    """Codes as the form prints them, turned into codes as records store them."""
    return {
        name: section_divisions(lists, tuple(codes)) if name == "industry" else tuple(codes)
        for name, codes in conditions.items()
    }


def _within(piece: Slice) -> Q:
    found = Q(case__occurred_at__gte=piece.start, case__occurred_at__lt=piece.end)
    if piece.establishment_id is not None:
        found &= Q(case__establishment_id=piece.establishment_id)
    places = piece.places_for(accident_facts.FACTS)
    if places is not None:
        path = "case__place_id__in" if piece.basis == "place" else "case__establishment__headquarters_place_id__in"
        found &= Q(**{path: places})
    return found


def total(found: Behind) -> Decimal | None:
    """The figure computed once more from the records themselves, to stand beside the printed one."""
    measure = found.column.measure or ""
    if measure not in SUMMED:
        return Decimal(found.victims.count())
    values = [SUMMED[measure](victim) for victim in found.victims]
    known = [value for value in values if value is not None]
    return Decimal(sum(known)) / found.column.scale if known else (None if values else Decimal(0))


SUMMED: dict[str, Any] = {
    "days_lost": lambda victim: victim.days_lost,
    "medical_cost": lambda victim: victim.medical_cost,
    "wage_cost": lambda victim: victim.wage_cost,
    "compensation_cost": lambda victim: victim.compensation_cost,
    "total_cost": lambda victim: sum(
        cost or 0 for cost in (victim.medical_cost, victim.wage_cost, victim.compensation_cost)
    ),
    "property_damage": lambda victim: victim.case.property_damage,
}


def _no_cell(address: CellAddress) -> Rejected:
    message = _("Biểu mẫu không có ô dòng %(row)s, cột %(column)s để mở hồ sơ.") % {
        "row": address.row,
        "column": address.column,
    }
    return Rejected([Problem("unknown_cell", message, _("Mở lại báo cáo và bấm vào một con số."))])

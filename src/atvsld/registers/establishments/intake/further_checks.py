"""Checks of the columns few files have: parts of the workforce beside what is stored, points beside their commune."""

# ruff: noqa: S608 — statements are built from column names of this package; values are parameters
from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.platform.imports.findings import Findings
from atvsld.registers.establishments import rules
from atvsld.registers.establishments.intake.columns import WORKFORCE_COLUMNS, spec
from atvsld.registers.establishments.intake.merge import run

_GOOD = "NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)"
_CONTRACTS = ("contract_workers", "non_contract_workers")
_ARDUOUS = ("arduous_workers", "arduous_female_workers")


class Firms(Protocol):
    """Collects problems of whole establishments."""

    findings: Findings

    def say(self, tax_code: str, row: int, column: str, problem: Problem, value: object = None) -> None:
        """The establishment and all its rows are kept out."""


def check_parts(findings: Findings, present: frozenset[str]) -> None:
    """No part larger than its whole, where the parts a row does not state are those stored for its year."""
    parts = [name for name in WORKFORCE_COLUMNS[1:] if name != "payroll"]
    stated = [name for name in parts if name in present]
    if not stated and "workers" not in present:
        return
    [(kept,)] = run("SELECT EXISTS (SELECT 1 FROM import_firm WHERE stored_id IS NOT NULL)")
    if not kept:
        parts = stated  # nothing stored: only what the file says can contradict
    if not parts:
        return
    now = {name: f"coalesce(s.{name}, w.{name})" if kept else f"s.{name}" for name in parts}
    wrong = [f"{how} > s.workers" for how in now.values()]
    if now.keys() >= set(_CONTRACTS):
        wrong.append(f"{now[_CONTRACTS[0]]} + {now[_CONTRACTS[1]]} > s.workers")
    if now.keys() >= set(_ARDUOUS):
        wrong.append(f"{now[_ARDUOUS[1]]} > {now[_ARDUOUS[0]]}")
    stored = (
        " LEFT JOIN import_firm f USING (tax_code)"
        " LEFT JOIN establishments_workforceyear w ON w.establishment_id = f.stored_id AND w.year = s.year"
    )
    for row, workers, *found in run(
        f"SELECT s.row_no, s.workers, {', '.join(now.values())} FROM import_stage s{stored if kept else ''}"
        f" WHERE s.year IS NOT NULL AND s.workers IS NOT NULL AND ({' OR '.join(wrong)}) AND {_GOOD} ORDER BY 1"
    ):
        counts = dict(zip(parts, found, strict=True))
        female = counts.pop("female_workers", None)
        if female is not None and female > workers:
            message = _("số lao động nữ (%(female)s) lớn hơn tổng số lao động (%(workers)s).") % {
                "female": female,
                "workers": workers,
            }
            _say(findings, row, "female_workers", Problem("workforce_female", message, _("Kiểm tra lại hai số.")))
        labels = {name: spec()[name].label for name in counts}
        for problem in rules.check_parts(workers, counts, labels):
            _say(findings, row, problem.column or "workers", problem)


def check_points(firms: Firms) -> None:
    """A point is two numbers within the country; far from its commune it is only pointed out."""
    for tax_code, row, latitude, longitude, north, east in run(
        "SELECT f.tax_code, f.first_row, f.latitude::numeric, f.longitude::numeric, p.latitude, p.longitude"
        " FROM import_firm f LEFT JOIN places_place p ON p.id = coalesce(f.place_id, f.stored_place_id)"
        " WHERE f.latitude IS NOT NULL OR f.longitude IS NOT NULL ORDER BY 2"
    ):
        commune = None if north is None or east is None else (float(north), float(east))
        for problem in rules.check_point(latitude, longitude, commune):
            column = problem.column or "latitude"
            if problem.severity is Severity.BLOCK:
                firms.say(tax_code, row, column, problem, latitude if column == "latitude" else longitude)
            else:
                _say(firms.findings, row, column, problem, latitude)


def _say(findings: Findings, row: int, column: str, problem: Problem, value: Any = None) -> None:
    findings.cell(row, spec()[column], problem, value)

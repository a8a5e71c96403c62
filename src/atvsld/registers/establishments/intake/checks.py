"""Checks that look at more than one cell, done in sets over the staged rows; each finding names its row."""

# ruff: noqa: S608 — statements are built from column names of this module; values are parameters
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.kit.text import format_date
from atvsld.law import load_book
from atvsld.platform.access.actor import Actor
from atvsld.platform.imports.findings import Findings
from atvsld.registers.establishments import rules
from atvsld.registers.establishments.intake import further_checks
from atvsld.registers.establishments.intake.columns import WORKFORCE_COLUMNS, spec
from atvsld.registers.establishments.intake.merge import Merge
from atvsld.registers.establishments.policy import IMPORT
from atvsld.registers.places import tree

_GOOD = "NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)"


def check_rows(findings: Findings, day: date, present: frozenset[str]) -> None:
    """What must hold of one row by itself, and of the rows of one year."""
    stated = " OR ".join(f"{name} IS NOT NULL" for name in WORKFORCE_COLUMNS[1:] if name in present) or "false"
    for row in _numbers(
        f"SELECT row_no FROM import_stage s WHERE year IS NULL AND {_GOOD}"
        f" AND (workers IS NOT NULL OR {stated}) ORDER BY 1"
    ):
        problem = Problem("missing", _("có số lao động nhưng chưa ghi năm."), _("Ghi năm của số liệu."))
        _say(findings, row, "year", problem)
    for row in _numbers(
        f"SELECT row_no FROM import_stage s WHERE year IS NOT NULL AND workers IS NULL AND {_GOOD}"
        f" AND ({stated}) ORDER BY 1"
    ):
        problem = Problem("missing", _("chưa có tổng số lao động của năm."), _("Ghi tổng số, kể cả khi bằng số nữ."))
        _say(findings, row, "workers", problem)
    for row, year in _rows(f"SELECT row_no, year FROM import_stage s WHERE year > %s AND {_GOOD}", [day.year]):
        message = _("năm %(year)s ở tương lai.") % {"year": year}
        _say(findings, row, "year", Problem("future_year", message, _("Ghi năm đã qua hoặc năm nay.")), year)
    further_checks.check_parts(findings, present)
    for row, first in _rows(
        "SELECT row_no, first FROM (SELECT row_no, min(row_no) OVER (PARTITION BY tax_code, year) AS first"
        f" FROM import_stage s WHERE tax_code IS NOT NULL AND {_GOOD}) x WHERE row_no <> first ORDER BY row_no"
    ):
        message = _("cơ sở này đã có ở dòng %(row)d cho cùng năm.") % {"row": first}
        _say(findings, row, "tax_code", Problem("duplicate_row", message, _("Giữ một dòng cho mỗi năm.")))
    if "industry_code" in present:
        _check_industry(findings)


def _check_industry(findings: Findings) -> None:
    """Each pair of version and code once, then the rows that hold a bad pair."""
    book = load_book()
    bad = {}
    for version, code in _rows(
        "SELECT DISTINCT industry_version, industry_code FROM import_stage WHERE industry_code IS NOT NULL"
    ):
        if problem := next(rules.check_industry(book, version or "", code), None):
            bad[version, code] = problem
    for (version, code), problem in bad.items():
        for row in _numbers(
            f"SELECT row_no FROM import_stage s WHERE industry_code = %s AND industry_version IS NOT DISTINCT FROM %s"
            f" AND {_GOOD} ORDER BY 1",
            [code, version],
        ):
            _say(findings, row, problem.column or "industry_code", problem, code)


def check_establishments(findings: Findings, actor: Actor, merge: Merge) -> None:
    """What must hold of each establishment gathered from the rows; its other rows are kept out with it."""
    firms = _Firms(findings)
    for column, message in (("name", _("chưa có tên.")), ("place_code", _("chưa có mã xã nơi hoạt động."))):
        held = "stored_id IS NULL AND " + ("name" if column == "name" else "place_code") + " IS NULL"
        for tax_code, row in _rows(f"SELECT tax_code, first_row FROM import_firm WHERE {held} ORDER BY 2"):
            firms.say(tax_code, row, column, Problem("missing", message, _("Cần cho cơ sở chưa có trong sổ.")))
    for column, found in (("place_code", "place_id"), ("headquarters_place_code", "headquarters_place_id")):
        for tax_code, row, code in _rows(
            f"SELECT tax_code, first_row, {column} FROM import_firm WHERE {column} IS NOT NULL AND {found} IS NULL"
            " ORDER BY 2"
        ):
            firms.say(tax_code, row, column, _place_problem(code), code)
    for tax_code, row, kept in _rows(
        "SELECT f.tax_code, f.first_row, k.tax_code FROM import_firm f"
        " JOIN establishments_establishment k ON k.id = f.merged_into_id ORDER BY 2"
    ):
        message = _("cơ sở này đã được gộp vào cơ sở có mã số thuế %(code)s.") % {"code": kept}
        firms.say(tax_code, row, "tax_code", Problem("merged", message, _("Ghi mã đó, hoặc tách lại hai cơ sở.")))
    _check_agreement(firms, merge.said)
    if merge.present & {"latitude", "longitude"}:
        further_checks.check_points(firms)
    _check_reach(firms, actor)
    firms.keep_out()
    _note_old_places(findings, merge.day)
    _note_duplicates(findings)


class _Firms:
    """Problems of a whole establishment."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.bad: dict[str, int] = {}

    def say(self, tax_code: str, row: int, column: str, problem: Problem, value: object = None) -> None:
        self.bad.setdefault(tax_code, row)
        _say(self.findings, row, column, problem, value)

    def keep_out(self) -> None:
        if not self.bad:
            return
        with connection.cursor() as cursor, cursor.copy("COPY import_bad_firm FROM STDIN") as copy:
            for held in self.bad.items():
                copy.write_row(held)
        for row, first in _rows(
            "SELECT s.row_no, k.row_no FROM import_stage s JOIN import_bad_firm k USING (tax_code)"
            f" WHERE s.row_no <> k.row_no AND {_GOOD} ORDER BY 1"
        ):
            if row in self.findings.bad:
                continue
            message = _("cơ sở này có lỗi ở dòng %(row)d nên dòng này cũng chưa được nhận.") % {"row": first}
            problem = Problem("establishment_incomplete", message, _("Sửa dòng đó rồi nhập lại."))
            _say(self.findings, row, "tax_code", problem)


def _check_agreement(firms: _Firms, said: tuple[str, ...]) -> None:
    if not said:
        return
    listed = ", ".join(f"s.{column}" for column in said)
    held: dict[str, tuple[int, dict[str, Any]]] = {}
    for row, tax_code, *values in _rows(
        f"SELECT s.row_no, s.tax_code, {listed} FROM import_stage s JOIN import_firm f USING (tax_code)"
        f" WHERE f.disagree AND {_GOOD} ORDER BY s.row_no"
    ):
        first, known = held.setdefault(tax_code, (row, {}))
        for column, value in zip(said, values, strict=True):
            if value is not None and known.setdefault(column, value) != value:
                message = _("cơ sở này ghi “%(given)s”, nhưng dòng %(row)d ghi “%(held)s”.") % {
                    "given": value, "row": first, "held": known[column],
                }  # fmt: skip
                problem = Problem("establishment_conflict", message, _("Sửa cho khớp, hoặc kiểm tra mã số thuế."))
                firms.say(tax_code, row, column, problem, value)


def _check_reach(firms: _Firms, actor: Actor) -> None:
    """Where it works, and where it is kept, must both lie within the actor's reach."""
    scopes = actor.scopes(IMPORT)
    if any(scope.everything for scope in scopes):
        return
    places = sorted({pk for scope in scopes if scope.dimension == "place" for pk in scope.ids})
    own = sorted({pk for scope in scopes if scope.dimension == "establishment" for pk in scope.ids})
    for tax_code, row in _rows(
        "SELECT tax_code, first_row FROM import_firm WHERE NOT coalesce(stored_id = ANY(%(own)s), false)"
        " AND ((place_id IS NOT NULL AND NOT place_id = ANY(%(places)s))"
        " OR (stored_place_id IS NOT NULL AND NOT stored_place_id = ANY(%(places)s))) ORDER BY 2",
        {"places": places, "own": own},
    ):
        message = _("cơ sở nằm ngoài địa bàn được giao cho tài khoản.")
        firms.say(
            tax_code, row, "place_code",
            Problem("out_of_scope", message, _("Chuyển dòng này cho cơ quan phụ trách.")),
        )  # fmt: skip


def _note_old_places(findings: Findings, day: date) -> None:
    for row, code, place, ended in _rows(
        "SELECT first_row, place_code, place_id, place_ended FROM import_firm WHERE place_ended < %s"
        " AND stored_place_id IS DISTINCT FROM place_id ORDER BY 1",
        [day],
    ):
        node = tree.current().nodes.get(place)
        message = _("mã %(code)s (%(name)s) chỉ có hiệu lực đến %(end)s; cơ sở được giữ dưới đơn vị đó.") % {
            "code": code, "name": node.name if node else code, "end": format_date(ended),
        }  # fmt: skip
        _say(findings, row, "place_code", Problem("place_ended", message, severity=Severity.NOTE), code)


def _note_duplicates(findings: Findings) -> None:
    """A new tax code with the name of an establishment already kept in the same place."""
    for row, name, tax_code in _rows(
        "SELECT DISTINCT ON (f.first_row) f.first_row, f.name, e.tax_code FROM import_firm f"
        " JOIN establishments_establishment e ON e.name_folded = f.name_folded AND e.place_id = f.place_id"
        " WHERE f.stored_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM import_bad_firm b WHERE b.tax_code = f.tax_code) ORDER BY f.first_row, e.id"
    ):
        message = _("“%(name)s” đã có ở cùng địa bàn với mã số thuế %(code)s.") % {"name": name, "code": tax_code}
        problem = Problem(
            "possible_duplicate", message, _("Nếu là một cơ sở, kiểm tra mã số thuế."), severity=Severity.WARN
        )
        _say(findings, row, "name", problem, name)


def _place_problem(code: str) -> Problem:
    """Why a code names no commune."""
    graph = tree.current()
    nodes = graph.with_code(code) or (
        (code[:2] == "00" and (graph.with_code(code[2:]) or graph.with_code(code[3:]))) or ()
    )
    if nodes:
        message = _("mã %(code)s là %(name)s, không phải cấp xã.") % {"code": nodes[-1].code, "name": nodes[-1].name}
        return Problem("place_level", message, _("Ghi mã xã, phường hoặc đặc khu."))
    message = _("không có đơn vị hành chính cấp xã mang mã %(code)s.") % {"code": code}
    return Problem("place_unknown", message, _("Tra mã xã, phường, đặc khu ở trang Địa bàn."))


def _say(findings: Findings, row: int, column: str, problem: Problem, value: object = None) -> None:
    findings.cell(row, spec()[column], problem, value)


def _numbers(statement: str, params: Any = None) -> Iterator[int]:
    for (row,) in _rows(statement, params):
        yield row


def _rows(statement: str, params: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())

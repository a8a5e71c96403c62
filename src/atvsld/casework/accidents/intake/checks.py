"""Checks that look at more than one cell, done in sets over the staged rows; each finding names its row."""

# ruff: noqa: S608 — statements are built from column names of this module; values are parameters
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.casework.accidents.intake.columns import CASE_COLUMNS, code_versions, spec
from atvsld.casework.accidents.intake.reach import Reach
from atvsld.casework.accidents.rules import OLDEST, YOUNGEST
from atvsld.kit.outcome import Problem, Severity
from atvsld.kit.text import format_date
from atvsld.platform.imports.findings import KEPT, Findings
from atvsld.registers.places import tree

# More victims than this under one key is a key used for something else than a case.
MOST_VICTIMS = 1_000


def check_cases(findings: Findings, present: frozenset[str]) -> None:
    """What must hold of the cases gathered from the rows."""
    for first_row, code, moment in _rows(
        "SELECT first_row, place_code, occurred_at FROM import_case WHERE place_id IS NULL AND place_code IS NOT NULL"
        " AND occurred_at IS NOT NULL ORDER BY first_row"
    ):
        _say(findings, first_row, "place_code", place_problem(code, moment.date()), code)
    for column in ("occurred_at", "place_code"):
        # Without the column, a stored case keeps what it has; a new one has nothing.
        new = "" if column in present else " AND stored_id IS NULL"
        for (first_row,) in _rows(
            f"SELECT first_row FROM import_case WHERE {column} IS NULL{new} AND NOT has_bad_row ORDER BY first_row"
        ):
            problem = Problem("missing", _("chưa có giá trị ở dòng nào của vụ."), _("Điền ở ít nhất một dòng của vụ."))
            _say(findings, first_row, column, problem)
    for first_row, rows in _rows(f"SELECT first_row, rows FROM import_case WHERE rows > {MOST_VICTIMS}"):
        problem = Problem(
            "too_many_victims", _("mã vụ này có ở %(count)d dòng.") % {"count": rows}, _("Mỗi vụ một mã.")
        )
        _say(findings, first_row, "case_key", problem)
    _check_establishments(findings)
    _check_agreement(findings)
    for column in ("cause_code", "injury_agent_code"):
        _check_code(findings, column, "import_case", "first_row")


def _share_names() -> None:
    """One row's name of an unregistered employer serves every case of the file under the same tax code.

    Otherwise the order of rows would decide what is taken in, and the same file again would take in more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE import_case c SET establishment_name = named.name FROM (SELECT establishment_tax_code AS code,"
            " (array_agg(establishment_name ORDER BY first_row))[1] AS name FROM import_case"
            " WHERE establishment_name IS NOT NULL AND NOT has_bad_row GROUP BY 1) named"
            " WHERE c.establishment_tax_code = named.code AND c.establishment_name IS NULL"
            " AND c.establishment_id IS NULL"
        )


def _check_establishments(findings: Findings) -> None:
    _share_names()
    for first_row, code in _rows(
        "SELECT first_row, establishment_tax_code FROM import_case WHERE establishment_tax_code IS NOT NULL"
        " AND establishment_id IS NULL AND establishment_name IS NULL AND NOT has_bad_row ORDER BY first_row"
    ):
        message = _("mã số thuế %(code)s chưa có trong sổ cơ sở và dòng không ghi tên.") % {"code": code}
        problem = Problem("establishment_unknown", message, _("Kiểm tra mã, hoặc ghi tên cơ sở để lập mới."))
        _say(findings, first_row, "establishment_tax_code", problem, code)
    for first_row, name in _rows(
        "SELECT first_row, establishment_name FROM import_case WHERE establishment_tax_code IS NULL"
        f" AND establishment_name IS NOT NULL AND NOT has_bad_row ORDER BY first_row LIMIT {KEPT}"
    ):
        message = _("có tên cơ sở nhưng không có mã số thuế nên vụ không gắn với cơ sở nào.")
        problem = Problem("establishment_without_code", message, _("Bổ sung mã số thuế."), severity=Severity.WARN)
        _say(findings, first_row, "establishment_name", problem, name)


def _check_agreement(findings: Findings) -> None:
    """Rows under one key describe one case: what they say of it must agree."""
    columns = [column for column in CASE_COLUMNS if column != "establishment_name"]
    listed = ", ".join(f"s.{column}" for column in columns)
    held: dict[str, tuple[Any, dict[str, Any]]] = {}
    for row, key, *values in _rows(
        f"SELECT s.row_no, s.case_key, {listed} FROM import_stage s JOIN import_case c USING (case_key)"
        " WHERE c.disagree ORDER BY s.row_no"
    ):
        first_row, known = held.setdefault(key, (row, {}))
        for column, value in zip(columns, values, strict=True):
            if value is None:
                continue
            # Damage belongs to the case: programs that print it once write 0 on the other rows.
            if column == "property_damage" and (value == 0 or known.get(column) == 0):
                known[column] = max(value, known.get(column) or 0)
            elif known.setdefault(column, value) != value:
                _say(findings, row, column, _disagreement(column, key, first_row, known[column], value), value)


def _disagreement(column: str, key: str, first_row: int, *values: Any) -> Problem:
    held, given = (format_date(value) if isinstance(value, datetime) else value for value in values)
    message = _("vụ “%(key)s” ghi “%(given)s”, nhưng dòng %(row)d ghi “%(held)s”.") % {
        "key": key, "given": given, "row": first_row, "held": held,
    }  # fmt: skip
    remedy = _("Hai vụ khác nhau cần hai mã vụ; cùng một vụ thì sửa cho khớp.")
    if column == "establishment_tax_code":
        remedy = _(
            "Ghi mã số thuế của cơ sở xảy ra tai nạn; người của cơ sở khác thì ghi “Không” ở cột Thuộc quyền quản lý."
        )
    return Problem("case_conflict", message, remedy)


def check_rows(findings: Findings, present: frozenset[str]) -> None:
    """What must hold of each victim's row."""
    for row, codes in _rows(
        "SELECT row_no, injury_codes FROM import_stage WHERE severity = 'minor' AND cardinality(injury_codes) > 0"
    ):
        message = _("ghi mức độ nhẹ nhưng có chấn thương thuộc danh mục chấn thương nặng (%(codes)s).")
        remedy = _("Điều 9 khoản 2 Nghị định 39/2016: ghi “Nặng”, hoặc bỏ mã chấn thương ghi nhầm.")
        problem = Problem("severity_contradicts_injury", message % {"codes": "; ".join(codes)}, remedy)
        _say(findings, row, "severity", problem, "minor")
    for row, name in _rows(
        "SELECT row_no, victim_name FROM import_stage WHERE severity IN ('minor', 'severe')"
        " AND (victim_name ILIKE '%%chết%%' OR victim_name ILIKE '%%tử vong%%')"
    ):
        message = _("ô họ tên ghi “%(name)s” nhưng mức độ không phải chết người.") % {"name": name}
        problem = Problem(
            "severity_contradicts_death", message, _("Ghi mức độ “Chết người”, và chỉ ghi họ tên ở ô họ tên.")
        )
        _say(findings, row, "severity", problem)
    if "birth_year" in present:
        for row, born, moment in _rows(
            "SELECT s.row_no, s.birth_year, c.occurred_at FROM import_stage s JOIN import_case c USING (case_key)"
            " WHERE extract(year FROM c.occurred_at) - s.birth_year NOT BETWEEN %s AND %s",
            [YOUNGEST, OLDEST],
        ):
            message = _("năm sinh %(born)d không hợp lý với vụ xảy ra năm %(year)d.") % {
                "born": born,
                "year": moment.year,
            }
            _say(
                findings,
                row,
                "birth_year",
                Problem("birth_year", message, _("Kiểm tra lại; để trống nếu chưa rõ.")),
                born,
            )
    for column in ("occupation_code", "injury_codes"):
        if column in present:
            _check_code(findings, column, "import_stage s JOIN import_case c USING (case_key)", "s.row_no")
    _note_duplicates(findings)


def _note_duplicates(findings: Findings) -> None:
    for row, first, name in _rows(
        "SELECT row_no, first, victim_name FROM (SELECT s.row_no, s.victim_name, min(s.row_no) OVER (PARTITION BY"
        " s.case_key, s.victim_name, s.birth_year, s.sex) AS first FROM import_stage s"
        " JOIN import_case c USING (case_key) WHERE c.rows > 1 AND s.victim_name IS NOT NULL) x"
        f" WHERE row_no <> first ORDER BY row_no LIMIT {KEPT}"
    ):
        message = _("“%(name)s” của vụ này đã có ở dòng %(row)d.") % {"name": name, "row": first}
        problem = Problem(
            "duplicate_victim", message, _("Nếu là một người thì xóa một dòng; hiện cả hai dòng được tính."),
            severity=Severity.WARN,
        )  # fmt: skip
        _say(findings, row, "victim_name", problem, name)


def _check_code(findings: Findings, column: str, relation: str, row: str) -> None:
    """The code stands in the version of its list that was in force on the day of the accident."""
    versions = code_versions(column)
    own = "s." if "import_stage" in relation else ""
    moment = "c.occurred_at" if own else "occurred_at"
    day = f"{moment}::date"
    title = versions[-1].title.vi
    spans = " OR ".join(f"{day} BETWEEN %s AND %s" for _version in versions)
    days = [day for version in versions for day in (version.valid_from, version.valid_to or date.max)]
    for number, code, at in _rows(
        f"SELECT {row}, {own}{column}::text, {moment} FROM {relation} WHERE {own}{column} IS NOT NULL"
        f" AND {moment} IS NOT NULL AND NOT ({spans}) ORDER BY 1 LIMIT {KEPT}",
        days,
    ):
        message = _("“%(title)s” không có bản nào có hiệu lực vào ngày %(day)s; mã %(code)s được giữ nguyên.") % {
            "title": title, "day": format_date(at.date()), "code": code,
        }  # fmt: skip
        _say(findings, number, column, Problem("code_list_not_in_force", message, severity=Severity.NOTE), code)
    if len(versions) == 1:
        return  # every code was already read against this very list
    for version in versions:
        for number, code, at in _rows(
            f"SELECT {row}, {own}{column}, {moment} FROM {relation} WHERE {own}{column} IS NOT NULL"
            f" AND {day} BETWEEN %s AND %s AND {own}{column} <> ALL(%s) ORDER BY 1",
            [version.valid_from, version.valid_to or date.max, [item.code for item in version.choices]],
        ):
            message = _("“%(title)s” không có mã %(code)s vào ngày %(day)s.") % {
                "title": version.title.vi, "code": code, "day": format_date(at.date()),
            }  # fmt: skip
            remedy = _("Dùng mã của danh mục có hiệu lực từ %(start)s, hoặc để trống nếu chưa rõ.") % {
                "start": format_date(version.valid_from)
            }
            _say(findings, number, column, Problem("code_unknown", message, remedy), code)


def check_reach(findings: Findings, reach: Reach) -> None:
    """Every case lies where the actor may import, and no key belongs to a case the actor may not touch."""
    if reach.everything:
        return
    where = {"places": list(reach.places), "establishments": list(reach.establishments)}
    for (first_row,) in _rows(
        "SELECT first_row FROM import_case WHERE NOT (coalesce(place_id = ANY(%(places)s), false)"
        " OR coalesce(establishment_id = ANY(%(establishments)s), false)) AND (place_id IS NOT NULL)",
        where,
    ):
        message = _("vụ nằm ngoài địa bàn hoặc cơ sở được giao cho tài khoản.")
        _say(
            findings,
            first_row,
            "place_code",
            Problem("out_of_scope", message, _("Chuyển dòng này cho cơ quan phụ trách.")),
        )
    for first_row, key in _rows(
        "SELECT i.first_row, i.case_key FROM import_case i JOIN accidents_accidentcase c ON c.id = i.stored_id"
        " WHERE NOT (c.place_id = ANY(%(places)s) OR coalesce(c.establishment_id = ANY(%(establishments)s), false))",
        where,
    ):
        message = _("mã vụ “%(key)s” đã thuộc hồ sơ ngoài phạm vi của tài khoản.") % {"key": key}
        problem = Problem("key_taken", message, _("Đặt “nguồn” riêng cho các mã của đơn vị mình, hoặc đổi mã vụ."))
        _say(findings, first_row, "case_key", problem)


def reject_incomplete_cases(findings: Findings) -> int:
    """Keep the other rows of a case with a bad row out too; the number of rows rejected in all."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS import_bad_key")
        cursor.execute(
            "CREATE TEMP TABLE import_bad_key ON COMMIT DROP AS SELECT case_key, min(row_no) AS row_no"
            " FROM import_stage JOIN import_bad USING (row_no) WHERE case_key IS NOT NULL GROUP BY case_key"
        )
        cursor.execute("CREATE INDEX ON import_bad_key (case_key)")
    for row, key, bad in _rows(
        "SELECT s.row_no, s.case_key, k.row_no FROM import_stage s JOIN import_bad_key k USING (case_key)"
        " WHERE NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no) ORDER BY s.row_no"
    ):
        message = _("vụ “%(key)s” có lỗi ở dòng %(bad)d nên dòng này cũng chưa được nhận.") % {"key": key, "bad": bad}
        _say(findings, row, "case_key", Problem("case_incomplete", message, _("Sửa dòng đó rồi nhập lại cả vụ.")))
    return len(findings.bad)


def place_problem(code: str, day: date) -> Problem:
    """Why a code names no commune on a day: never, another level, or other days; and what stood there then."""
    graph = tree.current()
    # Two digits are a province's, three a district's: they came filled up to the five of a commune.
    nodes = (
        graph.with_code(code) or (code[:2] == "00" and (graph.with_code(code[2:]) or graph.with_code(code[3:]))) or ()
    )
    communes = [node for node in nodes if node.level == "commune"]
    if not nodes:
        message = _("không có đơn vị hành chính mang mã %(code)s.") % {"code": code}
        return Problem("place_unknown", message, _("Tra mã xã, phường, đặc khu ở trang Địa bàn."))
    if not communes:
        message = _("mã %(code)s là %(name)s, không phải cấp xã.") % {"code": nodes[-1].code, "name": nodes[-1].name}
        return Problem("place_level", message, _("Ghi mã xã, phường hoặc đặc khu nơi xảy ra."))
    node = communes[-1] if day > communes[-1].valid_from else communes[0]
    end = format_date(node.valid_to) if node.valid_to else _("nay")
    message = _("mã %(code)s (%(name)s) chỉ có hiệu lực từ %(start)s đến %(end)s, không có vào ngày %(day)s.") % {
        "code": code, "name": node.name, "start": format_date(node.valid_from), "end": end, "day": format_date(day),
    }  # fmt: skip
    units = ", ".join(f"{landing.node.name} ({landing.node.code})" for landing in graph.trace(node.pk, day)) or "–"
    return Problem("place_not_in_force", message, _("Vào ngày đó, địa bàn này là: %(units)s.") % {"units": units})


def _say(findings: Findings, row: int, column: str, problem: Problem, value: object = None) -> None:
    findings.cell(row, spec()[column], problem, value)


def _rows(statement: str, params: Any = None) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params if params is not None else [])
        while block := cursor.fetchmany(5_000):
            yield from block

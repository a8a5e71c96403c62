"""What the steps of an import do for workers.

A person is found by the identity number, else by name, birth date and workplace. What a row does not say stays as it
is stored. Several rows may speak of one person, each of another employment; a bad one keeps the others out too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.imports.accepting import Counts, acceptor
from atvsld.platform.imports.findings import Findings
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Options
from atvsld.registers.workers import rules
from atvsld.registers.workers.intake import identity, rows
from atvsld.registers.workers.intake.changes import Book, Changes, work_out
from atvsld.registers.workers.intake.columns import DERIVED, spec
from atvsld.registers.workers.intake.rows import Person, StagedRow
from atvsld.registers.workers.models import Worker
from atvsld.registers.workers.policy import CHANGE, WORKERS

# Columns of the rules' drafts that have another name in the file.
_NAMED = {"establishment": "tax_code", "identity_number": "identity_number"}


class WorkerBatch:
    """The rows of one file of workers."""

    def __init__(self, act: Act, source: Source, options: Options) -> None:  # noqa: ARG002  (the shape of a batch)
        self._act = act
        self._people: dict[Person, list[StagedRow]] = {}
        self._book = Book(())
        self._changes = Changes()

    def lock(self) -> None:
        rows.lock()

    def check(self, findings: Findings, store_bad: Callable[[], None]) -> None:
        store_bad()
        for row in rows.gather(self._act.day, _own_establishment(self._act.actor)):
            self._people.setdefault(row.person, []).append(row)
        found = [key for held in self._people.values() for row in held for key in (row.held, *row.candidates) if key]
        self._book = Book(found)
        said = _Said(findings)
        for held in self._people.values():
            for row in held:
                self._check_row(row, said)
            self._check_person(held, said)
        self._keep_out(findings, said)
        store_bad()

    def _check_row(self, row: StagedRow, said: _Said) -> None:
        stored = self._stored(row)
        problems = list(rules.check_worker(row.facts(), on=self._act.day))
        if row.tax_code and row.establishment_id is None:
            message = _("mã số thuế %(code)s chưa có trong sổ cơ sở.") % {"code": row.tax_code}
            problems.append(Problem("establishment_unknown", message, _("Kiểm tra mã, hoặc đăng ký cơ sở trước.")))
            problems[-1] = _at("tax_code", problems[-1])
        elif row.place_code and row.place_id is None:
            message = _("không có đơn vị hành chính cấp xã đang hoạt động mang mã %(code)s.") % {"code": row.place_code}
            problems.append(_at("place_code", Problem("place_unknown", message, _("Tra mã ở trang Địa bàn."))))
        elif row.works or stored is None:
            problems += rules.check_employment(row.work(), on=self._act.day)
        if row.groups and row.group_from is None:
            message = _("ghi nhóm nhưng chưa ghi từ ngày nào.")
            problems.append(_at("group_from", Problem("missing", message, _("Ghi ngày bắt đầu thuộc nhóm."))))
        if row.group_from and row.group_to and row.group_to < row.group_from:
            problems.append(_at("group_to", Problem("days", _("trước ngày bắt đầu thuộc nhóm."))))
        if row.number:
            kind = row.identity_kind or row.number.kind
            doubts = identity.doubts(row.number, kind, row.sex, row.birth_date)
            problems += (_at("identity_number", doubt) for doubt in doubts)
        problems += self._out_of_reach(row, stored)
        for problem in problems:
            said.at(row, problem)

    def _out_of_reach(self, row: StagedRow, stored: Worker | None) -> Iterator[Problem]:
        actor = self._act.actor
        if stored is not None and not WORKERS.decide(actor, CHANGE, stored):
            message = _("người này đang thuộc nơi khác.")
            remedy = _("Đề nghị cán bộ cấp tỉnh ghi chuyển.")
            yield _at("identity_number", Problem("identity_taken", message, remedy))
        elif row.works:
            there = Worker(establishment_id=row.establishment_id, place_id=row.place_id)
            if not WORKERS.decide(actor, CHANGE, there):
                message = _("nơi làm việc nằm ngoài phạm vi của tài khoản.")
                yield _at("tax_code", Problem("out_of_scope", message, _("Chuyển dòng này cho cơ quan phụ trách.")))

    def _check_person(self, held: list[StagedRow], said: _Said) -> None:
        first = held[0]
        if first.held is None and len(first.candidates) > 1:
            message = _("có %(count)d người cùng tên, ngày sinh và nơi làm việc.") % {"count": len(first.candidates)}
            said.at(first, _at("name", Problem("worker_ambiguous", message, _("Ghi số định danh để phân biệt."))))
        seen: dict[tuple[object, ...], int] = {}
        for row in held:
            for name in ("name_folded", "birth_date", "sex"):
                one, other = getattr(first, name), getattr(row, name)
                if one and other and one != other:
                    message = _("khác với dòng %(row)d của cùng người.") % {"row": first.row_no}
                    column = "name" if name == "name_folded" else name
                    said.at(row, _at(column, Problem("worker_conflict", message, _("Sửa cho khớp hai dòng."))))
            work = (row.establishment_id, row.place_id, row.started_on, tuple(row.groups), row.group_from)
            if (before := seen.setdefault(work, row.row_no)) != row.row_no:
                message = _("người này đã có ở dòng %(row)d.") % {"row": before}
                remedy = _("Xóa một dòng; nếu là hai người, ghi ngày sinh hoặc số định danh.")
                said.at(row, _at("name", Problem("duplicate_row", message, remedy)))

    def _keep_out(self, findings: Findings, said: _Said) -> None:
        """Leave the people of whom every row is good."""
        for person, held in list(self._people.items()):
            bad = [row for row in held if row.row_no in findings.bad]
            if not bad:
                continue
            del self._people[person]
            for row in held:
                if row.row_no not in findings.bad:
                    message = _("người này có lỗi ở dòng %(row)d nên dòng này cũng chưa được nhận.") % {
                        "row": bad[0].row_no
                    }
                    problem = Problem("worker_incomplete", message, _("Sửa dòng đó rồi nhập lại."))
                    said.at(row, _at("name", problem))

    def match(self, *, dry_run: bool) -> Counts:  # noqa: ARG002
        keyed = ((self._key(held), held) for held in self._people.values())
        self._changes = work_out(_together(keyed), self._book)
        return Counts(self._changes.new, self._changes.changed, self._changes.unchanged)

    def _key(self, held: list[StagedRow]) -> int | None:
        stored = next((found for row in held if (found := self._stored(row))), None)
        return stored.pk if stored else None

    def _stored(self, row: StagedRow) -> Worker | None:
        key = row.held or next(iter(row.candidates), None)
        return self._book.people.get(key) if key else None

    def unknown(self) -> dict[str, int]:
        return rows.unknown(spec().names)

    def write(self) -> dict[str, int]:
        return self._changes.write()


class _Said:
    """Problems of rows, put where they belong."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def at(self, row: StagedRow, problem: Problem) -> None:
        column = _NAMED.get(problem.column or "name", problem.column or "name")
        self._findings.cell(row.row_no, spec()[column], problem, problem.value)


def _at(column: str, problem: Problem) -> Problem:
    return Problem(problem.code, problem.message, problem.remedy, column=column, severity=problem.severity)


def _together(
    people: Iterator[tuple[int | None, list[StagedRow]]],
) -> Iterator[tuple[int | None, list[StagedRow]]]:
    """Rows with and without the number may turn out to speak of one stored person."""
    stored: dict[int, list[StagedRow]] = {}
    for key, held in people:
        if key is None:
            yield None, held
        else:
            stored.setdefault(key, []).extend(held)
    yield from stored.items()


def _own_establishment(actor: Actor) -> int | None:
    """The one establishment a sender acts for."""
    scopes = actor.scopes(CHANGE)
    if len(scopes) == 1 and scopes[0].dimension == "establishment" and len(scopes[0].ids) == 1:
        return next(iter(scopes[0].ids))
    return None


accept = acceptor(needs=CHANGE, records="workers:worker:imported", spec=spec, batch=WorkerBatch, derived=DERIVED)

"""What must hold for a worker's facts, and what looks wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.law import load_book
from atvsld.registers.workers import identity_numbers
from atvsld.registers.workers.drafts import EmploymentDraft, WorkerDraft

RELATIONS = "accident.labour_relation"
OCCUPATIONS = "occupation.vsco2020"
OLDEST_YEARS = 110


def check_worker(draft: WorkerDraft, *, on: date) -> Iterator[Problem]:
    """Problems of a person's facts; the structure of an identity number only ever warns."""
    if not draft.name.strip():
        yield Problem("name_missing", _("Chưa có họ và tên."), _("Ghi theo giấy tờ."), column="name")
    if draft.birth_date is not None and not on.year - OLDEST_YEARS <= draft.birth_date.year:
        yield Problem("birth_date", _("Ngày sinh quá xa."), _("Kiểm tra lại năm sinh."), column="birth_date")
    if draft.birth_date is not None and draft.birth_date > on:
        yield Problem("birth_date", _("Ngày sinh sau hôm nay."), _("Kiểm tra lại ngày sinh."), column="birth_date")
    if draft.identity_number:
        yield from identity_numbers.check(
            draft.identity_kind, draft.identity_number, sex=draft.sex, birth=draft.birth_date
        )


def check_employment(draft: EmploymentDraft, *, on: date) -> Iterator[Problem]:
    """Problems of an employment. Days to come are refused: who sees a worker follows what is true today."""
    if draft.establishment_id is None and draft.place_id is None:
        message = _("Chưa nói làm việc cho cơ sở nào hoặc ở xã, phường nào.")
        yield Problem("employment_where", message, _("Chọn cơ sở hoặc địa bàn."), column="establishment")
    for column, day in (("started_on", draft.started_on), ("ended_on", draft.ended_on)):
        if day is not None and day > on:
            message = _("Ngày làm việc ở sau hôm nay.")
            yield Problem("employment_future", message, _("Ghi khi ngày ấy đã đến."), column=column)
    if draft.started_on and draft.ended_on and draft.ended_on < draft.started_on:
        yield Problem("employment_days", _("Ngày thôi việc trước ngày vào làm."), column="ended_on")
    book = load_book()
    for column, name in (("labour_relation", RELATIONS), ("occupation_code", OCCUPATIONS)):
        code = getattr(draft, column)
        if code and code not in book.code_list(name, on=on):
            message = _("Mã “%(code)s” không có trong danh mục.") % {"code": code}
            yield Problem(column, message, _("Chọn lại trong danh mục."), column=column, value=code)


def blocking(problems: Iterator[Problem]) -> list[Problem]:
    """The problems that stop the act."""
    return [problem for problem in problems if problem.severity is Severity.BLOCK]

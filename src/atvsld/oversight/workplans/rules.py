"""What a plan, a task and a report on it must say; pure, without the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.kit.text import format_date
from atvsld.oversight.workplans.drafts import Said, TaskDraft
from atvsld.oversight.workplans.models import Task

LONGEST_TITLE = 300
State = Task.State


def check_task(draft: TaskDraft, *, year: int, clauses: frozenset[str], bound: frozenset[str]) -> Iterator[Problem]:
    """Defects of a task of a year's plan. `clauses` are those there are, `bound` those that reach the owner."""
    if not draft.title.strip():
        yield Problem("title_missing", _("Chưa ghi nhiệm vụ."), _("Ghi việc sẽ làm."), column="title")
    elif len(draft.title) > LONGEST_TITLE:
        message = _("Tên nhiệm vụ dài quá %(most)s chữ.") % {"most": LONGEST_TITLE}
        yield Problem("title_long", message, _("Rút gọn; phần còn lại ghi vào “cách làm”."), column="title")
    if draft.clause and draft.clause not in clauses:
        message = _("Không có nội dung “%(clause)s” trong chương trình, kế hoạch này.") % {"clause": draft.clause}
        yield Problem("clause_unknown", message, _("Chọn nội dung từ danh sách."), column="clause", value=draft.clause)
    elif draft.clause and draft.clause not in bound:
        message = _("Nội dung “%(clause)s” không giao cho đơn vị này chủ trì hay phối hợp.") % {"clause": draft.clause}
        yield Problem(
            "clause_of_others", message, _("Giữ nguyên nếu đơn vị tự nguyện làm thêm."), column="clause",
            value=draft.clause, severity=Severity.WARN,
        )  # fmt: skip
    yield from _check_days(draft, year)
    if draft.aim is not None and draft.aim < 0:
        yield Problem("aim_negative", _("Mức cần đạt không thể là số âm."), _("Ghi số từ 0 trở lên."), column="aim")


def _check_days(draft: TaskDraft, year: int) -> Iterator[Problem]:
    for column, day, message in (
        ("starts_on", draft.starts_on, _("Chưa ghi ngày bắt đầu.")),
        ("ends_on", draft.ends_on, _("Chưa ghi ngày kết thúc.")),
    ):
        if day is None:
            yield Problem("day_missing", message, _("Ghi ngày, tháng, năm."), column=column)
    if draft.starts_on is None or draft.ends_on is None:
        return
    if draft.ends_on < draft.starts_on:
        message = _("Ngày kết thúc trước ngày bắt đầu.")
        yield Problem("days_order", message, _("Sửa một trong hai ngày."), column="ends_on")
    elif not draft.beyond and not (draft.starts_on.year == draft.ends_on.year == year):
        message = _("Kế hoạch năm %(year)s nhưng thời gian là %(start)s – %(end)s.") % {
            "year": year, "start": format_date(draft.starts_on), "end": format_date(draft.ends_on),
        }  # fmt: skip
        remedy = _("Sửa ngày, hoặc đánh dấu “kéo sang năm khác”.")
        yield Problem("days_outside", message, remedy, column="ends_on")


def check_said(said: Said, *, year: int, today: date) -> Iterator[Problem]:
    """Defects of a report on a task."""
    if said.state not in State.values:
        yield Problem("state_unknown", _("Chưa chọn tình trạng."), _("Chọn một tình trạng."), column="state")
        return
    if not said.text.strip():
        yield Problem("text_missing", _("Chưa ghi đã làm gì."), _("Ghi ngắn gọn việc đã làm."), column="text")
    if not 0 <= said.percent <= 100:
        yield Problem("percent", _("Tiến độ phải từ 0 đến 100 %."), _("Ghi lại tiến độ."), column="percent")
    elif said.state == State.DONE and said.percent != 100:
        message = _("Đã xong thì tiến độ phải là 100 %.")
        yield Problem("percent_done", message, _("Ghi 100, hoặc chọn “Đang làm”."), column="percent")
    elif said.state == State.PLANNED and said.percent != 0:
        message = _("Chưa bắt đầu thì tiến độ phải là 0 %.")
        yield Problem("percent_planned", message, _("Ghi 0, hoặc chọn “Đang làm”."), column="percent")
    if said.state == State.DONE:
        yield from _check_done(said.done_on, year, today)
    if said.state == State.STOPPED and not said.stopped_why.strip():
        message = _("Dừng, không làm thì phải ghi lý do.")
        yield Problem("stopped_why", message, _("Ghi lý do dừng."), column="stopped_why")


def _check_done(done_on: date | None, year: int, today: date) -> Iterator[Problem]:
    if done_on is None:
        yield Problem("done_on_missing", _("Chưa ghi ngày xong."), _("Ghi ngày, tháng, năm."), column="done_on")
    elif done_on > today:
        message = _("Ngày xong %(day)s còn ở phía trước.") % {"day": format_date(done_on)}
        yield Problem("done_on_ahead", message, _("Báo khi đã xong thật."), column="done_on")
    elif done_on < date(year - 1, 7, 1):
        message = _("Ngày xong %(day)s quá sớm so với kế hoạch năm %(year)s.") % {
            "day": format_date(done_on), "year": year,
        }  # fmt: skip
        yield Problem("done_on_early", message, _("Kiểm tra lại năm."), column="done_on")


def blocking(problems: Iterator[Problem]) -> list[Problem]:
    """Those that stop the work."""
    return [one for one in problems if one.severity is Severity.BLOCK]

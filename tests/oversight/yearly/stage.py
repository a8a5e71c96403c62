"""The health department's year: a plan of three tasks, one proven by a file, one claimed bare, one not begun."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.oversight.workplans import scene

from atvsld.oversight.workplans import facade as workplans
from atvsld.oversight.yearly import facade

YEAR = 2025
JANUARY = datetime(2026, 1, 3, 2, 0, tzinfo=UTC)
LATE = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


WORK = (
    ("Tập huấn y tế cơ sở 02 lớp", "IV.2.1"),
    ("Khám phát hiện bệnh nghề nghiệp", "IV.2.2a"),
    ("Điều tra bệnh", "IV.2.2a"),
)


def act(user, at=JANUARY, reason=""):
    return scene.act(user, at=at, reason=reason)


def tasks(land, *, files=True):
    """Three tasks of the plan of 2025: done and proven, being done without proof, not begun."""
    by = act(land.planner, datetime(2025, 3, 1, tzinfo=UTC))
    plan = workplans.open_plan(by, programme=scene.PROGRAMME, year=YEAR, body=land.health)
    made = []
    for number, (title, clause) in enumerate(WORK, 1):
        plan.refresh_from_db()
        draft = workplans.TaskDraft(title, date(2025, 3, number), date(2025, 11, 30), clause)
        made.append(workplans.add_task(by, plan=plan, version=plan.version, draft=draft))
    then = act(land.planner, datetime(2025, 12, 1, tzinfo=UTC))
    done = workplans.Said(
        "done", 100, "Học viên hài lòng", "Thiếu người chuyên trách", "Bổ sung biên chế", date(2025, 11, 20)
    )
    workplans.report_progress(then, task=made[0], version=made[0].version, said=done)
    workplans.report_progress(
        then, task=made[1], version=made[1].version, said=workplans.Said("doing", 50, "Đã khám 300 người")
    )
    if files:
        made[0].refresh_from_db()
        workplans.add_file(then, task=made[0], kind="plan_paper", name="danh-sach.pdf", content=PDF)
    return made


def report(land, at=JANUARY):
    return facade.open_report(act(land.planner, at), programme=scene.PROGRAMME, year=YEAR, body=land.health)


def signed(**more):
    return facade.Signed("Nguyễn Văn Ký", **{"on": date(2026, 1, 3), "title": "GIÁM ĐỐC", "number": "05/BC-SYT"} | more)


def red(report):
    """The words of the sentences marked as unproven."""
    return [one.text for one in facade.judged(report) if one.red]

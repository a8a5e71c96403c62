"""A plan's tasks go out to a spreadsheet and come back the same; mistakes are told by row and column."""

from __future__ import annotations

from datetime import date

import pytest
from tests.oversight.workplans import scene

from atvsld.oversight.workplans import actions, facade, sheet
from atvsld.platform.acts import Conflict, Rejected


@pytest.fixture
def land(db):
    return scene.build()


def numbered(rows):
    return iter(list(enumerate(rows, start=1)))


def test_what_went_out_comes_back_unchanged_and_changes_are_taken_over(land):
    plan = scene.plan_of(land)
    by = scene.act(land.planner)
    rows = list(sheet.rows_of(list(plan.tasks.prefetch_related("supports__body"))))
    found = actions.read_tasks(by, plan=plan, version=plan.version, rows=numbered(rows))
    assert (found.added, found.changed, found.same) == (0, 0, len(rows) - 1)
    title = list(sheet.COLUMNS).index("title")
    rows[1][title] = "Việc đã sửa tên"
    rows.append(["IV.2.1", "Việc thêm", "", "01/04/2026", date(2026, 5, 1), "", "Số buổi, số người tiếp cận, theo nhóm",
                 "1.250", "UBND xã Sông Thử; Sở Nội vụ tỉnh Thử", "", "", ""])  # fmt: skip
    old = plan.version
    found = actions.read_tasks(by, plan=plan, version=plan.version, rows=numbered(rows))
    assert (found.added, found.changed) == (1, 1)
    assert plan.tasks.order_by("number").first().title == "Việc đã sửa tên"
    new = plan.tasks.order_by("number").last()
    assert (new.measure, new.aim, new.starts_on, new.supports.count()) == ("outreach", 1250, date(2026, 4, 1), 2)
    assert new.holdings.get().body == land.health
    with pytest.raises(Conflict):  # the same file sent again without fetching the plan anew
        actions.read_tasks(by, plan=facade.WorkPlan.objects.get(pk=plan.pk), version=old, rows=numbered(rows))


def test_every_mistake_is_told_with_its_place_and_nothing_is_written(land):
    plan = scene.plan_of(land)
    before = list(plan.tasks.values_list("pk", "title"))
    rows = [
        ["Kế hoạch năm", None],
        [*sheet.COLUMNS.values(), sheet.KEY],
        ["IV.2.1", "", "", "01/04/2026", "01/05/2026", "", "", "", "", ""],
        ["IX.9", "Một việc", "", "32/04/2026", "01/05/2026", "", "thước lạ", "x", "Sở không có", ""],
        ["", "Hai việc", "", "01/05/2026", "01/04/2026", "", "", "", "", "KHONGCO"],
        [None] * 10,
        ["", "Ba việc", "", "01/05/2025", "01/06/2025", "", "", "", "", ""],
    ]
    with pytest.raises(Rejected) as caught:
        actions.read_tasks(scene.act(land.planner), plan=plan, version=plan.version, rows=numbered(rows))
    told = {(problem.row, problem.column) for problem in caught.value.problems}
    assert told == {
        (3, "Nhiệm vụ"), (4, "Nội dung"), (4, "Từ ngày"), (4, "Thước đo"), (4, "Mức cần đạt"),
        (4, "Cơ quan phối hợp"), (5, "Đến hết ngày"), (5, sheet.KEY), (7, "Đến hết ngày"),
    }  # fmt: skip
    assert all(problem.remedy for problem in caught.value.problems)
    assert list(plan.tasks.values_list("pk", "title")) == before


@pytest.mark.parametrize("rows", [[], [["Họ tên", "Tuổi"]], [["Nhiệm vụ", "Từ ngày"]]])
def test_a_sheet_of_something_else_is_refused(land, rows):
    plan = scene.plan_of(land)
    with pytest.raises(Rejected, match="Tải bảng mẫu"):
        actions.read_tasks(scene.act(land.planner), plan=plan, version=plan.version, rows=numbered(rows))

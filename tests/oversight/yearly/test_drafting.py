"""Material becomes sentences without one number of their own; a claim names the task it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from atvsld.oversight.yearly.citing import uncited
from atvsld.oversight.yearly.drafting.material import (
    Compared,
    Fig,
    FilingSaid,
    Gathered,
    Group,
    Material,
    PlanSaid,
    TargetSaid,
    TaskSaid,
)  # fmt: skip
from atvsld.oversight.yearly.drafting.sentences import drafted
from atvsld.oversight.yearly.marks import filled, marks_of


def fig(value, label="Số buổi", unit="buổi", key="events", **more):
    return Fig("measure", "outreach", key, label, None if value is None else Decimal(value), unit, **more)


def task(pk=1, title="Mở lớp cho người làm y tế", state="done", said="", **more):
    return TaskSaid(pk, f"T{pk}", title, state, 100, "Sở Y tế", f"/t/{pk}", said, date(2025, 6, 30), **more)


def material(**more):
    counts = {key: fig(n, key, "nhiệm vụ", key) for key, n in (("all", 3), ("done", 2), ("claimed", 2), ("proven", 1))}
    held = Material(
        whole=False, owner="Sở Y tế", programme="kế hoạch của tỉnh", year=2025, period="", counts=counts,
        plan=PlanSaid(issued=True, number="12/KH-SYT", issued_on=date(2025, 1, 20)), groups=(),
    )  # fmt: skip
    return replace(held, **more)


def as_printed(one):
    return filled(one.text, {f"f{n}": str(f.shown or f.value) for n, f in enumerate(one.figures, 1)}.get)


def test_a_whole_report_has_no_number_of_its_own():
    groups = (
        Group("III.2a", "Phổ biến", (task(said="Học viên khen"), task(2, "Mở 3 lớp, 120 người", "doing", "Được 2 lớp")),
              (Compared(fig(12), fig(8), fig(10, key="aim")), Compared(fig(0, key="x"), fig(None, key="x")))),
    )  # fmt: skip
    target = TargetSaid(
        "II.1", "Tần suất chết người, giảm 4 %/năm", {"actual": fig(5)}, "chưa kết luận", "Có 3 vụ năm 2025"
    )
    filing = FilingSaid(
        {"sent": fig(5), "expected": fig(9), "late": fig(1)}, ("Sở Xây dựng",), fig(3), "lúc 10:30 ngày 04/01/2026"
    )
    found = drafted(
        material(
            whole=True, groups=groups, targets=(target,), money=(Compared(fig(9, "Đã chi", "đồng")),), filing=filing,
            difficulties=(Gathered("a", "Thiếu người làm chuyên trách", ("Sở Xây dựng",), fig(4, unit="xã")),),
            proposals=(Gathered("b", "Bổ sung 5 biên chế", ()),),
        )
    )  # fmt: skip
    for one in found:
        assert uncited(one.text) == [], one.text
        assert set(marks_of(one.text)) == {f"f{n}" for n in range(1, len(one.figures) + 1)}, one.text
    said = [as_printed(one) for one in found]
    assert any(text.startswith("Số buổi 12 buổi (năm trước 8, tăng 50.0%; mức đề ra 10 buổi); ") for text in said)
    # A number in a task's name is cited to the task; one in somebody's words of progress leaves the words out.
    [doing] = [one for one in found if "Mở" in one.text and one.kind == "claim" and one.tasks == (2,)]
    assert as_printed(doing) == "Sở Y tế: đang thực hiện nhiệm vụ “Mở 3 lớp, 120 người”."
    assert [(f.source, f.key, f.value) for f in doing.figures] == [("stated", "T2", 3), ("stated", "T2", 120)]
    assert not any("Bổ sung 5" in text for text in said)


def test_claims_name_their_tasks_and_nothing_else_does():
    groups = (
        Group("c", "Việc", tuple(task(n, state=s) for n, s in enumerate(("done", "doing", "planned", "stopped"), 1))),
    )
    by = {one.key: one for one in drafted(material(groups=groups)) if ":task:" in one.key}
    assert {one.tasks for one in by.values()} == {(1,), (2,), ()}
    assert [one.kind for one in by.values()] == ["claim", "claim", "free", "free"]


_TEXT = st.text(alphabet=st.sampled_from("ab 019,.%/-{}f“”ởđ\n"), max_size=40)


@given(_TEXT, _TEXT, _TEXT)
def test_no_words_of_people_bring_a_number_in(title, said, difficulty):
    """Whatever was typed into tasks and progress, the draft cites every number or leaves the words out."""
    groups = (Group("c", "Việc", (task(title=title or "x", said=said),)),)
    found = drafted(material(groups=groups, difficulties=(Gathered("d", difficulty or "x", ()),)))
    for one in found:
        assert uncited(one.text) == [], one.text
        assert set(marks_of(one.text)) <= {f"f{n}" for n in range(1, len(one.figures) + 1)}

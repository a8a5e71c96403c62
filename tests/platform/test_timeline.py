"""The timeline tells who did what, when and why, from what the database recorded."""

from __future__ import annotations

import pghistory
import pytest
from tests.casework.accidents import scene

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.platform.history.labels import act_name, name_act
from atvsld.platform.history.models import SensitiveReading
from atvsld.platform.history.timeline import record_reading, timeline
from atvsld.registers.offices.grants import actor_for

pytestmark = pytest.mark.django_db


def told(act: str, actor: str, reason: str = ""):
    return pghistory.context(act=act, actor=actor, reason=reason, channel="page")


def test_an_entry_names_act_actor_reason_and_the_fields_before_and_after(land):
    case = scene.opened(land, scene.victim_draft())
    name_act("accidents:case:tried", "Thử sửa")
    with told("accidents:case:tried", "Lê Thị Cán Bộ", "Theo biên bản"):
        AccidentCase.objects.filter(pk=case.pk).update(conclusion="pending", place=land.hill)
    newest = timeline(case)[0]
    assert (newest.label, newest.actor, newest.reason) == ("Thử sửa", "Lê Thị Cán Bộ", "Theo biên bản")
    assert str(newest.channel_label) == "trên trang"
    changes = {change.label: (change.before, change.after) for change in newest.changes}
    assert changes["Kết luận"] == ("Là tai nạn lao động", "Chưa có kết luận")
    assert changes["Nơi xảy ra"] == ("Xã Sông Thử", "Xã Đồi Thử")


def test_bulk_writes_of_parts_are_told_too_and_protected_fields_stay_hidden(land):
    case = scene.opened(land, scene.victim_draft(), scene.victim_draft(name="Trần Thị Thử"))
    with told("accidents:case:changed", "Ai Đó"):
        Victim.objects.filter(case=case).update(name="Tên Mới", days_lost=9)
    newest = timeline(case, [(Victim, {"case_id": case.pk}, "Người bị nạn")], masked={"name"})[0]
    assert len(newest.changes) == 4
    assert all("Tên Mới" not in f"{change.before}{change.after}" for change in newest.changes)
    assert {str(change.after) for change in newest.changes if change.label == "Số ngày nghỉ"} == {"9"}


def test_a_removed_part_stays_in_the_story(land):
    case = scene.opened(land, scene.victim_draft(), scene.victim_draft(name="Trần Thị Thử"))
    with told("accidents:victim:removed", "Ai Đó", "Nhập nhầm"):
        case.victims.order_by("-position").first().delete()
    newest = timeline(case, [(Victim, {"case_id": case.pk}, "Người bị nạn")])[0]
    assert newest.reason == "Nhập nhầm"
    assert [change.label for change in newest.changes] == ["Bỏ"]


def test_an_act_without_a_name_is_read_from_its_last_word():
    assert str(act_name("x:y:imported")) == "Nhập từ tệp"
    assert str(act_name("x:y:zzz")) == "Thay đổi dữ liệu"


def test_each_reading_of_protected_fields_leaves_a_line(land):
    case = scene.opened(land, scene.victim_draft())
    reader = scene.person("nguoi.doc", "province_officer", at=land.province)
    record_reading(actor_for(reader, scene.TODAY), scene.NOW, case, fields=["name"], purpose="Xác minh")
    line = SensitiveReading.objects.get()
    assert (line.user, line.record_kind, line.record_id, line.fields) == (
        reader,
        "accidents.accidentcase",
        case.public_id,
        ["name"],
    )

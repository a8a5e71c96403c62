"""The only writer of officials' trainings; the ledgers have their own."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.capacity.models import OfficialTraining, OshOfficial
from atvsld.casework.capacity.policy import CHANGE
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.ledgers.reach import OWN


@action(needs=CHANGE, records="capacity:official_training:recorded")
def record_training(
    act: Act,
    *,
    official: OshOfficial,
    version: int,
    ended_on: date,
    content: str,
    hours: int | None = None,
    organiser: str = "",
) -> OfficialTraining:
    """Record a course an official attended. `Conflict` when the official's record changed since `version`."""
    OWN.require(act.actor, CHANGE, official)
    problems = list(_problems(official, ended_on, content, act.day))
    if problems:
        raise Rejected(problems)
    held = OshOfficial.objects.filter(pk=official.pk, version=version, withdrawn_at__isnull=True)
    if not held.update(version=F("version") + 1):
        raise Conflict(_("Hồ sơ vừa được người khác sửa. Mở lại hồ sơ để xem bản mới rồi ghi tiếp."))
    made = OfficialTraining.objects.create(
        official=official, ended_on=ended_on, content=content.strip(), hours=hours, organiser=organiser.strip()
    )
    years = official.trainings.order_by("ended_on__year").values_list("ended_on__year", flat=True).distinct()
    OshOfficial.objects.filter(pk=official.pk).update(trained_years=[str(year) for year in years])
    official.refresh_from_db()
    return made


def _problems(official: OshOfficial, ended_on: date, content: str, today: date) -> list[Problem]:
    found = []
    if ended_on > today:
        found.append(Problem("future_date", _("Ngày này chưa đến."), _("Ghi ngày đã học xong."), column="ended_on"))
    if not content.strip():
        found.append(Problem("content", _("Chưa ghi nội dung đào tạo."), column="content"))
    if official.trainings.filter(ended_on=ended_on, content=content.strip()).exists():
        message = _("Lần đào tạo này đã được ghi.")
        found.append(Problem("twice", message, _("Kiểm tra bảng đào tạo của cán bộ."), column="content"))
    return found

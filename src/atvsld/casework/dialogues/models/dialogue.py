from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord


@tracked()
class Dialogue(LedgerRecord):
    """A dialogue on occupational safety and hygiene, or a sitting of a council.

    A year's dialogue of the provincial council is asked by Luật 84/2015/QH13 Điều 88 khoản 3; at the workplace, by
    Điều 75 khoản 2 điểm b. A sitting is not a dialogue, and is not counted as one.
    """

    class Act(models.TextChoices):
        DIALOGUE = "dialogue", _("Đối thoại")
        SITTING = "sitting", _("Phiên họp")

    class Forum(models.TextChoices):
        COUNCIL = "council", _("Hội đồng ATVSLĐ cấp tỉnh")
        WORKPLACE = "workplace", _("Tại nơi làm việc")
        MANY = "many", _("Cơ quan, đoàn thể với người sử dụng lao động, người lao động")

    act = models.CharField(_("hình thức"), max_length=8, choices=Act, default=Act.DIALOGUE)
    forum = models.CharField(_("của ai, ở đâu"), max_length=9, choices=Forum)
    title = models.CharField(_("nội dung chính"), max_length=250)
    held_on = models.DateField(_("ngày"))
    venue = models.CharField(_("nơi tổ chức"), max_length=250, blank=True)
    chair = models.CharField(_("đơn vị chủ trì"), max_length=250, blank=True)
    employers = models.PositiveIntegerField(_("số đại diện người sử dụng lao động"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("số người lao động, đại diện người lao động"), null=True, blank=True)
    requests = models.PositiveIntegerField(_("số kiến nghị nêu ra"), default=0)
    answered = models.PositiveIntegerField(_("số kiến nghị đã trả lời"), default=0)
    content = models.TextField(_("diễn biến, kiến nghị"), blank=True)
    result = models.TextField(_("kết quả, cam kết"), blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("cuộc đối thoại, phiên họp")
        verbose_name_plural = _("cuộc đối thoại, phiên họp")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered__lte=F("requests")), name="dialogue_answers",
                violation_error_message=_("Số kiến nghị đã trả lời nhiều hơn số nêu ra."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["held_on"], name="dialogue_held")]

    def __str__(self) -> str:
        return self.title

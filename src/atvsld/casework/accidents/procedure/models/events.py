from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


@tracked()
class Complaint(models.Model):
    """A complaint or denunciation about the minutes of a round (Điều 17 Nghị định 39/2016). Names no person."""

    class By(models.TextChoices):
        VICTIM = "victim", _("Người bị nạn hoặc thân nhân")
        EMPLOYER = "employer", _("Người sử dụng lao động")
        INSURANCE = "insurance", _("Cơ quan bảo hiểm xã hội")
        OTHER = "other", _("Người khác")

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Đã trả lời")
        REINVESTIGATED = "reinvestigated", _("Điều tra lại")

    file = models.ForeignKey("accident_procedure.CaseFile", on_delete=models.PROTECT, related_name="complaints")
    round = models.PositiveSmallIntegerField()
    by = models.CharField(_("người khiếu nại, tố cáo"), max_length=10, choices=By)
    received_at = models.DateTimeField(_("nhận đơn lúc"))
    summary = models.CharField(_("nội dung"), max_length=1000, blank=True, default="")
    outcome = models.CharField(max_length=14, choices=Outcome, null=True, blank=True)
    answered_at = models.DateTimeField(_("giải quyết lúc"), null=True, blank=True)
    answer = models.CharField(_("kết quả giải quyết"), max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = _("khiếu nại, tố cáo")
        verbose_name_plural = _("khiếu nại, tố cáo")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(outcome__isnull=True), name="complaint_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.by}"


@tracked()
class PolicePhase(models.Model):
    """A time in which the investigation stands still for the police, until their finding or their decision."""

    class Cause(models.TextChoices):
        UNCLEAR = "unclear", _("Chưa xác định là tai nạn lao động")
        CRIME = "crime", _("Có dấu hiệu tội phạm")

    class Outcome(models.TextChoices):
        RETURNED = "returned", _("Đã có kết luận")
        PROSECUTED = "prosecuted", _("Khởi tố")
        NOT_PROSECUTED = "not_prosecuted", _("Không khởi tố hoặc đình chỉ")

    file = models.ForeignKey("accident_procedure.CaseFile", on_delete=models.PROTECT, related_name="police_phases")
    cause = models.CharField(max_length=8, choices=Cause)
    began_at = models.DateTimeField(_("từ"))
    outcome = models.CharField(max_length=14, choices=Outcome, null=True, blank=True)
    prosecuted_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(_("nhận đủ hồ sơ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("giai đoạn cơ quan Cảnh sát điều tra")
        verbose_name_plural = _("giai đoạn cơ quan Cảnh sát điều tra")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.cause}"

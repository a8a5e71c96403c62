from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


class Kind(models.TextChoices):
    """Kinds of service, as the law book names them."""

    TRAINING = "training", _("Huấn luyện an toàn, vệ sinh lao động")
    TECHNICAL_INSPECTION = "technical_inspection", _("Kiểm định kỹ thuật an toàn lao động")
    WORKPLACE_MONITORING = "workplace_monitoring", _("Quan trắc môi trường lao động")
    HEALTH_EXAM = "health_exam", _("Khám sức khỏe người lao động")
    DISEASE_SCREENING = "disease_screening", _("Khám phát hiện bệnh nghề nghiệp")
    CONFORMITY = "conformity", _("Chứng nhận, đánh giá hợp quy")


class Form(models.TextChoices):
    """Forms of paper, as the law book names them."""

    LICENCE = "licence", _("Giấy chứng nhận đủ điều kiện hoạt động")
    ANNOUNCEMENT = "announcement", _("Cơ quan nhà nước công bố đủ điều kiện")
    SELF_ANNOUNCEMENT = "self_announcement", _("Tự công bố đủ điều kiện")
    NOTIFICATION = "notification", _("Thông báo bắt đầu hoạt động")
    PRACTICE_LICENCE = "practice_licence", _("Giấy phép hoạt động khám bệnh, chữa bệnh")
    DESIGNATION = "designation", _("Chỉ định, đăng ký hoạt động đánh giá sự phù hợp")


@tracked()
class ProviderQualification(models.Model):
    """A licence, announcement or notification that lets a provider work: in which service, for what, from when.

    `valid_to` is inclusive and empty when the paper states no end. `scopes` are codes of the law book's list of the
    kind; empty when the paper names none.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    provider = models.ForeignKey(
        "providers.ServiceProvider", on_delete=models.PROTECT, related_name="qualifications", verbose_name=_("tổ chức")
    )
    kind = models.CharField(_("dịch vụ"), max_length=24, choices=Kind)
    form = models.CharField(_("loại giấy tờ"), max_length=20, choices=Form)
    class_name = models.CharField(_("hạng"), max_length=2, blank=True)
    number = models.CharField(_("số"), max_length=80, blank=True)
    issuer = models.CharField(_("cơ quan cấp hoặc tiếp nhận"), max_length=200, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name=_("phạm vi"))
    withdrawn_on = models.DateField(_("thu hồi từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("giấy tờ hoạt động")
        ordering = ["kind", "valid_from"]
        indexes = [models.Index(fields=["kind", "valid_from"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="qualification_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.number}".strip()


@tracked()
class ProviderSuspension(models.Model):
    """Days on which an authority stopped a provider; `kind` empty for all its services, `ends_on` inclusive."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    provider = models.ForeignKey(
        "providers.ServiceProvider", on_delete=models.PROTECT, related_name="suspensions", verbose_name=_("tổ chức")
    )
    kind = models.CharField(_("dịch vụ"), max_length=24, choices=Kind, blank=True)
    starts_on = models.DateField(_("đình chỉ từ"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    decision = models.CharField(_("quyết định"), max_length=200)
    grounds = models.CharField(_("lý do"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("đình chỉ hoạt động")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="suspension_days"
            ),
        ]

    def __str__(self) -> str:
        return self.decision

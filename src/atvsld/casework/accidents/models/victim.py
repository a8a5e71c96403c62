from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Victim(models.Model):
    """One person hurt in a case. Amounts in đồng, `days_lost` in days; NULL means not known.

    Exactly one victim of a case is principal: the most severe, then the first listed. The case counts under
    the principal's occupation and labour relation; a victim counts under its own.
    """

    class LabourRelation(models.TextChoices):
        CONTRACT = "contract", _("Có hợp đồng lao động")
        NONE = "none", _("Không theo hợp đồng lao động")
        PROBATION = "probation", _("Thử việc")
        APPRENTICE = "apprentice", _("Học nghề, tập nghề")
        CIVIL_SERVANT = "civil_servant", _("Cán bộ, công chức, viên chức")
        ARMED_FORCES = "armed_forces", _("Lực lượng vũ trang")
        LEASED = "leased", _("Lao động thuê lại")
        ABROAD = "abroad", _("Làm việc ở nước ngoài theo hợp đồng")
        FOREIGN = "foreign", _("Người nước ngoài làm việc tại Việt Nam")

    class Sex(models.TextChoices):
        MALE = "male", _("Nam")
        FEMALE = "female", _("Nữ")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.CASCADE, related_name="victims")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    is_principal = models.BooleanField(default=False, editable=False)
    name = models.CharField(_("họ và tên"), max_length=200, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("năm sinh"), null=True, blank=True)
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex, null=True, blank=True)
    occupation_code = models.CharField(_("nghề nghiệp"), max_length=6, null=True, blank=True)
    labour_relation = models.CharField(
        _("quan hệ lao động"), max_length=14, choices=LabourRelation, null=True, blank=True
    )
    severity = models.CharField(
        _("mức độ"),
        max_length=6,
        choices=[("fatal", _("Chết người")), ("severe", _("Nặng")), ("minor", _("Nhẹ"))],
        null=True,
        blank=True,
    )
    injury_codes = ArrayField(models.CharField(max_length=6), default=list, blank=True, verbose_name=_("chấn thương"))
    managed = models.BooleanField(_("thuộc quyền quản lý"), null=True, blank=True)
    days_lost = models.PositiveIntegerField(_("số ngày nghỉ"), null=True, blank=True)
    medical_cost = models.BigIntegerField(_("chi phí y tế (đồng)"), null=True, blank=True)
    wage_cost = models.BigIntegerField(_("trả lương khi điều trị (đồng)"), null=True, blank=True)
    compensation_cost = models.BigIntegerField(_("bồi thường, trợ cấp (đồng)"), null=True, blank=True)

    class Meta:
        verbose_name = _("người bị nạn")
        verbose_name_plural = _("người bị nạn")
        ordering = ["case_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="victim_position"),
            models.UniqueConstraint(fields=["case"], condition=Q(is_principal=True), name="victim_one_principal"),
            models.CheckConstraint(
                condition=(Q(medical_cost__isnull=True) | Q(medical_cost__gte=0))
                & (Q(wage_cost__isnull=True) | Q(wage_cost__gte=0))
                & (Q(compensation_cost__isnull=True) | Q(compensation_cost__gte=0)),
                name="victim_costs",
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__in=["fatal", "severe", "minor"]),
                name="victim_severity",
            ),
            models.CheckConstraint(condition=Q(sex__isnull=True) | Q(sex__in=["male", "female"]), name="victim_sex"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.position}"

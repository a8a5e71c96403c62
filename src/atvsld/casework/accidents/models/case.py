from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class AccidentCase(models.Model):
    """One accident (vụ). What is not known is NULL: never zero, never "other".

    `severity` (that of the most severe victim) and `victim_count` are derived from the victims by
    `actions.summary` in the same transaction as every change of a victim.
    """

    class Conclusion(models.TextChoices):
        OCCUPATIONAL = "occupational", _("Là tai nạn lao động")
        ARTICLE_39_2 = "article_39_2", _("Hưởng trợ cấp theo khoản 2 Điều 39")
        NOT_OCCUPATIONAL = "not_occupational", _("Không phải tai nạn lao động")
        PENDING = "pending", _("Chưa có kết luận")

    class Severity(models.TextChoices):
        FATAL = "fatal", _("Chết người")
        SEVERE = "severe", _("Nặng")
        MINOR = "minor", _("Nhẹ")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    # The sender's own key; one key names one case within its namespace (empty = the province's own).
    key_namespace = models.CharField(max_length=60, blank=True, default="")
    case_key = models.CharField(_("mã vụ"), max_length=80, null=True, blank=True)
    occurred_at = models.DateTimeField(_("xảy ra lúc"))
    # The indexes with `occurred_at` begin with these two: a second one would only slow every import down.
    place = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="accident_cases",
        verbose_name=_("nơi xảy ra"),
    )
    establishment = models.ForeignKey(
        "establishments.Establishment",
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="accident_cases",
        verbose_name=_("cơ sở"),
    )
    conclusion = models.CharField(_("kết luận"), max_length=16, choices=Conclusion, default=Conclusion.PENDING)
    cause_code = models.CharField(_("nguyên nhân"), max_length=10, null=True, blank=True)
    injury_agent_code = models.CharField(_("yếu tố gây chấn thương"), max_length=10, null=True, blank=True)
    property_damage = models.BigIntegerField(_("thiệt hại tài sản (đồng)"), null=True, blank=True)
    description = models.TextField(_("diễn biến"), blank=True, default="")
    severity = models.CharField(_("mức độ"), max_length=6, choices=Severity, null=True, editable=False)
    victim_count = models.PositiveSmallIntegerField(_("số người bị nạn"), default=0, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("vụ tai nạn lao động")
        verbose_name_plural = _("vụ tai nạn lao động")
        constraints = [
            models.UniqueConstraint(fields=["key_namespace", "case_key"], name="accident_case_key"),
            models.CheckConstraint(
                condition=Q(property_damage__isnull=True) | Q(property_damage__gte=0), name="accident_damage"
            ),
            models.CheckConstraint(
                condition=Q(conclusion__in=["occupational", "article_39_2", "not_occupational", "pending"]),
                name="accident_conclusion",
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__in=["fatal", "severe", "minor"]),
                name="accident_severity",
            ),
        ]
        indexes = [
            models.Index(fields=["occurred_at"], name="accident_occurred"),
            models.Index(fields=["place", "occurred_at"], name="accident_place_occurred"),
            models.Index(fields=["establishment", "occurred_at"], name="accident_estab_occurred"),
            models.Index(Upper("case_key"), name="accident_case_key_upper"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The human number of the case; gaps mean nothing."""
        return f"TN-{timezone.localtime(self.occurred_at).year}-{self.pk:06d}"

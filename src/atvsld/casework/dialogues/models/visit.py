from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord


@tracked()
class SupervisionVisit(LedgerRecord):
    """A supervision by the Front, a union or another organisation (Luật 84/2015/QH13 Điều 8 to 11).

    `recommended` and `answered` are counted from its recommendations in the same transaction as every change of one.
    """

    class SubjectKind(models.TextChoices):
        AUTHORITY = "authority", _("Cơ quan nhà nước")
        ENTERPRISE = "enterprise", _("Doanh nghiệp")
        COOPERATIVE = "cooperative", _("Hợp tác xã")
        OTHER = "other", _("Nơi khác")

    title = models.CharField(_("nội dung giám sát"), max_length=250)
    held_on = models.DateField(_("ngày"))
    subject_kind = models.CharField(_("loại nơi được giám sát"), max_length=11, choices=SubjectKind)
    subject_name = models.CharField(_("nơi được giám sát"), max_length=250)
    about = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở được giám sát"), help_text=_("Mã số thuế, nếu là cơ sở có trong danh bạ."),
    )  # fmt: skip
    partners = models.CharField(_("đơn vị phối hợp"), max_length=300, blank=True)
    findings = models.TextField(_("nhận xét, phát hiện"))
    recommended = models.PositiveIntegerField(_("số kiến nghị"), default=0, editable=False)
    answered = models.PositiveIntegerField(_("số kiến nghị đã được trả lời"), default=0, editable=False)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("cuộc giám sát")
        verbose_name_plural = _("cuộc giám sát")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(answered__lte=F("recommended")), name="supervision_answers"),
        ]
        indexes = [models.Index(fields=["held_on"], name="supervision_held")]

    def __str__(self) -> str:
        return self.title


@tracked()
class Recommendation(models.Model):
    """What a supervision asked for, by when, and what was answered."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    visit = models.ForeignKey("dialogues.SupervisionVisit", on_delete=models.CASCADE, related_name="recommendations")
    text = models.TextField(_("kiến nghị"))
    term = models.DateField(_("hạn trả lời"), null=True, blank=True)
    answered_on = models.DateField(_("trả lời ngày"), null=True, blank=True)
    answer = models.TextField(_("nội dung trả lời"), blank=True)

    class Meta:
        verbose_name = _("kiến nghị qua giám sát")
        verbose_name_plural = _("kiến nghị qua giám sát")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="recommendation_answered_whole",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def overdue(self, today: date) -> bool:
        """Whether its term passed without an answer."""
        return self.answered_on is None and self.term is not None and self.term < today

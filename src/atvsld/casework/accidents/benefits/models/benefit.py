from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Benefit(models.Model):
    """One sum owed to one victim, once or a month. Amounts in đồng.

    `reckoned` is what the law gives for the facts stated; facts (salary, impairment) and the worked explanation are
    sealed in `reckoning_sealed`, for they speak of health and pay. `decided` may be more than `reckoned`, or less with
    a reason. `paid` is the sum of the payments, kept by the actions that record them.
    """

    class Kind(models.TextChoices):
        COMPENSATION = "compensation", _("Bồi thường của người sử dụng lao động")
        ALLOWANCE = "allowance", _("Trợ cấp của người sử dụng lao động")
        ONE_TIME = "one_time", _("Trợ cấp một lần từ Quỹ bảo hiểm TNLĐ, BNN")
        MONTHLY = "monthly", _("Trợ cấp hằng tháng từ Quỹ bảo hiểm TNLĐ, BNN")
        DEATH = "death", _("Trợ cấp một lần khi người lao động chết")
        STUDENT = "student", _("Hỗ trợ của cơ sở giáo dục, cơ sở dạy nghề")

    class State(models.TextChoices):
        RECKONED = "reckoned", _("Chưa quyết định")
        DECIDED = "decided", _("Chưa chi đủ")
        PAID = "paid", _("Đã chi đủ")

    BY_EMPLOYER = (Kind.COMPENSATION, Kind.ALLOWANCE)

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey(
        "accidents.AccidentCase", on_delete=models.PROTECT, related_name="benefits", verbose_name=_("vụ tai nạn")
    )
    victim = models.ForeignKey(
        "accidents.Victim", on_delete=models.PROTECT, related_name="benefits", verbose_name=_("người bị nạn")
    )
    kind = models.CharField(_("chế độ"), max_length=12, choices=Kind)
    on = models.DateField(_("tính theo ngày"))
    assessed_on = models.DateField(_("ngày biên bản giám định"), null=True, blank=True)
    assessment_number = models.CharField(_("số biên bản giám định"), max_length=60, blank=True)
    reckoned = models.BigIntegerField(_("mức theo luật (đồng)"))
    status = models.CharField(_("độ chắc chắn"), max_length=12)
    citation = models.CharField(_("căn cứ"), max_length=400)
    reckoning_sealed = models.TextField(editable=False)
    decided = models.BigIntegerField(_("mức quyết định (đồng)"), null=True, blank=True)
    decision_number = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    lower_reason = models.CharField(_("lý do thấp hơn mức luật"), max_length=500, blank=True)
    paid = models.BigIntegerField(_("đã chi (đồng)"), default=0, editable=False)
    filed_on = models.DateField(_("ngày gửi hồ sơ"), null=True, blank=True)
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.RECKONED, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("chế độ của người bị nạn")
        verbose_name_plural = _("chế độ của người bị nạn")
        constraints = [
            models.UniqueConstraint(fields=["victim", "kind", "on"], name="benefit_once_a_day"),
            models.CheckConstraint(condition=Q(reckoned__gte=0) & Q(paid__gte=0), name="benefit_amounts"),
            models.CheckConstraint(
                condition=Q(decided__isnull=True, decided_on__isnull=True) | Q(decided__gt=0, decided_on__isnull=False),
                name="benefit_decision_whole",
            ),
        ]
        indexes = [models.Index(fields=["case", "victim"]), models.Index(fields=["state", "on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def by_employer(self) -> bool:
        """Whether the employer pays it, under the time limits of Thông tư 28/2021."""
        return self.kind in self.BY_EMPLOYER

    @property
    def owed(self) -> int | None:
        """What is still to be paid of a decision, in đồng; a monthly sum has no end, so None, as before a decision."""
        if self.decided is None or self.kind == self.Kind.MONTHLY:
            return None
        return max(self.decided - self.paid, 0)

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner


@tracked()
class BudgetLine(models.Model):
    """Money asked for one task in one budget year from one source, in whole đồng.

    `body` or `establishment` is who pays. It follows the task for what is still open; what was paid stays with whoever
    paid it (`Payment`). A line `counted_in` another is the same money seen by a second body: shown, in no sum.
    """

    class Source(models.TextChoices):
        CENTRAL = "central", _("Ngân sách trung ương")
        PROVINCE = "province", _("Ngân sách cấp tỉnh")
        DISTRICT = "district", _("Ngân sách cấp huyện (đến 2025)")
        COMMUNE = "commune", _("Ngân sách cấp xã")
        ENTERPRISE = "enterprise", _("Doanh nghiệp, người sử dụng lao động")
        SOCIAL = "social", _("Xã hội hóa, tài trợ")
        INSURANCE_FUND = "insurance_fund", _("Quỹ bảo hiểm tai nạn lao động, bệnh nghề nghiệp")

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang lập")
        PROPOSED = "proposed", _("Đã đề xuất")
        CONSOLIDATED = "consolidated", _("Đã tổng hợp")

    # Allocated by the provincial finance body; of the others the payer itself records what it was given.
    FROM_PROVINCE = (Source.CENTRAL, Source.PROVINCE)
    # A draft is nobody's estimate yet.
    SAID = (State.PROPOSED, State.CONSOLIDATED)

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    task = models.ForeignKey(
        "workplans.Task", on_delete=models.PROTECT, related_name="budget_lines", verbose_name=_("nhiệm vụ")
    )
    year = models.PositiveSmallIntegerField(_("năm ngân sách"))
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị chi")
    )
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở"),
    )  # fmt: skip
    # By which access is given: the place of the payer.
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"), editable=False
    )
    source = models.CharField(_("nguồn"), max_length=20, choices=Source)
    purpose = models.CharField(_("nội dung chi"), max_length=300)
    estimate = models.DecimalField(_("dự toán, đồng"), max_digits=16, decimal_places=0)
    basis = models.TextField(_("cách tính"), blank=True)
    counted_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="counts",
        verbose_name=_("đã tính trong dòng của đơn vị khác"),
    )  # fmt: skip
    state = models.CharField(_("tình trạng"), max_length=14, choices=State, default=State.DRAFT)
    # Went to one of several that could have taken it over: somebody must look.
    owner_unsure = models.BooleanField(_("cần rà lại nơi nhận"), default=False, editable=False)
    withdrawn_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(_("vì sao bỏ"), max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("dòng kinh phí")
        verbose_name_plural = _("dòng kinh phí")
        constraints = [
            models.CheckConstraint(condition=one_owner(), name="budget_line_one_owner"),
            models.CheckConstraint(condition=Q(estimate__gte=0), name="budget_line_not_negative"),
            models.CheckConstraint(condition=~Q(counted_in=F("id")), name="budget_line_not_in_itself"),
        ]
        indexes = [
            models.Index(fields=["year", "body"]),
            models.Index(fields=["year", "place"]),
            models.Index(fields=["task", "year"]),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def payer(self) -> models.Model:
        """Who pays."""
        found = self.body or self.establishment
        assert found is not None  # the database lets exactly one stand
        return found


@tracked()
class LineHolding(models.Model):
    """Who pays from a line, from a day to a day; the open one is who pays now."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="holdings")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    why = models.CharField(_("vì sao chuyển"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("đơn vị giữ dòng kinh phí")
        ordering = ["line", "since", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_owner(), name="line_holding_one_owner"),
            models.UniqueConstraint(fields=["line"], condition=Q(until__isnull=True), name="line_holding_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.body or self.establishment} từ {self.since}"

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.budget.models.line import BudgetLine
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner


class Entry(models.Model):
    """Something that happened to the money of a line, with its paper. A cancelled one stays and counts nothing."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("dòng kinh phí")
    )
    day = models.DateField(_("ngày"))
    amount = models.DecimalField(_("số tiền, đồng"), max_digits=16, decimal_places=0)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    cancelled_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True, editable=False)
    cancelled_why = models.CharField(_("vì sao bỏ"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["day", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="%(class)s_above_zero")]


def once(name: str, *fields: str) -> models.UniqueConstraint:
    """One paper is recorded once in a line, whoever clicks twice; a cancelled record leaves room for the right one."""
    return models.UniqueConstraint(fields=["line", *fields], condition=Q(cancelled_at__isnull=True), name=name)


@tracked()
class Allocation(Entry):
    """Money given to a line by a decision, or cut from it."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("Giao, bổ sung")
        CUT = "cut", _("Điều chỉnh giảm")

    kind = models.CharField(_("loại"), max_length=10, choices=Kind, default=Kind.GIVEN)
    number = models.CharField(_("số quyết định"), max_length=60)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("tệp quyết định"),
    )  # fmt: skip

    class Meta(Entry.Meta):
        verbose_name = _("lần phân bổ")
        verbose_name_plural = _("các lần phân bổ")
        constraints = [*Entry.Meta.constraints, once("allocation_once", "number", "kind")]

    def __str__(self) -> str:
        return self.number


@tracked()
class Commitment(Entry):
    """Money promised to a partner by a contract; part of what was allocated, not beside it."""

    number = models.CharField(_("số hợp đồng, văn bản giao việc"), max_length=60)
    partner = models.CharField(_("bên nhận"), max_length=250)

    class Meta(Entry.Meta):
        verbose_name = _("cam kết chi")
        verbose_name_plural = _("cam kết chi")
        constraints = [*Entry.Meta.constraints, once("commitment_once", "number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.partner}"


@tracked()
class Payment(Entry):
    """Money that left, for a commitment or without one, or that came back. `body` or `establishment` paid it then."""

    class Kind(models.TextChoices):
        PAID = "paid", _("Chi")
        RETURNED = "returned", _("Thu hồi, hoàn trả")

    kind = models.CharField(_("loại"), max_length=10, choices=Kind, default=Kind.PAID)
    number = models.CharField(_("số chứng từ"), max_length=60)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="payments",
        verbose_name=_("theo cam kết"),
    )  # fmt: skip
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Entry.Meta):
        verbose_name = _("khoản chi")
        verbose_name_plural = _("các khoản chi")
        constraints = [
            *Entry.Meta.constraints,
            once("payment_once", "number", "kind"),
            models.CheckConstraint(condition=one_owner(), name="payment_one_payer"),
        ]
        indexes = [models.Index(fields=["body"])]

    def __str__(self) -> str:
        return self.number

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class BenefitPayment(models.Model):
    """One payment of a sum decided. `public_id` is made by the sender: a double click pays once."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    benefit = models.ForeignKey(
        "accident_benefits.Benefit", on_delete=models.PROTECT, related_name="payments", verbose_name=_("chế độ")
    )
    paid_on = models.DateField(_("ngày chi"))
    amount = models.BigIntegerField(_("số tiền (đồng)"))
    proof = models.CharField(_("chứng từ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("khoản chi chế độ")
        verbose_name_plural = _("khoản chi chế độ")
        ordering = ["paid_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="benefit_payment_amount")]

    def __str__(self) -> str:
        return f"{self.benefit_id}: {self.amount}"

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Employment(models.Model):
    """Work of a person for an establishment, or in a commune for nobody in the register, over some days.

    `occupation_code` and `labour_relation` are codes of the law book's lists; days are inclusive, empty when unknown.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    worker = models.ForeignKey(
        "workers.Worker", on_delete=models.PROTECT, related_name="employments", verbose_name=_("người lao động")
    )
    establishment = models.ForeignKey(
        "establishments.Establishment",
        on_delete=models.PROTECT,
        related_name="employments",
        null=True,
        blank=True,
        verbose_name=_("cơ sở"),
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("địa bàn")
    )
    started_on = models.DateField(_("làm từ"), null=True, blank=True)
    ended_on = models.DateField(_("làm đến hết"), null=True, blank=True)
    occupation_code = models.CharField(_("nghề nghiệp"), max_length=8, blank=True)
    job_title = models.CharField(_("công việc"), max_length=200, blank=True)
    labour_relation = models.CharField(_("quan hệ lao động"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("quá trình làm việc")
        ordering = [F("started_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="employment_days",
            ),
        ]

    def __str__(self) -> str:
        return str(self.establishment or self.place or "")

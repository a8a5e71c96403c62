from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.yearly.models.report import YearReport
from atvsld.platform.history.track import tracked


@tracked()
class ReportRemark(models.Model):
    """What the standing body says of a report handed in; `returns` sends it back."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    report = models.ForeignKey(YearReport, on_delete=models.CASCADE, related_name="remarks")
    at = models.DateTimeField(_("lúc"))
    said_by = models.CharField(_("người viết"), max_length=200)
    text = models.TextField(_("góp ý"))
    returns = models.BooleanField(_("trả lại báo cáo"), default=False)

    class Meta:
        verbose_name = _("góp ý về báo cáo")
        verbose_name_plural = _("góp ý về báo cáo")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="report_remark_says_something")]

    def __str__(self) -> str:
        return self.text[:80]

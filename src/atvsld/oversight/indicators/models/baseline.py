from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Baseline(models.Model):
    """The figure of the base year of a target for a place, fixed so that later corrections do not move the path.

    A copy of what the registers or reports gave at `locked_at`, never typed. A count lies within `low` and `high`; a
    rate is `low` events over `denominator`, expressed `per`. `ground` is a digest of the places counted: by other
    boundaries the figure does not hold. One stands for a target, place and basis; a lifted one stays with its reason.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    target = models.CharField(_("chỉ tiêu"), max_length=10)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn")
    )  # fmt: skip
    basis = models.CharField(_("cơ sở tính"), max_length=12)
    ground = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField(_("năm gốc"))
    low = models.DecimalField(_("ít nhất"), max_digits=16, decimal_places=3)
    high = models.DecimalField(_("nhiều nhất"), max_digits=16, decimal_places=3)
    denominator = models.DecimalField(_("mẫu số"), max_digits=16, decimal_places=3, null=True, blank=True)
    per = models.PositiveIntegerField(_("tính trên"), null=True, blank=True)
    source = models.TextField(_("nguồn"))
    law_version = models.CharField(max_length=40)
    document = models.CharField(_("văn bản làm căn cứ"), max_length=200)
    locked_at = models.DateTimeField(_("khóa lúc"))
    by_name = models.CharField(_("người khóa"), max_length=200)
    lifted_at = models.DateTimeField(_("mở khóa lúc"), null=True, blank=True)
    lifted_by = models.CharField(_("người mở khóa"), max_length=200, blank=True)
    lifted_why = models.CharField(_("lý do mở khóa"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("mức năm gốc đã khóa")
        ordering = ["-locked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "place", "basis"], condition=Q(lifted_at__isnull=True), name="baseline_once"
            ),
            models.CheckConstraint(condition=Q(low__gte=0) & Q(high__gte=F("low")), name="baseline_bounds"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True, per__isnull=True) | Q(denominator__gt=0, per__gt=0),
                name="baseline_rate_whole",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_why=""), name="baseline_lifted_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.target} {self.year}"

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Campaign(models.Model):
    """A campaign month of one year, opened for an area by its standing body.

    No text read fixes when its results are reported: the guidance of each year does. `report_due` is the last day
    still in time and `due_source` the letter that says so; NULL while no letter is known.
    """

    class Kind(models.TextChoices):
        ACTION_MONTH = "action_month", _("Tháng hành động về an toàn, vệ sinh lao động")
        WORKERS_MONTH = "workers_month", _("Tháng Công nhân")
        OTHER = "other", _("Đợt cao điểm khác")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    kind = models.CharField(_("loại đợt"), max_length=13, choices=Kind)
    year = models.PositiveSmallIntegerField(_("năm"))
    name = models.CharField(_("tên đợt"), max_length=200, blank=True)
    theme = models.CharField(_("chủ đề"), max_length=400, blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    report_due = models.DateField(_("hạn báo cáo"), null=True, blank=True)
    due_source = models.CharField(_("văn bản ấn định hạn"), max_length=200, blank=True)
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan thường trực")
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"), editable=False
    )
    opened_at = models.DateTimeField(_("mở lúc"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("đợt cao điểm")
        verbose_name_plural = _("đợt cao điểm")
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "place"], name="campaign_once", condition=~Q(kind="other")),
            models.UniqueConstraint(
                fields=["year", "place", "name"], name="campaign_other_once", condition=Q(kind="other")
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_span"),
            models.CheckConstraint(
                condition=Q(report_due__isnull=True) | (Q(report_due__gte=F("starts_on")) & ~Q(due_source="")),
                name="campaign_due_has_source",
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(name=""), name="campaign_other_is_named"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Its name with the year."""
        return f"{self.name or self.get_kind_display()} {self.year}"

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.platform.history.track import tracked


@tracked()
class Notice(models.Model):
    """The accident notice of a province for a half-year or a year, in one edition.

    `sections` are its words with figures as placeholders; `content` is everything that may be made public, frozen when
    issued; `editions` the true counts behind it, by period, which are never shown (see `editions.py`). `revision` 0 is
    the first edition; a later one replaces it and says why and what changed. `based_on` marks the earlier editions
    that the protection of small counts took into account.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        ISSUED = "issued", _("Đã công bố")
        REVISED = "revised", _("Đã có bản điều chỉnh")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    # The code under which the province stands through reorganisations: editions of one code hang together.
    place_code = models.CharField(max_length=10)
    period = models.CharField(_("kỳ"), max_length=7)
    revision = models.PositiveSmallIntegerField(_("lần điều chỉnh"), default=0)
    state = models.CharField(_("trạng thái"), max_length=7, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    former_day = models.DateField(_("kèm bảng theo địa giới ngày"), null=True, blank=True)
    # The one figure of the article that no form collects (thousand đồng), with where it comes from.
    other_costs = models.DecimalField(
        _("chi phí khác (1.000 đồng)"), max_digits=15, decimal_places=1, null=True, blank=True
    )
    other_costs_source = models.CharField(_("nguồn của chi phí khác"), max_length=250, blank=True, default="")
    sections = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    editions = models.JSONField(default=dict)
    based_on = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(_("lý do điều chỉnh"), max_length=500, blank=True, default="")
    as_of = models.DateTimeField(_("số liệu lúc"))
    drafted_at = models.DateTimeField(_("soạn lúc"))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)
    issued_on = models.DateField(_("ngày công bố"), null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("thông báo tình hình tai nạn lao động")
        verbose_name_plural = _("thông báo tình hình tai nạn lao động")
        ordering = ["-period", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["place_code", "period", "revision"], name="notice_edition_once"),
            models.UniqueConstraint(
                fields=["place_code", "period"], condition=Q(state="draft"), name="notice_one_draft"
            ),
            models.UniqueConstraint(
                fields=["place_code", "period"], condition=Q(state="issued"), name="notice_one_in_force"
            ),
            models.CheckConstraint(condition=Q(state__in=["draft", "issued", "revised"]), name="notice_state"),
            models.CheckConstraint(
                condition=Q(state="draft", issued_on__isnull=True) | ~Q(state="draft") & Q(issued_on__isnull=False),
                name="notice_issued_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.period} ({self.revision})"

    @property
    def span(self) -> Period:
        """The period itself."""
        return Period.parse(self.period)

"""Zones: named areas in which a zone authority acts, so that a divided function has one answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Zone(models.Model):
    """An economic zone, industrial park or high-tech park, known by the name its founding decision gives it.

    Establishments state the zone they stand in; which authority manages it on a day is told by `ZoneAuthority`.
    """

    class Kind(models.TextChoices):
        ECONOMIC = "economic", _("Khu kinh tế")
        HIGH_TECH = "high_tech", _("Khu công nghệ cao")
        INDUSTRIAL = "industrial", _("Khu công nghiệp")
        CLUSTER = "cluster", _("Cụm công nghiệp")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    code = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên khu"), max_length=200)
    kind = models.CharField(_("loại khu"), max_length=12, choices=Kind)
    # The unit of the day it was recorded under; its ground is followed through reorganisations.
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))

    class Meta:
        verbose_name = _("khu kinh tế, khu công nghiệp")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ZoneAuthority(models.Model):
    """Which body manages a zone, from when to when; one at a time."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="authorities")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="zones", verbose_name=_("cơ quan"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=250, blank=True)
    certainty = models.CharField(max_length=12, default="official")

    class Meta:
        verbose_name = _("việc quản lý khu")
        constraints = [
            models.UniqueConstraint(fields=["zone", "valid_from"], name="zone_authority_from"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="zone_authority_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone}: {self.body}"

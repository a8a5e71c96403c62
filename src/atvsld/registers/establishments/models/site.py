from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Site(models.Model):
    """A further place of work of an establishment without a tax code of its own: a quarry, a store, a second yard.

    The establishment's own commune and point are its main site; figures count it there.
    """

    public_id = models.CharField(max_length=26, default=new_ulid, editable=False)
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.CASCADE, related_name="sites", verbose_name=_("cơ sở")
    )
    name = models.CharField(_("tên địa điểm"), max_length=200)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    zone_name = models.CharField(_("khu, cụm công nghiệp"), max_length=200, blank=True)
    # Degrees, WGS 84; both or neither.
    latitude = models.DecimalField(_("vĩ độ"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("kinh độ"), max_digits=9, decimal_places=6, null=True, blank=True)
    opened_on = models.DateField(_("hoạt động từ"), null=True, blank=True)
    closed_on = models.DateField(_("ngừng từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("địa điểm của cơ sở")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="site_public_id"),
            models.UniqueConstraint(fields=["establishment", "name"], name="site_named_once"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="site_coordinates",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="site_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name

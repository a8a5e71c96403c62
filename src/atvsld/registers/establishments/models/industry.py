from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


@tracked()
class EstablishmentIndustry(models.Model):
    """The activity of an establishment in a further version of the classification.

    The establishment's own columns hold the main code; this holds its code in other versions, so that a report of
    a year counts under the version of that year. Versions are never mapped by equal number: each code is stated.
    """

    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.CASCADE, related_name="further_industries", db_index=False
    )
    version = models.CharField(_("phiên bản ngành"), max_length=20)
    code = models.CharField(_("mã ngành"), max_length=6)

    class Meta:
        verbose_name = _("mã ngành ở phiên bản khác")
        constraints = [
            models.UniqueConstraint(fields=["establishment", "version"], name="establishment_industry_once"),
            models.CheckConstraint(condition=~Q(version="") & ~Q(code=""), name="establishment_industry_stated"),
        ]

    def __str__(self) -> str:
        return f"{self.establishment_id}: {self.version}/{self.code}"

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class CaseTransfer(models.Model):
    """A case recorded for one unit was passed on to the unit in which the accident happened, with the reason."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.CASCADE, related_name="transfers")
    from_place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("lý do"), max_length=300)
    at = models.DateTimeField(_("chuyển lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("lần chuyển hồ sơ")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_place=F("to_place")), name="case_transfer_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.from_place} → {self.to_place}"

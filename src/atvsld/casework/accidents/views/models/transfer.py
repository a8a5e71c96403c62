from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class CaseTransfer(models.Model):
    """A case was passed on, with the reason: to the unit in which the accident happened, or to another body.

    A unit takes the case with it. A body outside the province's ladder (the authority of a special field, the labour
    department of another province) gets the file by letter, `document` its number; here it stays, to be followed.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.CASCADE, related_name="transfers")
    from_place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_name = models.CharField(_("cơ quan nhận"), max_length=250, blank=True, default="")
    document = models.CharField(_("số công văn chuyển"), max_length=60, blank=True, default="")
    reason = models.CharField(_("lý do"), max_length=300)
    at = models.DateTimeField(_("chuyển lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("lần chuyển hồ sơ")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_place=F("to_place")), name="case_transfer_moves"),
            models.CheckConstraint(
                condition=Q(to_place__isnull=False, to_body__isnull=True, to_name="")
                | Q(to_place__isnull=True, to_body__isnull=False, to_name="")
                | Q(to_place__isnull=True, to_body__isnull=True) & ~Q(to_name=""),
                name="case_transfer_one_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_place} → {self.recipient}"

    @property
    def recipient(self) -> str:
        """Who got it, by name."""
        return str(self.to_place or self.to_body or self.to_name)

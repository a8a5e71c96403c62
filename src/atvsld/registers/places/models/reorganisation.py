from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Reorganisation(models.Model):
    """One reorganisation of units as it was recorded: what was stated, what it did, and whether it was taken back."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    title = models.CharField(_("tên đợt sắp xếp"), max_length=200)
    effective_on = models.DateField(_("có hiệu lực từ"))
    legal_basis = models.CharField(_("căn cứ"), max_length=200)
    certainty = models.CharField(max_length=12, default="official")
    # The draft as given, the effects as shown, and every row made or changed (see following.Journal).
    draft = models.JSONField()
    effects = models.JSONField()
    journal = models.JSONField()
    applied_by = models.CharField(_("người ghi nhận"), max_length=200)
    applied_at = models.DateTimeField(_("ghi nhận lúc"))
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(_("rút lại lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đợt sắp xếp đơn vị hành chính")
        ordering = ["-applied_at", "-pk"]

    def __str__(self) -> str:
        return self.title

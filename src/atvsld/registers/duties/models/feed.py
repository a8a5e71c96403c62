from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class CalendarFeed(models.Model):
    """A secret address at which a calendar program reads one person's duties. Only a digest of the secret is kept."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    revoked_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("địa chỉ lịch")

    def __str__(self) -> str:
        return self.public_id

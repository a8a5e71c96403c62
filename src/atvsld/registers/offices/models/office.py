from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


@tracked()
class Office(models.Model):
    """One person in one role, for one body over one area, or for one establishment, over a span of days.

    A person may hold several offices at once, in different bodies. The role's permissions stand in
    `roles.yaml`; the office says where they hold.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offices")
    role = models.SlugField(_("vai trò"), max_length=40)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="offices")
    # The area in which the office reaches; empty for an employer's person.
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="offices"
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("chức trách")
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=False, establishment__isnull=True)
                | Q(place__isnull=True, establishment__isnull=False),
                name="office_one_reach",
            )
        ]
        indexes = [models.Index(fields=["user", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"

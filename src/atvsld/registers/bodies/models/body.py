"""Bodies are dated, and found by the function they hold for a place on a day; never by name in code."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Body(models.Model):
    """An authority or organisation during the span in which it had this name and standing."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    code = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=250)
    name_folded = models.CharField(max_length=250)
    short_name = models.CharField(_("tên tắt"), max_length=120, blank=True)
    # The line printed above the body's own name in a letterhead.
    parent_line = models.CharField(_("cơ quan chủ quản"), max_length=250, blank=True)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="bodies", verbose_name=_("địa bàn")
    )
    valid_from = models.DateField(_("có từ"))
    valid_to = models.DateField(_("đến hết"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=250, blank=True)
    certainty = models.CharField(max_length=12, default="official")
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("cơ quan, tổ chức")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="body_span"
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class BodyFunction(models.Model):
    """A function of state management (osh_lead, health_lead, commune …) held for a place over a span."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="functions")
    function = models.SlugField(_("chức năng"), max_length=40)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "function", "place", "valid_from"], name="body_function_once")
        ]
        indexes = [models.Index(fields=["function", "place"])]

    def __str__(self) -> str:
        return f"{self.function}: {self.body}"


@tracked()
class BodySuccession(models.Model):
    """Which body took over from which, and from when."""

    predecessor = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="precessions")
    effective_on = models.DateField()
    legal_basis = models.CharField(max_length=250, blank=True)
    certainty = models.CharField(max_length=12, default="official")
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="body_succession_once")]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

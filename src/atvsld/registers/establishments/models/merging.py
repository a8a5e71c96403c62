from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


class DuplicatePair(models.Model):
    """Two establishments that may be one, found by their likeness; a person decides."""

    class State(models.TextChoices):
        OPEN = "open", _("Chờ xem xét")
        DIFFERENT = "different", _("Không trùng")
        MERGED = "merged", _("Đã gộp")

    first = models.ForeignKey("establishments.Establishment", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("establishments.Establishment", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("cặp cơ sở nghi trùng")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_ordered"),
            models.CheckConstraint(condition=Q(state__in=["open", "different", "merged"]), name="duplicate_pair_state"),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="duplicate_pair_open")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.score}"


@tracked()
class EstablishmentMerge(models.Model):
    """One merging of two establishments: which rows went over, so that it can be taken back whole."""

    kept = models.ForeignKey("establishments.Establishment", on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey("establishments.Establishment", on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(_("gộp lúc"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # `app.Model.field` → primary keys of the rows that were moved.
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(_("tách lại lúc"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("lần gộp cơ sở")
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="merged_into_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"

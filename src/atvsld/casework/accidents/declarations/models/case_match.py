from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class CaseMatch(models.Model):
    """What was decided of two cases that look like one accident: the same, or different.

    When they are the same, the declarations of `other` stand with `kept`, and `other` leaves the figures; what is
    needed to take that back is in `before`.
    """

    class Verdict(models.TextChoices):
        SAME = "same", _("Cùng một vụ")
        DIFFERENT = "different", _("Hai vụ khác nhau")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    kept = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("kết luận"), max_length=9, choices=Verdict)
    decided_at = models.DateTimeField(_("xác định lúc"))
    undone_at = models.DateTimeField(_("rút lại lúc"), null=True, blank=True)
    before = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("vụ nghi trùng")
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("other")), name="case_match_two_cases"),
            models.CheckConstraint(condition=Q(verdict__in=["same", "different"]), name="case_match_verdict"),
            models.UniqueConstraint(
                fields=["other"], condition=Q(verdict="same", undone_at__isnull=True), name="case_match_once"
            ),
            models.UniqueConstraint(
                fields=["kept", "other"], condition=Q(undone_at__isnull=True), name="case_match_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kept_id} = {self.other_id}" if self.verdict == "same" else f"{self.kept_id} ≠ {self.other_id}"

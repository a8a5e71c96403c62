from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.oversight.obligations.models.reporter import KINDS, OfReporter, one_reporter
from atvsld.platform.history.track import tracked


@tracked()
class StatedFact(OfReporter):
    """A fact of the reporting calendar that no register holds, as somebody stated it (uses explosives: no).

    `fact` is an id of the law data; days inclusive, no end: still so. A register that does hold the fact goes first.
    """

    fact = models.SlugField(_("sự kiện"), max_length=40)
    value = models.BooleanField(_("có"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=200)
    by_name = models.CharField(_("người ghi"), max_length=200)
    stated_at = models.DateTimeField(_("ghi lúc"))

    class Meta:
        verbose_name = _("sự kiện đã ghi")
        constraints = [
            models.CheckConstraint(condition=one_reporter(), name="stated_fact_one_reporter"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="stated_fact_days"
            ),
            *(
                models.UniqueConstraint(
                    fields=[name, "fact"],
                    condition=Q(valid_to__isnull=True, **{f"{name}__isnull": False}),
                    name=f"stated_fact_once_{name}",
                )
                for name in KINDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"

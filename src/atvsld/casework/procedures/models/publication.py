from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class ProcedurePublication(models.Model):
    """That a body made a procedure public: by which decision, under which national code, and where to hand in.

    What the procedure asks stands in the data of the law; `procedure` is its id there.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    procedure = models.SlugField(_("thủ tục"), max_length=60)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))
    code = models.CharField(_("mã thủ tục quốc gia"), max_length=30, blank=True)
    decision = models.CharField(_("quyết định công bố"), max_length=200)
    desk = models.CharField(_("nơi nhận hồ sơ"), max_length=300)
    website = models.URLField(_("nộp trực tuyến tại"), blank=True)
    published_on = models.DateField(_("công bố từ ngày"))
    ended_on = models.DateField(_("thôi công bố từ ngày"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("thủ tục đã công bố")
        verbose_name_plural = _("thủ tục đã công bố")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "body"], condition=Q(ended_on__isnull=True), name="procedure_published_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("published_on")), name="procedure_published_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.decision}"

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class PaperTemplate(models.Model):
    """The official Word form of a kind of paper, as an administrator uploaded it, in force from a day on."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    kind = models.SlugField(_("loại văn bản"), max_length=60)
    valid_from = models.DateField(_("dùng từ ngày"))
    citation = models.CharField(_("căn cứ của mẫu"), max_length=250)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("nạp lúc"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("mẫu Word")
        verbose_name_plural = _("mẫu Word")
        ordering = ["kind", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["kind", "valid_from"], name="paper_template_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"

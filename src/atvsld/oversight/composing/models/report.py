from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class ComposedReport(models.Model):
    """A report on request: a heading, and parts of words and saved tables, for a period and a place."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    title = models.CharField(_("tên báo cáo"), max_length=200)
    about = models.CharField(_("về việc"), max_length=300, blank=True)
    addressed_to = models.CharField(_("kính gửi"), max_length=300, blank=True)
    period = models.CharField(_("kỳ"), max_length=8)
    place = models.CharField(_("địa bàn"), max_length=10, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=200, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField(_("người soạn"), max_length=200)
    changed_at = models.DateTimeField(_("sửa lúc"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("báo cáo tự soạn")
        verbose_name_plural = _("báo cáo tự soạn")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ComposedPart(models.Model):
    """One part: a heading, words (`{1/total/victims}` puts in a figure of the first table), and perhaps a table."""

    report = models.ForeignKey(ComposedReport, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("đề mục"), max_length=200, blank=True)
    text = models.TextField(_("lời văn"), blank=True)
    table = models.ForeignKey(
        "composing.SavedTable",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bảng"),
    )
    compared = models.BooleanField(_("so với cùng kỳ năm trước"), default=False)

    class Meta:
        verbose_name = _("phần của báo cáo tự soạn")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="composed_part_position")]

    def __str__(self) -> str:
        return self.heading or self.text[:40]

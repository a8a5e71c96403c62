from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class WordForm(models.Model):
    """A Word form of a circular or a letter, whose places are filled from figures that exist."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    name = models.CharField(_("tên mẫu"), max_length=200)
    citation = models.CharField(_("căn cứ của mẫu"), max_length=250, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(_("người nạp"), max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(_("sửa lúc"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("mẫu Word báo cáo")
        verbose_name_plural = _("mẫu Word báo cáo")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class WordMark(models.Model):
    """One place of a Word form and what fills it: a figure (form, table, row, column), years back from the period."""

    word_form = models.ForeignKey(WordForm, on_delete=models.CASCADE, related_name="marks")
    name = models.CharField(_("chỗ điền"), max_length=100)
    address = models.CharField(_("số liệu"), max_length=200, blank=True)
    years_back = models.PositiveSmallIntegerField(_("lùi số năm"), default=0)

    class Meta:
        verbose_name = _("chỗ điền của mẫu Word")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["word_form", "name"], name="word_mark_once")]

    def __str__(self) -> str:
        return self.name

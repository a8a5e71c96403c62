from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked

CODE_PREFIX = "BANG-"


@tracked()
class SavedTable(models.Model):
    """A table an officer put together: what is counted, split by what, of which records.

    It holds no figures; period and place are chosen when it is read. Words of `vocabulary` name measures, the
    dimension and the conditions. Reports, files and figures know it by its code, `BANG-` and its public id.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    name = models.CharField(_("tên bảng"), max_length=200)
    measures = ArrayField(models.CharField(max_length=30), verbose_name=_("số liệu"))
    by = models.CharField(_("chia theo"), max_length=20, blank=True)
    conditions = models.JSONField(_("chỉ tính"), default=dict)
    occurring = models.BooleanField(_("chỉ in dòng có phát sinh"), default=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField(_("người soạn"), max_length=200)
    changed_at = models.DateTimeField(_("sửa lúc"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("bảng tự soạn")
        verbose_name_plural = _("bảng tự soạn")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """Its code among the forms of reports."""
        return f"{CODE_PREFIX}{self.public_id}"

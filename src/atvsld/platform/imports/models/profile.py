from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid


class MappingProfile(models.Model):
    """How to read a file in someone else's layout: rename, constant, value map, per target column."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    target = models.SlugField(_("loại dữ liệu"), max_length=60)
    name = models.CharField(_("tên"), max_length=200)
    mapping = models.JSONField(_("ánh xạ cột"))
    # Whose it is: the office of whoever saved it. Colleagues of that office find it; empty is for everybody.
    owner = models.CharField(max_length=80, blank=True, default="")
    # The headings of the file it was made for, folded: a file with the same ones is offered it.
    headings = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mẫu ánh xạ cột")
        constraints = [models.UniqueConstraint(fields=["target", "owner", "name"], name="mapping_profile_name")]

    def __str__(self) -> str:
        return self.name

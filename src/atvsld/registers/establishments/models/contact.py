from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Contact(models.Model):
    """A person of an establishment to turn to. Shown to those who may change the establishment, and to nobody else."""

    class Role(models.TextChoices):
        HEAD = "head", _("Người đứng đầu")
        OSH_OFFICER = "osh_officer", _("Người làm công tác ATVSLĐ")
        MEDICAL = "medical", _("Người làm công tác y tế")
        UNION = "union", _("Công đoàn cơ sở")
        OTHER = "other", _("Khác")

    public_id = models.CharField(max_length=26, default=new_ulid, editable=False)
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.CASCADE, related_name="contacts", verbose_name=_("cơ sở")
    )
    role = models.CharField(_("vai trò"), max_length=12, choices=Role)
    name = models.CharField(_("họ và tên"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)

    class Meta:
        verbose_name = _("người liên hệ của cơ sở")
        ordering = ["role", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="contact_public_id"),
            models.UniqueConstraint(fields=["establishment", "role", "name"], name="contact_once"),
        ]

    def __str__(self) -> str:
        return self.name

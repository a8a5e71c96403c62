from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.providers.models.qualification import Kind


@tracked()
class ProviderPerson(models.Model):
    """Somebody who does a provider's professional work: trainer, inspector of equipment, sampler, doctor.

    Shown to officers, never on the public list. `certificate_ends_on` is inclusive.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    provider = models.ForeignKey(
        "providers.ServiceProvider", on_delete=models.PROTECT, related_name="people", verbose_name=_("tổ chức")
    )
    kind = models.CharField(_("dịch vụ"), max_length=24, choices=Kind)
    name = models.CharField(_("họ và tên"), max_length=200)
    position = models.CharField(_("việc đảm nhận"), max_length=200, blank=True)
    certificate_number = models.CharField(_("số chứng chỉ"), max_length=80, blank=True)
    certificate_ends_on = models.DateField(_("chứng chỉ có hiệu lực đến"), null=True, blank=True)
    started_on = models.DateField(_("làm từ"), null=True, blank=True)
    ended_on = models.DateField(_("làm đến hết"), null=True, blank=True)

    class Meta:
        verbose_name = _("người làm chuyên môn")
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="provider_person_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class CaseInvitation(models.Model):
    """One person, or everybody who holds an office for one body, may read one case over a span of days.

    Identities stay masked and the papers, which name people, closed unless `identities` says otherwise.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="case_invitations",
        verbose_name=_("người được mời"),
    )  # fmt: skip
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="case_invitations",
        verbose_name=_("cơ quan được mời"),
    )  # fmt: skip
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"))
    identities = models.BooleanField(_("xem danh tính và văn bản"), default=False)
    reason = models.CharField(_("lý do"), max_length=300)
    given_at = models.DateTimeField(_("mời lúc"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("thôi cho xem lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lời mời xem hồ sơ")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, body__isnull=True) | Q(user__isnull=True, body__isnull=False),
                name="case_invitation_one_guest",
            ),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="case_invitation_span"),
        ]

    def __str__(self) -> str:
        return str(self.user or self.body)

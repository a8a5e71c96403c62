from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class InvestigationTeam(models.Model):
    """One composition of the team as decided. A change of composition is a new row; the last one is in force."""

    class Level(models.TextChoices):
        ESTABLISHMENT = "establishment", _("Cấp cơ sở")
        PROVINCE = "province", _("Cấp tỉnh")
        CENTRAL = "central", _("Cấp trung ương")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="teams")
    number = models.PositiveSmallIntegerField(_("lần"))
    round = models.PositiveSmallIntegerField(_("lần điều tra"))
    level = models.CharField(_("cấp"), max_length=13, choices=Level)
    decision_number = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decision_date = models.DateField(_("ngày quyết định"))
    signer_name = models.CharField(_("người ký"), max_length=120)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=200, blank=True)
    replaced_at = models.DateTimeField(_("được thay lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đoàn điều tra")
        verbose_name_plural = _("đoàn điều tra")
        ordering = ["case_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="investigation_team_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(replaced_at__isnull=True), name="investigation_team_current"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["establishment", "province", "central"]), name="investigation_team_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} ({self.number})"


@tracked()
class TeamMember(models.Model):
    """One member; `role` names the entry of the law the member fills, `other` when none. May be a user or not."""

    team = models.ForeignKey(InvestigationTeam, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    role = models.CharField(_("tư cách"), max_length=30)
    is_leader = models.BooleanField(_("trưởng đoàn"), default=False)
    name = models.CharField(_("họ và tên"), max_length=120)
    agency = models.CharField(_("đơn vị công tác"), max_length=200)
    title = models.CharField(_("chức vụ"), max_length=120, blank=True)
    authorisation = models.CharField(_("văn bản ủy quyền"), max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("tài khoản"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("thành viên đoàn điều tra")
        ordering = ["team_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["team", "position"], name="team_member_position"),
            models.UniqueConstraint(fields=["team"], condition=Q(is_leader=True), name="team_member_one_leader"),
        ]

    def __str__(self) -> str:
        return self.name

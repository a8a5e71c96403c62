from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


@tracked()
class Investigation(models.Model):
    """What is known once for the whole investigation of a case: its scene, and whether the benefits are settled.

    The scene must be kept until the steps there are done and the team or the police agree in writing that it may be
    cleared (Decree 39/2016 Art. 18.3).
    """

    class Scene(models.TextChoices):
        PRESERVED = "preserved", _("Giữ nguyên hiện trường")
        DISTURBED = "disturbed", _("Hiện trường bị xáo trộn")
        NONE = "none", _("Không còn hiện trường")

    case = models.OneToOneField("accidents.AccidentCase", on_delete=models.PROTECT, related_name="investigation")
    scene_visited_at = models.DateTimeField(_("đến hiện trường lúc"), null=True, blank=True)
    scene = models.CharField(_("hiện trường"), max_length=10, choices=Scene, blank=True)
    scene_reason = models.TextField(_("lý do xáo trộn hoặc không còn hiện trường"), blank=True)
    clearing_agreed_on = models.DateField(_("ngày đồng ý xóa bỏ hiện trường"), null=True, blank=True)
    clearing_agreed_by = models.CharField(_("bên đồng ý xóa bỏ hiện trường"), max_length=200, blank=True)
    clearing_document = models.ForeignKey(
        "accident_investigation.Evidence", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("văn bản đồng ý xóa bỏ hiện trường"),
    )  # fmt: skip
    benefits_settled_on = models.DateField(_("ngày giải quyết xong chế độ"), null=True, blank=True)
    benefits_note = models.CharField(_("ghi chú về chế độ"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("cuộc điều tra tai nạn")
        verbose_name_plural = _("cuộc điều tra tai nạn")
        constraints = [
            models.CheckConstraint(
                condition=Q(scene__in=["", "preserved", "disturbed", "none"]), name="investigation_scene"
            ),
            models.CheckConstraint(
                condition=Q(scene__in=["", "preserved"]) | ~Q(scene_reason=""), name="investigation_scene_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


@tracked()
class DossierMark(models.Model):
    """A paper of a victim's dossier that need not be there, and why: the legal exception, or an officer's word."""

    class Ground(models.TextChoices):
        MISSING_PERSON = "missing", _("Người bị nạn mất tích theo tuyên bố của Tòa án")
        SET_ASIDE = "set_aside", _("Không có được; cán bộ có thẩm quyền cho qua")

    victim = models.ForeignKey("accidents.Victim", on_delete=models.CASCADE, related_name="dossier_marks")
    item = models.CharField(_("giấy tờ"), max_length=8)
    ground = models.CharField(_("căn cứ"), max_length=10, choices=Ground)
    reason = models.CharField(_("lý do"), max_length=500)

    class Meta:
        verbose_name = _("giấy tờ hồ sơ được miễn")
        constraints = [
            models.UniqueConstraint(fields=["victim", "item"], name="dossier_mark_once"),
            models.CheckConstraint(condition=Q(ground__in=["missing", "set_aside"]), name="dossier_mark_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.victim_id}/{self.item}"

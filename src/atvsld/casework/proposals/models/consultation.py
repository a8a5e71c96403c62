from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.casework.proposals.models.proposal import Outcome, Stage
from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord


@tracked()
class DraftConsultation(models.Model):
    """A draft on which opinions are asked: who sent it, under which letter, whom the standing body asks, by when."""

    class Kind(models.TextChoices):
        LAW = "law", _("Dự thảo luật, nghị quyết")
        DECREE = "decree", _("Dự thảo nghị định, quyết định")
        CIRCULAR = "circular", _("Dự thảo thông tư")
        STANDARD = "standard", _("Dự thảo tiêu chuẩn, quy chuẩn")
        SOFTWARE = "software", _("Phần mềm, cơ sở dữ liệu")
        OTHER = "other", _("Văn bản khác")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan hỏi"))
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))
    title = models.CharField(_("tên dự thảo"), max_length=300)
    kind = models.CharField(_("loại"), max_length=8, choices=Kind)
    sender = models.CharField(_("cơ quan gửi lấy ý kiến"), max_length=250)
    letter = models.CharField(_("số công văn"), max_length=100, blank=True)
    letter_on = models.DateField(_("ngày công văn"), null=True, blank=True)
    deadline = models.DateField(_("hạn góp ý"))
    open_to_all = models.BooleanField(_("mọi cơ quan, cơ sở đều được góp ý"), default=False)
    opened_on = models.DateField(_("hỏi từ ngày"))
    withdrawn_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    withdrawn_why = models.CharField(_("vì sao bỏ"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("lần lấy ý kiến dự thảo")
        verbose_name_plural = _("lần lấy ý kiến dự thảo")
        constraints = [
            models.CheckConstraint(condition=Q(deadline__gte=F("opened_on")), name="draft_consultation_deadline")
        ]
        indexes = [models.Index(fields=["deadline"])]

    def __str__(self) -> str:
        return self.title


@tracked()
class ConsultationAsked(models.Model):
    """A body that is asked. Who carries it on today answers for it."""

    consultation = models.ForeignKey(DraftConsultation, on_delete=models.CASCADE, related_name="asked")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan"))

    class Meta:
        verbose_name = _("cơ quan được hỏi")
        constraints = [models.UniqueConstraint(fields=["consultation", "body"], name="consultation_asked_once")]

    def __str__(self) -> str:
        return str(self.body)


@tracked()
class Opinion(LedgerRecord):
    """What a body or an establishment says of a draft: once, changed until it is gathered."""

    class Stance(models.TextChoices):
        AGREE = "agree", _("Nhất trí")
        AMEND = "amend", _("Nhất trí, đề nghị sửa")
        DISAGREE = "disagree", _("Không nhất trí")
        NONE = "none", _("Không có ý kiến")

    consultation = models.ForeignKey(
        DraftConsultation, on_delete=models.PROTECT, related_name="opinions", verbose_name=_("dự thảo")
    )
    title = models.CharField(max_length=250, editable=False, verbose_name=_("ý kiến về"))
    given_on = models.DateField(_("ngày góp ý"))
    stance = models.CharField(_("ý kiến chung"), max_length=8, choices=Stance)
    article = models.CharField(_("điều, khoản, điểm góp ý"), max_length=150, blank=True)
    text = models.TextField(_("nội dung góp ý"), blank=True)
    letter = models.CharField(_("số văn bản góp ý"), max_length=100, blank=True)
    late = models.BooleanField(_("góp ý sau hạn"), default=False, editable=False)
    stage = models.CharField(_("tiến độ"), max_length=9, choices=Stage, default=Stage.COLLECTED, editable=False)
    sent = models.BooleanField(_("đã gửi"), default=False, editable=False)
    outcome = models.CharField(_("kết quả"), max_length=11, choices=Outcome, blank=True, editable=False)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("ý kiến góp ý")
        verbose_name_plural = _("ý kiến góp ý")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="opinion_stage"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="opinion_outcome"),
            models.UniqueConstraint(
                fields=["consultation", "body"],
                condition=Q(withdrawn_at__isnull=True, body__isnull=False),
                name="opinion_once_body",
                violation_error_message=_("Đơn vị đã góp ý dự thảo này; sửa ý kiến đã ghi thay vì ghi thêm."),
            ),
            models.UniqueConstraint(
                fields=["consultation", "establishment"],
                condition=Q(withdrawn_at__isnull=True, establishment__isnull=False),
                name="opinion_once_establishment",
                violation_error_message=_("Cơ sở đã góp ý dự thảo này; sửa ý kiến đã ghi thay vì ghi thêm."),
            ),
        ]
        indexes = [models.Index(fields=["given_on"])]

    def __str__(self) -> str:
        return self.title

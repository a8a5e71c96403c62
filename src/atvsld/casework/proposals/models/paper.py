from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.casework.proposals.models.consultation import DraftConsultation, Opinion
from atvsld.casework.proposals.models.proposal import Outcome, PolicyProposal
from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class ConsolidatedPaper(models.Model):
    """Proposals, or the opinions on one draft, brought together to be sent on.

    `version` guards everything in it: points, sources, sending, outcomes.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang tổng hợp")
        SENT = "sent", _("Đã gửi")
        DROPPED = "dropped", _("Đã bỏ")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan tổng hợp")
    )
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))
    consultation = models.ForeignKey(
        DraftConsultation, on_delete=models.PROTECT, null=True, blank=True, related_name="papers",
        verbose_name=_("dự thảo"),
    )  # fmt: skip
    title = models.CharField(_("tên văn bản tổng hợp"), max_length=300)
    addressed_to = models.CharField(_("kính gửi"), max_length=300)
    state = models.CharField(_("trạng thái"), max_length=7, choices=State, default=State.DRAFT)
    begun_on = models.DateField(_("bắt đầu ngày"))
    number = models.CharField(_("số văn bản gửi"), max_length=100, blank=True)
    sent_on = models.DateField(_("gửi ngày"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("văn bản tổng hợp kiến nghị")
        verbose_name_plural = _("văn bản tổng hợp kiến nghị")
        ordering = ["-begun_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | (Q(sent_on__isnull=False) & ~Q(number="")), name="consolidated_sent"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class ConsolidatedItem(models.Model):
    """One point of a paper: the text concerned, the agreed wording, and what became of it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    paper = models.ForeignKey(ConsolidatedPaper, on_delete=models.CASCADE, related_name="items")
    place_in = models.PositiveSmallIntegerField(_("thứ tự"))
    subject = models.CharField(_("văn bản, điều khoản"), max_length=480)
    defect = models.TextField(_("bất cập, vướng mắc"), blank=True)
    wording = models.TextField(_("nội dung kiến nghị thống nhất"))
    outcome = models.CharField(_("kết quả"), max_length=11, choices=Outcome, blank=True)
    outcome_on = models.DateField(_("ngày trả lời"), null=True, blank=True)
    reply = models.CharField(_("văn bản trả lời"), max_length=200, blank=True)
    reply_text = models.TextField(_("nội dung trả lời"), blank=True)

    class Meta:
        verbose_name = _("điểm kiến nghị")
        verbose_name_plural = _("điểm kiến nghị")
        ordering = ["place_in", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | Q(outcome__in=Outcome.values, outcome_on__isnull=False),
                name="consolidated_outcome_has_day",
            )
        ]

    def __str__(self) -> str:
        return self.subject


@tracked()
class ConsolidatedSource(models.Model):
    """A proposal or an opinion that a point rests on. Each stands in one point only."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    item = models.ForeignKey(ConsolidatedItem, on_delete=models.CASCADE, related_name="sources")
    proposal = models.OneToOneField(
        PolicyProposal, on_delete=models.PROTECT, null=True, blank=True, related_name="source"
    )
    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, null=True, blank=True, related_name="source")

    class Meta:
        verbose_name = _("nguồn của điểm kiến nghị")
        constraints = [
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, opinion__isnull=True)
                | Q(proposal__isnull=True, opinion__isnull=False),
                name="consolidated_source_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.proposal or self.opinion)

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.obligations.models.reporter import KINDS, OfReporter, one_reporter
from atvsld.platform.history.track import tracked


@tracked()
class ReminderBatch(models.Model):
    """One round of letters to reporters that are silent: what was written, on whose paper, how far the work is.

    `public_id` comes from the sender's form, so a double click begins one round. The letters are made by a job; `word`
    and `pdf` hold all of them in one file each, once every letter has its number. `step` is a rung of the house ladder.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ viết")
        WRITING = "writing", _("Đang viết")
        DONE = "done", _("Đã xong")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    report = models.CharField(_("chế độ báo cáo"), max_length=30)
    period = models.CharField(_("kỳ"), max_length=8)
    step = models.SlugField(_("bước đôn đốc"), max_length=30)
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.WAITING)
    # The place of the office that writes, by which access is given.
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    # Reporters chosen when the round was begun; those that filed meanwhile get no letter.
    chosen = models.JSONField(default=list)
    register = models.CharField(max_length=16)
    issued_on = models.DateField(_("ngày"))
    body_text = models.TextField(_("nội dung"))
    issuer_key = models.CharField(max_length=80)
    issuer_name = models.CharField(_("cơ quan ban hành"), max_length=250)
    issuer_parent = models.CharField(max_length=250, blank=True)
    place_name = models.CharField(max_length=120, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=80, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=300, blank=True)
    signer_name = models.CharField(_("họ tên người ký"), max_length=200, blank=True)
    emails = models.BooleanField(_("gửi cả tin nhắn, thư điện tử"), default=True)
    word = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("lập lúc"))
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(_("người lập"), max_length=200)
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đợt đôn đốc")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False), name="reminder_batch_finished"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.period}"


@tracked()
class ReminderLetter(OfReporter):
    """One numbered letter to one reporter; a rung of the ladder is taken once for a report, period and reporter."""

    batch = models.ForeignKey(ReminderBatch, on_delete=models.PROTECT, related_name="letters")
    report = models.CharField(max_length=30)
    period = models.CharField(max_length=8)
    step = models.SlugField(max_length=30)
    number = models.PositiveIntegerField(_("số"))
    symbol = models.CharField(_("ký hiệu"), max_length=80, blank=True)
    issued_on = models.DateField(_("ngày"))
    # As printed: name, address, last good day, days late. No person's name.
    facts = models.JSONField(default=dict)
    told = models.PositiveSmallIntegerField(_("số người nhận tin"), default=0)
    written_at = models.DateTimeField(_("viết lúc"))

    class Meta:
        verbose_name = _("công văn đôn đốc")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=one_reporter(), name="reminder_letter_one_reporter"),
            *(
                models.UniqueConstraint(
                    fields=["report", "period", "step", name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"reminder_letter_once_{name}",
                )
                for name in KINDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.symbol}"

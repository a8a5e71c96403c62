from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked

_REPORTERS = ("establishment", "body", "provider")


def _one_reporter() -> Q:
    """Exactly one of the three is named."""
    found = Q()
    for name in _REPORTERS:
        found |= Q(**{f"{other}__isnull": other != name for other in _REPORTERS})
    return found


@tracked()
class Filing(models.Model):
    """One report of one reporter for one period, from its first draft to its lock.

    `report` is the duty of the law data (`R1`, `R8` …), `form` and `form_valid_from` the form in the version of the
    period. `place` is the reporter's own unit, by which access is given. `current` is the submission that counts.
    `asked_at`: the reporter asked to have an accepted report returned, and why.
    `due_before` is the day the law names (strictly before); `late`: the first submission came after the last good day.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang lập")
        SUBMITTED = "submitted", _("Chờ tiếp nhận")
        RETURNED = "returned", _("Trả lại để sửa")
        ACCEPTED = "accepted", _("Đã tiếp nhận")
        LOCKED = "locked", _("Đã khóa")

    # States in which the reporter writes and hands in.
    OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)
    # States in which figures count for those above.
    COUNTED = (State.SUBMITTED, State.ACCEPTED, State.LOCKED)

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    report = models.CharField(_("chế độ báo cáo"), max_length=30)
    form = models.CharField(_("biểu mẫu"), max_length=30)
    form_valid_from = models.DateField(_("bản biểu mẫu từ"))
    period = models.CharField(_("kỳ báo cáo"), max_length=8)
    establishment = models.ForeignKey(
        "establishments.Establishment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ sở"),
    )
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan")
    )
    provider = models.ForeignKey(
        "providers.ServiceProvider",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tổ chức dịch vụ"),
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("địa bàn")
    )
    recipient = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nơi nhận")
    )
    state = models.CharField(_("tình trạng"), max_length=10, choices=State, default=State.DRAFT)
    nil = models.BooleanField(_("không phát sinh"), default=False)
    due_before = models.DateField(_("trước ngày"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("lần nộp"), default=0)
    submitted_at = models.DateTimeField(_("nộp lần đầu lúc"), null=True, blank=True)
    last_submitted_at = models.DateTimeField(_("nộp gần nhất lúc"), null=True, blank=True)
    late = models.BooleanField(_("nộp muộn"), default=False)
    accepted_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    locked_at = models.DateTimeField(_("khóa lúc"), null=True, blank=True)
    asked_at = models.DateTimeField(_("xin sửa lúc"), null=True, blank=True)
    asked_reason = models.CharField(_("lý do xin sửa"), max_length=500, blank=True)
    current = models.ForeignKey(
        "filing.Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("báo cáo của đơn vị")
        verbose_name_plural = _("báo cáo của đơn vị")
        constraints = [
            models.CheckConstraint(condition=_one_reporter(), name="filing_one_reporter"),
            *(
                models.UniqueConstraint(
                    fields=["report", "period", name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"filing_once_{name}",
                )
                for name in _REPORTERS
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, current__isnull=False),
                name="filing_submitted_whole",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(last_submitted_at__gte=F("submitted_at")),
                name="filing_submitted_order",
            ),
        ]
        indexes = [
            models.Index(fields=["form", "period", "state"]),
            models.Index(fields=["place", "period"]),
            models.Index(fields=["establishment", "period"]),
            # The incoming list: newest first, drafts left out.
            models.Index(
                fields=["-last_submitted_at", "-id"],
                name="filing_incoming",
                condition=Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period}"

    @property
    def reporter(self) -> models.Model:
        """Whoever owes the report."""
        found = self.establishment or self.body or self.provider
        assert found is not None  # the database lets exactly one stand
        return found

    @property
    def counted(self) -> bool:
        """Whether its figures count for those above."""
        return self.state in self.COUNTED

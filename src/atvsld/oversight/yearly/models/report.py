from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner


@tracked()
class YearReport(models.Model):
    """What one body or establishment tells of carrying out a programme in a year, or the standing body of them all.

    `drafted_at` is the moment of the figures. `due_before` is the day the law names (strictly before it); `late`: the
    first sending came after the last good day. `start` to `end` is the span told of; for a report on request it may be
    any, and `clauses` and `bodies` (primary keys) narrow it. `number` and `issued_on` are those of its paper.
    """

    class Kind(models.TextChoices):
        BODY = "body", _("Báo cáo năm của đơn vị")
        STANDING = "standing", _("Báo cáo tổng hợp của cơ quan thường trực")
        ESTABLISHMENT = "establishment", _("Báo cáo năm của cơ sở")
        ON_REQUEST = "on_request", _("Báo cáo theo yêu cầu")

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang lập")
        SENT = "sent", _("Đã gửi")
        RETURNED = "returned", _("Trả lại để sửa")
        ACCEPTED = "accepted", _("Đã tiếp nhận")
        ISSUED = "issued", _("Đã ban hành")

    # States in which its owner writes.
    OPEN = (State.DRAFT, State.RETURNED)
    # States in which it was handed in and counts.
    HANDED_IN = (State.SENT, State.ACCEPTED, State.ISSUED)
    # What the report of everybody is made of.
    WHOLE = (Kind.STANDING, Kind.ON_REQUEST)

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    programme = models.CharField(_("chương trình, kế hoạch"), max_length=60)
    year = models.PositiveSmallIntegerField(_("năm"))
    kind = models.CharField(_("loại"), max_length=13, choices=Kind)
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan")
    )
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở"),
    )  # fmt: skip
    # By which access is given: the place of the body, or of the establishment.
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"), editable=False
    )
    recipient = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nơi nhận")
    )
    title = models.CharField(_("trích yếu"), max_length=300)
    addressed_to = models.CharField(_("kính gửi"), max_length=300, blank=True)
    # One recipient of the paper a line.
    recipients = models.TextField(_("nơi nhận văn bản"), blank=True)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến hết ngày"))
    clauses = models.JSONField(_("nội dung chọn"), default=list, blank=True)
    bodies = models.JSONField(_("đơn vị chọn"), default=list, blank=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State, default=State.DRAFT)
    drafted_at = models.DateTimeField(_("số liệu lúc"))
    due_before = models.DateField(_("trước ngày"), null=True, blank=True)
    first_sent_at = models.DateTimeField(_("gửi lần đầu lúc"), null=True, blank=True)
    sent_at = models.DateTimeField(_("gửi gần nhất lúc"), null=True, blank=True)
    late = models.BooleanField(_("gửi muộn"), default=False)
    decided_at = models.DateTimeField(_("tiếp nhận, trả lại lúc"), null=True, blank=True)
    number = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)
    issued_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=300, blank=True)
    signer_name = models.CharField(_("họ tên người ký"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("báo cáo năm về kế hoạch")
        verbose_name_plural = _("báo cáo năm về kế hoạch")
        ordering = ["-year", "kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_owner(), name="year_report_one_owner"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="year_report_span"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "accepted", "issued"])
                | Q(first_sent_at__isnull=False, sent_at__isnull=False),
                name="year_report_sent_when",
            ),
            models.UniqueConstraint(
                fields=["programme", "year", "kind", "body"],
                condition=Q(body__isnull=False) & ~Q(kind="on_request"),
                name="year_report_once_body",
            ),
            models.UniqueConstraint(
                fields=["programme", "year", "establishment"],
                condition=Q(establishment__isnull=False),
                name="year_report_once_establishment",
            ),
        ]
        indexes = [models.Index(fields=["year", "kind", "state"]), models.Index(fields=["body", "year"])]

    def __str__(self) -> str:
        return f"{self.owner} · {self.year}"

    @property
    def owner(self) -> models.Model:
        """Whoever reports."""
        found = self.body or self.establishment
        assert found is not None  # the database lets exactly one stand
        return found

    @property
    def whole(self) -> bool:
        """Whether it tells of everybody's work, not of its owner's alone."""
        return self.kind in self.WHOLE

    @property
    def open(self) -> bool:
        return self.state in self.OPEN

    @property
    def last_ok(self) -> date | None:
        """The last day in time."""
        return date.fromordinal(self.due_before.toordinal() - 1) if self.due_before else None

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.workplans.models.plan import WorkPlan
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner


@tracked()
class Task(models.Model):
    """One thing somebody will do within a span of days, for a clause of the programme or beside it.

    `body` or `establishment` answers for it now; who did before stands in its holdings.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Chưa bắt đầu")
        DOING = "doing", _("Đang làm")
        DONE = "done", _("Đã xong")
        STOPPED = "stopped", _("Dừng, không làm")

    OPEN = (State.PLANNED, State.DOING)

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("kế hoạch năm"))
    number = models.PositiveSmallIntegerField(_("thứ tự"))
    # Id within the plan's programme (`IV.2.1`); empty for work of the body's own beside it.
    clause = models.CharField(_("nội dung thực hiện"), max_length=40, blank=True)
    title = models.CharField(_("nhiệm vụ"), max_length=300)
    detail = models.TextField(_("cách làm"), blank=True)
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ quan chủ trì"),
    )  # fmt: skip
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở"),
    )  # fmt: skip
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"), editable=False
    )
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))
    person = models.CharField(_("người phụ trách"), max_length=200, blank=True)
    # A word of the measures (`outreach`), and how much of its first figure is aimed at.
    measure = models.CharField(_("thước đo"), max_length=40, blank=True)
    aim = models.DecimalField(_("mức cần đạt"), max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State, default=State.PLANNED)
    percent = models.PositiveSmallIntegerField(_("tiến độ, %"), default=0)
    done_on = models.DateField(_("xong ngày"), null=True, blank=True)
    stopped_why = models.CharField(_("lý do dừng"), max_length=300, blank=True)
    # Moved where several could have taken it over: somebody must look.
    owner_unsure = models.BooleanField(_("cần rà lại nơi nhận"), default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        ordering = ["plan", "number"]
        constraints = [
            models.CheckConstraint(condition=one_owner(), name="task_one_owner"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="task_span"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_percent"),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on__isnull=True)),
                name="task_done_on",
            ),
            models.UniqueConstraint(
                fields=["plan", "number"], name="task_number_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]
        indexes = [
            models.Index(fields=["body", "state", "ends_on"]),
            models.Index(fields=["establishment", "state"]),
            models.Index(fields=["clause", "state"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def doubtful(self) -> bool:
        """Somebody must still look at who answers for it; what is finished stays with who had it."""
        return self.owner_unsure and self.state in self.OPEN


@tracked()
class TaskHolding(models.Model):
    """Who answered for a task from a day to a day; the open one is who answers now."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="holdings")
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    why = models.CharField(_("vì sao chuyển"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("người chịu trách nhiệm của nhiệm vụ")
        ordering = ["task", "since", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_owner(), name="task_holding_one_owner"),
            models.UniqueConstraint(fields=["task"], condition=Q(until__isnull=True), name="task_holding_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.body or self.establishment} từ {self.since}"


@tracked()
class TaskSupport(models.Model):
    """A body that works along."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="supports")
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan phối hợp")
    )

    class Meta:
        verbose_name = _("cơ quan phối hợp")
        constraints = [models.UniqueConstraint(fields=["task", "body"], name="task_support_once")]

    def __str__(self) -> str:
        return str(self.body)


@tracked()
class Progress(models.Model):
    """What was reported of a task at a moment; never changed, only followed by the next."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    at = models.DateTimeField(_("lúc"))
    # The name shown; who it was stands in the history.
    said_by = models.CharField(_("người báo"), max_length=200)
    state = models.CharField(_("tình trạng"), max_length=10, choices=Task.State)
    percent = models.PositiveSmallIntegerField(_("tiến độ, %"))
    text = models.TextField(_("đã làm gì"))
    difficulty = models.TextField(_("khó khăn, vướng mắc"), blank=True)
    proposal = models.TextField(_("kiến nghị"), blank=True)

    class Meta:
        verbose_name = _("lần báo tiến độ")
        verbose_name_plural = _("các lần báo tiến độ")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="progress_percent")]

    def __str__(self) -> str:
        return f"{self.percent} %"

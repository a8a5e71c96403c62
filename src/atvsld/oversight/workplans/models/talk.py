from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.workplans.models.plan import WorkPlan
from atvsld.oversight.workplans.models.task import Task
from atvsld.platform.history.track import tracked


@tracked()
class HelpRequest(models.Model):
    """Whoever answers for a task asks another body for help."""

    class State(models.TextChoices):
        ASKED = "asked", _("Đang chờ")
        ACCEPTED = "accepted", _("Nhận hỗ trợ")
        DECLINED = "declined", _("Không hỗ trợ được")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="help_requests")
    to = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("gửi tới"))
    text = models.TextField(_("đề nghị"))
    asked_at = models.DateTimeField(_("gửi lúc"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=State, default=State.ASKED)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đề nghị hỗ trợ")
        verbose_name_plural = _("đề nghị hỗ trợ")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.to}: {self.get_state_display()}"


@tracked()
class Remark(models.Model):
    """A comment on a plan or on one of its tasks, by the standing body or an answer to it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="remarks")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, null=True, blank=True, related_name="remarks")
    at = models.DateTimeField(_("lúc"))
    said_by = models.CharField(_("người viết"), max_length=200)
    text = models.TextField(_("góp ý"))
    # True for what sends the plan back.
    returns = models.BooleanField(_("trả lại kế hoạch"), default=False)
    settled_at = models.DateTimeField(_("đã xử lý lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("góp ý")
        verbose_name_plural = _("góp ý")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="remark_says_something")]

    def __str__(self) -> str:
        return self.text[:80]

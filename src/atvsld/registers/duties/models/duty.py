from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Duty(models.Model):
    """One thing that one owner must do by one moment, because of a rule of the law book.

    `key` is made by the room that owes the duty, so that owing it again is nothing. What the duty is about is named
    by `context` and `subject`, the public id of a record that this register does not know.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Phải làm")
        DONE = "done", _("Đã làm")
        CANCELLED = "cancelled", _("Không còn phải làm")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    key = models.CharField(max_length=200, unique=True, editable=False)
    rule = models.CharField(_("quy tắc"), max_length=40)
    title = models.CharField(_("việc"), max_length=300)
    context = models.SlugField(_("lĩnh vực"), max_length=40)
    subject = models.CharField(max_length=60)
    # Shown, mailed and put in calendars: never a person's name.
    label = models.CharField(_("hồ sơ"), max_length=200)
    url = models.CharField(max_length=300, blank=True, editable=False)

    owner = models.SlugField(_("người phải làm"), max_length=40)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))
    establishment = models.ForeignKey(
        "establishments.Establishment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ sở liên quan"),
    )
    # The establishment that owes it; empty when an authority does. Its people see the duty, and only then.
    debtor = models.ForeignKey(
        "establishments.Establishment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("cơ sở phải làm"),
    )
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="duties",
        verbose_name=_("cơ quan phải làm"),
    )  # fmt: skip
    # Whether anybody holding an office answers for it.
    assigned = models.BooleanField(_("có người nhận"), default=True, editable=False)

    owed_at = models.DateTimeField(_("ghi nhận lúc"))
    begun_at = models.DateTimeField(_("tính từ"), null=True, blank=True)
    period = models.CharField(_("kỳ"), max_length=10, blank=True)
    # The last moment still in time; empty when neither law nor house names one.
    due_at = models.DateTimeField(_("hạn"), null=True, blank=True)
    unit = models.CharField(max_length=10, editable=False)
    # True when the moment within the day counts.
    to_the_hour = models.BooleanField(default=False, editable=False)
    # True when the term is this house's own, because the law names none.
    house = models.BooleanField(_("hạn nội bộ"), default=False)
    extended = models.BooleanField(_("đã gia hạn"), default=False)
    citation = models.CharField(_("căn cứ"), max_length=300)
    certainty = models.CharField(max_length=12)
    # The law book's answer: rule, due, last_ok, unit, bound, citation, status, explanation.
    answer = models.JSONField(default=dict, editable=False)

    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    late = models.BooleanField(_("trễ hạn"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)

    # Who withdrew it for a time, so that the same may bring it back.
    mark = models.CharField(max_length=40, blank=True, default="", editable=False)

    # Rungs of the ladder up to this moment have been taken; the next one is taken at `next_at`.
    told_until = models.DateTimeField(editable=False)
    next_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Where it stood before a reorganisation.
    from_place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("chuyển từ địa bàn"),
    )  # fmt: skip
    from_body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("chuyển từ cơ quan"),
    )  # fmt: skip
    moved_on = models.DateField(_("chuyển từ ngày"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("việc phải làm")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="duty_done_at",
            ),
            models.CheckConstraint(condition=Q(state="open") | Q(next_at__isnull=True), name="duty_closed_is_silent"),
        ]
        indexes = [
            models.Index(fields=["context", "subject"], name="duty_subject"),
            models.Index(fields=["due_at"], name="duty_open_due", condition=Q(state="open")),
            models.Index(fields=["next_at"], name="duty_next", condition=Q(next_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.label}"

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked

# Read aloud and typed by hand: no letters that look like figures.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new_code() -> str:
    """A tracking code nobody can guess: about 49 bits."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


@tracked()
class Application(models.Model):
    """A dossier of a procedure in the hands of a body.

    `applicant` is the name on the dossier; public pages never show it. The columns after `state` follow from the steps
    and the law (`actions.settling`) and are kept so that lists and figures can count them.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Đang giải quyết")
        WAITING = "waiting", _("Chờ bổ sung hồ sơ")
        GRANTED = "granted", _("Đã giải quyết: chấp thuận")
        REFUSED = "refused", _("Đã giải quyết: từ chối, có lý do")
        WITHDRAWN = "withdrawn", _("Người nộp rút hồ sơ")
        VOID = "void", _("Bỏ: ghi nhầm")

    class Channel(models.TextChoices):
        DESK = "desk", _("Trực tiếp")
        POST = "post", _("Bưu chính")
        ONLINE = "online", _("Trực tuyến")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    code = models.CharField(_("mã hồ sơ"), max_length=LENGTH, unique=True, default=new_code, editable=False)
    procedure = models.SlugField(_("thủ tục"), max_length=60)
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan giải quyết")
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"), editable=False
    )
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở nộp"),
    )  # fmt: skip
    applicant = models.CharField(_("tên tổ chức, cá nhân nộp"), max_length=250)
    channel = models.CharField(_("cách nộp"), max_length=6, choices=Channel, default=Channel.DESK)
    received_at = models.DateTimeField(_("nhận lúc"))
    state = models.CharField(_("tình trạng"), max_length=9, choices=State, default=State.RUNNING)
    # The time by law as it stood on the day of receipt; no days when the law book names none.
    span = models.PositiveSmallIntegerField(_("số ngày theo luật"), null=True, blank=True, editable=False)
    unit = models.CharField(_("đơn vị ngày"), max_length=8, blank=True, editable=False)
    due_on = models.DateField(_("hạn giải quyết"), null=True, blank=True, editable=False)
    finished_on = models.DateField(_("xong ngày"), null=True, blank=True, editable=False)
    days_used = models.PositiveSmallIntegerField(_("số ngày đã dùng"), default=0, editable=False)
    days_waited = models.PositiveSmallIntegerField(_("số ngày chờ bổ sung"), default=0, editable=False)
    # Known once it is finished and the law names a time.
    in_time = models.BooleanField(_("đúng hạn"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("hồ sơ thủ tục")
        verbose_name_plural = _("hồ sơ thủ tục")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["granted", "refused", "withdrawn"], finished_on__isnull=False)
                | Q(state__in=["running", "waiting", "void"], finished_on__isnull=True),
                name="application_finished_has_day",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["", "calendar", "working"]) & (Q(span__isnull=True) | ~Q(unit="")),
                name="application_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "finished_on"], name="application_finished"),
            models.Index(fields=["procedure", "state"], name="application_procedure"),
            models.Index(fields=["-received_at"], name="application_received"),
        ]

    def __str__(self) -> str:
        return self.grouped

    @property
    def grouped(self) -> str:
        """The code as printed: `ABCDE-FGHJK`."""
        return f"{self.code[:5]}-{self.code[5:]}"

    @property
    def finished(self) -> bool:
        return self.finished_on is not None


@tracked()
class ApplicationStep(models.Model):
    """A step taken with a dossier. `at` is when it happened, never before the step before it."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Nhận đủ hồ sơ")
        INCOMPLETE = "incomplete", _("Nhận hồ sơ còn thiếu")
        ASK = "ask", _("Yêu cầu bổ sung")
        COMPLETE = "complete", _("Nhận đủ phần bổ sung")
        GRANT = "grant", _("Trả kết quả")
        REFUSE = "refuse", _("Từ chối, nêu lý do")
        WITHDRAW = "withdraw", _("Người nộp rút hồ sơ")
        FOLLOWED = "followed", _("Bước sau quyết định đã xong")
        VOID = "void", _("Bỏ hồ sơ ghi nhầm")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("bước"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("lúc"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    text = models.CharField(_("nội dung"), max_length=500, blank=True)
    # Number of the paper given or asked with.
    paper = models.CharField(_("số văn bản"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("bước giải quyết")
        verbose_name_plural = _("bước giải quyết")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kind__in=["grant", "refuse", "withdraw"]),
                name="application_decided_once",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

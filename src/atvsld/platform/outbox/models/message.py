from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid


class Message(models.Model):
    """One message to one person. `key` is what it is about: a key is posted once, however often it is asked.

    E-mail: `none` (not wanted, no address, or e-mail not set up), `waiting`, `sending` (a worker has it in hand),
    `sent`, `failed` (given up), `unsure` (the worker died or the line broke while the mail server had it; it is not
    sent again, because twice is worse than once in the inbox).
    """

    class Email(models.TextChoices):
        NONE = "none", _("chỉ trong hộp thư")
        WAITING = "waiting", _("chờ gửi")
        SENDING = "sending", _("đang gửi")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("không gửi được")
        UNSURE = "unsure", _("không rõ đã tới hay chưa")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    key = models.CharField(max_length=200, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(_("tiêu đề"), max_length=200)
    body = models.TextField(_("nội dung"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(_("lúc"))
    read_at = models.DateTimeField(_("đã đọc lúc"), null=True, blank=True)
    email_state = models.CharField(_("thư điện tử"), max_length=8, choices=Email, default=Email.NONE)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("thư")
        verbose_name_plural = _("thư")
        indexes = [
            models.Index(fields=["user", "-created_at"], name="message_of_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="message_unread"),
            models.Index(
                fields=["tried_at"], condition=Q(email_state__in=["waiting", "sending"]), name="message_to_send"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

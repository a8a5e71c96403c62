"""The worker's part: e-mail. A message is taken by compare-and-set before the mail server hears of it."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from procrastinate.contrib.django import app

from atvsld.platform.acts import clock
from atvsld.platform.outbox.models import Message

log = structlog.get_logger()
State = Message.Email
MOST_ATTEMPTS = 6
# After a failure the next try comes after 1, 4, 9 … minutes.
FIRST_PAUSE = timedelta(minutes=1)
# No mail server keeps a connection this long: the worker that took the message is gone.
GONE_AFTER = timedelta(minutes=15)
PORTION = 200
# Errors before the server took the letter: it is certain that nothing was sent.
_NOT_SENT = (
    ConnectionRefusedError,
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


@app.task(name="outbox.send", queue="outbox")
def send(message_id: int) -> None:
    """Send one message, unless it is sent or in another worker's hands; repeating is harmless."""
    now = clock.now()
    taken = Message.objects.filter(pk=message_id, email_state=State.WAITING).update(
        email_state=State.SENDING, tried_at=now, attempts=F("attempts") + 1
    )
    if not taken:
        return
    message = Message.objects.select_related("user").get(pk=message_id)
    try:
        letter(message).send()
    except _NOT_SENT as error:
        given_up = message.attempts >= MOST_ATTEMPTS
        _settle(message_id, State.FAILED if given_up else State.WAITING)
        log.warning("mail not sent", message=message.public_id, error=type(error).__name__, given_up=given_up)
    except Exception as error:  # noqa: BLE001 - whatever broke, the server may have had the letter
        _settle(message_id, State.UNSURE)
        log.warning("mail unsure", message=message.public_id, error=type(error).__name__)
    else:
        _settle(message_id, State.SENT)


@app.periodic(cron="* * * * *")
@app.task(name="outbox.sweep", queue="outbox", queueing_lock="outbox.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  (the schedule hands it over)
    """Take up what waits for another try, and settle what a dead worker left in hand."""
    now = clock.now()
    Message.objects.filter(email_state=State.SENDING, tried_at__lt=now - GONE_AFTER).update(email_state=State.UNSURE)
    due = Q(pk__in=[])
    for attempts in range(1, MOST_ATTEMPTS):
        due |= Q(attempts=attempts, tried_at__lt=now - FIRST_PAUSE * attempts**2)
    due |= Q(attempts=0, created_at__lt=now - FIRST_PAUSE)
    for pk in (
        Message.objects.filter(due, email_state=State.WAITING).order_by("pk").values_list("pk", flat=True)[:PORTION]
    ):
        send(message_id=pk)


def letter(message: Message) -> EmailMessage:
    """The e-mail of a message: what happened, and where to look. Nothing protected stands in it."""
    link = f"\n\n{settings.ORIGIN}{message.url}" if message.url and settings.ORIGIN else ""
    host = settings.ORIGIN.partition("://")[2] or "atvsld"
    return EmailMessage(
        subject=message.subject,
        body=f"{message.body}{link}\n",
        to=[message.user.email],
        headers={"Message-ID": f"<{message.public_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _settle(message_id: int, state: str) -> None:
    Message.objects.filter(pk=message_id, email_state=State.SENDING).update(email_state=state)

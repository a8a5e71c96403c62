from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class PublicationMeeting(models.Model):
    """The meeting at which the minutes are made public (Decree 39/2016, Art. 13.6 and 14.3)."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    minutes = models.OneToOneField("accident_investigation.Minutes", on_delete=models.PROTECT, related_name="meeting")
    planned_at = models.DateTimeField(_("dự kiến họp lúc"))
    place = models.CharField(_("tại"), max_length=200)
    called_at = models.DateTimeField(_("mời họp lúc"))
    held_at = models.DateTimeField(_("họp lúc"), null=True, blank=True)
    chair = models.CharField(_("chủ trì"), max_length=120, blank=True)
    proceedings = models.TextField(_("nội dung cuộc họp"), blank=True)
    employer_signed = models.BooleanField(_("người sử dụng lao động đã ký, đóng dấu"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("cuộc họp công bố biên bản")
        verbose_name_plural = _("cuộc họp công bố biên bản")

    def __str__(self) -> str:
        return f"{self.minutes_id}"


@tracked()
class MeetingParticipant(models.Model):
    """One person or body asked: whether they came, and a dissent in their own words, which stays in the record."""

    meeting = models.ForeignKey(PublicationMeeting, on_delete=models.CASCADE, related_name="participants")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    role = models.CharField(_("tư cách"), max_length=30)
    victim = models.ForeignKey("accidents.Victim", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    # Of a victim, a relative or a witness: shown masked.
    name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    agency = models.CharField(_("đơn vị"), max_length=200, blank=True)
    attended = models.BooleanField(_("có mặt"), null=True, blank=True)
    absence = models.CharField(_("lý do vắng"), max_length=300, blank=True)
    dissent = models.TextField(_("ý kiến không nhất trí"), blank=True)
    signed = models.BooleanField(_("đã ký"), default=False)

    class Meta:
        verbose_name = _("người dự họp công bố")
        ordering = ["meeting_id", "position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="meeting_participant_position")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.position}"


@tracked()
class MinutesDelivery(models.Model):
    """One recipient of the minutes and of the minutes of the meeting, and the proof of sending."""

    class Channel(models.TextChoices):
        HANDED = "handed", _("Giao trực tiếp")
        POST = "post", _("Bưu chính")
        EMAIL = "email", _("Thư điện tử")
        AXIS = "axis", _("Trục liên thông văn bản")
        SYSTEM = "system", _("Trên hệ thống")

    minutes = models.ForeignKey("accident_investigation.Minutes", on_delete=models.PROTECT, related_name="deliveries")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    role = models.CharField(_("nơi nhận"), max_length=30)
    victim = models.ForeignKey("accidents.Victim", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    recipient = models.CharField(_("tên nơi nhận"), max_length=200)
    required = models.BooleanField(_("bắt buộc"), default=True)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    channel = models.CharField(_("cách gửi"), max_length=7, choices=Channel, blank=True)
    reference = models.CharField(_("số hiệu, người nhận"), max_length=200, blank=True)
    proof = models.ForeignKey(
        "accident_investigation.Evidence", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("giấy tờ chứng minh"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("nơi nhận biên bản")
        ordering = ["minutes_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "position"], name="minutes_delivery_position"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | (~Q(channel="") & ~Q(reference="")), name="minutes_delivery_proof"
            ),
        ]

    def __str__(self) -> str:
        return self.recipient

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


class Kind(models.TextChoices):
    """Who tells whom of what; `legal.yaml` says by which article and on which form."""

    EMPLOYER = "employer", _("Người sử dụng lao động khai báo")
    HOST = "host", _("Bên thuê lại lao động khai báo")
    OUTSIDERS = "outsiders", _("Khai báo sự cố làm chết, bị thương người không thuộc quyền quản lý")
    INCIDENT = "incident", _("Báo sự cố kỹ thuật nghiêm trọng")
    ABROAD = "abroad", _("Khai báo tai nạn ở nước ngoài")
    FAMILY = "family", _("Gia đình nạn nhân hoặc người phát hiện báo")
    COMMUNE = "commune", _("Cấp xã báo nhanh")
    UNION = "union", _("Công đoàn cơ sở báo")
    OTHER = "other", _("Tin báo khác (bệnh viện, công an, người dân)")


class Channel(models.TextChoices):
    """How the word came; all of them count as fast means when the law asks for the fastest."""

    IN_PERSON = "in_person", _("Trực tiếp")
    PHONE = "phone", _("Điện thoại")
    FAX = "fax", _("Fax")
    TELEGRAM = "telegram", _("Công điện")
    EMAIL = "email", _("Thư điện tử")
    POST = "post", _("Bưu điện")
    PAGE = "page", _("Trên hệ thống")
    API = "api", _("Từ hệ thống khác")


@tracked()
class Declaration(models.Model):
    """One version of what somebody declared. Never changed and never removed; a correction is the next version.

    Four instants: `occurred_at` the accident, `known_at` when the one who must declare learned of it (None = not
    told), `notified_at` when the word was sent, `received_at` when it arrived. Who was hurt and who told is sealed:
    `content` carries only the marks of both, so that the hash covers them without giving them away.
    """

    class Stage(models.TextChoices):
        QUICK = "quick", _("Tin báo nhanh")
        FULL = "full", _("Khai báo đầy đủ")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    # The first version's public id: one thread of versions.
    root = models.CharField(max_length=26, editable=False)
    version = models.PositiveSmallIntegerField(_("lần"), default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    kind = models.CharField(_("loại tin"), max_length=10, choices=Kind)
    channel = models.CharField(_("hình thức"), max_length=10, choices=Channel)
    stage = models.CharField(_("mức độ đầy đủ"), max_length=5, choices=Stage, default=Stage.QUICK)
    case = models.ForeignKey(
        "accidents.AccidentCase", on_delete=models.PROTECT, null=True, blank=True, related_name="declarations",
        verbose_name=_("vụ"),
    )  # fmt: skip
    occurred_at = models.DateTimeField(_("xảy ra lúc"))
    known_at = models.DateTimeField(_("biết tin lúc"), null=True, blank=True)
    notified_at = models.DateTimeField(_("báo lúc"))
    received_at = models.DateTimeField(_("nhận lúc"))
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi xảy ra"))
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở"),
    )  # fmt: skip
    establishment_text = models.CharField(_("cơ sở (theo lời báo)"), max_length=300, blank=True)
    # The establishment whose people made the declaration: the only declarations an employer ever sees.
    declared_by = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở khai báo"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=20, blank=True)
    content = models.JSONField(default=dict)
    persons_sealed = models.TextField(blank=True, editable=False)
    reporter_sealed = models.TextField(blank=True, editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    sent_mark = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("khai báo, tin báo")
        verbose_name_plural = _("khai báo, tin báo")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["root", "version"], name="declaration_version"),
            models.CheckConstraint(condition=Q(case__isnull=False) | Q(kind="incident"), name="declaration_of_case"),
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True) | Q(version__gt=1, supersedes__isnull=False),
                name="declaration_supersedes",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="declaration_kind"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="declaration_channel"),
            models.CheckConstraint(condition=Q(stage__in=["quick", "full"]), name="declaration_stage"),
        ]
        indexes = [
            models.Index(fields=["-received_at"], name="declaration_received"),
            models.Index(fields=["place", "occurred_at"], name="declaration_place_occurred"),
            models.Index(fields=["root"], name="declaration_root"),
        ]
        triggers = [
            # A correction is a new version; of a version itself only the case it stands with may change.
            pgtrigger.ReadOnly(name="declaration_never_changes", exclude=["id", "case"]),
            pgtrigger.Protect(name="declaration_never_removed", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The human number; gaps mean nothing, a later version keeps its own."""
        return f"KB-{timezone.localtime(self.received_at).year}-{self.pk:06d}"

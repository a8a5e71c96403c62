"""What is done to make safety known: events, materials, press items."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord
from atvsld.registers.ledgers.words import group_choices, sector_choices


@tracked()
class OutreachEvent(LedgerRecord):
    """One act of communication, and the people it reached. NULL is not known; amounts in đồng.

    `reach` counts people once an event; the same person at two events counts twice. `informal_reach` are those of
    them without an employment relationship.
    """

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Hội nghị, lễ phát động")
        SESSION = "session", _("Lớp, buổi phổ biến")
        SEMINAR = "seminar", _("Hội thảo, tọa đàm")
        CONTEST = "contest", _("Hội thi, giao lưu")
        BROADCAST = "broadcast", _("Đợt phát thanh, loa truyền thanh")
        ONLINE = "online", _("Đợt tuyên truyền trên mạng")
        MOBILE = "mobile", _("Tuyên truyền lưu động, tại nhà")
        OTHER = "other", _("Hình thức khác")

    class Channel(models.TextChoices):
        DIRECT = "direct", _("Trực tiếp")
        LOUDSPEAKER = "loudspeaker", _("Đài truyền thanh cơ sở")
        RADIO_TV = "radio_tv", _("Phát thanh, truyền hình")
        WEB = "web", _("Trang thông tin điện tử")
        SOCIAL = "social", _("Mạng xã hội, nhắn tin")
        VISUAL = "visual", _("Pa nô, áp phích, băng rôn")

    kind = models.CharField(_("hình thức"), max_length=12, choices=Kind)
    channel = models.CharField(_("kênh"), max_length=12, choices=Channel, default=Channel.DIRECT)
    held_on = models.DateField(_("ngày"))
    title = models.CharField(_("tên, chủ đề"), max_length=250)
    content = models.TextField(_("nội dung chính"), blank=True)
    commune = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("xã, phường, đặc khu"), help_text=_("Để trống nếu cho cả tỉnh hoặc trên mạng."),
    )  # fmt: skip
    venue = models.CharField(_("địa điểm"), max_length=200, blank=True)
    audiences = ArrayField(
        models.CharField(max_length=40, choices=group_choices), default=list, blank=True,
        verbose_name=_("nhóm đối tượng"),
    )  # fmt: skip
    sectors = ArrayField(
        models.CharField(max_length=40, choices=sector_choices), default=list, blank=True,
        verbose_name=_("ngành, lĩnh vực"),
    )  # fmt: skip
    reach = models.PositiveIntegerField(
        _("số người tiếp cận"), null=True, blank=True, help_text=_("Để trống nếu không đếm được.")
    )
    informal_reach = models.PositiveIntegerField(_("trong đó không có quan hệ lao động"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("thời lượng phát (phút)"), null=True, blank=True)
    cost = models.BigIntegerField(_("kinh phí (đồng)"), null=True, blank=True)
    partners = models.CharField(_("đơn vị phối hợp"), max_length=300, blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("buổi tuyên truyền")
        verbose_name_plural = _("buổi tuyên truyền")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="outreach_event_cost"),
            models.CheckConstraint(
                condition=Q(informal_reach__isnull=True) | Q(reach__gte=models.F("informal_reach")),
                name="outreach_event_informal_within",
            ),
        ]
        indexes = [models.Index(fields=["held_on"]), models.Index(fields=["body", "held_on"])]

    def __str__(self) -> str:
        return self.title


@tracked()
class OutreachMaterial(LedgerRecord):
    """A material made for communication. `copies` is how many were made; NULL for one that is not copied."""

    class Kind(models.TextChoices):
        LEAFLET = "leaflet", _("Tờ rơi, tờ gấp")
        POSTER = "poster", _("Áp phích, pa nô, băng rôn")
        HANDBOOK = "handbook", _("Sổ tay, sách, tài liệu hướng dẫn")
        VIDEO = "video", _("Phim, đoạn phim ngắn")
        AUDIO = "audio", _("Chương trình, bài phát thanh")
        DIGITAL = "digital", _("Ấn phẩm điện tử, đồ họa")
        SIGN = "sign", _("Biển báo, biển cảnh báo")
        OTHER = "other", _("Loại khác")

    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    title = models.CharField(_("tên"), max_length=250)
    made_on = models.DateField(_("ngày phát hành"))
    copies = models.PositiveIntegerField(_("số bản"), null=True, blank=True)
    used_where = models.CharField(_("nơi sử dụng"), max_length=300, blank=True)
    audiences = ArrayField(
        models.CharField(max_length=40, choices=group_choices), default=list, blank=True,
        verbose_name=_("nhóm đối tượng"),
    )  # fmt: skip
    sectors = ArrayField(
        models.CharField(max_length=40, choices=sector_choices), default=list, blank=True,
        verbose_name=_("ngành, lĩnh vực"),
    )  # fmt: skip
    cost = models.BigIntegerField(_("kinh phí (đồng)"), null=True, blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("tài liệu tuyên truyền")
        verbose_name_plural = _("tài liệu tuyên truyền")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="outreach_material_cost"),
        ]
        indexes = [models.Index(fields=["made_on"]), models.Index(fields=["body", "made_on"])]

    def __str__(self) -> str:
        return self.title


@tracked()
class PressItem(LedgerRecord):
    """One item in the press or on the air, kept by whoever published or commissioned it."""

    class Kind(models.TextChoices):
        NEWS = "news", _("Tin")
        ARTICLE = "article", _("Bài")
        REPORT = "report", _("Phóng sự")
        COLUMN = "column", _("Chuyên mục, chuyên trang")

    class Tone(models.TextChoices):
        PRAISE = "praise", _("Nêu gương")
        WARNING = "warning", _("Cảnh báo")
        KNOWLEDGE = "knowledge", _("Phổ biến kiến thức, pháp luật")
        NEWS = "news", _("Thông tin hoạt động")

    kind = models.CharField(_("thể loại"), max_length=8, choices=Kind)
    outlet = models.CharField(_("báo, đài, trang"), max_length=200)
    title = models.CharField(_("tên tin, bài"), max_length=250)
    published_on = models.DateField(_("ngày đăng, phát"))
    address = models.URLField(_("địa chỉ trên mạng"), max_length=500, blank=True)
    minutes = models.PositiveIntegerField(
        _("thời lượng (phút)"), null=True, blank=True, help_text=_("Với phát thanh, truyền hình.")
    )
    tone = models.CharField(_("tính chất"), max_length=10, choices=Tone)
    about = models.TextField(_("nội dung"), blank=True)
    sectors = ArrayField(
        models.CharField(max_length=40, choices=sector_choices), default=list, blank=True,
        verbose_name=_("ngành, lĩnh vực"),
    )  # fmt: skip

    class Meta(LedgerRecord.Meta):
        verbose_name = _("tin, bài")
        verbose_name_plural = _("tin, bài")
        indexes = [models.Index(fields=["published_on"]), models.Index(fields=["body", "published_on"])]

    def __str__(self) -> str:
        return self.title

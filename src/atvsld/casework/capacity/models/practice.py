"""Networks of safety representatives, studies, initiatives, cooperation abroad, surveys."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord
from atvsld.registers.ledgers.words import group_choices, sector_choices


@tracked()
class OshNetwork(LedgerRecord):
    """The network of safety representatives of an establishment in one year (Luật 84/2015/QH13, Điều 74).

    A union above may record one figure for many establishments: then `networks` is how many, and the figures are told
    apart from those establishments state themselves, since the same network may stand in both.
    """

    class Side(models.TextChoices):
        OWN = "own", _("Cơ sở tự ghi")
        UNION = "union", _("Công đoàn cấp trên ghi gộp")

    counted_on = models.DateField(_("số liệu tính đến ngày"))
    side = models.CharField(_("ai ghi"), max_length=5, choices=Side, editable=False)
    year = models.PositiveSmallIntegerField(_("năm"), default=0, editable=False)
    title = models.CharField(_("mạng lưới"), max_length=250, help_text=_("Ví dụ: Mạng lưới của Nhà máy may số 2."))
    networks = models.PositiveIntegerField(
        _("số cơ sở có mạng lưới"), default=1, help_text=_("Cơ sở ghi 1; công đoàn cấp trên ghi gộp thì ghi số cơ sở.")
    )
    teams = models.PositiveIntegerField(_("số tổ sản xuất"), null=True, blank=True)
    representatives = models.PositiveIntegerField(_("số an toàn, vệ sinh viên"))
    women = models.PositiveIntegerField(_("trong đó nữ"), null=True, blank=True)
    decided = models.BooleanField(_("có quyết định thành lập và quy chế"), null=True, blank=True)
    allowance = models.BooleanField(_("có phụ cấp trách nhiệm"), null=True, blank=True)
    activities = models.TextField(_("hoạt động trong năm"), blank=True)
    hazards_found = models.PositiveIntegerField(_("số nguy cơ phát hiện"), null=True, blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("mạng lưới an toàn, vệ sinh viên")
        verbose_name_plural = _("mạng lưới an toàn, vệ sinh viên")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["establishment", "year"],
                condition=Q(withdrawn_at__isnull=True, establishment__isnull=False),
                name="osh_network_once_a_year",
                violation_error_message=_("Cơ sở đã ghi mạng lưới của năm này; sửa hồ sơ đã có thay vì ghi thêm."),
            ),
            models.UniqueConstraint(
                fields=["body", "year"],
                condition=Q(withdrawn_at__isnull=True, body__isnull=False),
                name="osh_network_body_once_a_year",
                violation_error_message=_("Đơn vị đã ghi số gộp của năm này; sửa hồ sơ đã có thay vì ghi thêm."),
            ),
            models.CheckConstraint(
                condition=Q(establishment__isnull=True) | Q(networks=1),
                name="osh_network_own_is_one",
                violation_error_message=_("Cơ sở chỉ ghi mạng lưới của mình: số cơ sở là 1."),
            ),
            models.CheckConstraint(
                condition=Q(women__isnull=True) | Q(women__lte=F("representatives")),
                name="osh_network_women_within",
                violation_error_message=_("Số nữ lớn hơn số an toàn, vệ sinh viên."),
            ),
        ]
        indexes = [models.Index(fields=["counted_on"])]

    def __str__(self) -> str:
        return self.title


@tracked()
class Study(LedgerRecord):
    """A study, or an application of science and technology to working conditions. Amounts in đồng."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Đề tài, dự án cấp tỉnh")
        SECTOR = "sector", _("Đề tài cấp bộ, ngành")
        OWN = "own", _("Đề tài cấp cơ sở")
        APPLICATION = "application", _("Ứng dụng, chuyển giao công nghệ")

    class Stage(models.TextChoices):
        RUNNING = "running", _("Đang thực hiện")
        ACCEPTED = "accepted", _("Đã nghiệm thu")
        APPLIED = "applied", _("Đã đưa vào áp dụng")
        STOPPED = "stopped", _("Dừng")

    title = models.CharField(_("tên đề tài, ứng dụng"), max_length=300)
    kind = models.CharField(_("loại"), max_length=11, choices=Kind)
    stage = models.CharField(_("tình trạng"), max_length=8, choices=Stage, default=Stage.RUNNING)
    leader_unit = models.CharField(_("đơn vị chủ trì"), max_length=250)
    started_on = models.DateField(_("bắt đầu ngày"))
    ended_on = models.DateField(_("kết thúc ngày"), null=True, blank=True)
    sectors = ArrayField(
        models.CharField(max_length=40, choices=sector_choices), default=list, blank=True,
        verbose_name=_("ngành, lĩnh vực"),
    )  # fmt: skip
    result = models.TextField(_("kết quả, nơi áp dụng"), blank=True)
    cost = models.BigIntegerField(_("kinh phí (đồng)"), null=True, blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("đề tài, ứng dụng khoa học")
        verbose_name_plural = _("đề tài, ứng dụng khoa học")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="study_span",
                violation_error_message=_("Ngày kết thúc trước ngày bắt đầu."),
            ),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="study_cost"),
        ]
        indexes = [models.Index(fields=["started_on"])]

    def __str__(self) -> str:
        return self.title


@tracked()
class Initiative(LedgerRecord):
    """An initiative that improves conditions of work. `saving`: what it saves a year, in đồng; NULL is not known."""

    class Field(models.TextChoices):
        MACHINE = "machine", _("Che chắn, cải tiến máy, thiết bị")
        ENVIRONMENT = "environment", _("Bụi, ồn, nóng, hơi khí, ánh sáng")
        ERGONOMICS = "ergonomics", _("Giảm nhọc nhằn, tư thế lao động")
        ORGANISATION = "organisation", _("Tổ chức lao động, quy trình, cảnh báo")
        PROTECTION = "protection", _("Phương tiện bảo vệ, cấp cứu")
        OTHER = "other", _("Khác")

    title = models.CharField(_("tên sáng kiến"), max_length=300)
    about = models.CharField(_("lĩnh vực cải thiện"), max_length=12, choices=Field)
    recognised_on = models.DateField(_("ngày công nhận hoặc áp dụng"))
    recognition = models.CharField(_("quyết định công nhận"), max_length=150, blank=True)
    author_unit = models.CharField(_("tổ, bộ phận có sáng kiến"), max_length=200, blank=True)
    applied = models.BooleanField(_("đã áp dụng"), null=True, blank=True)
    benefit = models.TextField(_("lợi ích cho điều kiện lao động"))
    workers = models.PositiveIntegerField(_("số người được hưởng lợi"), null=True, blank=True)
    saving = models.BigIntegerField(_("số tiền làm lợi mỗi năm (đồng)"), null=True, blank=True)
    audiences = ArrayField(
        models.CharField(max_length=40, choices=group_choices), default=list, blank=True,
        verbose_name=_("nhóm người lao động"),
    )  # fmt: skip

    class Meta(LedgerRecord.Meta):
        verbose_name = _("sáng kiến cải thiện điều kiện lao động")
        verbose_name_plural = _("sáng kiến cải thiện điều kiện lao động")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(saving__isnull=True) | Q(saving__gte=0), name="initiative_saving"),
        ]
        indexes = [models.Index(fields=["recognised_on"])]

    def __str__(self) -> str:
        return self.title


@tracked()
class CooperationEvent(LedgerRecord):
    """An act of cooperation abroad."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("Dự án, chương trình")
        WORKSHOP = "workshop", _("Hội thảo, tập huấn")
        DELEGATION = "delegation", _("Đoàn ra, đoàn vào")
        DATA = "data", _("Trao đổi thông tin, số liệu")
        OTHER = "other", _("Hình thức khác")

    title = models.CharField(_("tên hoạt động"), max_length=300)
    kind = models.CharField(_("hình thức"), max_length=10, choices=Kind)
    held_on = models.DateField(_("ngày"))
    country = models.CharField(_("nước, tổ chức quốc tế"), max_length=150)
    partner = models.CharField(_("đơn vị đối tác"), max_length=250, blank=True)
    people = models.PositiveIntegerField(_("số người tham gia"), null=True, blank=True)
    cost = models.BigIntegerField(_("kinh phí (đồng)"), null=True, blank=True)
    result = models.TextField(_("kết quả"), blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("hoạt động hợp tác quốc tế")
        verbose_name_plural = _("hoạt động hợp tác quốc tế")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="cooperation_event_cost"),
        ]
        indexes = [models.Index(fields=["held_on"])]

    def __str__(self) -> str:
        return self.title


@tracked()
class Survey(LedgerRecord):
    """A survey that gathers figures on working conditions, accidents, diseases or the working environment."""

    class About(models.TextChoices):
        ARDUOUS = "arduous", _("Điều kiện lao động nghề nặng nhọc, độc hại, nguy hiểm")
        ACCIDENTS = "accidents", _("Tai nạn lao động")
        DISEASES = "diseases", _("Bệnh nghề nghiệp")
        ENVIRONMENT = "environment", _("Môi trường lao động")
        INFORMAL = "informal", _("Khu vực không có quan hệ lao động")
        OTHER = "other", _("Nội dung khác")

    title = models.CharField(_("tên cuộc điều tra"), max_length=300)
    about = models.CharField(_("nội dung"), max_length=11, choices=About)
    decision = models.CharField(_("quyết định, phương án điều tra"), max_length=200, blank=True)
    started_on = models.DateField(_("bắt đầu ngày"))
    ended_on = models.DateField(_("kết thúc ngày"), null=True, blank=True)
    units_asked = models.PositiveIntegerField(_("số đơn vị được hỏi"), null=True, blank=True)
    units_answered = models.PositiveIntegerField(_("số đơn vị trả lời"), null=True, blank=True)
    result = models.TextField(_("kết quả chính"), blank=True)
    cost = models.BigIntegerField(_("kinh phí (đồng)"), null=True, blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("cuộc điều tra, thu thập số liệu")
        verbose_name_plural = _("cuộc điều tra, thu thập số liệu")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="survey_span",
                violation_error_message=_("Ngày kết thúc trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(units_answered__isnull=True) | Q(units_asked__isnull=True)
                | Q(units_answered__lte=F("units_asked")),
                name="survey_answers_within",
                violation_error_message=_("Số đơn vị trả lời lớn hơn số đơn vị được hỏi."),
            ),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="survey_cost"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["started_on"])]

    def __str__(self) -> str:
        return self.title

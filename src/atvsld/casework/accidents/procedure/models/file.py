from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked

STAGES = [
    ("received", _("Mới tiếp nhận")),
    ("out_of_scope", _("Không thuộc phạm vi")),
    ("special_field", _("Theo dõi lĩnh vực đặc thù")),
    ("commune_recording", _("Cấp xã ghi nhận")),
    ("establishment_level", _("Chờ điều tra cấp cơ sở")),
    ("provincial_level", _("Chờ điều tra cấp tỉnh")),
    ("investigating", _("Đang điều tra")),
    ("awaiting_expertise", _("Chờ giám định")),
    ("police_phase", _("Tạm dừng, chờ cơ quan Cảnh sát điều tra")),
    ("prosecution_proposed", _("Đã kiến nghị khởi tố")),
    ("prosecuted", _("Đã khởi tố")),
    ("minutes_drafted", _("Đã dự thảo biên bản")),
    ("meeting_called", _("Đã triệu tập họp công bố")),
    ("published", _("Đã công bố biên bản")),
    ("minutes_sent", _("Đã gửi biên bản")),
    ("following_up", _("Theo dõi kiến nghị")),
    ("complaint", _("Giải quyết khiếu nại, tố cáo")),
    ("reinvestigating", _("Điều tra lại")),
    ("closed", _("Đã kết thúc")),
]
LEVELS = [
    ("establishment", _("Cấp cơ sở")),
    ("commune", _("Cấp xã ghi nhận")),
    ("province", _("Cấp tỉnh")),
    ("central", _("Cấp trung ương")),
    ("special", _("Lĩnh vực đặc thù")),
]


@tracked()
class CaseFile(models.Model):
    """Where one accident case stands in the procedure.

    `level` is the level that deals with it; `computed_level` what the law says of the present victims; they differ
    when an officer decided otherwise (`override_reason`) or when the victims turned out less grave than before, which
    never moves a file down by itself. `round` counts investigations: a file that moves up or is investigated again
    begins a new one. Moments not recorded are NULL.
    """

    case = models.OneToOneField("accidents.AccidentCase", on_delete=models.PROTECT, related_name="procedure_file")
    stage = models.CharField(_("giai đoạn"), max_length=24, choices=STAGES, default="received")
    level = models.CharField(_("cấp giải quyết"), max_length=14, choices=LEVELS, null=True, blank=True)
    computed_level = models.CharField(max_length=14, choices=LEVELS, null=True, blank=True)
    override_reason = models.CharField(_("lý do chọn cấp khác"), max_length=500, blank=True, default="")
    special_field = models.CharField(_("lĩnh vực đặc thù"), max_length=20, blank=True, default="")
    sector_law = models.BooleanField(_("luật chuyên ngành có quy định điều tra"), default=True)
    traffic = models.BooleanField(_("tai nạn giao thông"), default=False)
    abroad = models.BooleanField(_("xảy ra ở nước ngoài"), default=False)
    expertise = models.BooleanField(_("cần giám định"), default=False)
    round = models.PositiveSmallIntegerField(_("lần điều tra"), default=1)
    stage_before_complaint = models.CharField(max_length=24, blank=True, default="")
    known_at = models.DateTimeField(_("có người biết lúc"), null=True, blank=True)
    employer_aware_at = models.DateTimeField(_("người sử dụng lao động biết lúc"), null=True, blank=True)
    notified_at = models.DateTimeField(_("khai báo lúc"), null=True, blank=True)
    commune_received_at = models.DateTimeField(_("cấp xã nhận tin lúc"), null=True, blank=True)
    department_received_at = models.DateTimeField(_("cơ quan lao động cấp tỉnh nhận tin lúc"), null=True, blank=True)
    # Set where the time of the investigation counts from another moment than the news of the accident.
    clock_since = models.DateTimeField(_("thời hạn điều tra tính từ"), null=True, blank=True)
    upgraded_at = models.DateTimeField(_("chuyển lên cấp tỉnh lúc"), null=True, blank=True)
    joint_phase_ended_at = models.DateTimeField(null=True, blank=True)
    police_letter_at = models.DateTimeField(null=True, blank=True)
    foreign_ended_at = models.DateTimeField(null=True, blank=True)
    foreign_dossier_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(_("công bố biên bản lúc"), null=True, blank=True)
    complaint_received_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(_("mở lúc"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("trình tự giải quyết vụ tai nạn")
        verbose_name_plural = _("trình tự giải quyết vụ tai nạn")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[name for name, _label in STAGES]), name="case_file_stage"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__in=[name for name, _label in LEVELS]), name="case_file_level"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | Q(stage__in=["received", "out_of_scope"]), name="case_file_triaged"
            ),
        ]
        indexes = [models.Index(fields=["stage", "level"], name="case_file_stage_level")]

    def __str__(self) -> str:
        return f"{self.case} · {self.stage}"

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Posting(models.Model):
    """The public notice of what happened and what the minutes say (Law 84/2015, Art. 35.9)."""

    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(_("bên niêm yết"), max_length=30)
    posted_on = models.DateField(_("niêm yết ngày"))
    place = models.CharField(_("nơi niêm yết"), max_length=300)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    document = models.ForeignKey(
        "accident_investigation.Evidence", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("ảnh hoặc giấy tờ"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("niêm yết")
        verbose_name_plural = _("niêm yết")
        ordering = ["case_id", "posted_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "role", "posted_on", "place"], name="posting_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.posted_on}"


@tracked()
class CommuneRecord(models.Model):
    """Record made by the commune of one severe injury without a labour contract (Law 84/2015, Art. 35.1).

    The law prescribes no form; the fields are a proposal. Who witnessed and what is said of the victim are sealed.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.OneToOneField("accidents.AccidentCase", on_delete=models.PROTECT, related_name="commune_record")
    recorder = models.CharField(_("người lập"), max_length=120)
    recorder_title = models.CharField(_("chức vụ người lập"), max_length=120, blank=True)
    news_at = models.DateTimeField(_("nhận tin lúc"))
    news_source = models.CharField(_("nguồn tin"), max_length=200)
    spot = models.CharField(_("địa điểm cụ thể"), max_length=300)
    task = models.CharField(_("công việc đang làm"), max_length=300, blank=True)
    works_for = models.CharField(_("làm cho ai hoặc tự làm"), max_length=200, blank=True)
    trained = models.BooleanField(_("đã được huấn luyện ATVSLĐ"), null=True, blank=True)
    insured = models.BooleanField(_("tham gia bảo hiểm tai nạn lao động tự nguyện"), null=True, blank=True)
    course = models.TextField(_("diễn biến"))
    cause_code = models.CharField(_("nguyên nhân sơ bộ"), max_length=10, null=True, blank=True)
    injury_agent_code = models.CharField(_("yếu tố gây chấn thương"), max_length=10, null=True, blank=True)
    injury_codes = ArrayField(models.CharField(max_length=6), default=list, blank=True, verbose_name=_("chấn thương"))
    treated_at = models.CharField(_("cơ sở y tế"), max_length=200, blank=True)
    days_lost = models.PositiveIntegerField(_("số ngày nghỉ"), null=True, blank=True)
    medical_cost = models.BigIntegerField(_("chi phí y tế (đồng)"), null=True, blank=True)
    property_damage = models.BigIntegerField(_("thiệt hại tài sản (đồng)"), null=True, blank=True)
    witnesses_sealed = models.TextField(_("người làm chứng"), blank=True)
    measures = models.TextField(_("biện pháp"), blank=True)
    signatories = models.CharField(_("những bên đã ký"), max_length=300, blank=True)
    completed_at = models.DateTimeField(_("lập xong lúc"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("biên bản ghi nhận")
        verbose_name_plural = _("biên bản ghi nhận")
        constraints = [
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | ~Q(signatories=""), name="commune_record_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Minutes(models.Model):
    """One version of the investigation minutes (Decree 39/2016, annexes IX and X, items 5 to 13).

    A draft is written, approved by the team, then published at the meeting; from then on it stays as it is. New minutes
    take the force of the old ones when they are published (Art. 17.2): `superseded_by`. At most one is unpublished.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        APPROVED = "approved", _("Đoàn điều tra đã thông qua")
        PUBLISHED = "published", _("Đã công bố")

    class Fault(models.TextChoices):
        EMPLOYER = "employer", _("Do lỗi của người sử dụng lao động")
        WORKER = "worker", _("Do lỗi của người lao động")
        BOTH = "both", _("Do lỗi của cả hai bên")
        OTHER = "other", _("Nguyên nhân khác")

    class Variant(models.TextChoices):
        CONTRACT = "a", _("Người bị nạn làm việc theo hợp đồng lao động (mẫu a)")
        INFORMAL = "b", _("Người bị nạn làm việc không theo hợp đồng lao động (mẫu b)")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField(_("lần"))
    round = models.PositiveSmallIntegerField(_("lần điều tra"))
    level = models.CharField(_("cấp điều tra"), max_length=13)
    variant = models.CharField(_("mẫu"), max_length=1, choices=Variant)
    state = models.CharField(_("tình trạng"), max_length=9, choices=State, default=State.DRAFT)
    work_started_at = models.DateTimeField(_("bắt đầu làm việc lúc"), null=True, blank=True)
    hours_worked = models.DecimalField(
        _("số giờ đã làm việc đến khi tai nạn"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    course = models.TextField(_("diễn biến"), blank=True)
    fault = models.CharField(_("lỗi"), max_length=8, choices=Fault, blank=True)
    cause_code = models.CharField(_("nguyên nhân chính"), max_length=10, null=True, blank=True)
    cause_detail = models.TextField(_("phân tích nguyên nhân"), blank=True)
    injury_agent_code = models.CharField(_("yếu tố gây chấn thương"), max_length=10, null=True, blank=True)
    conclusion = models.CharField(_("kết luận"), max_length=16, default="pending")
    conclusion_detail = models.TextField(_("lời kết luận"), blank=True)
    property_damage = models.BigIntegerField(_("thiệt hại tài sản (đồng)"), null=True, blank=True)
    other_cost = models.BigIntegerField(_("chi phí khác (đồng)"), null=True, blank=True)
    no_statement_reason = models.TextField(_("lý do không lấy được lời khai"), blank=True)
    approved_at = models.DateTimeField(_("thông qua lúc"), null=True, blank=True)
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="supersedes", null=True, blank=True,
        verbose_name=_("hết hiệu lực vì biên bản"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("biên bản điều tra")
        verbose_name_plural = _("biên bản điều tra")
        ordering = ["case_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="minutes_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(published_at__isnull=True), name="minutes_one_unpublished"
            ),
            models.CheckConstraint(condition=Q(state__in=["draft", "approved", "published"]), name="minutes_state"),
            models.CheckConstraint(
                condition=(Q(state="published") & Q(published_at__isnull=False))
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="minutes_published",
            ),
            models.CheckConstraint(
                condition=Q(fault__in=["", "employer", "worker", "both", "other"]), name="minutes_fault"
            ),
            models.CheckConstraint(condition=Q(variant__in=["a", "b"]), name="minutes_variant"),
            models.CheckConstraint(
                condition=Q(conclusion__in=["occupational", "article_39_2", "not_occupational", "pending"]),
                name="minutes_conclusion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"

    @property
    def expired(self) -> bool:
        """Whether newer minutes took its force."""
        return self.superseded_by_id is not None


@tracked()
class MinutesVictim(models.Model):
    """Items 4, 11, 12 and 13 for one victim. Amounts in đồng, `days_lost` in days; NULL means not known."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="victims")
    victim = models.ForeignKey("accidents.Victim", on_delete=models.CASCADE, related_name="+")
    workplace = models.CharField(_("nơi làm việc"), max_length=200, blank=True)
    service_years = models.DecimalField(
        _("thời gian làm việc cho người sử dụng lao động (năm)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    trade_years = models.DecimalField(_("tuổi nghề (năm)"), max_digits=4, decimal_places=1, null=True, blank=True)
    skill_grade = models.CharField(_("bậc thợ"), max_length=40, blank=True)
    trained = models.BooleanField(_("đã được huấn luyện ATVSLĐ"), null=True, blank=True)
    residence_sealed = models.TextField(_("nơi thường trú"), blank=True)
    severity = models.CharField(_("mức độ"), max_length=6, null=True, blank=True)
    injury_codes = ArrayField(models.CharField(max_length=6), default=list, blank=True, verbose_name=_("chấn thương"))
    injury_sealed = models.TextField(_("tình trạng thương tích"), blank=True)
    treated_at = models.CharField(_("nơi điều trị"), max_length=200, blank=True)
    first_treatment = models.TextField(_("biện pháp xử lý ban đầu"), blank=True)
    days_lost = models.PositiveIntegerField(_("số ngày nghỉ"), null=True, blank=True)
    medical_cost = models.BigIntegerField(_("chi phí y tế (đồng)"), null=True, blank=True)
    wage_cost = models.BigIntegerField(_("trả lương khi điều trị (đồng)"), null=True, blank=True)
    compensation_cost = models.BigIntegerField(_("bồi thường, trợ cấp (đồng)"), null=True, blank=True)

    class Meta:
        verbose_name = _("người bị nạn trong biên bản")
        ordering = ["minutes_id", "victim_id"]
        constraints = [models.UniqueConstraint(fields=["minutes", "victim"], name="minutes_victim_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id}/{self.victim_id}"


@tracked()
class MinutesFault(models.Model):
    """Item 9: somebody at fault, and how the team proposes to deal with it. The name is sealed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="faults")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    person_sealed = models.TextField(_("người có lỗi"), blank=True)
    role = models.CharField(_("chức vụ, nghề nghiệp"), max_length=200)
    breach = models.TextField(_("mức độ vi phạm"))
    handling = models.TextField(_("hình thức xử lý đề nghị"))

    class Meta:
        verbose_name = _("người có lỗi")
        ordering = ["minutes_id", "position"]
        constraints = [models.UniqueConstraint(fields=["minutes", "position"], name="minutes_fault_position")]

    def __str__(self) -> str:
        return self.role


@tracked()
class Recommendation(models.Model):
    """Item 10: a measure, who carries it out, by when; afterwards what was done, or why it fell away."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.TextField(_("biện pháp"))
    responsible = models.CharField(_("người có trách nhiệm thi hành"), max_length=200)
    due_on = models.DateField(_("thời gian hoàn thành"))
    done_on = models.DateField(_("hoàn thành ngày"), null=True, blank=True)
    result = models.TextField(_("kết quả thực hiện"), blank=True)
    document = models.ForeignKey(
        "accident_investigation.Evidence", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("văn bản báo cáo kết quả"),
    )  # fmt: skip
    waived_on = models.DateField(_("thôi thực hiện từ ngày"), null=True, blank=True)
    waived_reason = models.CharField(_("lý do thôi thực hiện"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("kiến nghị")
        verbose_name_plural = _("kiến nghị")
        ordering = ["minutes_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "position"], name="recommendation_position"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(result=""), name="recommendation_done_result"
            ),
            models.CheckConstraint(
                condition=Q(waived_on__isnull=True) | ~Q(waived_reason=""), name="recommendation_waived_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def settled(self) -> bool:
        return self.done_on is not None or self.waived_on is not None

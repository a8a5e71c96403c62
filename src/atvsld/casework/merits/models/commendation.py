from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import initials
from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord


@tracked()
class Commendation(LedgerRecord):
    """A commendation proposed by a body, and what was decided.

    Forms and levels are named as they are commonly called; the law on emulation and commendation was not read, so
    they say nothing of who may grant what. A person is known by name and unit, nothing more.
    """

    class SubjectKind(models.TextChoices):
        ESTABLISHMENT = "establishment", _("Cơ sở sản xuất, kinh doanh")
        BODY = "body", _("Cơ quan, tổ chức")
        GROUP = "group", _("Tập thể khác")
        PERSON = "person", _("Cá nhân")

    class Form(models.TextChoices):
        MERIT = "merit", _("Bằng khen")
        CERTIFICATE = "certificate", _("Giấy khen")
        FLAG = "flag", _("Cờ thi đua")
        PRAISE = "praise", _("Biểu dương")
        OTHER = "other", _("Hình thức khác")

    class Level(models.TextChoices):
        CENTRAL = "central", _("Cấp trung ương")
        PROVINCE = "province", _("Cấp tỉnh")
        BRANCH = "branch", _("Sở, ngành, đoàn thể cấp tỉnh")
        COMMUNE = "commune", _("Cấp xã")
        UNIT = "unit", _("Cơ quan, đơn vị")

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        PROPOSED = "proposed", _("Đã đề nghị")
        GRANTED = "granted", _("Được khen thưởng")
        DECLINED = "declined", _("Không khen thưởng")

    subject_kind = models.CharField(_("đối tượng"), max_length=13, choices=SubjectKind)
    about_establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="commendations",
        verbose_name=_("cơ sở được đề nghị"),
    )  # fmt: skip
    about_body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ quan được đề nghị"),
    )  # fmt: skip
    subject_name = models.CharField(_("tên tập thể, cá nhân"), max_length=200)
    unit = models.CharField(_("đơn vị công tác"), max_length=250, blank=True)
    form = models.CharField(_("hình thức"), max_length=11, choices=Form)
    level = models.CharField(_("cấp khen thưởng"), max_length=8, choices=Level)
    year = models.PositiveSmallIntegerField(_("năm thành tích"))
    achievement = models.TextField(_("thành tích"))

    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    proposed_at = models.DateTimeField(_("đề nghị lúc"), null=True, blank=True, editable=False)
    decision_number = models.CharField(_("số quyết định"), max_length=80, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decided_by = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("ghi quyết định lúc"), null=True, blank=True, editable=False)
    outcome = models.TextField(_("kết quả, ghi chú"), blank=True)
    # Why it was granted although a check was not met.
    despite = models.TextField(_("vì sao vẫn khen thưởng khi có điều kiện không đạt"), blank=True)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("khen thưởng")
        verbose_name_plural = _("khen thưởng")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(subject_kind="establishment") | Q(about_establishment__isnull=False),
                name="commendation_of_establishment",
            ),
            models.CheckConstraint(
                condition=~Q(subject_kind="body") | Q(about_body__isnull=False), name="commendation_of_body"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", proposed_at__isnull=True)
                | (~Q(state="draft") & Q(proposed_at__isnull=False)),
                name="commendation_proposed_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed"], decided_at__isnull=True)
                | Q(state__in=["granted", "declined"], decided_at__isnull=False),
                name="commendation_decided_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | (~Q(decision_number="") & Q(decision_on__isnull=False)),
                name="commendation_granted_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "decision_on"], name="commendation_decision")]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.shown_name}"

    @property
    def shown_name(self) -> str:
        """The subject as lists and labels name it: a person by initials and unit."""
        if self.subject_kind != self.SubjectKind.PERSON:
            return self.subject_name
        masked = initials(self.subject_name)
        return f"{masked} ({self.unit})" if self.unit else masked


@tracked()
class CommendationCheck(models.Model):
    """The answer of one check at one moment, frozen with what it rested on. `records` are (label, address)."""

    class Moment(models.TextChoices):
        PROPOSAL = "proposal", _("Khi gửi đề nghị")
        DECISION = "decision", _("Khi ghi quyết định")

    class Verdict(models.TextChoices):
        MET = "met", _("Đạt")
        NOT_MET = "not_met", _("Không đạt")
        UNKNOWN = "unknown", _("Chưa kiểm tra được")

    commendation = models.ForeignKey("merits.Commendation", on_delete=models.CASCADE, related_name="checks")
    moment = models.CharField(_("lúc"), max_length=8, choices=Moment)
    code = models.SlugField(_("điều kiện"), max_length=40)
    verdict = models.CharField(_("trả lời"), max_length=7, choices=Verdict)
    reason = models.TextField(_("vì sao"))
    records = models.JSONField(_("hồ sơ căn cứ"), default=list)
    checked_at = models.DateTimeField(_("kiểm tra lúc"))

    class Meta:
        verbose_name = _("kiểm tra trước khi khen thưởng")
        verbose_name_plural = _("kiểm tra trước khi khen thưởng")
        constraints = [
            models.UniqueConstraint(fields=["commendation", "moment", "code"], name="commendation_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.verdict}"

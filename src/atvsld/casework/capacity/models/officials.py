"""Who does the work of state management on occupational safety, and what they were taught."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord


@tracked()
class OshOfficial(LedgerRecord):
    """A public official in charge of occupational safety during some days; name and post, no number of identity.

    `trained_years` follows from the trainings recorded, so that a list can be narrowed by it.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("Cấp tỉnh")
        DISTRICT = "district", _("Cấp huyện (đến 30/6/2025)")
        COMMUNE = "commune", _("Cấp xã")

    class Degree(models.TextChoices):
        ENGINEERING = "engineering", _("Đại học trở lên, ngành kỹ thuật")
        MEDICINE = "medicine", _("Đại học trở lên, ngành y, dược")
        LAW_ECONOMICS = "law_economics", _("Đại học trở lên, ngành luật, kinh tế, xã hội")
        OTHER_DEGREE = "other_degree", _("Đại học trở lên, ngành khác")
        BELOW = "below", _("Dưới đại học")

    person = models.CharField(_("họ và tên"), max_length=150, help_text=_("Không ghi số định danh, ngày sinh."))
    position = models.CharField(_("chức vụ, vị trí việc làm"), max_length=200)
    level = models.CharField(_("cấp"), max_length=8, choices=Level)
    unit = models.CharField(_("phòng, bộ phận"), max_length=200, blank=True)
    full_time = models.BooleanField(_("chuyên trách"), null=True, blank=True)
    degree = models.CharField(_("trình độ"), max_length=14, choices=Degree, blank=True)
    since = models.DateField(_("phụ trách từ ngày"))
    until = models.DateField(
        _("đến hết ngày, nếu đã thôi"), null=True, blank=True, help_text=_("Để trống khi còn phụ trách.")
    )
    trained_years = ArrayField(
        models.CharField(max_length=4), default=list, blank=True, editable=False, verbose_name=_("năm được đào tạo")
    )

    class Meta(LedgerRecord.Meta):
        verbose_name = _("cán bộ an toàn, vệ sinh lao động")
        verbose_name_plural = _("cán bộ an toàn, vệ sinh lao động")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(establishment__isnull=True),
                name="osh_official_of_body",
                violation_error_message=_("Sổ này chỉ ghi cán bộ của cơ quan quản lý nhà nước, không ghi của cơ sở."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="osh_official_span",
                violation_error_message=_("Ngày thôi phụ trách trước ngày bắt đầu."),
            ),
        ]
        indexes = [models.Index(fields=["since"]), models.Index(fields=["body", "since"])]

    def __str__(self) -> str:
        return self.position


@tracked()
class OfficialTraining(models.Model):
    """A course an official attended."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    official = models.ForeignKey(OshOfficial, on_delete=models.PROTECT, related_name="trainings")
    ended_on = models.DateField(_("học xong ngày"))
    content = models.CharField(_("nội dung"), max_length=300)
    hours = models.PositiveSmallIntegerField(_("số giờ"), null=True, blank=True)
    organiser = models.CharField(_("đơn vị tổ chức"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("lần đào tạo cán bộ")
        verbose_name_plural = _("lần đào tạo cán bộ")
        ordering = ["-ended_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["official", "ended_on", "content"], name="official_training_once")
        ]

    def __str__(self) -> str:
        return self.content

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.platform.history.track import tracked


@tracked()
class OshOrganisation(models.Model):
    """The people and bodies that look after safety and hygiene in an establishment, as last stated. NULL: not known.

    `in_…` hold an officer's own finding whether the establishment's branch stands in one of the three lists of the
    law; they go before what its industry code suggests.
    """

    establishment = models.OneToOneField(
        "establishments.Establishment", on_delete=models.CASCADE, related_name="osh_organisation"
    )
    stated_on = models.DateField(_("số liệu ngày"))
    source = models.CharField(_("nguồn số liệu"), max_length=200)
    full_time_officers = models.PositiveSmallIntegerField(
        _("người làm công tác ATVSLĐ chuyên trách"), null=True, blank=True
    )
    part_time_officers = models.PositiveSmallIntegerField(
        _("người làm công tác ATVSLĐ bán chuyên trách"), null=True, blank=True
    )
    has_osh_department = models.BooleanField(_("có phòng ATVSLĐ"), null=True, blank=True)
    has_osh_service = models.BooleanField(_("thuê tổ chức làm công tác ATVSLĐ"), null=True, blank=True)
    doctors = models.PositiveSmallIntegerField(_("bác sĩ"), null=True, blank=True)
    assistant_doctors = models.PositiveSmallIntegerField(_("y sĩ"), null=True, blank=True)
    medical_workers = models.PositiveSmallIntegerField(
        _("người làm công tác y tế khác (trung cấp trở lên)"), null=True, blank=True
    )
    has_medical_facility = models.BooleanField(_("có cơ sở y tế"), null=True, blank=True)
    has_medical_contract = models.BooleanField(_("hợp đồng với cơ sở khám bệnh, chữa bệnh"), null=True, blank=True)
    shifts = models.PositiveSmallIntegerField(_("số ca làm việc"), null=True, blank=True)
    production_teams = models.PositiveSmallIntegerField(_("số tổ sản xuất"), null=True, blank=True)
    osh_representatives = models.PositiveSmallIntegerField(_("số an toàn, vệ sinh viên"), null=True, blank=True)
    has_osh_council = models.BooleanField(_("có hội đồng ATVSLĐ cơ sở"), null=True, blank=True)
    is_state_group = models.BooleanField(_("là tập đoàn kinh tế, tổng công ty nhà nước"), null=True, blank=True)
    in_article36_list = models.BooleanField(_("thuộc ngành nghề khoản 1 Điều 36"), null=True, blank=True)
    in_article37_list = models.BooleanField(_("thuộc ngành nghề khoản 1 Điều 37"), null=True, blank=True)
    in_high_risk_list = models.BooleanField(_("thuộc ngành nghề có nguy cơ cao"), null=True, blank=True)

    class Meta:
        verbose_name = _("bộ máy ATVSLĐ của cơ sở")

    def __str__(self) -> str:
        return f"{self.establishment_id}: {self.stated_on}"

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import clock
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner


@tracked()
class CampaignResult(models.Model):
    """What one body or establishment tells of a campaign: the page being written, and the last version sent.

    `stated` maps a row of the form to its figures as text ("12", or two of them). What counts is `current`.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="results", verbose_name=_("đợt cao điểm")
    )
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan")
    )
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở"),
    )  # fmt: skip
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"), editable=False
    )
    stated = models.JSONField(_("số liệu đang ghi"), default=dict)
    activities = models.TextField(_("các hoạt động nổi bật"), blank=True)
    difficulties = models.TextField(_("khó khăn, vướng mắc"), blank=True)
    proposals = models.TextField(_("đề xuất, kiến nghị"), blank=True)
    # What is written here differs from what was sent last.
    unsent = models.BooleanField(_("có thay đổi chưa gửi"), default=True, editable=False)
    first_sent_at = models.DateTimeField(_("gửi lần đầu lúc"), null=True, blank=True, editable=False)
    current = models.OneToOneField(
        "campaigns.CampaignSending", on_delete=models.PROTECT, null=True, blank=True, related_name="counts_for",
        editable=False,
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("kết quả đợt cao điểm")
        verbose_name_plural = _("kết quả đợt cao điểm")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "body"], name="campaign_result_body", condition=Q(body__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["campaign", "establishment"], name="campaign_result_establishment",
                condition=Q(establishment__isnull=False),
            ),
            models.CheckConstraint(
                condition=one_owner(),
                name="campaign_result_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(first_sent_at__isnull=True, current__isnull=True)
                | Q(first_sent_at__isnull=False, current__isnull=False),
                name="campaign_result_sent_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.campaign} · {self.owner_name}"

    @property
    def owner_name(self) -> str:
        """Whose result it is."""
        return str(self.body or self.establishment)

    @property
    def sent_on(self) -> date | None:
        """The day of the first sending in Viet Nam: what decides whether it came in time."""
        return clock.local_day(self.first_sent_at) if self.first_sent_at else None

    @property
    def late(self) -> bool | None:
        """None while not sent, or while the campaign has no term."""
        due = self.campaign.report_due
        return self.sent_on > due if self.sent_on and due else None


@tracked()
class CampaignSending(models.Model):
    """One version of a result as it was sent: never changed again. The second and later ones say why."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    result = models.ForeignKey(
        "campaigns.CampaignResult", on_delete=models.PROTECT, related_name="sendings", verbose_name=_("kết quả")
    )
    edition = models.PositiveSmallIntegerField(_("lần gửi"))
    sent_at = models.DateTimeField(_("gửi lúc"))
    sent_by = models.CharField(_("người gửi"), max_length=150)
    why = models.CharField(_("lý do đính chính"), max_length=300, blank=True)
    activities = models.TextField(_("các hoạt động nổi bật"), blank=True)
    difficulties = models.TextField(_("khó khăn, vướng mắc"), blank=True)
    proposals = models.TextField(_("đề xuất, kiến nghị"), blank=True)

    class Meta:
        verbose_name = _("lần gửi kết quả")
        verbose_name_plural = _("lần gửi kết quả")
        constraints = [
            models.UniqueConstraint(fields=["result", "edition"], name="campaign_sending_edition"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(why=""), name="campaign_correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.result} ({self.edition})"


class CampaignFigure(models.Model):
    """One figure of a sending. `of` is the second one where the row asks for a pair: mended, of those found."""

    sending = models.ForeignKey("campaigns.CampaignSending", on_delete=models.CASCADE, related_name="figures")
    row = models.SlugField(max_length=20)
    value = models.DecimalField(max_digits=18, decimal_places=3)
    of = models.DecimalField(max_digits=18, decimal_places=3, null=True)

    class Meta:
        verbose_name = _("số liệu đã gửi")
        verbose_name_plural = _("số liệu đã gửi")
        constraints = [models.UniqueConstraint(fields=["sending", "row"], name="campaign_figure_row")]

    def __str__(self) -> str:
        return f"{self.row}: {self.value}"

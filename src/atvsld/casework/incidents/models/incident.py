from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class TechnicalIncident(models.Model):
    """A failure of machine, equipment, material or substance beyond its safe limits (Luật 84/2015 Điều 3 khoản 6).

    `serious` has no number in the law (Điều 3 khoản 7): a person decides and says why; NULL until then. Casualties
    counted here are people who are not workers of the establishment (Nghị định 39/2016 Điều 26 khoản 1); its own
    workers are victims of an accident case, to which the incident points. Amounts in đồng.
    """

    class ObjectKind(models.TextChoices):
        EQUIPMENT = "equipment", _("Máy, thiết bị")
        MATERIAL = "material", _("Vật tư")
        SUBSTANCE = "substance", _("Chất")

    class SectorLaw(models.TextChoices):
        NONE = "none", _("Pháp luật chuyên ngành không quy định việc khai báo")
        CONSTRUCTION = "construction", _("Máy, thiết bị thi công trên công trường xây dựng")
        OTHER = "other", _("Pháp luật chuyên ngành khác có quy định việc khai báo")

    class State(models.TextChoices):
        OPEN = "open", _("Đang theo dõi")
        CLOSED = "closed", _("Đã kết thúc")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    occurred_at = models.DateTimeField(_("xảy ra lúc"))
    known_at = models.DateTimeField(_("người sử dụng lao động biết lúc"), null=True, blank=True)
    received_at = models.DateTimeField(_("cơ quan nhận tin lúc"), null=True, blank=True)
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="incidents", verbose_name=_("nơi xảy ra")
    )
    establishment = models.ForeignKey(
        "establishments.Establishment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("cơ sở"),
    )
    object_kind = models.CharField(_("đối tượng gây sự cố"), max_length=9, choices=ObjectKind)
    object_name = models.CharField(_("tên máy, thiết bị, vật tư, chất"), max_length=200)
    object_folded = models.CharField(max_length=200, editable=False)
    # The number under which the equipment is registered or made: what will find it in the register of equipment.
    object_number = models.CharField(_("số chế tạo hoặc số đăng ký"), max_length=80, blank=True)
    description = models.TextField(_("diễn biến"))
    measures = models.TextField(_("biện pháp đã xử lý"), blank=True)
    sector_law = models.CharField(_("pháp luật áp dụng"), max_length=12, choices=SectorLaw, default=SectorLaw.NONE)
    many_places = models.BooleanField(_("liên quan nhiều cơ sở hoặc địa phương"), default=False)
    outsiders_dead = models.PositiveSmallIntegerField(_("số người chết không thuộc quyền quản lý"), default=0)
    outsiders_severe = models.PositiveSmallIntegerField(
        _("số người bị thương nặng không thuộc quyền quản lý"), default=0
    )
    casualties_unclear = models.BooleanField(_("có người bị nạn, chưa rõ thương vong"), default=False)
    damage = models.BigIntegerField(_("thiệt hại (đồng)"), null=True, blank=True)
    accident_case = models.ForeignKey(
        "accidents.AccidentCase",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("vụ tai nạn lao động kèm theo"),
    )
    serious = models.BooleanField(_("nghiêm trọng"), null=True, blank=True)
    serious_reason = models.CharField(_("căn cứ xác định"), max_length=500, blank=True)
    result = models.TextField(_("kết quả giải quyết"), blank=True)
    closed_on = models.DateField(_("kết thúc ngày"), null=True, blank=True)
    state = models.CharField(_("tình trạng"), max_length=6, choices=State, default=State.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("sự cố kỹ thuật")
        verbose_name_plural = _("sự cố kỹ thuật")
        constraints = [
            models.CheckConstraint(condition=Q(damage__isnull=True) | Q(damage__gte=0), name="incident_damage"),
            models.CheckConstraint(
                condition=Q(serious__isnull=True) | ~Q(serious_reason=""), name="incident_serious_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | Q(state="closed", closed_on__isnull=False),
                name="incident_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["occurred_at"], name="incident_occurred"),
            models.Index(fields=["place", "occurred_at"], name="incident_place_occurred"),
            models.Index(fields=["establishment", "occurred_at"], name="incident_estab_occurred"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The human number of the incident; gaps mean nothing."""
        return f"SC-{timezone.localtime(self.occurred_at).year}-{self.pk:06d}"

    @property
    def outside_casualties(self) -> bool:
        """Whether Nghị định 39/2016 Điều 26 khoản 1 asks for a declaration."""
        return self.outsiders_dead > 0 or self.outsiders_severe >= 2 or self.casualties_unclear

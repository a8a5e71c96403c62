from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.law.programme import Level
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner

LEVELS = [
    (Level.DIRECTIVE.value, _("Chỉ thị")),
    (Level.NATIONAL.value, _("Chương trình quốc gia")),
    (Level.PARTY.value, _("Kế hoạch của cấp ủy")),
    (Level.PROVINCE.value, _("Kế hoạch của tỉnh")),
    (Level.BODY.value, _("Kế hoạch của cơ quan, đơn vị")),
    (Level.ESTABLISHMENT.value, _("Kế hoạch của cơ sở")),
]


@tracked()
class EnteredProgramme(models.Model):
    """One edition of a plan people entered here, as the rows of its outline (`law.programme_outline`).

    `code` names the plan through all its editions and is what tasks cite; at most one edition of it is in force and
    one in draft. `header` and `rows` are plain text by the outline's names; an issued edition is never changed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        ISSUED = "issued", _("Đã ban hành")
        REPLACED = "replaced", _("Đã thay thế")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    code = models.SlugField(_("mã kế hoạch"), max_length=60)
    edition = models.PositiveSmallIntegerField(_("bản"), default=1)
    level = models.CharField(_("cấp"), max_length=14, choices=LEVELS)
    title = models.CharField(_("tên kế hoạch"), max_length=500)
    year = models.PositiveSmallIntegerField(_("năm bắt đầu"))
    number = models.CharField(_("số, ký hiệu văn bản"), max_length=60, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    header = models.JSONField(_("phần đầu"), default=dict)
    rows = models.JSONField(_("các dòng"), default=list)
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
    source = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("tệp đã nhập"),
    )  # fmt: skip
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("kế hoạch nhập tại đây")
        verbose_name_plural = _("kế hoạch nhập tại đây")
        ordering = ["code", "edition"]
        constraints = [
            models.CheckConstraint(
                condition=one_owner(),
                name="entered_programme_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(issued_on__isnull=False), name="entered_programme_issued_on"
            ),
            models.UniqueConstraint(fields=["code", "edition"], name="entered_programme_edition_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="draft"), name="entered_programme_one_draft"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state="issued"), name="entered_programme_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> models.Model:
        """Whose plan it is."""
        found = self.body or self.establishment
        assert found is not None  # the database lets exactly one stand
        return found

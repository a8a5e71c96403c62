from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner


@tracked()
class WorkPlan(models.Model):
    """What one body or establishment will do in one year to carry out one programme.

    The plan stays with whoever made it; its tasks may go on under a successor.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang lập")
        SENT = "sent", _("Đã gửi")
        RETURNED = "returned", _("Trả lại")
        AGREED = "agreed", _("Đã tiếp nhận")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    # Id of a programme of the law book, or of one entered here.
    programme = models.CharField(_("chương trình, kế hoạch"), max_length=60)
    year = models.PositiveSmallIntegerField(_("năm"))
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan")
    )
    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở"),
    )  # fmt: skip
    # By which access is given: the place of the body, or of the establishment.
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"), editable=False
    )
    state = models.CharField(_("tình trạng"), max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField(_("số, ký hiệu văn bản"), max_length=60, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    paper = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("bản ban hành"),
    )  # fmt: skip
    note = models.TextField(_("ghi chú"), blank=True)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    decided_at = models.DateTimeField(_("tiếp nhận, trả lại lúc"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("kế hoạch năm")
        verbose_name_plural = _("kế hoạch năm")
        constraints = [
            models.CheckConstraint(condition=one_owner(), name="work_plan_one_owner"),
            models.UniqueConstraint(
                fields=["programme", "year", "body"], condition=Q(body__isnull=False), name="work_plan_once_body"
            ),
            models.UniqueConstraint(
                fields=["programme", "year", "establishment"],
                condition=Q(establishment__isnull=False),
                name="work_plan_once_establishment",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"]), models.Index(fields=["place", "year"])]

    def __str__(self) -> str:
        return f"{self.body or self.establishment} · {self.year}"

    @property
    def owner(self) -> models.Model:
        """Whoever made it."""
        found = self.body or self.establishment
        assert found is not None  # the database lets exactly one stand
        return found

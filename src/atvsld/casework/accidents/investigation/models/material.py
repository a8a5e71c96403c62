from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked


@tracked()
class Evidence(models.Model):
    """A document, picture or object gathered, with the file kept by hash. `item` names its place in the dossier.

    `victim` empty: it concerns every victim of the case.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="evidence")
    victim = models.ForeignKey(
        "accidents.Victim", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("của người bị nạn"),
    )  # fmt: skip
    item = models.CharField(_("loại giấy tờ"), max_length=20)
    title = models.CharField(_("tên tài liệu"), max_length=200)
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    dated = models.DateField(_("ngày của tài liệu"), null=True, blank=True)
    source = models.CharField(_("nơi lập hoặc cung cấp"), max_length=200, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("tệp")
    )
    added_at = models.DateTimeField(_("đưa vào lúc"))
    withdrawn_at = models.DateTimeField(_("bỏ khỏi hồ sơ lúc"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do bỏ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("chứng cứ, tài liệu")
        verbose_name_plural = _("chứng cứ, tài liệu")
        ordering = ["case_id", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="evidence_withdrawn_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Statement(models.Model):
    """One person's statement. Who speaks and what is said are sealed: an act opens them and is recorded."""

    class Relation(models.TextChoices):
        VICTIM = "victim", _("Người bị nạn")
        WITNESS = "witness", _("Người biết sự việc")
        INVOLVED = "involved", _("Người có liên quan")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="statements")
    victim = models.ForeignKey(
        "accidents.Victim", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("về người bị nạn"),
    )  # fmt: skip
    relation = models.CharField(_("tư cách"), max_length=8, choices=Relation)
    relation_detail = models.CharField(_("mối quan hệ với người bị nạn"), max_length=200, blank=True)
    person_sealed = models.TextField(_("nhân thân người khai"))
    content_sealed = models.TextField(_("nội dung hỏi đáp"))
    taken_at = models.DateTimeField(_("lấy lời khai lúc"))
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    place = models.CharField(_("tại"), max_length=200)
    taken_by = models.CharField(_("người lấy lời khai"), max_length=120)
    signed = models.BooleanField(_("đã ký từng trang"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("biên bản lấy lời khai")
        verbose_name_plural = _("biên bản lấy lời khai")
        ordering = ["case_id", "taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=["victim", "witness", "involved"]), name="statement_relation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.pk}"


@tracked()
class Expertise(models.Model):
    """An expert opinion asked for, and what came back."""

    class Kind(models.TextChoices):
        TECHNICAL = "technical", _("Giám định kỹ thuật")
        FORENSIC = "forensic", _("Giám định pháp y")
        JUDICIAL = "judicial", _("Giám định tư pháp")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    case = models.ForeignKey("accidents.AccidentCase", on_delete=models.PROTECT, related_name="expertises")
    kind = models.CharField(_("loại giám định"), max_length=9, choices=Kind)
    asked_of = models.CharField(_("cơ quan, tổ chức giám định"), max_length=200)
    asked_on = models.DateField(_("ngày đề nghị"))
    question = models.TextField(_("nội dung đề nghị"))
    received_on = models.DateField(_("ngày nhận kết quả"), null=True, blank=True)
    result = models.TextField(_("kết luận giám định"), blank=True)
    document = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("văn bản kết luận giám định"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("giám định")
        verbose_name_plural = _("giám định")
        ordering = ["case_id", "asked_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["technical", "forensic", "judicial"]), name="expertise_kind"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | ~Q(result=""), name="expertise_received_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.asked_of}"

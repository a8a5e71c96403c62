from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.law import load_book
from atvsld.platform.history.track import tracked
from atvsld.registers.ledgers.models import LedgerRecord
from atvsld.registers.ledgers.words import group_choices, sector_choices


class Stage(models.TextChoices):
    """How far what somebody said has come; set by consolidating, never by hand."""

    COLLECTED = "collected", _("Đã ghi nhận")
    GATHERED = "gathered", _("Đang tổng hợp")
    SENT = "sent", _("Đã gửi, chờ trả lời")
    ANSWERED = "answered", _("Đã được trả lời")


class Outcome(models.TextChoices):
    """What became of it."""

    CONSIDERING = "considering", _("Đang xem xét")
    ACCEPTED = "accepted", _("Tiếp thu")
    PARTLY = "partly", _("Tiếp thu một phần")
    REJECTED = "rejected", _("Không tiếp thu")


def instrument_choices() -> list[tuple[str, str]]:
    """The instruments of the law book, by number."""
    held = load_book().instruments.values()
    named = [(one.id, f"{one.number} – {one.title}"[:140]) for one in held if one.id != "CHUA-XAC-DINH"]
    return sorted(named, key=lambda pair: pair[1])


@tracked()
class PolicyProposal(LedgerRecord):
    """What a body or an establishment asks to be amended, and why.

    The text concerned is one of the law book (`instrument`) or written out (`other_text`). `stage`, `sent` and
    `outcome` follow from the consolidated paper that carries it.
    """

    class Kind(models.TextChoices):
        LAW = "law", _("Luật, nghị định, thông tư")
        STANDARD = "standard", _("Tiêu chuẩn, quy chuẩn kỹ thuật")
        LOCAL = "local", _("Văn bản, chính sách của địa phương")
        PROCEDURE = "procedure", _("Thủ tục, biểu mẫu, chế độ báo cáo")
        OTHER = "other", _("Khác")

    title = models.CharField(_("kiến nghị về việc gì"), max_length=250)
    kind = models.CharField(_("loại quy định"), max_length=9, choices=Kind)
    instrument = models.CharField(_("văn bản liên quan"), max_length=60, blank=True, choices=instrument_choices)
    other_text = models.CharField(
        _("văn bản khác"), max_length=300, blank=True, help_text=_("Ghi khi văn bản không có trong danh sách trên.")
    )
    article = models.CharField(_("điều, khoản, điểm"), max_length=150, blank=True)
    defect = models.TextField(_("bất cập, vướng mắc"))
    proposal = models.TextField(_("nội dung kiến nghị"))
    audiences = ArrayField(
        models.CharField(max_length=40, choices=group_choices), default=list, blank=True,
        verbose_name=_("nhóm người bị ảnh hưởng"),
    )  # fmt: skip
    sectors = ArrayField(
        models.CharField(max_length=40, choices=sector_choices), default=list, blank=True,
        verbose_name=_("ngành, lĩnh vực"),
    )  # fmt: skip
    submitted_on = models.DateField(_("ngày kiến nghị"))
    stage = models.CharField(_("tiến độ"), max_length=9, choices=Stage, default=Stage.COLLECTED, editable=False)
    sent = models.BooleanField(_("đã gửi"), default=False, editable=False)
    outcome = models.CharField(_("kết quả"), max_length=11, choices=Outcome, blank=True, editable=False)

    class Meta(LedgerRecord.Meta):
        verbose_name = _("kiến nghị chính sách")
        verbose_name_plural = _("kiến nghị chính sách")
        constraints = [
            *LedgerRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="policy_proposal_stage"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="policy_proposal_outcome"),
            models.CheckConstraint(
                condition=~Q(instrument="") | ~Q(other_text=""),
                name="policy_proposal_text",
                violation_error_message=_("Chưa ghi văn bản, quy định cần sửa."),
            ),
        ]
        indexes = [models.Index(fields=["submitted_on"]), models.Index(fields=["stage"])]

    def __str__(self) -> str:
        return self.title

    @property
    def text_concerned(self) -> str:
        """Instrument and article as people write them."""
        known = load_book().instruments.get(self.instrument)
        name = self.other_text if known is None else f"{known.kind[:1].upper()}{known.kind[1:]} {known.number}"
        if known is not None and known.number.lower().startswith(known.kind.lower()):
            name = known.number
        return ", ".join(part for part in (self.article, name) if part)

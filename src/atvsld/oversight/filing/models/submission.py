from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Cell(models.Model):
    """One place for a figure in one version of a form: table, row, column. Named once, so that sums group by number."""

    form = models.CharField(max_length=30)
    form_valid_from = models.DateField()
    table = models.CharField(max_length=20)
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("ô số liệu của biểu mẫu")
        constraints = [
            models.UniqueConstraint(fields=["form", "form_valid_from", "table", "row", "column"], name="cell_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.table}/{self.row}/{self.column}"


class Submission(models.Model):
    """One handing in of a report, never changed afterwards.

    `content` is all that was handed in (figures, words, header, reasons), `digest` the SHA-256 of its canonical JSON;
    `receipt` is the short code by which a holder of the receipt checks it. `key` comes from the sender: a request
    repeated, or a double click, hands in once. `reason` says why an earlier one is corrected. `departures` counts the
    figures that differ from the registers, `explained` the checks that do not hold and are explained.
    """

    filing = models.ForeignKey("filing.Filing", on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("lần nộp"))
    key = models.CharField(max_length=26)
    submitted_at = models.DateTimeField(_("nộp lúc"))
    submitted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("người nộp")
    )
    by_name = models.CharField(_("người nộp"), max_length=200)
    channel = models.CharField(_("qua"), max_length=8)
    reason = models.CharField(_("lý do sửa"), max_length=500, blank=True)
    nil = models.BooleanField(_("không phát sinh"), default=False)
    receipt = models.CharField(_("mã biên nhận"), max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    departures = models.PositiveSmallIntegerField(_("số ô khác sổ"), default=0)
    explained = models.PositiveSmallIntegerField(_("số giải trình"), default=0)

    class Meta:
        verbose_name = _("lần nộp báo cáo")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="submission_number_once"),
            models.UniqueConstraint(fields=["filing", "key"], name="submission_key_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="submission_correction_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="submission_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id}/{self.number}"

    @property
    def receipt_grouped(self) -> str:
        """The code as people read it aloud: five groups of four."""
        return "-".join(self.receipt[start : start + 4] for start in range(0, len(self.receipt), 4))


class Figure(models.Model):
    """One figure handed in, beside what the registers held of it at that moment.

    `value` NULL: left blank. `register_value` NULL: no register holds it. A figure that departs from the registers
    carries the reporter's reason.
    """

    submission = models.ForeignKey("filing.Submission", on_delete=models.CASCADE, related_name="figures")
    cell = models.ForeignKey("filing.Cell", on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    register_value = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("số liệu đã nộp")
        constraints = [models.UniqueConstraint(fields=["submission", "cell"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.cell_id}: {self.value}"

    @property
    def departs(self) -> bool:
        """Whether it differs from what the registers held."""
        return self.register_value is not None and self.value != self.register_value

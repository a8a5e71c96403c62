from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.yearly.models.report import YearReport
from atvsld.platform.history.track import tracked


@tracked()
class ReportSentence(models.Model):
    """One sentence of a report, with its figures as marks (`{f1}`).

    `key` names what it was drafted from, empty for one written by hand. `edited`: people changed it, drafting anew
    leaves its words. `dropped`: taken out by hand; it stays so that drafting anew does not bring it back.
    `proven`: whether its claim had standing evidence when the report was sent; None while it is open or no claim.
    """

    class Section(models.TextChoices):
        DIRECTION = "1", _("Công tác chỉ đạo, ban hành kế hoạch")
        TASKS = "2", _("Kết quả thực hiện theo từng nhiệm vụ")
        TARGETS = "3", _("Kết quả thực hiện các chỉ tiêu")
        MONEY = "4", _("Kinh phí thực hiện")
        DIFFICULTIES = "5", _("Khó khăn, vướng mắc")
        PROPOSALS = "6", _("Kiến nghị, đề xuất")

    class Kind(models.TextChoices):
        FIGURES = "figures", _("Số liệu")
        CLAIM = "claim", _("Việc đã, đang làm")
        TARGET = "target", _("Chỉ tiêu")
        FILING = "filing", _("Tình hình báo cáo")
        DIFFICULTY = "difficulty", _("Khó khăn")
        PROPOSAL = "proposal", _("Kiến nghị")
        FREE = "free", _("Viết tay")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    report = models.ForeignKey(YearReport, on_delete=models.CASCADE, related_name="sentences")
    section = models.CharField(_("phần"), max_length=1, choices=Section)
    position = models.PositiveIntegerField(_("thứ tự"))
    # Id within the programme; sentences of one clause stand together under its heading.
    clause = models.CharField(_("nội dung thực hiện"), max_length=40, blank=True)
    kind = models.CharField(_("loại câu"), max_length=10, choices=Kind, default=Kind.FREE)
    key = models.CharField(max_length=160, blank=True, editable=False)
    text = models.TextField(_("lời"))
    drafted = models.TextField(_("lời do hệ thống soạn"), blank=True, editable=False)
    edited = models.BooleanField(_("đã sửa"), default=False, editable=False)
    dropped = models.BooleanField(_("đã bỏ"), default=False, editable=False)
    proven = models.BooleanField(_("có bằng chứng khi gửi"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("câu của báo cáo")
        verbose_name_plural = _("câu của báo cáo")
        ordering = ["report", "section", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], condition=~Q(key=""), name="report_sentence_key_once"),
            models.CheckConstraint(condition=~Q(text=""), name="report_sentence_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def claims(self) -> bool:
        """Whether it says that something was or is being done."""
        return self.kind == self.Kind.CLAIM


@tracked()
class SentenceFigure(models.Model):
    """A figure of a sentence, frozen as it was counted, with all that is needed to count it again.

    `source` says who counts: a measure of the registers, tasks, money, a target, filings, a change reckoned from two
    other marks, or a number a record states of itself. `word` and `key` name it there, `asked` the span and whose.
    `value` None: it could not be told, and `why` says why.
    """

    class Source(models.TextChoices):
        MEASURE = "measure", _("Sổ đăng ký")
        TASKS = "tasks", _("Nhiệm vụ của kế hoạch năm")
        MONEY = "money", _("Kinh phí")
        TARGET = "target", _("Chỉ tiêu")
        FILING = "filing", _("Tình hình báo cáo")
        CHANGE = "change", _("Tính từ hai số khác")
        STATED = "stated", _("Nguyên văn của hồ sơ")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    sentence = models.ForeignKey(ReportSentence, on_delete=models.CASCADE, related_name="figures")
    mark = models.CharField(max_length=5)
    source = models.CharField(_("nguồn"), max_length=8, choices=Source)
    word = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=120, blank=True)
    asked = models.JSONField(default=dict)
    label = models.CharField(_("tên số liệu"), max_length=300)
    value = models.DecimalField(_("giá trị"), max_digits=20, decimal_places=4, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    # How it is written where the record writes it in its own way (`02`); empty: as a number.
    shown = models.CharField(max_length=40, blank=True)
    unit = models.CharField(_("đơn vị tính"), max_length=60, blank=True)
    moment = models.DateTimeField(_("đếm lúc"))
    url = models.CharField(_("nơi xem hồ sơ"), max_length=500, blank=True)
    why = models.CharField(_("vì sao chưa có"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("số liệu của câu")
        verbose_name_plural = _("số liệu của câu")
        ordering = ["sentence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sentence", "mark"], name="sentence_figure_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


@tracked()
class SentenceProof(models.Model):
    """A task whose doing a sentence claims; whether its evidence stands is asked each time it is shown."""

    sentence = models.ForeignKey(ReportSentence, on_delete=models.CASCADE, related_name="proofs")
    # A task that is removed takes its proof away: the claim then rests on nothing, and is marked.
    task = models.ForeignKey("workplans.Task", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("việc câu nói đến")
        verbose_name_plural = _("việc câu nói đến")
        constraints = [models.UniqueConstraint(fields=["sentence", "task"], name="sentence_proof_once")]

    def __str__(self) -> str:
        return str(self.task_id)

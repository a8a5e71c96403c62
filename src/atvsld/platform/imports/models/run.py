from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.imports.findings import ImportOutcome


class ImportRun(models.Model):
    """One file taken in: what it was, who brought it, how far it got, what was accepted and why not."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Đã nhận tệp")
        CHECKING = "checking", _("Đang kiểm tra")
        PREVIEW = "preview", _("Chờ xác nhận")
        COMMITTING = "committing", _("Đang ghi")
        DONE = "done", _("Đã ghi")
        FAILED = "failed", _("Không đọc được")
        CANCELLED = "cancelled", _("Đã bỏ")
        UNDOING = "undoing", _("Đang hoàn tác")
        UNDONE = "undone", _("Đã hoàn tác")

    WAITING = (State.UPLOADED, State.CHECKING, State.COMMITTING, State.UNDOING)

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    target = models.SlugField(_("loại dữ liệu"), max_length=60)
    state = models.CharField(_("trạng thái"), max_length=20, choices=State, default=State.UPLOADED)
    filename = models.CharField(_("tên tệp"), max_length=300)
    file = models.FileField(_("tệp"), upload_to="imports/%Y/%m/", null=True)
    sha256 = models.CharField(max_length=64)
    namespace = models.CharField(_("nguồn"), max_length=60, blank=True)
    profile = models.ForeignKey("imports.MappingProfile", on_delete=models.PROTECT, null=True, blank=True)
    # A mapping shipped with the product, by name; `profile` is one saved here.
    layout = models.CharField(_("bố cục"), max_length=60, blank=True, default="")
    # A mapping made for this file alone, in the form a profile stores.
    mapping = models.JSONField(_("ánh xạ cột"), null=True, blank=True)
    channel = models.CharField(max_length=10, default="page")
    constants = models.JSONField(_("giá trị chung"), default=dict)
    all_or_nothing = models.BooleanField(_("chỉ ghi khi mọi dòng đều đúng"), default=False)
    rows_total = models.PositiveIntegerField(_("số dòng"), default=0)
    rows_done = models.PositiveIntegerField(_("số dòng đã xử lý"), default=0)
    accepted = models.PositiveIntegerField(_("nhận"), default=0)
    new_rows = models.PositiveIntegerField(_("thêm mới"), default=0)
    rejected = models.PositiveIntegerField(_("từ chối"), default=0)
    unchanged = models.PositiveIntegerField(_("không đổi"), default=0)
    problems = models.JSONField(_("lỗi"), default=list)
    notes = models.JSONField(_("lưu ý"), default=list)
    # Beside the counts: totals of problems, unknown cells per column, what was created.
    details = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("lúc nhận"))
    finished_at = models.DateTimeField(_("lúc xong"), null=True, blank=True)
    # The group of history rows this import wrote; by it the import can be undone.
    context_id = models.UUIDField(null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("lúc hoàn tác"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần nhập tệp")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.filename or self.public_id

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    def count(self, outcome: ImportOutcome) -> None:
        """Keep the counts of an outcome, what it created and what it left unknown."""
        self.accepted, self.rejected, self.unchanged = outcome.accepted, outcome.rejected, outcome.unchanged
        self.new_rows = outcome.new
        self.rows_total = self.rows_done = outcome.rows
        self.details = {
            "errors_total": outcome.errors_total,
            "notes_total": outcome.notes_total,
            "unknown": outcome.unknown,
            "created": outcome.created,
        }

    @property
    def changed_rows(self) -> int:
        """Rows taken that changed a record that was there."""
        return max(0, self.accepted - self.new_rows)

    @property
    def errors_total(self) -> int:
        return int(self.details.get("errors_total", len(self.problems)))

    @property
    def unknown(self) -> dict[str, Any]:
        """Empty cells per column among the rows taken."""
        return dict(self.details.get("unknown", {}))

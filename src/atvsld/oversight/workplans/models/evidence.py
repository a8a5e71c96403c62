from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.oversight.workplans.models.task import Task
from atvsld.platform.history.track import tracked


@tracked()
class TaskEvidence(models.Model):
    """Something laid beside a task as proof: a record of this system (`key`) or a file.

    `kind` is a word of the evidence. A removed one stays, with who took it away and why; a record that was withdrawn in
    its own register proves nothing either (`registers.proofs.find` gives None for it).
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("nhiệm vụ"))
    kind = models.SlugField(_("loại bằng chứng"), max_length=40)
    key = models.CharField(_("hồ sơ"), max_length=60, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tệp")
    )
    label = models.CharField(_("tên bằng chứng"), max_length=300)
    day = models.DateField(_("ngày của bằng chứng"), null=True, blank=True)
    added_at = models.DateTimeField(_("nêu lúc"))
    removed_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    removed_why = models.CharField(_("vì sao bỏ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bằng chứng")
        verbose_name_plural = _("bằng chứng")
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(key="") & Q(file__isnull=True)) | (Q(key="") & Q(file__isnull=False)),
                name="task_evidence_record_or_file",
            ),
            models.UniqueConstraint(
                fields=["task", "kind", "key"],
                condition=Q(removed_at__isnull=True) & ~Q(key=""),
                name="task_evidence_record_once",
            ),
            models.UniqueConstraint(
                fields=["task", "kind", "file"],
                condition=Q(removed_at__isnull=True, file__isnull=False),
                name="task_evidence_file_once",
            ),
        ]

    def __str__(self) -> str:
        return self.label

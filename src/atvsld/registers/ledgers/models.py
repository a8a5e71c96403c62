"""What every register of plain acts keeps of a record, and the files laid beside one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform.history.track import tracked
from atvsld.registers.owning import one_owner


class LedgerRecord(models.Model):
    """One act somebody did and keeps a record of. `body` or `establishment` is whose record it is.

    A withdrawn record stays, with the reason; it proves and counts nothing.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
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
    # The words of the record without tone marks, by which it is searched.
    search_text = models.TextField(blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(_("vì sao bỏ"), max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=one_owner(),
                name="%(class)s_one_owner",
            )
        ]

    @property
    def owner(self) -> str:
        """Whose record it is, as people say it."""
        held = self.body or self.establishment
        return (getattr(held, "short_name", "") or held.name) if held else ""


@tracked()
class LedgerFile(models.Model):
    """A file laid beside a record of a ledger, named by the ledger's word and the record's public id."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    ledger = models.SlugField(_("sổ"), max_length=40)
    key = models.CharField(_("hồ sơ"), max_length=26)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp"))
    added_at = models.DateTimeField(_("thêm lúc"))

    class Meta:
        verbose_name = _("tệp kèm")
        verbose_name_plural = _("tệp kèm")
        constraints = [models.UniqueConstraint(fields=["ledger", "key", "file"], name="ledger_file_once")]
        indexes = [models.Index(fields=["ledger", "key"])]

    def __str__(self) -> str:
        return str(self.file)

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid
from atvsld.platform import vault
from atvsld.platform.history.track import tracked

_SEAL = "papers:fields"


@tracked()
class Paper(models.Model):
    """One paper about one record (`context`, `subject`), as a draft or as it was issued.

    What people wrote into it is sealed; what comes from the record is read anew while it is a draft, and is in the
    kept files once it is issued. `number` runs without gaps by issuer, series and year. `code` is what anyone holding
    the paper verifies it by. `provisional`: it was issued in wording of our own, the official form being unknown.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        ISSUED = "issued", _("Đã ban hành")
        CANCELLED = "cancelled", _("Đã hủy")

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    kind = models.SlugField(_("loại văn bản"), max_length=60)
    context = models.SlugField(max_length=40)
    subject = models.CharField(max_length=60)
    # The part of the record it is about, where there are several (one statement of many).
    part = models.CharField(max_length=26, blank=True, default="")
    # Where the paper's record lies; numbers, because places and establishments belong to an outer ring.
    place_id = models.BigIntegerField(null=True, blank=True)
    establishment_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=9, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    sealed_fields = models.TextField(blank=True, default="")
    issuer_key = models.CharField(max_length=80)
    issuer_name = models.CharField(_("cơ quan, tổ chức ban hành"), max_length=250)
    issuer_parent = models.CharField(_("cơ quan chủ quản"), max_length=250, blank=True)
    place_name = models.CharField(_("địa danh"), max_length=120, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=300, blank=True)
    signer_name = models.CharField(_("họ tên người ký"), max_length=200, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=80, blank=True)
    # What shares one run of numbers: kinds of one abbreviation, and all letters.
    series = models.CharField(max_length=40, default="")
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    code = models.CharField(_("mã xác minh"), max_length=12, null=True, blank=True, unique=True)
    provisional = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("soạn lúc"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_why = models.CharField(_("lý do hủy"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer_key", "series", "year", "number"],
                condition=Q(number__isnull=False),
                name="paper_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(number__isnull=False, year__isnull=False, issued_on__isnull=False, code__isnull=False),
                name="paper_issued_is_numbered",
            ),
            models.CheckConstraint(condition=Q(state__in=["draft", "issued", "cancelled"]), name="paper_state"),
        ]
        indexes = [
            models.Index(fields=["context", "subject"], name="paper_subject"),
            models.Index(fields=["place_id"], name="paper_place"),
            models.Index(fields=["establishment_id"], name="paper_establishment"),
        ]

    def __str__(self) -> str:
        return self.full_number or self.public_id

    @property
    def full_number(self) -> str:
        """Number and symbol as printed after `Số:`; empty while a draft."""
        if self.number is None:
            return ""
        return f"{self.number:02d}/{self.symbol}" if self.symbol else f"{self.number:02d}"

    @property
    def fields(self) -> dict[str, str]:
        """What people wrote into the paper, by name of the field."""
        opened = vault.unseal(self.sealed_fields, purpose=_SEAL)
        return dict(json.loads(opened)) if opened else {}

    def write_fields(self, values: Mapping[str, str]) -> None:
        """Set what stands in the fields; saving is the caller's."""
        self.sealed_fields = vault.seal(json.dumps(dict(values), ensure_ascii=False), purpose=_SEAL)


@tracked()
class PaperFile(models.Model):
    """A file that is the paper in one form; the newest `edited` or `signed` one is what counts."""

    class Role(models.TextChoices):
        WORD = "word", _("Bản Word khi ban hành")
        PDF = "pdf", _("Bản PDF khi ban hành")
        DATA = "data", _("Dữ liệu của bản ban hành")
        EDITED = "edited", _("Bản đã sửa trong Word trước khi ký")
        SIGNED = "signed", _("Bản đã ký, đóng dấu")

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    role = models.CharField(max_length=6, choices=Role)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("lúc"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "role", "file"], name="paper_file_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.role}"


class PaperCounter(models.Model):
    """The last number given by an issuer in a series and year; locked while the next one is given."""

    issuer_key = models.CharField(max_length=80)
    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer_key", "series", "year"], name="paper_counter_once")]

    def __str__(self) -> str:
        return f"{self.issuer_key} {self.series} {self.year}: {self.last}"

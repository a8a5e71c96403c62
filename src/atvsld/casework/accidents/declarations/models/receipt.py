from __future__ import annotations

import secrets

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

# Letters and digits that nobody confuses when reading aloud.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20


def new_code() -> str:
    """A code nobody can guess (98 bits)."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


class Receipt(models.Model):
    """That a version of a declaration was received: when, and the hash of what it said. Given once, never changed."""

    declaration = models.OneToOneField(
        "accident_declarations.Declaration", on_delete=models.PROTECT, related_name="receipt"
    )
    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)
    issued_at = models.DateTimeField(_("cấp lúc"))
    content_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("biên nhận")
        triggers = [
            pgtrigger.Protect(name="receipt_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.grouped

    @property
    def grouped(self) -> str:
        """The code as people read it aloud: five groups of four."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

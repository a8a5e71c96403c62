from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from atvsld.kit.ids import new_ulid


class User(AbstractUser):
    """A person who signs in. What the person may do comes from offices held, never from the account."""

    public_id = models.CharField(max_length=26, unique=True, default=new_ulid, editable=False)
    full_name = models.CharField(_("họ và tên"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    REQUIRED_FIELDS = ["email", "full_name"]

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """The given name, which a Vietnamese name ends with; remarks in brackets are not part of it."""
        words = [word for word in self.full_name.split() if word[0].isalnum()]
        return words[-1] if words else self.username

"""The columns that name one reporter: an establishment, a body or a provider."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KINDS = ("establishment", "body", "provider")
# Register of the law's classes of reporters → column.
COLUMNS = {"establishments": "establishment", "bodies": "body", "providers": "provider"}


class OfReporter(models.Model):
    """Exactly one of the three is named."""

    establishment = models.ForeignKey(
        "establishments.Establishment", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("cơ sở"),
    )  # fmt: skip
    body = models.ForeignKey(
        "bodies.Body", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("cơ quan")
    )
    provider = models.ForeignKey(
        "providers.ServiceProvider", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("tổ chức dịch vụ"),
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def reporter(self) -> Any:
        return self.establishment or self.body or self.provider


def one_reporter() -> Q:
    """Exactly one of the three columns is filled."""
    found = Q()
    for name in KINDS:
        found |= Q(**{f"{other}__isnull": other != name for other in KINDS})
    return found

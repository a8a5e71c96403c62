"""Lists page by page: a cursor that stays right while records are added."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Rejected

M = TypeVar("M", bound=Model)
LARGEST = 500


class Paging(Schema):
    """`cursor` is the `next` of the answer before; opaque."""

    limit: int = Field(100, ge=1, le=LARGEST)
    cursor: str = Field("", max_length=40)


def page(queryset: QuerySet[M], paging: Paging) -> tuple[Sequence[M], str | None]:
    """The records after the cursor in order of entry, and the cursor of the next page (None at the end)."""
    after = _read(paging.cursor)
    found = list(queryset.filter(pk__gt=after).order_by("pk")[: paging.limit + 1])
    more = len(found) > paging.limit
    shown = found[: paging.limit]
    return shown, _write(shown[-1].pk) if more else None


def _write(pk: Any) -> str:
    return base64.urlsafe_b64encode(f"pk{pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        if text.startswith("pk") and text[2:].isdecimal() and len(text) <= 20:
            return int(text[2:])
    except (ValueError, binascii.Error):
        pass
    raise Rejected([Problem("bad_cursor", _("Con trỏ trang không đúng."), _("Dùng giá trị “next” của trang trước."))])

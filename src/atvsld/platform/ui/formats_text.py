"""Values as people read them: money, numbers, days. Unknown is said, never shown as zero."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from atvsld.kit.text import format_date, format_number, initials


def unknown() -> SafeString:
    """The mark for what is not known."""
    return format_html('<span class="unknown">{}</span>', gettext("chưa rõ"))


def or_unknown(value: Any) -> Any:
    return unknown() if value is None or value == "" else value


def _language() -> str:
    return "en" if get_language() == "en" else "vi"


def money(value: Any) -> str:
    """An amount in đồng: 1.234.567 đ."""
    if value is None or value == "":
        return unknown()
    return f"{format_number(Decimal(value), 0, language=_language())}\u00a0đ"


def number(value: Any, decimals: int | str | None = None) -> str:
    if value is None or value == "":
        return unknown()
    return format_number(value, None if decimals is None else int(decimals), language=_language())


def percent(value: Any, decimals: int | str = 1) -> str:
    """A share between 0 and 1 as per cent."""
    if value is None or value == "":
        return unknown()
    return f"{format_number(Decimal(str(value)) * 100, int(decimals), language=_language())}\u00a0%"


def day(value: date | datetime | None) -> str:
    if value is None:
        return unknown()
    return format_date(timezone.localtime(value).date() if isinstance(value, datetime) else value)


def moment(value: datetime | None) -> str:
    return unknown() if value is None else format_date(timezone.localtime(value))


def said(value: Any) -> str:
    """A text kept in both languages, in that of the page; Vietnamese where no English is written.

    Takes an explanation, also as stored JSON, or anything with `vi` and `en`.
    """
    english = _language() == "en"
    if isinstance(value, dict):
        return str((english and value.get("text_en")) or value.get("text") or "")
    vietnamese = getattr(value, "text", None) or getattr(value, "vi", "")
    return str((english and (getattr(value, "text_en", None) or getattr(value, "en", None))) or vietnamese)


def told(value: Any) -> Any:
    """The facts behind an explanation, in the language of the page."""
    return value.told(_language())


def mask_name(value: str | None) -> str:
    """A personal name as initials."""
    return initials(value) if value else unknown()

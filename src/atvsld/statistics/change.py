"""Change between two periods, in numbers and in the words of official notices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from atvsld.kit.text import format_number

NOT_KNOWN = "Không so sánh được vì thiếu số liệu của một trong hai kỳ."
BASE_ZERO = "không tính được tỷ lệ vì số kỳ trước bằng 0"


@dataclass(frozen=True, slots=True)
class Change:
    """From `before` to `after`; both parts are signed and exact, rounding is left to the wording.

    `absolute` is None when a figure is missing, `percent` also when `before` is 0; `reason` says why.
    """

    before: Decimal | None
    after: Decimal | None
    absolute: Decimal | None
    percent: Decimal | None
    reason: str = ""

    def wording(self, unit: str = "", decimals: int = 1, *, places: int | None = None) -> str:
        """`tăng 892 vụ, tương ứng 12,1 %`.

        Published notices round the percentage to one or to two places, hence `decimals`; `places`
        fixes those of the absolute part, for rates.
        """
        if self.absolute is None:
            return self.reason
        if not self.absolute:
            return "không thay đổi"
        verb = "tăng" if self.absolute > 0 else "giảm"
        amount = f"{verb} {format_number(abs(self.absolute), places)} {unit}".rstrip()
        if self.percent is None:
            return f"{amount} ({self.reason})"
        return f"{amount}, tương ứng {format_number(abs(self.percent), decimals)} %"

    def percent_text(self, decimals: int = 1) -> str:
        """Signed percentage for a table cell: `+12,1`, `-4,2`, or `n/a`."""
        if self.percent is None:
            return "n/a"
        text = format_number(self.percent, decimals)
        return f"+{text}" if self.percent > 0 and text.strip("0,") else text

    def to_json(self) -> dict[str, Any]:
        figures = {"before": self.before, "after": self.after, "absolute": self.absolute, "percent": self.percent}
        return {name: None if figure is None else str(figure) for name, figure in figures.items()} | {
            "reason": self.reason
        }


def change(before: Decimal | int | None, after: Decimal | int | None) -> Change:
    """Measure the change from one figure to another; nothing is divided by zero or guessed."""
    old = None if before is None else Decimal(before)
    new = None if after is None else Decimal(after)
    if old is None or new is None:
        return Change(old, new, None, None, NOT_KNOWN)
    absolute = new - old
    if not old:
        return Change(old, new, absolute, None, BASE_ZERO)
    return Change(old, new, absolute, absolute * 100 / abs(old))

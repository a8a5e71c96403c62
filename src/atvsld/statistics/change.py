"""Change between two periods, in numbers and in the words of official notices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from atvsld.kit.text import format_number

NOT_KNOWN = "Không so sánh được vì thiếu số liệu của một trong hai kỳ."
BASE_ZERO = "không tính được tỷ lệ vì số kỳ trước bằng 0"
MINUS = "\N{MINUS SIGN}"


class Style(StrEnum):
    """How a notice writes a change: `tăng 892 vụ, tương ứng 12,1 %` or `giảm 58 vụ (−8,06 %)`."""

    CLAUSE = "clause"
    BRACKET = "bracket"


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

    def wording(
        self, unit: str = "", decimals: int = 1, *, places: int | None = None, style: Style = Style.CLAUSE
    ) -> str:
        """`tăng 892 vụ, tương ứng 12,1 %`, or in brackets `giảm 58 vụ (−8,06 %)`.

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
        if style is Style.BRACKET:
            return f"{amount} ({_signed(self.percent, decimals)} %)"
        return f"{amount}, tương ứng {format_number(abs(self.percent), decimals)} %"

    def percent_text(self, decimals: int = 1) -> str:
        """Signed percentage for a table cell: `+12,1`, `-4,2`, or `n/a`."""
        if self.percent is None:
            return "n/a"
        text = format_number(self.percent, decimals)
        return f"+{text}" if self.percent > 0 and text.strip("0,") else text

    def compact(self, decimals: int = 1) -> str:
        """`+12 (+8,1 %)` for a narrow column; `0` for no change, a dash where nothing can be said."""
        if self.absolute is None:
            return "–"
        if not self.absolute:
            return "0"
        text = _signed(self.absolute)
        return text if self.percent is None else f"{text} ({_signed(self.percent, decimals)} %)"

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


def agrees(found: Change, absolute: Decimal | int, percent: Decimal) -> bool:
    """Whether a printed change (`absolute` signed, `percent` unsigned as printed) is that of the two figures.

    Printed percentages are rounded or cut at the places they show; both count as right. A notice in which they do not
    agree has a misprint in one of its numbers.
    """
    if found.absolute is None or found.absolute != absolute:
        return False
    if found.percent is None:
        return False
    return abs(percent) in _as_printed(abs(found.percent), percent)


def implied_bases(absolute: int, percent: Decimal) -> range:
    """The earlier figures from which a stated change of whole numbers follows; empty when none does.

    For reading a notice whose figure is misprinted: its change still says between which numbers it lay. ValueError for
    a change of nothing, which fits every figure.
    """
    if not absolute or not percent:
        raise ValueError("a change of nothing implies no base")
    half = _step(percent)
    low = int((abs(Decimal(absolute)) * 100 / (abs(percent) + half)).to_integral_value(ROUND_FLOOR))
    high = int((abs(Decimal(absolute)) * 100 / max(abs(percent) - half, half / 10)).to_integral_value(ROUND_CEILING))
    fitting = [
        base for base in range(max(low, 1), high + 1) if agrees(change(base, base + absolute), absolute, percent)
    ]
    return range(fitting[0], fitting[-1] + 1) if fitting else range(0)


def _as_printed(percent: Decimal, like: Decimal) -> tuple[Decimal, Decimal]:
    step = _step(like)
    return percent.quantize(step, ROUND_HALF_UP), percent.quantize(step, ROUND_FLOOR)


def _step(percent: Decimal) -> Decimal:
    exponent = percent.as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _signed(number: Decimal, decimals: int | None = None) -> str:
    text = format_number(abs(number), decimals)
    return f"{MINUS if number < 0 else '+'}{text}" if text.strip("0,") else text

"""What is known about the victim when a sum is worked out, and whether it is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypedDict

from atvsld.law.entitlements.spec import Assessment, EntitlementKind

Amount = int | Decimal

_INSURED = {EntitlementKind.ONE_TIME, EntitlementKind.MONTHLY}
# After a later assessment of these only the difference is owed.
DIFFERENCE_KINDS = {EntitlementKind.COMPENSATION, EntitlementKind.ONE_TIME}
_AGAIN = DIFFERENCE_KINDS | _INSURED
_ON_DEATH = {
    EntitlementKind.COMPENSATION,
    EntitlementKind.ALLOWANCE,
    EntitlementKind.STUDENT,
    EntitlementKind.DEATH,
}


class Given(TypedDict, total=False):
    """The facts that `entitlement` takes by name; money is in đồng a month, percentages are whole."""

    impairment: int | None
    """Impairment of the assessment that counts, 0 to 100 per cent."""
    died: bool
    salary: Amount | None
    """Average of the six months before the accident or disease (`average_salary`)."""
    insured_salary: Amount | Sequence[Amount] | None
    """Insured salary of the month before the accident; a list for several contracts."""
    coefficient: Amount | None
    """Instead of the insured salary, where the State sets salaries and the person was insured before 2016."""
    years: int | None
    """Whole years insured (`insured_years`)."""
    assessment: Assessment
    previous: int | None
    """Impairment of the assessment before."""
    held_years_part: Amount | None
    """The part by years insured that is drawn now."""
    before_2007: bool
    """A benefit is drawn, or was paid once, under the law before 01/01/2007."""
    hiv: bool
    """Infected with HIV by an accident at work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The facts of one case; meaning and units as in `Given`."""

    on: date
    impairment: int | None = None
    died: bool = False
    salary: Amount | None = None
    insured_salary: Amount | Sequence[Amount] | None = None
    coefficient: Amount | None = None
    years: int | None = None
    assessment: Assessment = Assessment.FIRST
    previous: int | None = None
    held_years_part: Amount | None = None
    before_2007: bool = False
    hiv: bool = False

    @property
    def insured_salaries(self) -> tuple[Decimal, ...]:
        """The insured salary of every labour contract, in đồng a month."""
        given = self.insured_salary
        if given is None:
            return ()
        return tuple(Decimal(item) for item in (given if isinstance(given, Sequence) else (given,)))

    def check(self, kind: EntitlementKind) -> None:
        """`ValueError` with a sentence for people when a fact is missing, impossible or of another entitlement."""
        if kind is not EntitlementKind.DEATH and not self.died and not self.hiv and self.impairment is None:
            raise ValueError("Cần mức suy giảm khả năng lao động (phần trăm).")
        for percent in (self.impairment, self.previous):
            if percent is not None and (type(percent) is not int or not 0 <= percent <= 100):
                raise ValueError(f"Mức suy giảm khả năng lao động là số nguyên từ 0 đến 100, không phải {percent!r}.")
        if self.years is not None and (type(self.years) is not int or self.years < 0):
            raise ValueError(f"Số năm đóng bảo hiểm là số năm tròn từ 0 trở lên, không phải {self.years!r}.")
        self._check_money()
        self._check_case(kind)

    def _check_money(self) -> None:
        named = [("Tiền lương bình quân", self.salary), ("Hệ số lương", self.coefficient)]
        named += [("Tiền lương đóng bảo hiểm", amount) for amount in self.insured_salaries]
        named += [("Phần trợ cấp đang hưởng", self.held_years_part)]
        for name, amount in named:
            if amount is not None and not (Decimal(amount).is_finite() and amount > 0):
                raise ValueError(f"{name} phải lớn hơn 0.")
        if self.coefficient is not None and self.insured_salaries:
            raise ValueError("Chỉ cho một trong hai: tiền lương đóng bảo hiểm hoặc hệ số lương.")

    def _check_case(self, kind: EntitlementKind) -> None:
        again, combined = self.assessment is Assessment.AGAIN, self.assessment is Assessment.COMBINED
        wrong = [
            (self.died and kind not in _ON_DEATH, "trường hợp người lao động chết"),
            (again and kind not in _AGAIN, "giám định lại"),
            (combined and kind not in _INSURED, "giám định tổng hợp"),
            (self.before_2007 and kind not in _INSURED, "người hưởng trước năm 2007"),
            (self.hiv and kind is not EntitlementKind.MONTHLY, "nhiễm HIV/AIDS do tai nạn rủi ro nghề nghiệp"),
            (self.coefficient is not None and kind not in _INSURED, "hệ số lương"),
            (self.held_years_part is not None and kind is not EntitlementKind.MONTHLY, "phần đang hưởng hằng tháng"),
        ]
        for is_wrong, what in wrong:
            if is_wrong:
                raise ValueError(f"Cách tính {kind.value} không áp dụng cho {what}.")
        if self.before_2007 and not again:
            raise ValueError("Người hưởng trợ cấp trước năm 2007 chỉ tính khi giám định lại.")
        if again and kind in DIFFERENCE_KINDS and self.previous is None:
            raise ValueError("Giám định lại: cần mức suy giảm của lần giám định trước liền kề.")
        if not again and self.previous is not None:
            raise ValueError("Mức suy giảm của lần trước chỉ dùng khi giám định lại.")
        if self.held_years_part is not None and self.assessment is Assessment.FIRST:
            raise ValueError("Phần trợ cấp đang hưởng chỉ dùng khi giám định lại hoặc giám định tổng hợp.")


def average_salary(salaries: Sequence[Amount]) -> Decimal:
    """Average monthly salary, in đồng, of the last six months before the accident or disease.

    `salaries` are the monthly salaries in order of time; fewer than six are averaged over their number
    (Điều 5 khoản 1 Thông tư 28/2021). `ValueError` without any.
    """
    if not salaries:
        raise ValueError("Cần tiền lương của ít nhất một tháng.")
    last = [Decimal(salary) for salary in salaries[-6:]]
    return sum(last, Decimal(0)) / len(last)


def insured_months(contracts: Iterable[tuple[date, date | None]], *, before: date) -> int:
    """Months insured up to the month before the accident on `before`, months of several contracts counted once.

    `contracts` are the first and last day insured under each (None: still running); the months need not follow
    each other (Điều 11 khoản 1, khoản 6 Nghị định 88/2020). Months without contribution are the caller's to
    leave out. `ValueError` for a contract that ends before it begins.
    """
    accident = _month(before)
    months: set[int] = set()
    for first, last in contracts:
        if last is not None and last < first:
            raise ValueError("Hợp đồng kết thúc trước ngày bắt đầu.")
        months.update(range(_month(first), accident if last is None else min(_month(last) + 1, accident)))
    return len(months)


def _month(day: date) -> int:
    return day.year * 12 + day.month


def insured_years(months: int) -> int:
    """Whole years insured: a year counts when twelve months are paid (Điều 11 khoản 6 điểm d Nghị định 88/2020)."""
    if months < 0:
        raise ValueError("Số tháng đóng bảo hiểm không thể âm.")
    return months // 12

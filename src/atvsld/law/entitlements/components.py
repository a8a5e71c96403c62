"""The sums an entitlement is made of, each with its multiple, its base and its worked line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from atvsld.kit.certainty import Certainty, worst
from atvsld.kit.dated import Dated
from atvsld.kit.explain import Explanation
from atvsld.kit.text import format_date, format_number
from atvsld.law.entitlements.inputs import Inputs
from atvsld.law.entitlements.multiples import multiple_of
from atvsld.law.entitlements.spec import Assessment, Base, EntitlementKind, EntitlementRules, Rule
from atvsld.law.parameters import Value

if TYPE_CHECKING:
    from atvsld.law.book import LawBook

_PARAMETER = "salary.base"
_SYMBOLS = {Base.SALARY: "tiền lương tháng bình quân", Base.BASE_SALARY: "Lmin", Base.INSURED_SALARY: "L"}


@dataclass(frozen=True, slots=True)
class Component:
    """One sum. `multiple` and `base` are None for a sum carried over as it is; `amount` is exact, in đồng."""

    id: str
    multiple: Decimal | None
    base: Base | None
    base_amount: Decimal | None
    amount: Decimal
    symbolic: str
    worked: str
    status: Certainty
    parts: tuple[Explanation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "multiple": None if self.multiple is None else plain_number(self.multiple),
            "of": self.base.value if self.base else None,
            "base_amount": None if self.base_amount is None else plain_number(self.base_amount),
            "amount": plain_number(self.amount),
            "worked": self.worked,
        }


@dataclass(frozen=True, slots=True)
class BaseSalary:
    """The base salary (lương cơ sở) of a day, as an amount and as the dated entry it comes from."""

    entry: Dated[Value]
    note: str

    @property
    def amount(self) -> Decimal:
        return Decimal(self.entry.value)

    def explain(self) -> Explanation:
        text = f"Mức lương cơ sở {format_number(self.amount)} đồng/tháng, từ {format_date(self.entry.valid_from)}"
        text += f" đến {format_date(self.entry.valid_to)}." if self.entry.valid_to else "."
        text = f"{text} {self.note}".strip()
        return Explanation(f"parameter.{_PARAMETER}", text, self.entry.citation, self.entry.status)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": _PARAMETER,
            "value": plain_number(self.amount),
            "valid_from": self.entry.valid_from.isoformat(),
            "valid_to": self.entry.valid_to.isoformat() if self.entry.valid_to else None,
            "citation": str(self.entry.citation),
            "status": self.entry.status.value,
        }


def plain_number(value: Decimal) -> int | float:
    """A whole number as int, any other as float, for JSON."""
    return int(value) if value == value.to_integral_value() else float(value)


def base_salary_of(book: LawBook, inputs: Inputs) -> BaseSalary:
    """The base salary of the deciding day (`NotInForce` when the book has none)."""
    entry = book.as_of(inputs.on)[_PARAMETER]
    return BaseSalary(entry, book.parameters[_PARAMETER].notes.get(entry.valid_from, ""))


def impairment_component(
    rules: EntitlementRules, rule: Rule, inputs: Inputs, base_salary: BaseSalary | None
) -> Component:
    """The sum by impairment or death: a multiple of the salary or of the base salary."""
    multiple = multiple_of(rules, rule, inputs)
    if base_salary is not None:
        base, amount = Base.BASE_SALARY, base_salary.amount
    elif inputs.salary is not None:
        base, amount = Base.SALARY, Decimal(inputs.salary)
    else:
        raise ValueError("Cần tiền lương tháng bình quân của 6 tháng liền kề trước khi bị nạn (đồng).")
    total = multiple.value * amount
    worked = f"{multiple.worked} × {format_number(amount)} = {format_number(total)}"
    notes = tuple(
        Explanation(f"entitlement.{rule.kind.value}.step", note, rule.citations[0], multiple.status)
        for note in multiple.notes
    )
    symbolic = f"{multiple.symbolic} × {_SYMBOLS[base]}"
    parts = multiple.parts + notes
    return Component("impairment", multiple.value, base, amount, total, symbolic, worked, multiple.status, parts)


def years_component(
    rules: EntitlementRules, rule: Rule, inputs: Inputs, base_salary: BaseSalary | None
) -> Component | None:
    """The sum by years insured, None where the law gives none (difference after reassessment, before 2007)."""
    if rule.years is None or base_salary is None or inputs.before_2007:
        return None
    again = inputs.assessment is Assessment.AGAIN
    if again and rule.kind is EntitlementKind.ONE_TIME:
        return None
    if again and inputs.held_years_part is not None:
        return _held(rules, inputs, "again.monthly")
    fresh = _fresh_years(rules, rule, inputs, base_salary)
    if inputs.held_years_part is not None and fresh.amount < inputs.held_years_part:
        return _held(rules, inputs, "combined.monthly")
    return fresh


def _held(rules: EntitlementRules, inputs: Inputs, provision_id: str) -> Component:
    provision = rules.provision(provision_id, inputs.on)
    held = Decimal(inputs.held_years_part or 0)
    worked = f"mức đang hưởng = {format_number(held)}"
    parts = (provision.explain(),)
    return Component("years", None, None, None, held, "phần đang hưởng", worked, provision.status, parts)


def _fresh_years(rules: EntitlementRules, rule: Rule, inputs: Inputs, base_salary: BaseSalary) -> Component:
    assert rule.years is not None
    if inputs.years is None:
        raise ValueError("Cần số năm đóng vào quỹ bảo hiểm tai nạn lao động, bệnh nghề nghiệp (năm tròn).")
    salary, parts = _insured_salary(rules, inputs, base_salary)
    multiple = rule.years.multiple(inputs.years)
    total = multiple * salary
    first, each = format_number(rule.years.first), format_number(rule.years.each)
    symbolic, figures = f"{first} × L", first
    if inputs.years > 1:
        symbolic, figures = f"{{{first} + (t − 1) × {each}}} × L", f"{{{first} + ({inputs.years} − 1) × {each}}}"
    worked = f"{figures} × {format_number(salary)} = {format_number(total)}"
    status = worst([rule.status, *(part.status for part in parts)])
    return Component("years", multiple, Base.INSURED_SALARY, salary, total, symbolic, worked, status, parts)


def _insured_salary(
    rules: EntitlementRules, inputs: Inputs, base_salary: BaseSalary
) -> tuple[Decimal, tuple[Explanation, ...]]:
    """The insured salary that counts, in đồng a month, and the rules that shaped it."""
    if inputs.coefficient is not None:
        why = rules.provision("insured_salary.coefficient", inputs.on).explain()
        return Decimal(inputs.coefficient) * base_salary.amount, (why,)
    salaries = inputs.insured_salaries
    if not salaries:
        raise ValueError("Cần tiền lương đóng bảo hiểm của tháng liền kề trước tháng bị nạn (đồng).")
    total = sum(salaries, Decimal(0))
    provision = rules.provision("insured_salary.cap", inputs.on)
    ceiling = provision.number * base_salary.amount
    if len(salaries) > 1:
        return min(total, ceiling), (provision.explain(),)
    if total > ceiling:
        text = (
            f"Tiền lương đóng bảo hiểm {format_number(total)} đồng cao hơn {format_number(provision.number)} lần "
            "lương cơ sở: cần kiểm tra lại; mức trần của quy định chỉ dành cho trường hợp nhiều hợp đồng."
        )
        return total, (Explanation("entitlement.check.insured_salary", text, provision.citation),)
    return total, ()

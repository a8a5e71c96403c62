"""The sum a victim, family or student is owed, with the whole reckoning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Unpack

from atvsld.kit.certainty import Certainty, Citation, worst
from atvsld.kit.explain import Explanation
from atvsld.kit.text import format_date, format_number
from atvsld.law.entitlements.components import (
    BaseSalary,
    Component,
    base_salary_of,
    impairment_component,
    plain_number,
    years_component,
)
from atvsld.law.entitlements.duty import Fault, check_not_excluded, employer_duty
from atvsld.law.entitlements.inputs import Given, Inputs
from atvsld.law.entitlements.reading import load_rules
from atvsld.law.entitlements.spec import Base, EntitlementKind, EntitlementRules, NotEntitled, Rule

if TYPE_CHECKING:
    from atvsld.law.book import LawBook

_LEGEND = {
    Base.SALARY: "{letter}: mức suy giảm khả năng lao động (%)",
    Base.BASE_SALARY: (
        "Lmin: mức lương cơ sở; {letter}: mức suy giảm khả năng lao động (%); "
        "L: tiền lương đóng bảo hiểm; t: số năm đóng bảo hiểm"
    ),
}
_BY_EMPLOYER = (EntitlementKind.COMPENSATION, EntitlementKind.ALLOWANCE)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The answer. `amount` is in whole đồng, once or a month (`pays`); `minimum`: the law says "at least".

    `months` is the multiple of the one base the sum is taken of, None when it has two (see `components`);
    `base_salary` is the base salary (lương cơ sở) used, None where the law does not use it.
    """

    kind: EntitlementKind
    amount: int
    months: Decimal | None
    base_salary: int | None
    formula: str
    citations: tuple[Citation, ...]
    status: Certainty
    explanation: Explanation
    pays: str
    minimum: bool
    components: tuple[Component, ...]
    parameters: tuple[BaseSalary, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "amount": self.amount,
            "pays": self.pays,
            "minimum": self.minimum,
            "months": None if self.months is None else plain_number(self.months),
            "base_salary": self.base_salary,
            "formula": self.formula,
            "components": [component.to_json() for component in self.components],
            "parameters": [parameter.to_json() for parameter in self.parameters],
            "citations": [str(citation) for citation in self.citations],
            "status": self.status.value,
            "explanation": self.explanation.to_json(),
        }


def entitlement(
    book: LawBook,
    kind: EntitlementKind | str,
    *,
    on: date,
    fault: Fault | None = None,
    commuting: bool = False,
    disease: bool = False,
    rules: EntitlementRules | None = None,
    **given: Unpack[Given],
) -> Entitlement:
    """What is owed under one entitlement, by the law of `on`; `Given` lists the facts.

    `on` is the day that decides: of the accident for the employer's sums, of the month the benefit begins for
    the fund's, of death, or of the finding for a student. `fault`, when known, checks that compensation or
    allowance is the right one. Rounding: what is "at least" an amount is rounded up to a whole đồng, the rest
    half up. `NotEntitled` when the law grants nothing, `ValueError` when a fact is missing or impossible,
    `NotInForce` for a day that the law or the base salary does not reach.
    """
    wanted = EntitlementKind(kind)
    found = rules or load_rules()
    inputs = Inputs(on=on, **given)
    inputs.check(wanted)
    rule = found.at(wanted, on)
    duty = _duty(found, rule, fault, on, commuting=commuting, disease=disease)
    return _answer(book, found, rule, inputs, duty=duty)


def _duty(
    rules: EntitlementRules, rule: Rule, fault: Fault | None, on: date, *, commuting: bool, disease: bool
) -> Explanation | None:
    """Why the employer owes this sum and not the other, when the fault is known; `NotEntitled` when it is the other."""
    if rule.payer == "fund":
        check_not_excluded(rules, fault, on)
    if rule.kind not in _BY_EMPLOYER or (fault is None and not disease):
        return None
    right, why = employer_duty(fault=fault or Fault.UNKNOWN, on=on, commuting=commuting, disease=disease, rules=rules)
    if right is not rule.kind:
        raise NotEntitled(why)
    return why


def _answer(
    book: LawBook, rules: EntitlementRules, rule: Rule, inputs: Inputs, *, duty: Explanation | None
) -> Entitlement:
    base_salary = base_salary_of(book, inputs) if rule.base is Base.BASE_SALARY else None
    components = [impairment_component(rules, rule, inputs, base_salary)]
    by_years = years_component(rules, rule, inputs, base_salary)
    components += [by_years] if by_years else []
    exact = sum((component.amount for component in components), Decimal(0))
    amount = int(exact.quantize(Decimal(1), rounding=ROUND_CEILING if rule.minimum else ROUND_HALF_UP))
    parts = [part for component in components for part in component.parts]
    parts += [base_salary.explain()] if base_salary else []
    parts += [rules.provision("fund.base_salary", inputs.on).explain()] if rule.payer == "fund" else []
    parts += [duty] if duty else []
    status = worst([rule.status, *(item.status for item in components), *(part.status for part in parts)])
    used = [*rule.citations, *(part.citation for part in parts if part.citation)]
    formula = " + ".join(component.symbolic for component in components)
    text = _sentence(rule, components, exact, amount)
    facts = _facts(inputs, formula, rule)
    return Entitlement(
        kind=rule.kind,
        amount=amount,
        months=components[0].multiple if len(components) == 1 else None,
        base_salary=int(base_salary.amount) if base_salary else None,
        formula=formula,
        citations=tuple(dict.fromkeys(used)),
        status=status,
        explanation=Explanation(f"entitlement.{rule.kind.value}", text, rule.citations[0], status, facts, tuple(parts)),
        pays=rule.pays,
        minimum=rule.minimum,
        components=tuple(components),
        parameters=(base_salary,) if base_salary else (),
    )


def _sentence(rule: Rule, components: Sequence[Component], exact: Decimal, amount: int) -> str:
    least = "ít nhất " if rule.minimum else ""
    unit = "đồng/tháng" if rule.pays == "monthly" else "đồng"
    lines = [f"{component.worked} đồng" for component in components]
    if len(components) > 1:
        lines.append(" + ".join(format_number(component.amount) for component in components))
        lines[-1] += f" = {format_number(exact)} đồng"
    text = f"{rule.label.vi}: {least}{format_number(amount)} {unit}. Cách tính: {'; '.join(lines)}."
    if exact != amount:
        way = "lên" if rule.minimum else "đến"
        text += f" Làm tròn {way} đồng; văn bản không quy định cách làm tròn."
    return f"{text} {rule.note}".strip()


def _facts(inputs: Inputs, formula: str, rule: Rule) -> tuple[tuple[str, str], ...]:
    given = [
        ("Công thức", formula),
        ("Ký hiệu", _LEGEND[rule.base].format(letter=rule.letter)),
        ("Ngày tính", f"{format_date(inputs.on)} ({rule.day})"),
        ("Mức suy giảm khả năng lao động", f"{inputs.impairment} %" if inputs.impairment is not None else ""),
        ("Người bị nạn", "đã chết" if inputs.died or rule.kind is EntitlementKind.DEATH else ""),
        ("Mức suy giảm lần trước", f"{inputs.previous} %" if inputs.previous is not None else ""),
    ]
    if rule.base is Base.SALARY and inputs.salary is not None:
        given.append(("Tiền lương tháng bình quân", f"{format_number(Decimal(inputs.salary))} đồng"))
    if rule.years is not None:
        insured = " + ".join(format_number(salary) for salary in inputs.insured_salaries)
        given.append(("Tiền lương đóng bảo hiểm", f"{insured} đồng" if insured else ""))
        given.append(("Số năm đóng bảo hiểm", str(inputs.years) if inputs.years is not None else ""))
        given.append(("Hệ số lương", format_number(Decimal(inputs.coefficient)) if inputs.coefficient else ""))
    return tuple((name, value) for name, value in given if value)

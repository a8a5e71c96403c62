"""How many times the base amount is owed, with the formula as letters and as figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from atvsld.kit.certainty import Certainty, worst
from atvsld.kit.explain import Explanation
from atvsld.kit.text import format_number
from atvsld.law.entitlements.inputs import DIFFERENCE_KINDS, Inputs
from atvsld.law.entitlements.spec import Assessment, EntitlementKind, EntitlementRules, NotEntitled, Rule, Step


@dataclass(frozen=True, slots=True)
class Multiple:
    """A number of months or times, the formula in letters, the same in figures, and the rules behind it."""

    value: Decimal
    symbolic: str
    worked: str
    status: Certainty
    parts: tuple[Explanation, ...] = ()
    notes: tuple[str, ...] = ()


def multiple_of(rules: EntitlementRules, rule: Rule, inputs: Inputs) -> Multiple:
    """The multiple for the impairment or the death of a case (`NotEntitled` outside the spans of the law)."""
    if inputs.before_2007:
        return _before_2007(rules, rule, inputs)
    if rule.share is not None:
        whole = multiple_of(rules, rules.at(rule.share.of, inputs.on), inputs)
        factor = format_number(rule.share.factor)
        return Multiple(
            rule.share.factor * whole.value,
            f"{factor} × {whole.symbolic}",
            f"{factor} × {whole.worked}",
            worst([rule.status, whole.status]),
            whole.parts,
            whole.notes,
        )
    if inputs.assessment is Assessment.AGAIN and rule.kind in DIFFERENCE_KINDS:
        return _difference(rules, rule, inputs)
    return _plain(rules, rule, inputs)


def impairment_of(rules: EntitlementRules, inputs: Inputs) -> int:
    """The impairment that counts, in per cent: HIV by accident at work counts as the floor of the law at least."""
    given = inputs.impairment or 0
    return max(given, int(rules.provision("hiv.impairment", inputs.on).number)) if inputs.hiv else given


def _plain(rules: EntitlementRules, rule: Rule, inputs: Inputs) -> Multiple:
    parts = (rules.provision("hiv.impairment", inputs.on).explain(),) if inputs.hiv else ()
    status = worst([rule.status, *(part.status for part in parts)])
    if inputs.died or rule.kind is EntitlementKind.DEATH:
        if rule.death is None:
            raise _refused(rule, f"{rule.label.vi} không áp dụng khi người bị nạn đã chết.")
        text = format_number(rule.death)
        return Multiple(rule.death, text, text, status, parts)
    impairment = impairment_of(rules, inputs)
    step = _step(rule, impairment)
    symbolic, worked = _written(step, rule.letter), _written(step, str(impairment))
    notes = (step.note,) if step.note else ()
    return Multiple(step.multiple(impairment), symbolic, worked, worst([status, step.status or status]), parts, notes)


def _difference(rules: EntitlementRules, rule: Rule, inputs: Inputs) -> Multiple:
    """What is owed after a later assessment, over what the one before already gave."""
    before, now = inputs.previous or 0, 100 if inputs.died else impairment_of(rules, inputs)
    if rule.step(before) is None:
        raise ValueError(
            f"Mức suy giảm lần trước {before} % không thuộc mức hưởng này: hãy tính như giám định lần đầu."
        )
    if now <= before:
        raise _refused(rule, f"Mức suy giảm không tăng so với lần trước ({before} %): không có khoản chênh lệch.")
    parts = [rules.provision(f"again.{rule.kind.value}", inputs.on).explain()]
    step = rule.step(now)
    letter, notes = rule.letter, tuple[str, ...]()
    if not inputs.died and step is not None and step.each and before >= step.beyond:
        each = format_number(step.each)
        symbolic, worked = f"({letter}₂ − {letter}₁) × {each}", f"({now} − {before}) × {each}"
        value, status = (now - before) * step.each, rule.status
    else:
        new, old = _plain(rules, rule, inputs), _step(rule, before)
        parts.append(rules.provision("again.compensation.edge", inputs.on).explain())
        symbolic = f"{{T({letter}₂) − T({letter}₁)}}"
        worked = f"{{{new.worked} − {_written(old, str(before))}}}"
        value, status, notes = new.value - old.multiple(before), new.status, new.notes
    return Multiple(value, symbolic, worked, worst([status, *(part.status for part in parts)]), tuple(parts), notes)


def _before_2007(rules: EntitlementRules, rule: Rule, inputs: Inputs) -> Multiple:
    """Those who drew a benefit before 2007 and are assessed again: by groups of ten per cent."""
    provision = rules.provision(f"before_2007.{rule.kind.value}", inputs.on)
    now = impairment_of(rules, inputs)
    band = provision.band(now)
    if band is None:
        raise _refused(rule, f"{provision.label.vi}: mức suy giảm {now} % không thuộc bảng.")
    value = band.multiple
    if rule.kind is EntitlementKind.ONE_TIME:
        before = provision.band(inputs.previous or 0)
        if before is None:
            raise ValueError(f"Mức suy giảm lần trước {inputs.previous} % không thuộc bảng của khoản trợ cấp một lần.")
        value -= before.multiple
        if value <= 0:
            raise _refused(rule, "Mức suy giảm chưa sang nhóm cao hơn: không hưởng khoản trợ cấp mới.")
    text = format_number(value)
    return Multiple(value, text, text, provision.status, (provision.explain(),))


def _step(rule: Rule, impairment: int) -> Step:
    step = rule.step(impairment)
    if step is None:
        first, last = rule.steps[0].first, rule.steps[-1].last
        raise _refused(
            rule, f"{rule.label.vi} dành cho mức suy giảm từ {first} % đến {last} %; mức đã cho là {impairment} %."
        )
    return step


def _written(step: Step, impairment: str) -> str:
    fixed = format_number(step.fixed)
    if not step.each:
        return fixed
    return f"{{{fixed} + ({impairment} − {step.beyond}) × {format_number(step.each)}}}"


def _refused(rule: Rule, text: str) -> NotEntitled:
    return NotEntitled(Explanation(f"entitlement.{rule.kind.value}.none", text, rule.citations[0], rule.status))

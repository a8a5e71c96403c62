"""From the facts of a victim to the sum by law, and the worked reckoning kept sealed beside the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.dated import NotInForce
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.law.entitlements import Entitlement, Fault, NotEntitled, average_salary, entitlement
from atvsld.law.errors import UnknownEntry
from atvsld.platform import vault
from atvsld.platform.acts import Rejected, clock

PURPOSE = "accidents.benefit.reckoning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is stated to reckon one sum. Money in đồng a month, impairment in per cent, years whole.

    `salaries` are those of the last six months before the accident, or fewer (Điều 5 khoản 1 Thông tư 28/2021).
    """

    kind: str
    on: date
    impairment: int | None = None
    salaries: tuple[int, ...] = ()
    insured_salary: int | None = None
    years: int | None = None
    fault: str | None = None
    assessed_on: date | None = None
    assessment_number: str = ""


def reckon(case: AccidentCase, victim: Victim, facts: Facts) -> Entitlement:
    """The sum by law for a victim of a case. `Rejected` with a sentence when a fact is missing or nothing is owed."""
    commuting = case.conclusion == AccidentCase.Conclusion.ARTICLE_39_2
    return reckon_facts(facts, died=victim.severity == "fatal", commuting=commuting)


def reckon_facts(facts: Facts, *, died: bool, commuting: bool) -> Entitlement:
    """The sum by law. `Rejected` with a sentence when a fact is missing, or the law grants nothing."""
    if facts.kind == Benefit.Kind.DEATH and not died:
        message = _("Hồ sơ không ghi người này đã chết.")
        raise Rejected([Problem("not_dead", message, _("Sửa mức độ của người bị nạn nếu đã chết."), column="kind")])
    try:
        return entitlement(
            load_book(),
            facts.kind,
            on=facts.on,
            impairment=None if died else facts.impairment,
            died=died,
            salary=average_salary(facts.salaries) if facts.salaries else None,
            insured_salary=facts.insured_salary,
            years=facts.years,
            fault=Fault(facts.fault) if facts.fault else None,
            commuting=commuting,
        )
    except NotEntitled as error:
        raise Rejected([Problem("not_entitled", str(error), column="kind")]) from error
    except (NotInForce, UnknownEntry, ValueError) as error:
        raise Rejected([Problem("cannot_reckon", str(error.args[0] if error.args else error))]) from error


def sealed(facts: Facts, found: Entitlement) -> str:
    """The facts and the reckoning, closed for storage."""
    kept = {"facts": asdict(facts), "law_version": load_book().version, "found": found.to_json()}
    return vault.seal(json.dumps(kept, ensure_ascii=False, default=str), purpose=PURPOSE)


def opened(benefit: Benefit) -> Mapping[str, Any]:
    """What `sealed` kept. Only an act that records the reading may call this."""
    kept: Mapping[str, Any] = json.loads(vault.unseal(benefit.reckoning_sealed, purpose=PURPOSE))
    return kept


def suggested_kind(case: AccidentCase) -> str:
    """Which sum the employer owes at first sight; the reckoning itself checks it against the fault."""
    if case.conclusion == AccidentCase.Conclusion.ARTICLE_39_2:
        return Benefit.Kind.ALLOWANCE
    return Benefit.Kind.COMPENSATION


def day_of(case: AccidentCase) -> date:
    """The day of the accident, by which the employer's sums are reckoned."""
    return clock.local_day(case.occurred_at)

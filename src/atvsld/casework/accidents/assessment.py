"""What the law says of a case as it is recorded: how grave, who looks into it, by when. Computed, never stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.dated import NotInForce
from atvsld.kit.explain import Explanation
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law import (
    AccidentSeverity,
    CaseVerdict,
    Deadline,
    LawBook,
    Tier,
    UnknownEntry,
    VictimFacts,
    classify_case,
    classify_victim,
    due,
)
from atvsld.platform.acts import clock


@dataclass(frozen=True, slots=True)
class VictimView:
    """A victim with what the law says of the injuries; `differs` when the record says another severity."""

    victim: Victim
    explanation: Explanation | None
    differs: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """`verdict` is None when the record does not say enough; `missing` says what it lacks.

    `events` are due after the news of the accident, counted from the moment of the accident itself because the
    record does not hold the moment of the news; `reports` are the periodic reports in which the case must stand.
    """

    victims: tuple[VictimView, ...]
    verdict: CaseVerdict | None
    missing: str
    events: tuple[Deadline, ...]
    reports: tuple[Deadline, ...]


def assess(book: LawBook, case: AccidentCase, victims: Sequence[Victim]) -> Assessment:
    """Everything the law says of a case with its victims."""
    day = clock.local_day(case.occurred_at)
    verdict, missing = _tier(book, case, victims, day)
    relations = {relation_of(case, victim) for victim in victims}
    contract, informal = bool(relations - {None, "none"}), "none" in relations
    rules = _event_rules(victims, verdict, contract=contract, informal=informal)
    return Assessment(
        victims=tuple(_victim(book, victim, day) for victim in victims),
        verdict=verdict,
        missing=missing,
        events=tuple(_events(book, rules, case.occurred_at)),
        reports=tuple(_reports(book, day, contract=contract, informal=informal)) if _reported(case) else (),
    )


def _reported(case: AccidentCase) -> bool:
    return case.conclusion != AccidentCase.Conclusion.NOT_OCCUPATIONAL


def _victim(book: LawBook, victim: Victim, day: date) -> VictimView:
    try:
        found = classify_victim(book, died=victim.severity == "fatal", injury_codes=victim.injury_codes, on=day)
    except (NotInForce, UnknownEntry):
        return VictimView(victim, None, differs=False)
    # Without an injury of the list nothing contradicts "severe": the codes may not be in yet.
    differs = bool(victim.injury_codes) and victim.severity == "minor"
    said = found.explanation if victim.severity in {None, found.severity.value} or differs else None
    return VictimView(victim, said if victim.severity else None, differs=differs)


def relation_of(case: AccidentCase, victim: Victim) -> str | None:
    """The labour relation a limit goes by: as told; else, in a named establishment, a contract; else not known.

    A first notice seldom says it, and limits of hours must not wait for the full declaration. Nothing is stored: tables
    count what the record says.
    """
    return victim.labour_relation or ("contract" if case.establishment_id else None)


def deciding(case: AccidentCase, victims: Sequence[Victim]) -> tuple[list[VictimFacts], str]:
    """The facts that decide the level of a case, and what the record lacks to decide it (then no facts)."""
    relations = [relation_of(case, victim) for victim in victims]
    severities = [victim.severity for victim in victims]
    settled = "fatal" in severities or severities.count("severe") > 1
    if not victims:
        return [], _("Chưa có người bị nạn.")
    if not settled and None in severities:
        return [], _("Chưa rõ mức độ của ít nhất một người bị nạn.")
    if not settled and None in relations:
        return [], _("Chưa rõ quan hệ lao động của ít nhất một người bị nạn.")
    # With a death or two severe victims the relation decides nothing, so any known one may stand for the unknown.
    return [
        VictimFacts(severity or AccidentSeverity.MINOR, relation or "none")
        for severity, relation in zip(severities, relations, strict=True)
    ], ""


def _tier(book: LawBook, case: AccidentCase, victims: Sequence[Victim], day: date) -> tuple[CaseVerdict | None, str]:
    facts, missing = deciding(case, victims)
    if missing:
        return None, missing
    try:
        return classify_case(book, victims=facts, on=day), ""
    except (NotInForce, UnknownEntry) as error:
        return None, str(error)


def _event_rules(
    victims: Sequence[Victim], verdict: CaseVerdict | None, *, contract: bool, informal: bool
) -> Iterator[str]:
    if verdict is None:
        return
    fatal = any(victim.severity == "fatal" for victim in victims)
    severe = sum(victim.severity == "severe" for victim in victims)
    if verdict.tier is Tier.PROVINCIAL:
        if contract:
            yield "N_STATE"
            if fatal:
                yield "N_POLICE"
        if informal:
            yield "N_XA"
        yield "SCENE_2H"
        yield "QUICK_XIII"
        yield "INV_CHET" if fatal else "INV_NANG2"
    elif verdict.tier is Tier.ESTABLISHMENT:
        yield "INV_NANG1" if severe else "INV_NHE"


def _events(book: LawBook, rules: Iterator[str], at: datetime) -> Iterator[Deadline]:
    for rule in rules:
        try:
            yield due(book, rule, at=timezone.localtime(at))
        except NotInForce:
            continue


def _reports(book: LawBook, day: date, *, contract: bool, informal: bool) -> Iterator[Deadline]:
    year, half = Period.of(day, PeriodKind.YEAR), Period.of(day, PeriodKind.HALF)
    periods = [half, year] if half.index == 1 else [year]
    for rule in (["R1"] if contract else []) + (["R2"] if informal else []):
        for period in periods:
            try:
                yield due(book, rule, period=period)
            except NotInForce:
                continue

"""What the law book answers is said in English too, with the same figures and days as in Vietnamese."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.kit.dated import NotInForce
from atvsld.kit.explain import Explanation
from atvsld.kit.periods import Period
from atvsld.law import AccidentSeverity, Unit, VictimFacts, classify_case, classify_victim, due, load_book

BOOK = load_book()
EVENTS = sorted(name for name, series in BOOK.deadlines.items() if not series.entries[-1].value.periodic)
PERIODIC = sorted(name for name, series in BOOK.deadlines.items() if series.entries[-1].value.periodic)
FIGURES = re.compile(r"\d[\d/:]*\d|\d")


def same_in_both(why: Explanation) -> None:
    assert why.text_en
    assert why.text_en != why.text
    # "02 người" is "two" in English: figures of more than two digits, days and hours are the same.
    assert _figures(why.text_en) == _figures(why.text)
    assert len(why.facts_en) == len(why.facts)
    for part in why.parts:
        same_in_both(part)


def _figures(text: str) -> list[str]:
    return sorted(found for found in FIGURES.findall(text) if found not in {"01", "02"})


@pytest.mark.parametrize("rule", EVENTS)
def test_every_term_after_an_event_is_explained_in_english(rule: str) -> None:
    same_in_both(due(BOOK, rule, at=datetime(2026, 8, 31, 9, 30, tzinfo=UTC)).explanation)


@pytest.mark.parametrize("rule", PERIODIC)
def test_every_periodic_term_is_explained_in_english(rule: str) -> None:
    found = 0
    for code in ("2024", "2024-H1", "2025", "2026-H1"):
        try:
            why = due(BOOK, rule, period=Period.parse(code)).explanation
        except NotInForce:
            continue
        found += 1
        assert why.text_en
        # Periods are named in words; the days are the same.
        days = re.compile(r"\d\d/\d\d/\d{4}")
        assert days.findall(why.text_en) == days.findall(why.text)
    assert found


@given(st.dates(date(2016, 7, 1), date(2030, 1, 1)), st.sampled_from(EVENTS))
def test_on_any_day_both_languages_give_the_same_days(day: date, rule: str) -> None:
    try:
        why = due(BOOK, rule, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC)).explanation
    except NotInForce:
        return
    same_in_both(why)


def test_a_term_moved_by_a_holiday_names_it_in_each_language() -> None:
    found = [
        due(BOOK, rule, at=datetime(2026, 8, day, 3, tzinfo=UTC)).explanation
        for rule in EVENTS
        if BOOK.deadline(rule).unit is Unit.CALENDAR and BOOK.deadlines[rule].entries[-1].holds_on(date(2026, 8, 1))
        for day in range(1, 32)
    ]
    moved = [why for why in found if "lùi đến" in why.text]
    assert moved
    assert all("moves to the next working day" in why.text_en for why in moved)
    assert any("Independence Day" in why.text_en or "National Day" in why.text_en for why in moved)
    assert not any("Quốc khánh" in why.text_en for why in moved)


@pytest.mark.parametrize("severities", [("fatal",), ("severe",), ("severe", "severe"), ("minor",)])
@pytest.mark.parametrize("relation", ["contract", "none"])
def test_every_verdict_on_a_case_is_explained_in_english(severities: tuple[str, ...], relation: str) -> None:
    victims = [VictimFacts(AccidentSeverity(one), relation) for one in severities]
    same_in_both(classify_case(BOOK, victims=victims, on=date(2026, 1, 1)).explanation)


@pytest.mark.parametrize(("died", "codes"), [(True, ()), (False, ("011",)), (False, ())])
def test_every_verdict_on_a_victim_is_explained_in_english(died: bool, codes: tuple[str, ...]) -> None:
    same_in_both(classify_victim(BOOK, died=died, injury_codes=codes, on=date(2026, 1, 1)).explanation)

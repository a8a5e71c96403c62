"""The reporting calendar: cases a lawyer can read, and what must hold of every duty and every set of facts."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period
from atvsld.law.book import load_book
from atvsld.law.errors import LawDataError
from atvsld.law.reading import DataFolder
from atvsld.law.reporting_duties import Known, bind, open_periods
from atvsld.law.reporting_duties_reading import load_reporting_calendar, read_reporting_calendar

CALENDAR = load_reporting_calendar()
CASES = [
    pytest.param(case, id=case["tên"])
    for case in yaml.safe_load((Path(__file__).parent / "cases_reporting_duties.yaml").read_text("utf-8"))
]
PERIODIC = sorted(duty.id for duty in CALENDAR.duties.values() if duty.periods)


def known(value: Any) -> Known:
    return Known(frozenset(value) if isinstance(value, list) else value, "theo kiểm thử")


@pytest.mark.parametrize("case", CASES)
def test_the_calendar_answers_as_the_lawyer_wrote(case: dict[str, Any]) -> None:
    expected = dict(case["thì"])
    if expected.pop("không có kỳ", False):
        with pytest.raises(NotInForce):
            CALENDAR.term(case["báo cáo"], Period.parse(case["kỳ"]))
        return
    term = CALENDAR.term(case["báo cáo"], Period.parse(case["kỳ"]))
    verdict = bind(CALENDAR, term, {name: known(value) for name, value in case.get("cho", {}).items()})
    given_answer = {
        "trước ngày": term.due_before,
        "ngày cuối": term.last_ok,
        "ngày tính": term.as_of,
        "nơi nhận": list(term.recipients),
        "độ tin cậy": (verdict.status if "cho" in case else term.rule.status).value,
        "phải nộp": verdict.owes,
        "thiếu": list(verdict.missing),
        "vì": [reason.fact for reason in verdict.deciding],
    }
    for name, value in expected.items():
        assert given_answer[name] == value, name


def test_every_row_of_the_calendar_is_there() -> None:
    rows = {duty.row for duty in CALENDAR.duties.values()}
    assert rows >= {str(number) for number in range(1, 21)} | {"18b", "TT13"}
    assert {f"R{number}" for number in range(1, 14)} <= set(CALENDAR.duties)


@settings(deadline=None, max_examples=60)
@given(duty=st.sampled_from(PERIODIC), year=st.integers(2017, 2060))
def test_a_date_is_strictly_before_and_never_moves(duty: str, year: int) -> None:
    for period in open_periods(year, CALENDAR[duty].periods):
        try:
            term = CALENDAR.term(duty, period)
        except NotInForce:
            continue
        if term.due_before is None:
            assert term.last_ok is None
            continue
        assert term.last_ok == term.due_before - timedelta(days=1)
        named = term.rule.half if period.code.endswith("H1") else term.rule.year
        assert (term.due_before.month, term.due_before.day) == named
        assert term.as_of <= period.end


FACTS = st.fixed_dictionaries(
    {},
    optional={
        name: {
            "flag": st.booleans(),
            "number": st.integers(0, 3),
            "code": st.sampled_from(["8610", "86", "8699", "1410", "8"]),
            "set": st.sampled_from([["training"], ["technical_inspection"], []]),
        }[fact.kind.value]
        for name, fact in CALENDAR.facts.items()
    },
)


@settings(deadline=None)
@given(duty=st.sampled_from(PERIODIC), facts=FACTS, added=FACTS)
def test_learning_more_never_turns_an_answer_round(duty: str, facts: dict[str, Any], added: dict[str, Any]) -> None:
    """What is answered with some facts stays so whatever else becomes known; only “cannot tell” may change."""
    term = CALENDAR.term(duty, open_periods(2025, CALENDAR[duty].periods)[0])
    before = bind(CALENDAR, term, {name: known(value) for name, value in facts.items()})
    after = bind(CALENDAR, term, {name: known(value) for name, value in (added | facts).items()})
    if before.owes is not None:
        assert after.owes is before.owes
    assert (before.owes is None) == bool(before.missing)
    assert all(reason.said.vi and reason.said.en and "{" not in reason.said.vi for reason in before.why)


def test_a_union_of_years_holds_what_falls_due_and_what_is_about_the_year() -> None:
    found = [(term.duty.id, term.period.code) for term in CALENDAR.terms(2026, register="establishments")]
    assert ("R8", "2025") in found
    assert ("R1", "2026-H1") in found
    assert ("R8", "2026") in found
    assert ("R1", "2025-H1") not in found
    assert len(found) == len(set(found))


class Replaced(DataFolder):
    """The package's data with one file replaced."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.contents = self.contents | {name: text.encode()}


LOCAL = "reporting_duties/local_dates.yaml"


def with_local(entry: str) -> Any:
    return read_reporting_calendar(Replaced(LOCAL, f"checked_on: 2026-11-29\ndates:\n  - {entry}\n"), load_book())


def test_a_locality_may_ask_earlier() -> None:
    found = with_local('{duty: R1, period: "2025", before: 2025-12-20, basis: "Công văn"}')
    term = found.term("R1", Period.parse("2025"))
    assert (term.due_before, term.last_ok) == (date(2025, 12, 20), date(2025, 12, 19))
    assert term.lawful_last_ok == date(2026, 1, 9)
    assert found.term("R1", Period.parse("2026")).local is None


@pytest.mark.parametrize(
    "entry",
    [
        '{duty: R1, period: "2025", before: 2026-01-11, basis: "muộn hơn luật"}',
        '{duty: R4, period: "2025", before: 2026-01-02, basis: "không cho đặt"}',
        '{duty: R8, period: "2025-H1", before: 2025-07-01, basis: "không có kỳ"}',
        '{duty: R9, period: "2025", before: 2025-12-01, basis: "luật không định ngày"}',
    ],
)
def test_never_later_and_never_where_the_law_does_not_let_it(entry: str) -> None:
    with pytest.raises(LawDataError):
        with_local(entry)


def test_a_wrong_key_names_its_place() -> None:
    file = "reporting_duties/duties.yaml"
    text = DataFolder().contents[file].decode().replace("  R8: {row", "  R8: {rwo: x, row")
    with pytest.raises(LawDataError, match="R8"):
        read_reporting_calendar(Replaced(file, text), load_book())

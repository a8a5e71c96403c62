"""Arithmetic of deadlines: properties that hold for every rule and day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atvsld.kit.certainty import Certainty
from atvsld.kit.periods import Period
from atvsld.law import Bound, Counting, Unit, UnknownEntry, due, load_book

BOOK = load_book()
SPANS = sorted(name for name in BOOK.deadlines if BOOK.deadline(name).unit in (Unit.CALENDAR, Unit.WORKING))
EXTENDABLE = sorted(name for name in SPANS if BOOK.deadline(name).extension)
# Those of a date, still in force, with a yearly period.
DATES = sorted(
    name
    for name, series in BOOK.deadlines.items()
    if BOOK.deadline(name).unit is Unit.DATE and BOOK.deadline(name).year and series.entries[-1].valid_to is None
)
DAYS = st.dates(date(2022, 3, 1), date(2035, 12, 31))


@settings(deadline=None)
@given(rule=st.sampled_from(SPANS), day=DAYS, later=st.integers(0, 60))
def test_a_later_trigger_never_gives_an_earlier_deadline(rule: str, day: date, later: int) -> None:
    assert due(BOOK, rule, at=day).last_ok <= due(BOOK, rule, at=day + timedelta(days=later)).last_ok


@settings(deadline=None)
@given(rule=st.sampled_from(EXTENDABLE), day=DAYS)
def test_an_extension_never_shortens(rule: str, day: date) -> None:
    assert due(BOOK, rule, at=day, extended=True).last_ok >= due(BOOK, rule, at=day).last_ok


@settings(deadline=None)
@given(rule=st.sampled_from(SPANS), day=DAYS)
def test_a_deadline_falls_on_a_working_day_and_never_before_the_bare_count(rule: str, day: date) -> None:
    found = due(BOOK, rule, at=day)
    bare = due(BOOK, rule, at=day, counting=Counting.PLAIN)
    assert bare.last_ok <= found.last_ok <= bare.last_ok + timedelta(days=15)
    if found.rule.shifts:
        assert BOOK.calendar.is_working_day(found.last_ok)


@settings(deadline=None)
@given(rule=st.sampled_from(DATES), year=st.integers(2025, 2060))
def test_the_last_good_day_of_a_periodic_duty_is_the_day_before_the_date_named(rule: str, year: int) -> None:
    found = due(BOOK, rule, period=Period.parse(str(year)))
    assert found.bound is Bound.BEFORE
    assert found.due == date(year if found.rule.same_year else year + 1, *found.rule.year)
    assert found.last_ok == found.due - timedelta(days=1)


def test_two_hours_are_counted_from_the_moment() -> None:
    moment = datetime(2024, 3, 4, 23, 30, tzinfo=UTC)
    assert due(BOOK, "SCENE_2H", at=moment).due == moment + timedelta(hours=2)
    with pytest.raises(ValueError, match="giờ"):
        due(BOOK, "SCENE_2H", at=date(2024, 3, 4))


def test_a_moment_late_in_the_evening_utc_belongs_to_the_next_day_in_viet_nam() -> None:
    assert due(BOOK, "INV_NHE", at=datetime(2024, 3, 4, 18, tzinfo=UTC)).last_ok == date(2024, 3, 11)
    assert due(BOOK, "INV_NHE", at=datetime(2024, 3, 4, 16, tzinfo=UTC)).last_ok == date(2024, 3, 8)


def test_a_deadline_explains_itself_with_rule_article_and_way_of_counting() -> None:
    found = due(BOOK, "INV_CHET", at=date(2024, 4, 1))
    assert "02/05/2024" in found.explanation.text
    assert "Ngày Quốc tế Lao động" in found.explanation.text
    assert found.citation.instrument == "LUAT-84-2015"
    assert found.rule.status is Certainty.OFFICIAL
    assert found.explanation.parts[0].status is Certainty.PROVISIONAL
    assert found.explanation.to_json()["facts"]["Ngày cuối còn đúng hạn"] == "02/05/2024"


def test_a_deadline_goes_out_as_plain_data() -> None:
    found = due(BOOK, "R1", period=Period.parse("2024-H1")).to_json()
    assert (found["due"], found["last_ok"], found["bound"]) == ("2024-07-05", "2024-07-04", "before")
    assert due(BOOK, "N_STATE", at=date(2024, 1, 1)).to_json()["due"] is None


def test_owners_and_recipients_have_a_name_from_the_first_day_of_their_rule() -> None:
    for series in BOOK.deadlines.values():
        for version in series:
            for key in filter(None, (version.value.owner, version.value.recipient)):
                assert BOOK.name_of(key, on=version.valid_from)


def test_a_wrong_question_is_refused() -> None:
    with pytest.raises(ValueError, match="Cần"):
        due(BOOK, "R1")
    with pytest.raises(ValueError, match="kỳ"):
        due(BOOK, "R1", at=date(2024, 1, 1))
    with pytest.raises(ValueError, match="thời điểm"):
        due(BOOK, "INV_CHET", period=Period.parse("2024"))
    with pytest.raises(UnknownEntry):
        due(BOOK, "R99", at=date(2024, 1, 1))


def test_every_rule_of_the_catalogue_is_present() -> None:
    events = {
        "N_STATE",
        "N_POLICE",
        "N_XA",
        "N_ABROAD",
        "SCENE_2H",
        "QUICK_XIII",
        "INV_NHE",
        "INV_NANG1",
        "INV_NANG2",
        "INV_CHET",
        "INV_GIAMDINH",
        "POLICE_LETTER",
        "POLICE_REPLY",
        "SEND_MINUTES",
        "ABROAD_DOSSIER",
        "COMPLAINT_WINDOW",
        "COMPLAINT_REPLY",
        "COMP_DECISION",
        "COMP_PAY",
        "COMP_FILE_SO",
        "RECOMMEND",
    }
    assert events | {f"R{number}" for number in range(1, 14)} <= set(BOOK.deadlines)

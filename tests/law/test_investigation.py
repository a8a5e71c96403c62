"""Who sits in a team, who is asked, who gets the minutes: by level, facts and day."""

from __future__ import annotations

from datetime import date

import pytest

from atvsld.kit.certainty import Certainty
from atvsld.law import UnknownEntry, load_book
from atvsld.law.investigation import CaseFacts, load_investigation_rules, retained_until, worded

RULES, BOOK = load_investigation_rules(), load_book()
NOW = date(2026, 3, 2)


def ids(name: str, level: str, on: date = NOW, **facts: bool) -> list[str]:
    return [entry.id for entry in RULES.entries_of(name, level=level, facts=CaseFacts(**facts), on=on)]


def test_an_establishment_s_team_is_employer_union_safety_and_health_and_another_employer_when_there_is_one():
    usual = ["employer", "union", "safety_officer", "health_worker"]
    assert ids("members", "establishment", contract=True) == usual
    assert ids("members", "establishment", contract=True, outside_employer=True) == [*usual, "victim_employer"]


def test_the_leader_of_the_provincial_team_is_the_inspectorate_before_march_2025_and_the_advising_unit_after():
    before = RULES.entries_of("members", level="province", facts=CaseFacts(), on=date(2025, 2, 28))[0]
    after = RULES.entries_of("members", level="province", facts=CaseFacts(), on=date(2025, 3, 1))[0]
    assert "Thanh tra chuyên ngành" in worded(BOOK, before.label.vi, on=date(2025, 2, 28))
    assert before.status is Certainty.OFFICIAL
    assert "phòng tham mưu" in worded(BOOK, after.label.vi, on=NOW)
    assert after.status is Certainty.INDIRECT
    assert after.leader


def test_police_and_procuracy_are_asked_only_when_somebody_died_and_the_commune_only_without_a_contract():
    assert {"police", "procuracy"} <= set(ids("invitees", "province", fatal=True, contract=True))
    assert not {"police", "procuracy"} & set(ids("invitees", "province", contract=True))
    informal = ids("invitees", "province", informal=True)
    assert "commune_committee" in informal
    assert not {"employer", "union"} & set(informal)


def test_the_minutes_of_an_establishment_go_to_both_departments_when_the_seat_is_elsewhere():
    assert ids("recipients", "establishment", contract=True) == ["victim", "department_of_place"]
    both = ids("recipients", "establishment", contract=True, hq_elsewhere=True)
    assert both == ["victim", "department_of_place", "department_of_headquarters"]


def test_a_dossier_has_the_ten_papers_of_article_16_in_order():
    listed = RULES.entries_of("dossier", level="province", facts=CaseFacts(), on=NOW)
    assert [entry.citation.locator[-1] for entry in listed] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"]
    assert [entry.id for entry in listed if not entry.required] == ["HS_a", "HS_dd", "HS_i", "HS_k"]
    assert [entry.id for entry in listed if entry.except_for == "missing"] == ["HS_d"]


def test_papers_of_a_death_are_kept_fifteen_years_and_others_until_the_victim_retires():
    fatal = RULES.find("retention", "employer_fatal")
    assert ids("retention", "establishment", contract=True) == ["employer_other"]
    assert ids("retention", "commune", informal=True) == [], "không có người sử dụng lao động để lưu"
    assert retained_until(fatal, date(2024, 2, 29)) == date(2039, 3, 1)
    assert retained_until(RULES.find("retention", "employer_other"), NOW) is None


def test_an_unknown_entry_is_said():
    with pytest.raises(UnknownEntry):
        RULES.find("members", "khong-co")

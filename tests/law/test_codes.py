"""Code lists: sizes against the decisions that issued them, hierarchy, what may be recorded."""

from collections import Counter
from datetime import date

import pytest

from atvsld.kit.certainty import Certainty
from atvsld.kit.dated import NotInForce
from atvsld.law import load_book

DAY = date(2024, 6, 1)


def sizes(name: str, on: date) -> list[int]:
    levels = Counter(item.level for item in load_book().code_list(name, on=on))
    return [levels[level] for level in sorted(levels)]


def test_industries_of_2025_have_the_totals_of_the_decision() -> None:
    assert sizes("industry.vsic2025", date(2025, 11, 15)) == [22, 87, 259, 495, 743]
    assert load_book().code_list("industry.vsic2025", on=date(2026, 1, 1)).complete


def test_industries_of_2018_have_the_totals_of_their_three_levels_and_say_they_are_incomplete() -> None:
    assert sizes("industry.vsic2018", DAY) == [21, 88, 242]
    assert not load_book().code_list("industry.vsic2018", on=DAY).complete


def test_occupations_have_ten_major_groups_and_say_they_are_incomplete() -> None:
    assert sizes("occupation.vsco2020", DAY) == [10, 48]
    assert not load_book().code_list("occupation.vsco2020", on=DAY).complete


def test_the_injury_list_has_six_groups_and_only_injuries_may_be_recorded() -> None:
    injuries = load_book().code_list("accident.injury", on=DAY)
    assert sizes("accident.injury", DAY) == [6, 42]
    assert [len(injuries.children(group.code)) for group in injuries.children(None)] == [10, 12, 5, 3, 6, 6]
    assert all(item.level == 2 for item in injuries.choices)
    assert "0110" in injuries
    assert "110" not in injuries


def test_causes_are_nine_in_three_groups() -> None:
    causes = load_book().code_list("accident.cause", on=DAY)
    assert causes.codes == tuple("123456789")
    assert Counter(item.group for item in causes) == {"a": 6, "b": 2, "c": 1}


def test_agents_keep_their_dotted_codes_and_end_with_other() -> None:
    agents = load_book().code_list("accident.injury_agent", on=DAY)
    assert agents.get("3.1").parent == "3"
    assert agents.get("3.1").level == 2
    assert agents.items[-1].label_vi == "Yếu tố khác"
    assert {item.code for item in agents if item.status is Certainty.INDIRECT} == {"1", "2", "3", "3.1"}
    assert not agents.complete
    assert "3.1" in agents.note


def test_only_working_without_a_contract_counts_as_non_contract() -> None:
    relations = load_book().code_list("accident.labour_relation", on=DAY)
    assert [item.code for item in relations if item.group == "non_contract"] == ["none"]


@pytest.mark.parametrize(("name", "size"), [("ownership.accident_report", 9), ("ownership.enterprise13", 13)])
def test_ownership_lists_have_their_known_size(name: str, size: int) -> None:
    assert len(load_book().code_list(name, on=DAY)) == size


def test_the_three_digit_ownership_list_says_it_is_incomplete() -> None:
    assert not load_book().code_list("ownership.three_digit", on=DAY).complete


def test_a_series_runs_through_its_versions_without_a_day_missing() -> None:
    book = load_book()
    assert book.code_list("industry.section", on=date(2025, 11, 14)).version == "2018"
    assert book.code_list("industry.section", on=date(2025, 11, 15)).version == "2025"
    assert len(book.code_list("industry.section", on=date(2026, 1, 1))) == 22
    with pytest.raises(NotInForce):
        book.code_list("industry.section", on=date(2017, 1, 1))


def test_the_section_of_a_class_is_found_above_it() -> None:
    industries = load_book().code_list("industry.vsic", on=date(2026, 1, 1))
    assert industries.ancestor("01110", 1).code == "A"
    assert industries.ancestor("A", 1).code == "A"
    assert industries.ancestor("A", 2) is None
    assert industries.ancestor("99999", 1) is None


@pytest.mark.parametrize("name", load_book().code_lists.names)
def test_parents_stand_before_children_one_level_up(name: str) -> None:
    for version in load_book().code_lists.versions(name):
        for item in version:
            if item.parent is not None:
                parent = version.get(item.parent)
                assert parent is not None
                assert parent.level == item.level - 1


@pytest.mark.parametrize(
    "name",
    [
        "accident.cause",
        "accident.injury_agent",
        "accident.severity",
        "accident.labour_relation",
        "accident.conclusion",
        "ownership.accident_report",
        "industry.section",
    ],
)
def test_short_lists_can_be_read_in_english(name: str) -> None:
    for version in load_book().code_lists.versions(name):
        assert all(item.label_en for item in version)

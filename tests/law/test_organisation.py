"""OSH organisation: every point of the articles, the edges of the bands, and what is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from atvsld.kit.certainty import Certainty
from atvsld.kit.dated import NotInForce
from atvsld.law import load_book
from atvsld.law.organisation import GRADES, Membership, load_norms
from atvsld.law.organisation_check import (
    OrganisationFacts,
    State,
    check_organisation,
    self_check_interval,
    standing,
)

ON = date(2026, 11, 24)
STAFF = [grade for grades in GRADES.values() for grade in grades]
UNITS = ("osh_department", "osh_service", "medical_facility", "medical_contract", "council")
CASES = [
    pytest.param(case, id=case["tên"])
    for case in yaml.safe_load((Path(__file__).parent / "cases_organisation.yaml").read_text("utf-8"))
]


def facts(workers: int | None = 100, code: str = "", **held: Any) -> OrganisationFacts:
    """What is not named is none: no such people, no such unit."""
    return OrganisationFacts(
        workers,
        code,
        staff={grade: held.pop(grade, 0) for grade in STAFF},
        units={unit: held.pop(unit, False) for unit in UNITS},
        **held,
    )


def checked(stated: OrganisationFacts) -> dict[str, Any]:
    return {verdict.id: verdict for verdict in check_organisation(load_norms(), stated, on=ON)}


@pytest.mark.parametrize("case", CASES)
def test_each_point_of_the_articles_is_applied(case: dict[str, Any]) -> None:
    found = checked(
        facts(
            case["người"], case["ngành"], shifts=case.get("ca"), state_group=case.get("nhà nước", False), **case["có"]
        )
    )
    for norm, (state, article, *status) in case["thì"].items():
        verdict = found[norm]
        assert (verdict.state, verdict.explanation.citation.locator) == (state, article)
        assert not status or verdict.status == status[0]


@given(some.integers(0, 20_000), some.sampled_from(["4101", "1410", "4711", "2410", ""]))
def test_every_size_and_branch_has_an_answer(workers: int, code: str) -> None:
    assert set(checked(facts(workers, code))) == {"officers", "medical", "council", "network"}


@given(
    some.integers(0, 3_000),
    some.sampled_from(["4101", "1410", "4711"]),
    some.fixed_dictionaries({grade: some.integers(0, 4) for grade in STAFF}),
    some.sampled_from(STAFF),
)
def test_one_more_person_never_makes_it_worse(workers: int, code: str, staff: dict[str, int], more: str) -> None:
    before = checked(facts(workers, code, shifts=2, **staff))
    after = checked(facts(workers, code, shifts=2, **(staff | {more: staff[more] + 1})))
    for norm in ("officers", "medical"):
        assert not (before[norm].state is State.MET and after[norm].state is State.SHORT)


@given(some.integers(0, 3_000), some.sampled_from(["4101", "1410", "4711"]))
def test_nobody_and_nothing_never_meets_a_norm_of_people(workers: int, code: str) -> None:
    found = checked(facts(workers, code))
    assert found["officers"].state is State.SHORT
    assert found["medical"].state is State.SHORT


def test_what_is_not_stated_is_unknown_and_not_short() -> None:
    found = checked(OrganisationFacts(400, "4101"))
    assert {verdict.state for verdict in found.values()} == {State.UNKNOWN}
    assert "chưa rõ" in found["officers"].held
    assert checked(OrganisationFacts(None, "4101"))["officers"].state is State.UNKNOWN


def test_the_three_lists_differ_and_stay_apart() -> None:
    norms = load_norms()
    inside = {
        name: {code for code in ("1920", "2511", "1410", "2220", "3512") if _listed(norms, name, code)}
        for name in norms.lists
    }
    assert inside == {
        "nd39.article36": {"1920", "2511", "3512"},
        "nd39.article37": {"1410", "2220"},
        "tt07.article8": {"1920", "2511", "1410", "2220", "3512"},
    }


def _listed(norms: Any, name: str, code: str) -> bool:
    return norms.lists[name].membership(code)[0] is Membership.LISTED


def test_a_branch_that_may_belong_is_left_to_the_officer() -> None:
    stated = facts(100, "3315", part_time=1)
    assert checked(stated)["officers"].state is State.UNKNOWN
    assert "cán bộ xác định" in checked(stated)["officers"].explanation.text
    decided = facts(100, "3315", part_time=1, decided={"nd39.article36": True})
    assert checked(decided)["officers"].state is State.SHORT
    assert checked(decided)["officers"].status is Certainty.OFFICIAL
    outside = facts(100, "3315", part_time=1, decided={"nd39.article36": False})
    assert checked(outside)["officers"].state is State.MET


def test_a_reading_of_codes_is_marked_and_is_not_when_the_branch_makes_no_difference() -> None:
    assert checked(facts(100, "4101", full_time=1))["officers"].status is Certainty.PROVISIONAL
    assert checked(facts(40, "4101", part_time=1))["officers"].status is Certainty.OFFICIAL


def test_each_team_needs_a_representative() -> None:
    assert checked(facts(teams=4, representatives=4))["network"].state is State.MET
    assert checked(facts(teams=4, representatives=3))["network"].state is State.SHORT
    assert checked(facts(teams=0, representatives=0))["network"].state is State.NOT_REQUIRED
    assert checked(facts())["network"].state is State.UNKNOWN


def test_the_third_list_sets_the_interval_of_self_checks() -> None:
    _where, interval = self_check_interval(load_norms(), facts(10, "1410"))
    assert interval is not None
    assert (interval.months_establishment, interval.months_workshop, interval.risk_assessment) == (6, 3, True)
    _where, interval = self_check_interval(load_norms(), facts(10, "4711"))
    assert interval is not None
    assert (interval.months_establishment, interval.citation.locator) == (12, "Điều 9 khoản 4")
    where, interval = self_check_interval(load_norms(), facts(10, ""))
    assert (where.membership, interval) == (Membership.UNDECIDED, None)


def test_before_the_decree_there_is_no_norm() -> None:
    with pytest.raises(NotInForce):
        check_organisation(load_norms(), facts(), on=date(2016, 6, 30))


def test_codes_of_the_lists_stand_in_both_versions_of_the_classification() -> None:
    versions = {codes.version: codes for codes in load_book().code_lists.versions("industry.vsic")}
    for branches in load_norms().lists.values():
        for branch in branches.branches:
            for code in (*branch.certain, *branch.possible):
                assert code in versions["2025"]
                assert len(code) > 3 or code in versions["2018"]


def test_every_source_is_an_instrument_of_the_law_book() -> None:
    norms, book = load_norms(), load_book()
    cited = {band.citation.instrument for norm in norms.norms for band in norm.bands}
    cited |= {branches.citation.instrument for branches in norms.lists.values()} | {norms.network.citation.instrument}
    cited |= {norm.instead.citation.instrument for norm in norms.norms if norm.instead}
    cited |= {interval.citation.instrument for interval in norms.self_checks.values()}
    assert cited <= set(book.instruments)
    assert standing(norms, "nd39.article36", facts(1, "0710")).membership is Membership.LISTED

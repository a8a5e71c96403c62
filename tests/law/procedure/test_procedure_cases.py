"""The procedure, as a lawyer wrote it down in YAML, each case run as one test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from atvsld.law import VictimFacts, due, load_book
from atvsld.law.competence import competence, is_higher
from atvsld.law.deadlines import VIETNAM
from atvsld.law.procedure import FileFacts, Level, Office
from atvsld.law.procedure_reading import load_procedure

CASES = [
    pytest.param(case, id=case["tên"])
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]


def facts_of(case: dict[str, Any], level: Level) -> FileFacts:
    severities = [severity for severity, _ in case["vụ"]]
    now = Level(case.get("cấp hiện nay", level))
    return FileFacts(
        level=now,
        stage=case.get("ở giai đoạn", load_procedure().levels[now].entry),
        fatal=severities.count("fatal"),
        severe=severities.count("severe"),
        contract=any(relation != "none" for _, relation in case["vụ"]),
        informal=any(relation == "none" for _, relation in case["vụ"]),
        abroad=case.get("ở nước ngoài", False),
        expertise=case.get("giám định", False),
        upgraded=case.get("chuyển lên", False),
    )


def clocks_of(facts: FileFacts, case: dict[str, Any]) -> dict[str, date | None]:
    told = {
        name: datetime.fromisoformat(str(moment)).replace(tzinfo=VIETNAM)
        for name, moment in case.get("mốc", {}).items()
    }
    upgraded = told.get("upgraded_at")
    assert facts.level is not None
    received = load_procedure().levels[facts.level].received
    instants = told | {
        "grave_known_at": upgraded or told.get("employer_aware_at"),
        "commune_grave_at": upgraded or told.get("commune_received_at"),
        "investigation_since": None if facts.abroad else told.get("clock_since") or told.get(received),
    }
    found = {}
    for want in load_procedure().wanted(facts, instants):
        last = due(load_book(), want.clock.rule, at=want.since).last_ok
        found[want.clock.rule] = last.date() if isinstance(last, datetime) else last
    return found


def answer(case: dict[str, Any]) -> dict[str, Any]:
    procedure, day = load_procedure(), case["ngày"]
    victims = [VictimFacts(severity, relation) for severity, relation in case["vụ"]]
    found = competence(
        load_book(), victims=victims, on=day, special_field=case.get("lĩnh vực", ""),
        sector_law=case.get("luật chuyên ngành", True), abroad=case.get("ở nước ngoài", False),
    )  # fmt: skip
    facts = facts_of(case, found.level)
    clocks = clocks_of(facts, case)
    possible = {step.id for step in procedure.possible(facts, on=day)}
    return {
        "cấp": found.level,
        "căn cứ": found.explanation.citation.locator if found.explanation.citation else "",
        "giai đoạn": procedure.levels[found.level].entry,
        "thời hạn": clocks,
        "không tính": [rule for rule in case["thì"].get("không tính", []) if rule not in clocks],
        "phải làm": [step.id for step in procedure.acts(facts, on=day)],
        "có bước": [step for step in case["thì"].get("có bước", []) if step in possible],
        "không có bước": [step for step in case["thì"].get("không có bước", []) if step not in possible],
    }


@pytest.mark.parametrize("case", CASES)
def test_the_procedure_answers_as_the_lawyer_wrote(case: dict[str, Any]) -> None:
    given = answer(case)
    for name, wanted in case["thì"].items():
        assert given[name] == wanted, f"{case['tên']}: {name}"


def test_every_stage_can_be_left_and_reached_by_a_file_of_its_level() -> None:
    procedure = load_procedure()
    for stage in procedure.stages:
        leaving = [step for step in procedure.steps.values() if stage in step.sources and step.to != "same"]
        assert leaving or procedure.stages[stage].kind == "ended", stage
    reached = {step.to for step in procedure.steps.values()} | {rule.entry for rule in procedure.levels.values()}
    assert set(procedure.stages) <= reached | {"received"}


def test_every_path_and_every_act_is_made_of_steps_its_level_may_take() -> None:
    procedure = load_procedure()
    for level, rule in procedure.levels.items():
        for need in rule.acts:
            levels = procedure.steps[need.step].levels
            assert not levels or level in levels, (level, need.step)


def test_only_the_ladder_knows_higher_and_lower() -> None:
    assert is_higher(Level.PROVINCE, Level.COMMUNE)
    assert not is_higher(Level.ESTABLISHMENT, Level.COMMUNE)
    assert not is_higher(Level.PROVINCE, Level.SPECIAL)


def test_a_rule_that_obliges_an_office_is_met_by_that_office_only() -> None:
    procedure = load_procedure()
    assert procedure.met("declare", "employer") == {"N_STATE", "N_ABROAD"}
    assert procedure.met("declare", "commune") == {"N_XA"}


def test_an_employer_does_not_say_that_a_case_is_out_of_scope_and_only_the_province_raises_one() -> None:
    procedure = load_procedure()
    who = {name: {office for office in Office if procedure.may(office, procedure.step(name), Level.ESTABLISHMENT)}
           for name in ("set_out_of_scope", "reinvestigate", "extend")}  # fmt: skip
    assert who["set_out_of_scope"] == who["reinvestigate"] == {Office.PROVINCE}
    assert who["extend"] == {Office.EMPLOYER, Office.PROVINCE}
    assert procedure.may(Office.COMMUNE, procedure.step("set_out_of_scope"), Level.COMMUNE)


def test_a_road_accident_is_confirmed_by_one_of_three_papers() -> None:
    facts = FileFacts(level=Level.ESTABLISHMENT, stage="investigating", traffic=True)
    (need,) = load_procedure().confirming(facts, "draft_minutes")
    assert [str(paper.citation.locator) for paper in need.any_of] == [f"Điều 23 khoản {n}" for n in (1, 2, 3)]
    assert not load_procedure().confirming(replace(facts, traffic=False))


def test_what_is_not_read_in_the_text_itself_says_so() -> None:
    open_points = [entry for entry in load_procedure().entries() if entry[3] != "official"]
    assert {entry[1] for entry in open_points} >= {"police_returned", "close_prosecuted", "commune"}
    assert all(entry[4] for entry in load_procedure().entries())

"""The provincial plan as data: what is asked of whom, by when, and what would prove it."""

from __future__ import annotations

import ast
import csv
from datetime import date
from pathlib import Path

import pytest

import atvsld
from atvsld.kit.certainty import Certainty
from atvsld.law import load_book
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.programme import ClauseKind, assignments, for_register, for_target, is_part, needs, unheld
from atvsld.law.programme_reading import load_programmes, read_programmes
from atvsld.law.programme_terms import calendar, terms
from atvsld.law.reading import DataFolder

SOURCE = Path(atvsld.__file__).parent
BOOK = load_book()
KNOWN = load_programmes()
WORDS = KNOWN.words
PLAN = KNOWN["province-2024"]
IN_2024, AFTER_MERGER = date(2024, 12, 1), date(2025, 7, 1)

# The ids code and tests cite; a longer id stands under a shorter one.
CITED = """II.1 II.2 II.3 III.1 III.2a III.2b III.3 III.4a1 III.4a2 III.4a3 III.4a4 III.4b1 III.4b2 III.4b3 III.4b4
III.4c1 III.4c2 III.4d1 III.4d2 III.4d3 III.4d4 III.5a III.5b III.5c III.6a III.6b III.6c III.7a III.7b
IV.1 IV.2 IV.3 IV.4 IV.5 IV.6 IV.7 IV.8 IV.9 IV.10 IV.11 IV.12 IV.13 IV.14 IV.15 IV.16 IV.17 IV.18 IV.19a IV.19b"""

# Headings of section IV and whom each addresses, written from the plan's own headings.
ADDRESSED = {
    "IV.1": {"osh_lead"},
    "IV.2": {"health_lead"},
    "IV.3": {"finance", "osh_lead", "departments"},
    "IV.4": {"industry_trade"},
    "IV.5": {"construction"},
    "IV.6": {"transport"},
    "IV.7": {"environment"},
    "IV.8": {"agriculture"},
    "IV.9": {"police"},
    "IV.10": {"information"},
    "IV.11": {"press", "broadcasting"},
    "IV.12": {"zone_authority"},
    "IV.13": {"union"},
    "IV.14": {"front", "political_social"},
    "IV.15": {"farmers"},
    "IV.16": {"departments"},
    "IV.17": {"district", "commune"},
    "IV.18": {"employers"},
    "IV.19": {"plan_bodies", "osh_lead"},
}


def leading(word: str, on: date) -> set[str]:
    return {one.clause.id for one in assignments(PLAN, word, on=on, words=WORDS) if one.leads}


@pytest.mark.parametrize("cited", CITED.split())
def test_every_id_cited_elsewhere_finds_its_clauses(cited: str) -> None:
    assert PLAN.under(cited)


def test_ids_nest_by_dots_and_by_changes_between_figures_and_letters() -> None:
    assert is_part("III.4a1b", "III.4a")
    assert is_part("III.4a1b", "III.4")
    assert not is_part("IV.10.1", "IV.1")
    assert not is_part("III.1", "II")
    assert {clause.section for clause in PLAN.under("IV.1")} == {"IV.1"}
    with pytest.raises(UnknownEntry):
        PLAN.under("V")


@pytest.mark.parametrize(("section", "holders"), ADDRESSED.items())
def test_each_heading_of_section_iv_binds_those_it_addresses(section: str, holders: set[str]) -> None:
    held = {one.word for clause in PLAN.under(section) for one in clause.holders if one.holds_on(IN_2024)}
    assert held == holders


def test_the_functions_and_labels_are_those_of_the_register_of_bodies() -> None:
    tree = ast.parse((SOURCE / "registers/bodies/functions.py").read_text(encoding="utf-8"))
    found = next(node.value for node in ast.walk(tree) if isinstance(node, ast.AnnAssign))
    assert isinstance(found, ast.Dict)
    labels = {}
    for key, said in zip(found.keys, found.values, strict=True):
        assert key is not None
        assert isinstance(said, ast.Call)
        labels[ast.literal_eval(key)] = ast.literal_eval(said.args[0])
    assert {word: WORDS.holders[word].label.vi for word in WORDS.functions} == labels


def test_registers_said_to_exist_do_exist() -> None:
    for register in WORDS.registers.values():
        assert not register.room or (SOURCE / register.room / "__init__.py").exists(), register.word


def test_everything_is_said_in_both_languages() -> None:
    labels = [held.label for kind in (WORDS.holders, WORDS.registers, WORDS.measures) for held in kind.values()]
    labels += [held.label for kind in (WORDS.evidence, WORDS.groups, WORDS.sectors) for held in kind.values()]
    labels += [PLAN.title, *(section.title for section in PLAN.sections), *(clause.text for clause in PLAN.clauses)]
    assert not [label.vi for label in labels if not label.en or label.en == label.vi]


def test_somebody_answers_for_every_clause_on_every_day_of_the_plan() -> None:
    for day in (PLAN.valid_from, date(2025, 2, 28), date(2025, 6, 30), AFTER_MERGER, date(2026, 11, 29)):
        assert unheld(PLAN, day) == []


def test_the_work_of_districts_goes_on_after_they_are_gone_and_says_how_surely() -> None:
    assert {"IV.17.1a", "IV.17.2", "IV.17.3a", "IV.17.4"} <= leading("district", date(2025, 6, 30))
    assert not {one for one in leading("district", AFTER_MERGER) if one.startswith("IV.17")}
    taken = [one for one in assignments(PLAN, "commune", on=AFTER_MERGER, words=WORDS) if one.clause.id == "IV.17.2"]
    assert taken[0].holder is not None
    assert (taken[0].holder.status, taken[0].holder.named) == (Certainty.PROVISIONAL, False)
    # The consolidation of informal work goes to the province, not to the commune.
    assert "IV.17.3a" in leading("osh_lead", AFTER_MERGER)
    assert "IV.17.3a" not in leading("osh_lead", IN_2024)


def test_a_class_reaches_the_functions_it_includes() -> None:
    health = assignments(PLAN, "health_lead", on=IN_2024, words=WORDS)
    by_class = {one.clause.id: one.word for one in health if one.leads and one.word != "health_lead"}
    assert by_class["IV.16.2"] == "departments"
    assert by_class["IV.19a2"] == "plan_bodies"
    assert {one.clause.id for one in health if not one.leads} >= {"III.4d2", "III.2a"}
    assert "IV.18.1i" in leading("employers", IN_2024)
    assert "IV.18.1i" not in leading("health_lead", IN_2024)
    assert assignments(PLAN, "health_lead", on=date(2024, 6, 4), words=WORDS) == []
    with pytest.raises(UnknownEntry, match="health_lead"):
        assignments(PLAN, "health", on=IN_2024, words=WORDS)


def test_a_body_that_took_over_a_second_function_has_the_clauses_of_both_once() -> None:
    both = assignments(PLAN, "construction", "transport", on=AFTER_MERGER, words=WORDS)
    ids = [one.clause.id for one in both]
    assert len(ids) == len(set(ids))
    assert {one.clause.id for one in both if one.leads} == (
        leading("construction", AFTER_MERGER) | leading("transport", AFTER_MERGER)
    )
    assert {"IV.5.2", "IV.6.2c"} <= set(ids)


def test_who_owes_the_yearly_report_is_the_same_as_in_the_reporting_calendar() -> None:
    from atvsld.law.reporting_duties_reading import load_reporting_calendar

    reporters = set(load_reporting_calendar().reporters["plan_body"].functions)
    assert reporters == {word for word in WORDS.functions if "IV.19a2" in leading(word, IN_2024)}


def test_reports_of_a_year_are_due_on_the_last_day_before_the_fifth_and_the_fifteenth() -> None:
    last = {
        clause: [term.deadline.last_ok for term in terms(BOOK, PLAN, PLAN.clause(clause), 2025) if term.deadline]
        for clause in ("IV.19a2", "IV.17.4", "IV.19b2", "IV.1.11b")
    }
    assert last["IV.19a2"] == last["IV.17.4"] == [date(2026, 1, 4)]
    assert last["IV.19b2"] == last["IV.1.11b"] == [date(2026, 1, 14)]


def test_a_clause_has_every_term_its_rules_name_in_a_year() -> None:
    employers = terms(BOOK, PLAN, PLAN.clause("IV.18.1i"), 2025)
    assert [term.period.code for term in employers] == ["2025-H1", "2025"]
    assert [term.deadline for term in terms(BOOK, PLAN, PLAN.clause("IV.5.2"), 2025)] == [None]
    assert terms(BOOK, PLAN, PLAN.clause("I.1.1"), 2025) == []
    assert terms(BOOK, PLAN, PLAN.clause("IV.5.2"), 2023) == []
    # A clause with an end of its own is told up to that year.
    assert terms(BOOK, PLAN, PLAN.clause("IV.2.2e"), 2030)
    assert terms(BOOK, PLAN, PLAN.clause("IV.2.2e"), 2031) == []
    dated = calendar(BOOK, PLAN, PLAN.clauses, 2025)
    assert [term.clause.id for term in dated[-2:]] == ["IV.19b2", "IV.1.11c"]


def test_targets_reach_the_clauses_that_serve_them() -> None:
    assert [clause.id for clause in PLAN.clauses if clause.targets] == list(BOOK.targets)
    assert [clause.id for clause in for_target(PLAN, "II.2")] == ["II.2", "IV.2.2c", "IV.18.1g"]
    # In turn: checks of building sites serve III.4b1, which serves the fatal rate.
    assert "IV.5.3a" in {clause.id for clause in for_target(PLAN, "II.1")}
    assert for_target(PLAN, "II.9") == []


def test_registers_reach_the_clauses_they_can_prove_and_evidence_says_what_is_still_to_be_built() -> None:
    assert {"II.1", "IV.17.3d", "III.4b2"} <= {one.id for one in for_register(PLAN, "accidents", words=WORDS)}
    with pytest.raises(UnknownEntry):
        for_register(PLAN, "nothing", words=WORDS)
    asked = needs(PLAN.clause("IV.1.7b"), words=WORDS)
    assert [one.word for one in asked.records] == ["provider_record"]
    assert [one.word for one in asked.later] == ["compliance_check"]
    assert [one.word for one in needs(PLAN.clause("IV.3.1b"), words=WORDS).files] == ["estimate_paper"]


def test_every_binding_clause_can_be_proven_by_a_record_and_not_by_a_file_alone() -> None:
    for clause in PLAN.clauses:
        asked = needs(clause, words=WORDS)
        assert not clause.binds or asked.records or asked.later, clause.id


def test_the_chain_leads_from_the_directive_down_to_the_province() -> None:
    assert [one.id for one in KNOWN.chain("province-2024")] == ["directive-31", "party-2024", "province-2024"]
    assert [one.id for _, one in KNOWN.carried_by("province-2024", "III.3a")] == ["IV.1.8a", "IV.1.10a"]
    with pytest.raises(UnknownEntry):
        KNOWN["national-2026-2030"]


def test_what_the_plan_does_not_say_itself_stands_in_the_list_of_what_is_unconfirmed() -> None:
    listed = {(one.kind, one.id): one.status for one in BOOK.unconfirmed() if one.kind.startswith("programme")}
    assert listed["programme", "directive-31"] is Certainty.INDIRECT
    assert listed["programme_holder", "province-2024:III.5c"] is Certainty.PROVISIONAL
    assert ("programme_holder", "province-2024:IV.2.1") not in listed
    unnamed = {f"province-2024:{one.id}" for one in PLAN.clauses if not all(holder.named for holder in one.holders)}
    assert unnamed == {name for kind, name in listed if kind == "programme_holder" and name.startswith("province")}


def test_context_binds_nobody() -> None:
    context = [clause for clause in PLAN.clauses if clause.kind is ClauseKind.CONTEXT]
    assert {clause.section for clause in context} == {"I.1", "I.2", "IV.end"}
    assert not {one.clause.id for one in assignments(PLAN, "osh_lead", on=IN_2024, words=WORDS)} & {
        clause.id for clause in context
    }


BROKEN = {
    "đoạn 2 của mục": ("paragraphs: 2", "paragraphs: 3", "Đoạn 3 của mục I.1"),
    "chức năng lạ": ("issuer: ppc", "issuer: pcc", "Không hiểu “pcc”"),
    "thước đo lạ": ("measures: [fatal_rate]", "measures: [fatal_rates]", "Không hiểu “fatal_rates”"),
    "mục tiêu lạ": ("targets: [II.3]", "targets: [II.4]", "II.4"),
    "không người giữ": ("holders: [osh_lead]\n", "holders: []\n", "cơ quan chịu trách nhiệm"),
    "khóa lạ": ("kind: yearly", "kinds: yearly", "kind"),
    "vòng tròn": ("carries_out: [party-2024, directive-31]", "carries_out: [province-2024]", "province-2024"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_in_the_files_stops_reading_and_names_its_place(old: str, new: str, told: str) -> None:
    folder = DataFolder(SOURCE / "law/data/programmes")
    name = "province-2024/programme.yaml"
    text = folder.contents[name].decode()
    assert old in text
    folder.contents[name] = text.replace(old, new, 1).encode()
    with pytest.raises(LawDataError, match=told) as found:
        read_programmes(folder, BOOK)
    assert "province-2024" in str(found.value)


def test_the_addressees_of_the_list_kept_outside_are_all_addressed() -> None:
    """Where the list of addressees is at hand: its eighteen rows are the eighteen headings."""
    source = SOURCE.parents[2] / "shared/data/addressees_2024_to_2026.csv"
    if not source.exists():
        pytest.skip("danh sách nơi nhận không có ở đây")
    with source.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [f"IV.{row['no']}" for row in rows] == list(ADDRESSED)[:18]

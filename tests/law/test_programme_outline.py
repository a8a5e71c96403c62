"""Plans as rows: written out and read back the same, every mistake named with its row, two versions compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law import Label, load_book
from atvsld.law.programme import Clause, ClauseKind, Holder, Level, Programme, Section
from atvsld.law.programme_check import Surroundings
from atvsld.law.programme_diff import Change, difference
from atvsld.law.programme_outline import COLUMNS, header_of, read_outline, rows_of
from atvsld.law.programme_reading import load_programmes
from atvsld.law.programme_terms import terms

BOOK = load_book()
KNOWN = load_programmes()
AROUND = Surroundings(KNOWN.words, BOOK, KNOWN.instruments, KNOWN.by_id)
PLAN = KNOWN["province-2024"]

OWN = {
    "id": "so-y-te-2026",
    "level": "body",
    "title": "Kế hoạch năm 2026 của Sở Y tế",
    "issuer": "Quản lý nhà nước về y tế, bệnh nghề nghiệp",
    "valid_from": "01/01/2026",
    "valid_to": "31/12/2026",
    "carries_out": "province-2024",
}
ROWS = [
    {"id": "A", "kind": "Mục", "text": "Vệ sinh lao động"},
    {
        "id": "A.1", "kind": "hằng năm", "text": "Kiểm tra 20 tổ chức quan trắc", "holders": "health_lead",
        "measures": "checks", "evidence": "compliance_check; tệp", "carries": "province-2024:IV.2.3b",
        "groups": "nguoi tiep xuc yeu to nguy co", "supporting": "Công an",
    },
    {
        "id": "A.2", "kind": "một lần", "text": "Tập huấn y tế cơ sở", "holders": "health_lead",
        "measures": "classes", "evidence": "training_class", "valid_to": "2026-06-30",
    },
]  # fmt: skip


def good_rows() -> list[dict[str, str]]:
    return [{**row, "evidence": row.get("evidence", "").replace("; tệp", "")} for row in ROWS]


def test_a_body_enters_its_own_plan_by_words_or_labels_and_it_joins_the_chain() -> None:
    found = read_outline(OWN, good_rows(), around=AROUND)
    assert found.problems == ()
    own = found.programme
    assert own is not None
    clause = own.clause("A.1")
    assert (clause.kind, clause.groups, clause.supporting) == (ClauseKind.YEARLY, ("exposed",), ("police",))
    assert (own.status, own.valid_to) == (Certainty.LOCAL, date(2026, 12, 31))
    joined = replace(KNOWN, by_id={**KNOWN.by_id, own.id: own})
    assert [one.id for one in joined.chain(own.id)][-2:] == ["province-2024", "so-y-te-2026"]
    assert (own, clause) in joined.carried_by("province-2024", "IV.2.3")
    # A single task is told in the year it ends, and in no other.
    assert terms(BOOK, own, own.clause("A.2"), 2026)
    assert terms(BOOK, own, own.clause("A.2"), 2027) == []


@pytest.mark.parametrize("name", [one.id for one in KNOWN.by_id.values() if one.sections])
def test_the_plans_of_the_law_book_come_back_the_same(name: str) -> None:
    one = KNOWN[name]
    assert read_outline(header_of(one), rows_of(one), around=AROUND).programme == one


def test_every_mistake_is_named_with_row_and_column_and_nothing_is_taken() -> None:
    rows = [
        {"id": "A.0", "kind": "yearly", "text": "Trước mọi mục"},
        *ROWS,
        {
            "id": "A.3", "kind": "thỉnh thoảng", "text": "", "paragraph": "hai",
            "holders": "health_lead [1/1/26..]", "mau": "x",
        },
    ]  # fmt: skip
    found = read_outline({**OWN, "valid_from": ""}, rows, around=AROUND, first_row=5)
    assert found.programme is None
    told = {(one.row, one.column, one.code) for one in found.problems}
    assert told == {
        (None, "valid_from", "programme.missing"),
        (5, "kind", "programme.heading"),
        (7, "evidence", "programme.word"),
        (9, "kind", "programme.kind"),
        (9, "text", "programme.missing"),
        (9, "paragraph", "programme.number"),
        (9, "holders", "programme.date"),
        (9, "mau", "programme.column"),
    }
    assert all(one.message and one.remedy for one in found.problems)


def test_what_reads_well_but_cannot_hold_is_named_with_its_row_too() -> None:
    rows = good_rows()
    rows[1] |= {"due": "R99", "carries": "province-2024:IX.1", "measures": ""}
    rows[2] |= {"id": "B.1", "due": "INV_CHET", "valid_from": "2026-12-01"}
    found = read_outline(OWN, rows, around=AROUND)
    assert {(one.row, one.column, one.code) for one in found.problems} == {
        (3, "due", "programme.rule"),
        (3, "carries", "programme.reference"),
        (3, "measures", "programme.missing"),
        (4, "id", "programme.id"),
        (4, "due", "programme.rule"),
        (4, "valid_to", "programme.dates"),
    }


def test_an_empty_sheet_is_no_plan() -> None:
    assert read_outline(OWN, [dict.fromkeys(COLUMNS, "")], around=AROUND).programme is None


def _some(words: object) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(words)), max_size=3, unique=True).map(tuple)  # type: ignore[call-overload]


# What a cell can hold: any text without the ends a spreadsheet trims.
TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
LABELS = st.builds(Label, TEXTS, st.none() | TEXTS)
DAYS = st.none() | st.dates(date(2024, 1, 1), date(2030, 12, 31))
HOLDERS = st.builds(
    Holder,
    word=st.sampled_from(sorted(KNOWN.words.holders)),
    named=st.booleans(),
    valid_from=st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    valid_to=st.none() | st.dates(date(2027, 1, 1), date(2030, 12, 31)),
    status=st.sampled_from(list(Certainty)),
    citation=st.none() | st.just(Citation("ND-129-2025", "Điều 45 khoản 1")),
)


@st.composite
def plans(draw: st.DrawFn) -> Programme:
    """Plans that hold together, with every field filled somewhere."""
    sections = []
    for number in range(draw(st.integers(1, 3))):
        section, paragraphs = f"S{number}", draw(st.integers(0, 3))
        clauses = []
        for item in range(draw(st.integers(0, 3))):
            start = draw(DAYS)
            end = draw(DAYS.filter(lambda day, start=start: day is None or start is None or day >= start))
            clauses.append(
                Clause(
                    id=f"{section}.{item}",
                    section=section,
                    paragraph=draw(st.none() | st.integers(1, paragraphs)) if paragraphs else None,
                    text=draw(LABELS),
                    kind=draw(st.sampled_from(list(ClauseKind))),
                    holders=draw(st.lists(HOLDERS, max_size=3).map(tuple)),
                    supporting=draw(_some(KNOWN.words.holders)),
                    due=draw(_some(["R1", "R8", "R12"])),
                    watches=draw(_some(["R2", "R12_STANDING"])),
                    measures=("checks", *draw(_some(["outreach", "money"]))),
                    evidence=("task", *draw(_some(["press_item", "report_paper"]))),
                    targets=draw(_some(BOOK.targets)),
                    carries=draw(_some(["province-2024:III.2b", "province-2024:IV.1"])),
                    groups=draw(_some(KNOWN.words.groups)),
                    sectors=draw(_some(KNOWN.words.sectors)),
                    valid_from=start,
                    valid_to=end,
                    status=draw(st.sampled_from(list(Certainty))),
                    note=draw(st.just("") | TEXTS),
                )
            )
        sections.append(Section(section, draw(LABELS), paragraphs, tuple(clauses), draw(st.just("") | TEXTS)))
    return Programme(
        id="thu",
        level=draw(st.sampled_from(list(Level))),
        title=draw(LABELS),
        instrument=draw(st.none() | st.just("KH-UBND-2024")),
        number=draw(st.just("") | TEXTS),
        issuer=draw(st.sampled_from(sorted(KNOWN.words.holders))),
        issued_on=draw(DAYS),
        valid_from=date(2024, 1, 1),
        valid_to=draw(DAYS),
        carries_out=draw(_some(KNOWN.by_id)),
        standing=draw(st.none() | st.just("osh_lead")),
        complete=False,
        status=draw(st.sampled_from(list(Certainty))),
        note=draw(st.just("") | TEXTS),
        sections=tuple(sections),
    )


@settings(max_examples=25, deadline=None)
@given(plans())
def test_any_plan_written_as_rows_is_read_back_the_same(plan: Programme) -> None:
    found = read_outline(header_of(plan), rows_of(plan), around=AROUND)
    assert found.problems == ()
    assert found.programme == plan
    assert difference(plan, plan).empty


@settings(max_examples=20, deadline=None)
@given(plans(), plans())
def test_a_difference_names_exactly_the_ids_and_fields_that_differ(old: Programme, new: Programme) -> None:
    told = difference(old, new)
    before = {clause.id: clause for clause in old.clauses}
    after = {clause.id: clause for clause in new.clauses}
    assert {one for one in told.added if "." in one} == set(after) - set(before)
    assert {one for one in told.removed if "." in one} == set(before) - set(after)
    patched = {
        clause: replace(before[clause], **{one.field: one.after for one in told.changed if one.where == clause})
        for clause in set(before) & set(after)
    }
    assert patched == {clause: after[clause] for clause in patched}


def test_a_new_version_of_the_plan_shows_what_changed() -> None:
    reporting = PLAN.section("IV.19")
    later = replace(reporting.clauses[0], holders=(Holder("departments"),))
    sections = [
        replace(one, clauses=(later, *one.clauses[2:])) if one.id == "IV.19" else one for one in PLAN.sections[:-1]
    ]
    told = difference(PLAN, replace(PLAN, number="1/KH-UBND", sections=tuple(sections)))
    assert told.removed == ("IV.end", "IV.19a2", "IV.end.1")
    assert told.added == ()
    assert told.changed == (
        Change("", "number", "", "1/KH-UBND"),
        Change("IV.19a1", "holders", (Holder("plan_bodies"),), (Holder("departments"),)),
    )

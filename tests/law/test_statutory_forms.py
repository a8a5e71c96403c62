"""The forms that reporters fill in: every item of the annexes, their columns, their versions, their checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from atvsld.kit.dated import NotInForce
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law import load_book
from atvsld.law.errors import LawDataError
from atvsld.law.forms import Column, FormSpec, expand_rows, run_checks, settle

BOOK = load_book()
YEAR, HALF = Period.parse("2025"), Period.parse("2025-H1")
LAYOUTS = yaml.safe_load((Path(__file__).parent / "cases_forms.yaml").read_text(encoding="utf-8"))
BROKEN = yaml.safe_load((Path(__file__).parent / "cases_tt07.yaml").read_text(encoding="utf-8"))


def layout(column: Column) -> str:
    """A column with what stands under it: `Số vụ(3 4 5)`, numbers for leaves, `a/b` for pairs."""
    if not column.children:
        return f"{column.key}/{column.pair}" if column.pair else column.key
    return f"{column.label.vi}({' '.join(layout(child) for child in column.children)})"


def test_every_form_has_the_columns_and_rows_of_its_annex() -> None:
    """Column keys with their headings, and row keys, written down apart from the files."""
    told = {
        f"{form.code}@{form.valid_from}": {
            table.id: {
                "columns": " ".join(layout(column) for column in table.columns),
                "rows": " ".join(row.key for row in table.rows) or "open",
            }
            for table in form.tables
        }
        for form in BOOK.forms
        if not form.code.startswith("ND39-X") or form.code in LAYOUTS["new"]
    }
    assert told == LAYOUTS["forms"]


def codes(first: str, last: int, start: int = 1) -> set[str]:
    return {f"{first}{number}" for number in range(start, last + 1)}


def test_the_employers_yearly_report_has_every_item_item_13_and_part_b_included() -> None:
    form = BOOK.form("TT07-II")
    rows = {row.key: row for row in form.table("A").rows if row.kind != "heading"}
    items = codes("a", 9) | codes("b", 6) | codes("c", 5) | codes("d", 5) | codes("e", 9) | codes("f", 6)
    items |= codes("g", 3) | codes("h", 2) | codes("i", 13) | codes("k", 7) | codes("l", 2) | {"m1"} | codes("n", 2)
    assert set(rows) == items
    assert [row.code for row in form.table("A").rows if row.kind == "heading" and row.code] == [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "13",
    ]  # fmt: skip
    assert rows["m1"].code == "12"
    pairs = {key for key, row in rows.items() if row.given == "pair"}
    assert pairs == {"e1", "e2", "e3", "e6", "e7", "e8"} | codes("i", 13, 3)
    assert {key for key, row in rows.items() if row.given in ("text", "month")} == {"l1", "l2", "m1"}
    money = {key for key, row in rows.items() if row.unit and row.unit.vi == "Triệu đồng"}
    assert money == {"b5", "c5", "e9", "h2"} | codes("k", 7)
    assert {rows[key].decimals for key in money} == {3}
    part_b = form.table("B")
    assert part_b.open_rows
    assert [column.kind for column in part_b.leaf_columns] == ["code", *["text"] * 5]


def test_the_departments_report_has_the_same_items_for_every_type_of_establishment() -> None:
    employer, department = BOOK.form("TT07-II").table("A"), BOOK.form("TT07-III").table("II")
    assert [row.key for row in department.rows] == [row.key for row in employer.rows]
    counted = {row.key: row.unit for row in department.rows if row.key in ("l1", "l2", "m1")}
    assert {unit.vi for unit in counted.values() if unit} == {"Cơ sở"}, "mục bằng chữ thì đếm số cơ sở"
    assert {row.given for row in department.rows} == {"number", "pair"}
    types = [dict(column.where)["ownership"][0] for column in department.leaf_columns if column.where]
    assert types == [item.code for item in BOOK.code_list("ownership.accident_report", on=date(2025, 1, 1)).items]
    assert next(row for row in department.rows if row.key == "g3").added == "most"
    assert BOOK.form("TT07-III").consolidates == "TT07-II"


def good() -> dict[str, Decimal | None]:
    """The figures of an employer that agree, by row (and `row/b` for the second of a pair)."""
    return {key: None if figure is None else Decimal(str(figure)) for key, figure in BROKEN["good"].items()}


def failing(figures: dict[str, Decimal | None]) -> dict[str, set[str]]:
    values: dict[str, dict[str, Decimal | None]] = {}
    for key, figure in figures.items():
        row, _slash, second = key.partition("/")
        values.setdefault(row, {})["4b" if second else "4"] = figure
    found: dict[str, set[str]] = {}
    for result in run_checks(BOOK.form("TT07-II"), {"A": values}):
        if not result.ok:
            found.setdefault(result.id, set()).add(f"{result.severity} {result.where}")
    return found


def test_an_employers_report_whose_figures_agree_passes_every_check() -> None:
    form = BOOK.form("TT07-II")
    given_rows = {row.key for row in form.table("A").rows if row.kind != "heading" and row.given in ("number", "pair")}
    assert {key.partition("/")[0] for key in good()} == given_rows
    assert failing(good()) == {}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["check"]) for case in BROKEN["broken"]])
def test_each_check_of_the_employers_report_fails_where_it_should(case) -> None:
    figures = good() | {key: None if figure is None else Decimal(str(figure)) for key, figure in case["with"].items()}
    found = failing(figures)
    assert set(found) == {case["check"], *case.get("also", [])}
    assert found[case["check"]] == {f"{case['severity']} A/{case['at']}"}


def test_every_check_of_the_employers_report_is_seen_to_fail_once() -> None:
    assert {case["check"] for case in BROKEN["broken"]} == {check.id for check in BOOK.form("TT07-II").checks}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=11, max_size=11))
def test_samples_of_any_factors_add_up(samples) -> None:
    figures = good()
    beyond = [min(pair) for pair in samples]
    for number, (pair, less) in enumerate(zip(samples, beyond, strict=True), start=3):
        figures |= {f"i{number}": Decimal(less), f"i{number}/b": Decimal(max(pair))}
    figures |= {"i1": Decimal(sum(max(pair) for pair in samples)), "i2": Decimal(sum(beyond))}
    assert failing(figures) == {}
    figures["i1"] = (figures["i1"] or Decimal(0)) + 1
    assert set(failing(figures)) == {"A.i1"}


def settled(form: FormSpec, table: str, values: dict[str, dict[str, Decimal | None]], **other):
    period = YEAR if PeriodKind.YEAR in form.period_kinds else HALF
    rows = {t.id: expand_rows(t, BOOK.lists_for(form, period)) for t in form.tables}
    return settle(form, rows, {table: values, **other})[table]


def test_absence_is_worked_out_over_the_right_workers() -> None:
    """Share of all workers for illness, of workers in production for accidents, of those exposed for diseases."""
    form = BOOK.form("TT19-8")
    month = {"1": 30, "3": 60, "5": 2, "7": 25, "9": 3, "11": 45}
    found = settled(
        form, "III",
        {f"t{number}": {key: Decimal(figure) for key, figure in month.items()} for number in range(1, 13)},
        I={"5.1": {"2": Decimal(600), "2b": Decimal(200)}, "5.2": {"2": Decimal(400), "2b": Decimal(100)}},
        II={"tong": {"3": None, "4": None, "5": Decimal(120), "6": None}},
    )  # fmt: skip
    first, year = found["t1"], found["cong"]
    assert (first["2"], first["6"], first["10"]) == (Decimal(5), Decimal("0.5"), Decimal("2.5"))
    assert (first["4"], first["8"], first["12"]) == (Decimal(2), Decimal("12.5"), Decimal(15))
    assert (first["13"], first["15"]) == (35, 130)
    assert first["14"] == Decimal(35) * 100 / 600
    assert first["16"] == Decimal(130) / 35
    assert (year["1"], year["13"]) == (360, 420)
    assert year["4"] == 2, "số ngày trung bình, không phải tổng các trung bình"


def test_percentages_of_health_classes_stand_under_their_row() -> None:
    row = dict(zip("123456", map(Decimal, (50, 10, 20, 15, 5, 0)), strict=True))
    found = settled(BOOK.form("TT19-8"), "VI", {"nam": row, "nu": {key: figure * 3 for key, figure in row.items()}})
    assert found["tong"]["1"] == 200
    assert [found["tong_tl"][key] for key in "123456"] == [100, 20, 40, 30, 10, 0]
    assert list(found) == ["nam", "nam_tl", "nu", "nu_tl", "tong", "tong_tl"]
    blank = settled(BOOK.form("TT19-8"), "VI", {"nam": dict.fromkeys("123456"), "nu": row})
    assert set(blank["nam_tl"].values()) == {None}


def test_a_half_years_report_has_six_months() -> None:
    half, year = BOOK.form("TT19-8", period=HALF), BOOK.form("TT19-8", period=YEAR)
    assert [row.key for row in half.table("III").rows] == [*(f"t{n}" for n in range(1, 7)), "cong"]
    assert half.table("III").rows[-1].formula == tuple(f"t{n}" for n in range(1, 7))
    assert len(year.table("III").rows) == 13
    assert year is BOOK.form("TT19-8", period=YEAR)


def test_trainers_courses_give_no_safety_card() -> None:
    found = settled(
        BOOK.form("ND44-II-05"), "3",
        {str(n): dict.fromkeys("345", Decimal(n)) for n in range(1, 7)}
        | {str(n): dict.fromkeys("34", Decimal(n)) for n in (8, 9)},
    )  # fmt: skip
    assert found["7"] == dict.fromkeys("345", Decimal(21))
    assert found["10"] == dict.fromkeys("34", Decimal(17))


def test_forms_are_those_of_their_time() -> None:
    """Two versions of the commune's report; the reports on diseases end with their circular, nothing follows."""
    before, after = (BOOK.form("ND39-XVI", period=Period.parse(code)) for code in ("2024", "2025"))
    assert (before.valid_from, after.valid_from) == (date(2016, 7, 1), date(2025, 7, 1))
    assert BOOK.form("TT28-12", period=Period.parse("2025")).valid_to == date(2026, 2, 14)
    for code in ("TT28-10", "TT28-11", "TT28-12"):
        assert BOOK.form(code, on=date(2026, 2, 14))
        with pytest.raises(NotInForce):
            BOOK.form(code, on=date(2026, 2, 15))
    with pytest.raises(NotInForce):
        BOOK.form("TT28-12", period=Period.parse("2026"))
    periodic = {form.code for form in BOOK.forms if form.citation.instrument == "TT-56-2025-BYT" and form.period_kinds}
    assert not periodic, "các điều đã đọc không đặt báo cáo định kỳ"


def test_a_form_never_read_in_the_official_text_says_what_was_not_read() -> None:
    for form in BOOK.forms:
        assert (form.status.value == "official") == (form.status_note == ""), form.code


def test_every_title_row_and_message_of_the_new_forms_has_an_english_side() -> None:
    for form in BOOK.forms:
        labels = [form.title, form.short_title, form.signature.title, *(line.label for line in form.header)]
        labels += [check.message for check in form.checks] + [section.label for section in form.sections]
        labels += [table.title for table in form.tables]
        labels += [row.label for table in form.tables for row in table.rows if row.label]
        labels += [leaf.label for table in form.tables for leaf in table.leaf_columns]
        assert [label.vi for label in labels if not label.en] == [], form.code


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("TT07-III/2016-07-01", "table: A,", "table: C,", "rows_of"),
        ("TT07-III/2016-07-01", "consolidates: TT07-II", "consolidates: TT07-IV", "TT07-IV"),
        ("TT19-8/2016-08-15", 'over: "I/5.1/2"', 'over: "I/5.9/2"', "I/5.9/2"),
        ("TT19-8/2016-08-15", 'share: "1"', 'share: "9"', "9"),
        ("ND44-II-05/2018-10-08", 'crossed: ["5"]', 'crossed: ["6"]', "6"),
        ("TT07-II/2016-07-01", 'limit: "40", ', "", "limit"),
        ("TT07-II/2016-07-01", "source: subject.phone", "source: subject.telephone", "source"),
        ("TT07-II/2016-07-01", "open_rows: true", "open_rows: false", "rows"),
    ],
)
def test_a_mistake_in_a_form_is_named(tmp_path, file, old, new, named) -> None:
    import shutil

    from atvsld.law import book
    from atvsld.law.forms.files import read_forms
    from atvsld.law.reading import DataFolder

    root = tmp_path / "data"
    shutil.copytree(Path(book.__file__).parent / "data", root)
    target = root / "forms" / f"{file}.yaml"
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawDataError) as refused:
        read_forms(DataFolder(root)) if "consolidates" not in old else book.LawBook(DataFolder(root))
    assert named in str(refused.value)

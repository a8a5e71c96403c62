"""The law book as a whole: it loads, cites, admits what is not confirmed, and refuses bad data by name."""

import re
import shutil
import time
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from atvsld.kit.certainty import Certainty
from atvsld.kit.dated import NotInForce
from atvsld.law import LawBook, LawDataError, UnknownEntry, load_book
from atvsld.law.reading import DataFolder

DATA = Path(str(files("atvsld.law") / "data"))


@pytest.fixture
def spoiled(tmp_path: Path):
    """A copy of the data in which one text is replaced; returns a loader for it."""

    def load(file: str, old: str, new: str) -> LawBook:
        copy = tmp_path / "data"
        shutil.copytree(DATA, copy)
        text = (copy / file).read_text("utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), "utf-8")
        return LawBook(DataFolder(copy))

    return load


def test_the_book_loads_in_half_a_second() -> None:
    start = time.perf_counter()
    LawBook(DataFolder())
    assert time.perf_counter() - start < 2, "nạp bộ pháp luật quá chậm"


def test_the_version_is_the_day_of_checking_and_a_hash_that_moves_with_the_data(spoiled) -> None:
    version = load_book().version
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}\+[0-9a-f]{8}", version)
    assert spoiled("parameters.yaml", "value: 2530000", "value: 2530001").version != version


def test_every_entry_has_a_citation_and_a_status() -> None:
    book = load_book()
    entries = list(book._entries())
    assert {entry.kind for entry in entries} >= {
        "instrument",
        "parameter",
        "name",
        "code_list",
        "deadline",
        "form",
        "target",
    }
    for entry in entries:
        assert entry.citation, entry
        assert entry.status in Certainty, entry
        assert entry.label, entry


def test_unconfirmed_entries_are_all_listed_and_none_of_them_is_official() -> None:
    listed = load_book().unconfirmed()
    assert all(entry.status is not Certainty.OFFICIAL for entry in listed)
    ids = {(entry.kind, entry.id) for entry in listed}
    assert ("form", "ND39-XVI (2016-07-01)") in ids
    assert ("code", "accident.injury_agent:3.1") in ids
    assert ("code", "accident.injury:051") in ids
    assert ("parameter", "rate.fatal.per") in ids
    assert ("deadline", "R1") not in ids


def test_every_form_that_is_not_official_says_what_is_open() -> None:
    official = {form.code for form in load_book().forms if form.status is Certainty.OFFICIAL}
    assert official == {"ND44-ID", "ND44-II-05"}, "hai mẫu đọc được nguyên văn trong Công báo"
    assert all(form.status_note for form in load_book().forms if form.code not in official)


def test_a_fine_decree_is_followed_by_its_successor_and_found_from_either_side() -> None:
    book = load_book()
    for name in ("ND-12-2022", "ND-283-2026"):
        assert book.instrument_at(name, date(2026, 9, 9)).id == "ND-12-2022"
        assert book.instrument_at(name, date(2026, 9, 10)).id == "ND-283-2026"
        with pytest.raises(NotInForce):
            book.instrument_at(name, date(2020, 1, 1))
    with pytest.raises(UnknownEntry):
        book.instrument_at("ND-0-0000", date(2024, 1, 1))


def test_replaced_instruments_end_the_day_before_their_successor_begins() -> None:
    book = load_book()
    for instrument in book.instruments.values():
        if instrument.replaced_by:
            assert instrument.in_force_to is not None
            gap = book.instruments[instrument.replaced_by].in_force_from - instrument.in_force_to
            assert gap.days == 1, instrument.id


def test_the_plan_targets_are_data_with_their_base_year_and_reason() -> None:
    targets = load_book().targets
    assert str(targets["II.1"].change_per_year) == "-0.04"
    assert str(targets["II.2"].change_per_year) == str(targets["II.3"].change_per_year) == "0.05"
    for target in targets.values():
        assert target.baseline_year == 2023
        assert "2023" in target.note
        assert target.citation.instrument == "KH-UBND-2024"


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("parameters.yaml", "value: 2530000", 'value: "hai triệu"', "salary.base"),
        ("parameters.yaml", "{from: 2026-07-01, value: 2530000", "{from: 2026-06-01, value: 2530000", "salary.base"),
        ("parameters.yaml", "instrument: ND-161-2026", "instrument: ND-161-2062", "salary.base"),
        ("parameters.yaml", "unit: đồng/tháng", "units: đồng/tháng", "salary.base"),
        ("codes/accident.injury.yaml", 'code: "0110"', "code: 0110", "items"),
        ("codes/accident.injury.yaml", 'code: "012"', 'code: "011"', "011"),
        ("codes/accident.cause.yaml", "group: c,", "group: d,", "nhóm"),
        ("deadlines/reports.yaml", 'half: "07-05"', 'half: "07-55"', "R1"),
        ("deadlines/reports.yaml", "owner: employer", "owner: emploier", "R1"),
        ("deadlines/accidents-events.yaml", "span: 30, unit: calendar", "unit: calendar", "INV_CHET"),
        ("codes/accident.cause.yaml", "valid_from: 2016-07-01", "valid_from: 2016-07-01\nvalid_to: 2016-01-01", "hết"),
        ("codes/accident.cause.yaml", "status: indirect", "status: sure", "status"),
        ("codes/accident.cause.yaml", "valid_from: 2016-07-01", "valid_from: hôm nay", "valid_from"),
        ("codes/accident.injury_agent@2021.yaml", 'parent: "3", status', 'parent: "33", status', "33"),
        ("codes/accident.injury.yaml", "leaves_only: true", 'leaves_only: "có"', "leaves_only"),
        ("codes/industry.vsic2018.yaml", "items_csv: industry.vsic2018.csv", "items_csv: khác.csv", "khác.csv"),
        ("deadlines/reports.yaml", '"07-05", year', "[7, 5], year", "half"),
        ("deadlines/accidents-events.yaml", "span: 30,", 'span: "30",', "span"),
        ("deadlines/accidents-events.yaml", "  N_POLICE:", "  N_STATE2: khai báo\n  N_POLICE:", "N_STATE2"),
        ("calendar.yaml", "swaps: []", "swaps: không", "swaps"),
        ("names.yaml", "aliases: []", "aliases: [1]", "aliases"),
        ("forms/ND39-XII/2016-07-01.yaml", "recipients: [labour_department]", "recipients: [labor]", "labor"),
        ("forms/ND39-XII/2016-07-01.yaml", "deadline: R1", "deadline: R0", "R0"),
        ("forms/ND39-XII/2016-07-01.yaml", 'table: "I", left: ["5"]', 'table: "X", left: ["5"]', "X"),
        ("forms/ND39-XII/2016-07-01.yaml", '{key: "2", kind: code', '{key: "1", kind: code', "hai cột"),
        ("forms/ND39-XII/2016-07-01.yaml", "kind: measure, measure: cases,", "kind: measure,", "measure"),
        ("forms/ND39-XIV/2016-07-01.yaml", 'columns: ["9", "6"], per', 'columns: ["9"], per', "per"),
        ("targets.yaml", "direction: down", "direction: up", "II.1"),
        ("forms/ND39-XII/2016-07-01.yaml", "measure: fatal_cases", "measure: fatal_case", "fatal_case"),
        ("forms/ND39-XII/2016-07-01.yaml", "dimension: cause", "dimension: causes", "dimension"),
        ("forms/ND39-XII/2016-07-01.yaml", 'formula: ["1", "2"]', 'formula: ["1", "4"]', "4"),
        ("forms/ND39-XIV/2016-07-01.yaml", "per: rate.fatal.per", "per: rate.fatal.each", "rate.fatal.each"),
        ("forms/ND39-XIV/2016-07-01.yaml", "each: industry.section", "each: industry.sections", "industry.sections"),
        ("instruments.yaml", "replaced_by: ND-283-2026", "replaced_by: ND-284-2026", "ND-12-2022"),
    ],
)
def test_a_mistake_in_a_data_file_is_named_with_its_file_and_entry(spoiled, file, old, new, named) -> None:
    with pytest.raises(LawDataError) as refused:
        spoiled(file, old, new)
    assert named in str(refused.value)
    assert refused.value.file.split("/")[0].removesuffix(".yaml") in file


def test_data_that_is_not_yaml_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text("a: [1", "utf-8")
    with pytest.raises(LawDataError, match=r"book\.yaml"):
        LawBook(DataFolder(tmp_path))


def test_no_lookup_answers_for_something_it_does_not_know() -> None:
    book = load_book()
    for ask in (
        lambda: book.as_of(date(2024, 1, 1))["salary.bass"],
        lambda: book.code_list("accident.causes", on=date(2024, 1, 1)),
        lambda: book.deadline("R99"),
        lambda: book.form("ND39-XXIII"),
        lambda: book.name_entry("Sở Tưởng tượng", on=date(2024, 1, 1)),
    ):
        with pytest.raises(UnknownEntry):
            ask()
    assert book.name_of("một câu không có tên nào", on=date(2024, 1, 1)) == "một câu không có tên nào"


def test_a_text_parameter_is_not_a_number() -> None:
    law = load_book().as_of(date(2024, 1, 1))
    assert law.number("retention.accident.fatal") == 15
    with pytest.raises(TypeError):
        law.number("retention.accident.other")


def test_the_law_of_a_day_answers_like_the_book_asked_for_that_day() -> None:
    book = load_book()
    law = book.as_of(date(2025, 8, 1))
    assert law.deadline("R2").recipient == "labour_department"
    assert law.code_list("accident.cause") is book.code_list("accident.cause", on=date(2025, 8, 1))
    assert law.name_of("labour_department") == "Sở Nội vụ"
    assert law.form("ND39-XVI").valid_from == date(2025, 7, 1)


def test_texts_of_the_book_name_no_department_in_code() -> None:
    """Names of bodies are data: no module of the ring speaks of one."""
    for module in DATA.parent.rglob("*.py"):
        text = module.read_text("utf-8")
        assert not re.search(r"Sở (Lao động|Nội vụ)|Quảng Nam|Đà Nẵng", text), module.name

"""A file of service providers: found again, papers with their regimes, dirty rows named, undone whole."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from tests.casework.accidents.intake_rows import write_xlsx

from atvsld.platform.access.actor import Actor, Grant, Scope
from atvsld.platform.imports import taking, targets
from atvsld.platform.imports.actions import undo as undoing
from atvsld.platform.imports.corrected import corrected_workbook
from atvsld.platform.imports.findings import ImportOutcome
from atvsld.platform.imports.targets import Options
from atvsld.platform.imports.template import template_workbook
from atvsld.registers.providers.facade import Matter, standing
from atvsld.registers.providers.intake import PROVIDERS, accept_rows
from atvsld.registers.providers.models import ProviderQualification, ServiceProvider
from atvsld.registers.providers.policy import CHANGE

GOOD = {
    "name": "Trung tâm Huấn luyện Thử",
    "tax_code": "0100233488",
    "place_code": "99001",
    "kind": "Huấn luyện",
    "form": "Giấy chứng nhận",
    "class_name": "hạng B",
    "number": "12/GCN",
    "valid_from": "01/05/2023",
    "scopes": "group1; group4",
}


def row(**changes: Any) -> dict[str, Any]:
    return GOOD | changes


def codes(outcome: ImportOutcome) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.code) for problem in outcome.errors]


@pytest.fixture
def land(db):
    from tests.casework.accidents import scene

    return scene.build()


@pytest.fixture
def take(land, act) -> Any:
    return lambda *rows, by=None, **options: accept_rows(by or act, rows, **options)


def test_a_row_becomes_a_provider_whose_standing_the_law_book_judges(take, land) -> None:
    outcome = take(row(), row(number="13/GCN", class_name="C", valid_from="01/06/2024", scopes="", issuer="Bộ"))
    assert codes(outcome) == []
    assert (outcome.new, outcome.created) == (2, {"service_providers": 1, "papers": 2})
    made = ServiceProvider.objects.get()
    assert (made.place_id, made.name_folded) == (land.river.pk, "trung tam huan luyen thu")
    assert standing(made, Matter("training", "group3"), date(2024, 7, 1)).clear
    assert standing(made, Matter("training", "group3"), date(2024, 1, 1)).code == "out_of_scope"


def test_the_same_file_again_changes_nothing_and_a_withdrawal_changes_one_paper(take) -> None:
    take(row())
    assert (take(row()).accepted, take(row()).unchanged) == (0, 1)
    outcome = take(row(withdrawn_on="01/01/2026", phone="0236 111"))
    assert (outcome.new, outcome.changed) == (0, 1)
    assert ProviderQualification.objects.get().withdrawn_on == date(2026, 1, 1)
    kept = ServiceProvider.objects.get()
    assert (kept.phone, kept.version) == ("0236 111", 2)
    assert take({"name": kept.name, "phone": ""}).unchanged == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "missing"),
        ({"tax_code": "0100233480"}, "tax_code"),
        ({"place_code": "12345"}, "place_unknown"),
        ({"email": "không phải"}, "email"),
        ({"kind": "Massage"}, "not_a_choice"),
        ({"kind": ""}, "missing"),
        ({"valid_from": "khoảng 2023"}, "date_unreadable"),
        ({"valid_to": "01/01/2020"}, "days"),
        ({"class_name": ""}, "class_name"),
        ({"scopes": "group3"}, "scope_beyond_class"),
        ({"scopes": "noise"}, "scope"),
        ({"withdrawn_on": "01/01/2022"}, "days"),
    ],
)
def test_every_bad_row_is_named_and_keeps_nothing_else_out(take, changes, code) -> None:
    outcome = take(row(**changes), row(name="Tổ chức tốt", tax_code="0100112437"))
    assert code in {found for _row, found in codes(outcome)}
    assert {number for number, _code in codes(outcome)} == {1}
    assert [made.name for made in ServiceProvider.objects.all()] == ["Tổ chức tốt"]


def test_a_form_the_law_did_not_ask_for_is_taken_and_pointed_out(take) -> None:
    outcome = take(row(form="Thông báo"))
    assert (outcome.new, [note.code for note in outcome.notes]) == (1, ["form"])


def test_only_the_own_area_is_taken_in(take, act, land) -> None:
    grant = Grant("officer", frozenset({CHANGE}), Scope("place", frozenset({land.hill.pk}), label="Đồi"))
    outcome = take(row(), row(name="Ở Đồi", tax_code="", place_code="99002"), by=replace(act, actor=Actor("a", grants=(grant,))))  # fmt: skip  # noqa: E501
    assert codes(outcome) == [(1, "out_of_scope")]
    assert ServiceProvider.objects.get().name == "Ở Đồi"


def test_a_messy_workbook_is_read_and_comes_back_marked(take, act, tmp_path) -> None:
    path = write_xlsx(
        tmp_path / "messy.xlsx",
        [
            ["DANH SÁCH TỔ CHỨC"],
            ["TT", "Tên đơn vị", "MST", "Lĩnh vực", "Hình thức", "Hạng", "Số GCN", "Ngày cấp", "Hết hạn", "Ghi chú"],
            [1, "Trung tâm  A", "0100233488", "huấn luyện", "GCN", "B", "1/GCN", "1/5/2023", "30-4-2028", "x"],
            [2, "Trung tâm B", "", "Quan trắc", "Công bố", "", "2/CB", "5/2023", "", ""],
        ],
    )
    outcome = targets.accept_file(act, PROVIDERS, path)
    assert codes(outcome) == [(4, "date_unreadable")]
    assert ServiceProvider.objects.get().qualifications.get().valid_to == date(2028, 4, 30)
    out = tmp_path / "out.xlsx"
    corrected_workbook(path, PROVIDERS.spec(), None, outcome.errors, out)
    assert openpyxl.load_workbook(out).active.cell(4, 8).comment is not None
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(PROVIDERS)))
    assert len(book["Nhập liệu"].data_validations.dataValidation) == 3


def test_an_import_of_providers_is_undone_whole(take, act) -> None:
    take(row())
    taken = taking.take_rows(act, PROVIDERS, [row(valid_to="30/04/2028"), row(name="Mới", tax_code="")], Options())
    assert (taken.outcome.new, taken.outcome.changed) == (1, 1)
    undoing.undo(act, run=taken.run)
    assert ServiceProvider.objects.get().qualifications.get().valid_to is None

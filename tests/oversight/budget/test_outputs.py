"""What the plan may count on, the estimate as files, and the pages."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.oversight.budget.stage import committed, given, line, officer, paid, person, proposed

from atvsld.documents.render import render
from atvsld.oversight.budget import actions, gather, paper, proofs, workbook
from atvsld.oversight.budget.listing import LineFilter
from atvsld.oversight.budget.models import Allocation, BudgetLine
from atvsld.registers.proofs import Asked

SPAN = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


@pytest.fixture
def filled(stage, labour, health, finance):
    """Three payers, one shared line, one draft; some money given and paid."""
    one = proposed(labour, stage.labour_task, 100, basis="4 lớp × 25 đồng")
    two = proposed(health, stage.health_task, 50, source="central", purpose="Khám")
    three = proposed(officer(stage.commune), stage.commune_task, 7, source="commune", purpose="Loa đài")
    shared = line(health, stage.labour_task, 100, body=stage.health, counted_in=one.public_id)
    actions.propose(health, lines=[shared])
    line(labour, stage.labour_task, 33, purpose="Đang tính")
    given(finance, one, 80)
    contract = committed(labour, one, 60)
    paid(labour, one, 45, commitment=contract.public_id)
    return one, two, three, shared


def test_figures_are_the_sums_of_the_very_lines_behind_them(stage, filled):
    with connection.cursor() as cursor:
        for asked, where in (
            (Asked(**SPAN), "true"),
            (Asked(**SPAN, bodies=frozenset({stage.labour.pk})), f"body_id = {stage.labour.pk}"),
            (Asked(**SPAN, places=frozenset({stage.land.river.pk})), f"place_id = {stage.land.river.pk}"),
        ):  # fmt: skip
            figures = {figure.key: figure for figure in proofs.figures(asked)}
            cursor.execute(
                "SELECT count(*), sum(estimate) FROM budget_budgetline WHERE year = 2026 AND state <> 'draft'"
                f" AND counted_in_id IS NULL AND withdrawn_at IS NULL AND {where}"
            )
            count, total = cursor.fetchone()
            assert (figures["lines"].value, figures["estimated"].value) == (count, total)
            for key, figure in figures.items():
                behind = {record.key for record in proofs.records(asked, key)}
                query = dict(part.split("=") for part in figure.url.partition("?")[2].replace("%2C", ",").split("&"))
                shown = LineFilter(query, queryset=BudgetLine.objects.filter(withdrawn_at=None)).qs
                assert behind == set(shown.values_list("public_id", flat=True)), key
                if key.startswith("estimated"):
                    assert figure.value == sum(BudgetLine.objects.get(public_id=one).estimate for one in behind)
                if key == "lines":
                    assert len(behind) == figure.value
    assert figures["spent"].value == Decimal(0)  # the commune paid nothing


def test_a_withdrawn_line_proves_nothing(stage, labour):
    made = line(labour, stage.labour_task)
    assert proofs.find(made.public_id).body == stage.labour.pk
    assert [one.key for one in proofs.search(labour.actor, "lớp", Asked(**SPAN), 5)] == [made.public_id]
    actions.withdraw_line(labour, line=made, version=1)
    assert proofs.find(made.public_id) is None
    assert list(proofs.search(labour.actor, "", Asked(**SPAN), 5)) == []


def test_the_workbook_adds_up_by_formulas(stage, filled, finance):
    found = gather.estimate(finance.actor, 2026, on=date(2026, 6, 1))
    assert (found.total, len(found.lines), len(found.apart)) == (157, 3, 1)
    content = workbook.written(found)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    detail = results[workbook.DETAIL]
    rows = list(detail.iter_rows(min_row=workbook.FIRST + 2, values_only=True))
    plain = [row for row in rows if row[6]]
    assert sum(row[-1] for row in plain) == 157 == rows[-1][-1]
    # The grand total reaches every row and, being a SUBTOTAL, passes over those of the payers.
    last = formulas[workbook.DETAIL].cell(workbook.FIRST + 1 + len(rows), workbook.AMOUNT + 1).value
    assert last == f"=SUBTOTAL(9,H{workbook.FIRST + 2}:H{workbook.FIRST + len(rows)})"
    for name in (workbook.BY_PAYER, workbook.BY_SOURCE):
        sheet, shown = formulas[name], results[name]
        end = sheet.max_row
        assert str(sheet.cell(end, 3).value).startswith("=SUM(")
        column = shown.max_column if name == workbook.BY_PAYER else 3
        assert shown.cell(end, column).value == 157
        for at in range(workbook.FIRST + 2, end):
            assert str(sheet.cell(at, 3).value).startswith("=SUMIFS('Chi tiết'!$H$6:")


def test_the_estimate_on_paper(stage, filled, finance):
    document = paper.document(gather.estimate(finance.actor, 2026, on=date(2026, 6, 1)))
    assert document.is_provisional
    totals = {table.id: table.rows[-1].cells[-1].value for table in document.tables if table.id != "theo-nguon"}
    assert totals == {"theo-don-vi": 157, "chi-tiet": 157, "da-tinh": 100}
    assert document.tables[0].rows[-1].cells[1].value == 157
    assert render(document, "docx")[:2] == b"PK"
    # A body prints its own; nobody prints another's under a letterhead.
    own = gather.estimate(officer(stage.labour).actor, 2026, on=date(2026, 6, 1), body=stage.labour)
    assert (own.total, own.issuer) == (100, stage.labour)
    assert gather.estimate(finance.actor, 2026, on=date(2026, 6, 1), body=stage.labour).issuer is None


def test_pages_by_role(stage, filled, client):
    one, _two, _three, _shared = filled
    labour, finance = person("lao-dong", "plan_officer", stage.labour), person("tien", "finance_officer", stage.finance)
    client.force_login(labour)
    text = client.get("/kinh-phi/?nam=2026").content.decode()
    assert "157" in text
    assert "không cộng" in text
    assert client.get("/kinh-phi/danh-sach/?nam=2026&tinh=1&xuat=csv").status_code == 200
    shown = client.get(f"/kinh-phi/danh-sach/?nam=2026&don_vi={stage.labour.pk},{stage.health.pk}")
    assert f"{stage.labour.name}, {stage.health.name}" in shown.content.decode()
    assert client.get(f"/kinh-phi/co-quan/{stage.labour.code}/?nam=2026").status_code == 200
    page = client.get(f"/kinh-phi/{one.public_id}/").content.decode()
    assert "Ghi cam kết" in page
    assert f"/kinh-phi/{one.public_id}/giao/" not in page
    assert client.get(f"/kinh-phi/{one.public_id}/giao/").status_code == 404
    for kind in ("xlsx", "docx"):
        assert client.get(f"/kinh-phi/tong-hop/2026/{kind}/?don_vi={stage.labour.code}").status_code == 200
    assert client.get("/kinh-phi/giao/2026/").status_code == 403
    one.refresh_from_db()
    sent = {
        "version": one.version,
        "kind": "paid",
        "number": "C7",
        "day": "05/04/2026",
        "amount": "99",
        "commitment": "",
    }
    refused = client.post(f"/kinh-phi/{one.public_id}/chi/", sent)
    assert refused.status_code == 422
    assert "còn lại là 20" in refused.content.decode()
    assert client.post(f"/kinh-phi/{one.public_id}/chi/", sent | {"amount": "20"}).status_code == 302
    lines = client.get("/api/v1/budget-lines?year=2026").json()["items"]
    assert sum(held["amounts"]["estimated"] for held in lines if not held["counted_in"]) == 157 + 33  # one is a draft
    year = client.get("/api/v1/budget-summary?year=2026").json()
    assert (year["estimated"], year["sources"]["province"]["spent"]) == (157, 65)
    client.force_login(finance)
    assert f"/kinh-phi/{one.public_id}/giao/" in client.get(f"/kinh-phi/{one.public_id}/").content.decode()
    two = BudgetLine.objects.get(source="central")
    decision = {
        "number": "15/QĐ-UBND", "day": "10/01/2026", f"amount_{two.pk}": "50", f"version_{two.pk}": two.version,
        "file": SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"),
    }  # fmt: skip
    assert client.get("/kinh-phi/giao/2026/").status_code == 200
    assert client.post("/kinh-phi/giao/2026/", decision).status_code == 302
    allocation = Allocation.objects.get(number="15/QĐ-UBND")
    assert client.get(f"/kinh-phi/quyet-dinh/{allocation.public_id}/").status_code == 200
    assert client.post("/kinh-phi/tong-hop/2026/").status_code == 302
    assert BudgetLine.objects.filter(state="consolidated").count() == 4


def test_a_line_is_made_from_a_task_by_page(stage, client):
    client.force_login(person("y-te", "plan_officer", stage.health))
    where = f"/kinh-phi/moi/{stage.health_task.public_id}/?nam=2026"
    key = client.get(where).context["key"]
    sent = {"key": key, "year": "2026", "source": "province", "purpose": "Mua tài liệu", "estimate": "1.500.000"}
    for _click in range(2):
        assert client.post(where, sent).status_code == 302
    made = BudgetLine.objects.get()
    assert (made.estimate, made.body_id) == (1_500_000, stage.health.pk)
    changed = {"version": 1, "year": "2026", "source": "province", "purpose": "Mua sách", "estimate": "2.000.000"}
    assert client.post(f"/kinh-phi/{made.public_id}/sua/", changed).status_code == 302
    assert client.post(f"/kinh-phi/{made.public_id}/sua/", changed).status_code == 422
    assert client.post(f"/kinh-phi/co-quan/{stage.health.code}/2026/de-xuat/").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.purpose) == ("proposed", "Mua sách")
    assert client.post(f"/kinh-phi/{made.public_id}/tra-lai/", {"version": 3, "reason": "tính lại"}).status_code == 302
    assert client.get(f"/kinh-phi/moi/{stage.commune_task.public_id}/").status_code == 404

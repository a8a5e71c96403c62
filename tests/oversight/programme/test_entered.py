"""Plans entered here: whole or not at all, one draft, one edition in force, read beside the shipped ones."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected

if TYPE_CHECKING:
    from tests.oversight.programme.scene import Stage

    from atvsld.oversight.programme.models import EnteredProgramme

HEADER = {
    "id": "so-xay-dung-2026", "level": "body", "title": "Kế hoạch của Sở Xây dựng", "issuer": "construction",
    "valid_from": "2026-01-01", "valid_to": "2026-12-31", "carries_out": "province-2024",
}  # fmt: skip
ROWS = [
    {"id": "I", "kind": "section", "text": "Nhiệm vụ"},
    {"id": "I.1", "kind": "yearly", "text": "Kiểm tra công trường", "holders": "construction", "measures": "checks",
     "evidence": "compliance_check", "carries": "province-2024:IV.5.1"},
]  # fmt: skip


def entered(stage: Stage, *, key: str = "", **changes: Any) -> EnteredProgramme:
    from tests.oversight.programme import scene

    from atvsld.oversight.programme.actions import enter

    told = {"header": HEADER, "rows": ROWS, "body": stage.builders} | changes
    return enter(scene.act(stage.planner), key=key or new_ulid(), **told)


def issued(stage: Stage, draft: EnteredProgramme, on: date = date(2026, 1, 10)) -> EnteredProgramme:
    from tests.oversight.programme import scene

    from atvsld.oversight.programme.actions import issue

    return issue(scene.act(stage.planner), entered=draft, version=draft.version, number="12/KH-SXD", issued_on=on)


def test_a_plan_goes_from_draft_to_force_and_is_read_beside_the_shipped_ones(stage: Stage) -> None:
    from atvsld.oversight.programme import facade

    key = new_ulid()
    draft = entered(stage, key=key)
    assert entered(stage, key=key).pk == draft.pk
    assert HEADER["id"] not in facade.known(date(2026, 3, 1)).by_id
    plan = issued(stage, draft)
    assert issued(stage, plan).version == plan.version
    known = facade.known(date(2026, 3, 1))
    assert [one.id for one in known.chain(plan.code)][-2:] == ["province-2024", plan.code]
    assert (plan.code, "I.1") in [(one.id, clause.id) for one, clause in known.carried_by("province-2024", "IV.5.1")]
    mine = facade.assignments_of(stage.builders, date(2026, 3, 1))
    assert {"IV.5.1", "I.1"} <= {assignment.clause.id for _plan, assignment in mine}


def test_the_edition_of_a_day_is_what_was_in_force_then(stage: Stage) -> None:
    from tests.oversight.programme import scene

    from atvsld.oversight.programme import facade
    from atvsld.oversight.programme.actions import change, revise
    from atvsld.oversight.programme.actions.issuing import replaces
    from atvsld.oversight.programme.models import EnteredProgramme

    act = scene.act(stage.planner)
    first = issued(stage, entered(stage))
    draft = revise(act, entered=first)
    assert revise(act, entered=first).pk == draft.pk
    with pytest.raises(Rejected, match="bản soạn"):
        entered(stage)
    more = {"id": "I.2", "kind": "standing", "text": "Giao ban an toàn", "holders": "construction",
            "measures": "tasks_proven", "evidence": "task"}  # fmt: skip
    change(act, entered=draft, version=draft.version, header=draft.header, rows=[*draft.rows, more])
    assert (told := replaces(draft)) is not None
    assert (told.added, told.removed) == (("I.2",), ())
    with pytest.raises(Conflict):
        change(act, entered=draft, version=1, header=draft.header, rows=draft.rows)
    second = issued(stage, draft, date(2026, 2, 20))
    assert [row.state for row in EnteredProgramme.objects.order_by("edition")] == ["replaced", "issued"]
    with pytest.raises(Conflict):
        change(act, entered=second, version=second.version, header=second.header, rows=second.rows)
    count = {day: len(list(facade.known(day)[first.code].clauses)) for day in (date(2026, 1, 15), date(2026, 3, 1))}
    assert count == {date(2026, 1, 15): 1, date(2026, 3, 1): 2}


def test_a_plan_with_a_mistake_is_not_written_and_every_mistake_is_told(stage: Stage) -> None:
    from atvsld.oversight.programme.models import EnteredProgramme

    wrong = [*ROWS, {"id": "II.1", "kind": "yearly", "text": "Việc", "holders": "không có", "evidence": "task"}]
    with pytest.raises(Rejected) as refused:
        entered(stage, header={**HEADER, "id": "province-2024"}, rows=wrong)
    told = {(one.column, one.row) for one in refused.value.problems}
    assert {("id", None), ("holders", 4)} <= told
    with pytest.raises(Rejected):
        entered(stage, header={**HEADER, "valid_from": "hôm qua"})
    assert not EnteredProgramme.objects.exists()


def test_only_the_own_body_enters_and_a_draft_is_nobody_elses(stage: Stage, client: Any) -> None:
    from tests.casework.accidents import scene as ground
    from tests.oversight.programme import scene

    from atvsld.oversight.programme.actions import change, enter

    with pytest.raises(Refused):
        entered(stage, body=stage.lead)
    # A document for everybody below is for the standing body alone to enter.
    with pytest.raises(Rejected, match="cấp này"):
        entered(stage, header={**HEADER, "level": "province"})
    firm = ground.act(ground.person("nha.may", "employer", firm=stage.land.mill))
    told = {**HEADER, "id": "nha-may-2026", "level": "establishment", "issuer": "employers"}
    made = enter(firm, key=new_ulid(), header=told, rows=ROWS, establishment=stage.land.mill)
    assert (made.place_id, made.body) == (stage.land.river.pk, None)
    draft = entered(stage)
    with pytest.raises(Refused):
        change(scene.act(stage.standing), entered=draft, version=1, header=draft.header, rows=draft.rows)
    client.force_login(stage.standing)
    assert client.get(f"/chuong-trinh/soan/{draft.public_id}/").status_code == 404
    assert client.get(f"/chuong-trinh/{draft.code}/").status_code == 404
    issued(stage, draft)
    assert client.get(f"/chuong-trinh/{draft.code}/").status_code == 200
    client.force_login(stage.villager)  # another place: the plan of a department is not theirs to read
    assert client.get(f"/chuong-trinh/{draft.code}/").status_code == 404


def test_a_workbook_read_back_is_the_same_plan() -> None:
    from atvsld.law.programme_outline import header_of, rows_of
    from atvsld.law.programme_reading import load_programmes
    from atvsld.oversight.programme.intake import workbook

    known = load_programmes()
    for plan in known.by_id.values():
        header, rows = header_of(plan), rows_of(plan)
        brought = workbook.read(workbook.workbook(header, rows, known.words))
        assert not brought.problems
        assert dict(brought.header) == {name: value for name, value in header.items() if value}
        assert brought.rows == [{name: value for name, value in row.items() if value} for row in rows]


def _document() -> bytes:
    import docx

    made = docx.Document()
    made.add_paragraph("KẾ HOẠCH AN TOÀN NĂM 2026")
    made.add_heading("Mục đích", 1)
    made.add_paragraph("Giảm tai nạn ngã cao.")
    made.add_heading("II. Nhiệm vụ", 1)
    made.add_heading("1. Kiểm tra", 2)
    made.add_paragraph(
        "- Kiểm tra công trường trên cao [bằng chứng: compliance_check; thước đo: checks; hạn: 30/11/2026]"
    )
    made.add_paragraph("- Nhắc nhà thầu", style="List Bullet")
    made.add_heading("2. Tuyên truyền", 2)
    made.add_paragraph("a) Hội thảo phòng ngã cao [chủ trì: osh_lead, construction; bằng chứng: outreach_event]")
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def test_headings_and_items_of_a_word_document_become_a_plan(stage: Stage, client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from atvsld.oversight.programme.models import EnteredProgramme

    client.force_login(stage.planner)
    said = {
        "key": new_ulid(), "owner": f"body:{stage.builders.pk}", "id": "so-xd-word", "title": "", "level": "body",
        "valid_from": "01/01/2026", "valid_to": "", "carries_out": ["province-2024"],
    }  # fmt: skip
    sent = SimpleUploadedFile("ke-hoach.docx", _document())
    response = client.post("/chuong-trinh/nhap/", {**said, "file": sent})
    draft = EnteredProgramme.objects.get(code="so-xd-word")
    assert response.headers["Location"].endswith(f"/soan/{draft.public_id}/")
    assert draft.source is not None
    told = [(row["id"], row["kind"], row.get("holders", "")) for row in draft.rows]
    assert told == [
        ("I", "section", ""), ("I.1", "standing", "construction"), ("II", "section", ""), ("II.1", "section", ""),
        ("II.1.1", "standing", "construction"), ("II.1.2", "standing", "construction"), ("II.2", "section", ""),
        ("II.2.1", "standing", "osh_lead; construction"),
    ]  # fmt: skip
    assert draft.rows[4]["valid_to"] == "30/11/2026"
    assert draft.title == "KẾ HOẠCH AN TOÀN NĂM 2026"
    page = client.get(f"/chuong-trinh/soan/{draft.public_id}/")
    assert "Giao ban" not in page.content.decode()


def test_a_file_with_mistakes_shows_each_by_its_row_and_writes_nothing(stage: Stage, client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from atvsld.law.programme_reading import load_programmes
    from atvsld.oversight.programme.intake.workbook import workbook
    from atvsld.oversight.programme.models import EnteredProgramme

    client.force_login(stage.planner)
    rows = [*ROWS, {"id": "I.2", "kind": "mỗi tuần", "text": "Việc", "holders": "construction", "evidence": "giấy tờ"}]
    content = workbook(HEADER, rows, load_programmes().words)
    said = {"key": new_ulid(), "owner": f"body:{stage.builders.pk}"}
    response = client.post("/chuong-trinh/nhap/", {**said, "file": SimpleUploadedFile("k.xlsx", content)})
    assert response.status_code == 422
    shown = {(one.row, column) for one, column in response.context["problems"]}
    assert {(4, "Loại"), (4, "Bằng chứng")} <= shown
    for bad in (b"", b"PK\x03\x04 not an archive", b"%PDF-1.4"):
        sent = SimpleUploadedFile("k.xlsx", bad or b" ")
        assert client.post("/chuong-trinh/nhap/", {**said, "file": sent}).status_code == 422
    assert not EnteredProgramme.objects.exists()


def test_a_plan_is_begun_changed_and_issued_on_the_page(stage: Stage, client: Any) -> None:
    from atvsld.oversight.programme.models import EnteredProgramme

    client.force_login(stage.planner)
    said = {
        "key": new_ulid(), "owner": f"body:{stage.builders.pk}", "id": "so-xd-2026", "title": "Kế hoạch năm",
        "level": "body", "issuer": "construction", "valid_from": "01/01/2026", "start": "province-2024",
    }  # fmt: skip
    assert client.post("/chuong-trinh/moi/", said).status_code == 302
    draft = EnteredProgramme.objects.get(code="so-xd-2026")
    assert {"province-2024:IV.5.1", "province-2024:IV.6.1"} <= {row.get("carries") for row in draft.rows}
    base = f"/chuong-trinh/soan/{draft.public_id}/"
    last = len(draft.rows) - 1
    row = {"id": "I.99", "kind": "yearly", "text": "Việc thêm", "holders": ["construction"], "evidence": ["task"],
           "measures": ["tasks_proven"], "version": "1"}  # fmt: skip
    assert client.post(f"{base}dong/{last}/them/", {**row, "evidence": []}).status_code == 422
    assert client.post(f"{base}dong/{last}/them/", row).status_code == 302
    # Sent again from the same page: somebody (the same person) changed it meanwhile, so nothing is overwritten.
    assert client.post(f"{base}dong/{last}/them/", {**row, "id": "I.98"}).status_code == 422
    assert client.post(f"{base}dong/1/bo/", {"version": "2"}).status_code == 302
    assert client.get(f"{base}dong/1/").status_code == client.get(f"{base}phan-dau/").status_code == 200
    told = {"number": "5/KH", "issued_on": "01/03/2026", "version": "3"}
    assert client.post(f"{base}ban-hanh/", {**told, "issued_on": "01/05/2099"}).status_code == 422
    assert client.post(f"{base}ban-hanh/", told).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.rows[-1]["id"], len(draft.rows)) == ("issued", "I.99", last + 1)
    assert client.get(base).status_code == 404
    assert client.get("/chuong-trinh/so-xd-2026/sua/").status_code == 200
    assert not EnteredProgramme.objects.filter(state="draft").exists()
    assert client.post("/chuong-trinh/so-xd-2026/sua/").status_code == 302
    copy = EnteredProgramme.objects.get(state="draft")
    assert client.post(f"/chuong-trinh/soan/{copy.public_id}/bo/", {"version": "1"}).status_code == 302


def test_the_command_line_takes_a_file_in_and_shows_the_board(stage: Stage, monkeypatch: Any, tmp_path: Any) -> None:
    import json

    from click.testing import CliRunner

    from atvsld.law.programme_reading import load_programmes
    from atvsld.oversight.programme.intake.workbook import workbook
    from atvsld.project import cli
    from atvsld.project.cli import start

    monkeypatch.setattr(start, "django", lambda **_options: None)
    file, words = tmp_path / "ke-hoach.xlsx", load_programmes().words

    def told(*arguments: str) -> Any:
        return CliRunner().invoke(cli.group, ["plan", *arguments, "--json"])

    file.write_bytes(workbook(HEADER, [*ROWS, {**ROWS[1], "id": "I.1"}], words))
    wrong = told("import", str(file), "--body", stage.builders.code)
    assert wrong.exit_code == 1
    assert [(one["row"], one["id"]) for one in json.loads(wrong.stdout)["problems"]] == [(3, "I.1")]
    file.write_bytes(workbook(HEADER, ROWS, words))
    issue = ("--number", "1/KH", "--issued-on", "2026-01-05")
    right = json.loads(told("import", str(file), "--body", stage.builders.code, *issue).stdout)
    assert (right["ok"], right["state"], right["rows"]) == (True, "issued", 2)
    board = json.loads(told("board", HEADER["id"], "--year", "2026").stdout)
    assert [(line["clause"], line["bodies"][0]["idle"]) for line in board["lines"]] == [("I.1", 1)]
    assert told("import", str(file), "--body", "khong-co").exit_code == 1

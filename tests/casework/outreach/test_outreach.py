"""Communication: what its ledgers add up to, beside a tally of plain SQL; its files; its records for other systems."""

from __future__ import annotations

import io
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest
from django.db import connection
from tests.registers.ledgers import stage

from atvsld.kit.ids import new_ulid

GROUPS, SECTORS = ("workers", "women", "farmers"), ("construction", "mining", "agriculture")


@pytest.fixture
def scene(db):
    return stage.build()


@pytest.fixture
def doctor(scene):
    return stage.person("y.te", "plan_officer", body=scene.health)


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()[0]


def write(word, user, body, **given):
    from atvsld.registers.ledgers import actions
    from atvsld.registers.ledgers.ledger import ledger_of
    from atvsld.registers.ledgers.reach import body_owner

    return actions.enter(stage.act(user), ledger=ledger_of(word), key=new_ulid(), owner=body_owner(body), given=given)


@pytest.fixture
def year(scene, doctor):
    """A year of events, materials and items of two bodies, some withdrawn, some of the year before."""
    from atvsld.registers.ledgers import actions
    from atvsld.registers.ledgers.ledger import ledger_of

    trade = stage.person("cong.doan", "plan_officer", body=scene.union)
    for number in range(12):
        user, body = ((doctor, scene.health), (trade, scene.union), (trade, scene.old_union))[number % 3]
        day = date(2025, 11, 15) + timedelta(days=29 * number)
        event = write(
            "outreach_event", user, body, title=f"Buổi {number}", kind=("session", "seminar")[number % 2],
            channel="direct", held_on=day, audiences=list(GROUPS[: number % 4]),
            sectors=list(SECTORS[number // 2 % 3 :]),
            reach=None if number == 5 else 40 + number, informal_reach=number if number != 5 else None,
        )  # fmt: skip
        if number == 4:
            actions.withdraw(stage.act(user), ledger=ledger_of("outreach_event"), record=event, version=1, why="Trùng")
        write("outreach_material", user, body, title=f"Tờ rơi {number}", kind="leaflet", made_on=day, copies=100)
        write(
            "press_item", user, body, title=f"Tin {number}", kind=("news", "report")[number % 2], outlet="Báo Thử",
            published_on=day, tone=("praise", "warning")[number % 2], minutes=number or None,
        )  # fmt: skip
    return trade


def test_figures_are_what_plain_sql_counts_and_their_lists_show_the_same(scene, year, doctor, client):
    from atvsld.registers import proofs
    from atvsld.registers.bodies.queries import lineage

    asked = proofs.Asked(date(2026, 1, 1), date(2026, 12, 31), bodies=lineage(scene.union.pk))
    held = (
        "FROM outreach_outreachevent WHERE withdrawn_at IS NULL AND held_on BETWEEN '2026-01-01' AND '2026-12-31'"
        f" AND body_id IN ({scene.union.pk}, {scene.old_union.pk})"
    )
    source = proofs.measure_of("outreach")
    figures = {one.key: one for one in source.figures(asked)}
    assert figures["events"].value == sql(f"SELECT count(*) {held}")
    assert figures["reach"].value == sql(f"SELECT sum(reach) {held}")
    assert figures["informal"].value == sql(f"SELECT sum(informal_reach) {held}")
    for group in GROUPS:
        of_group = f"{held} AND '{group}' = ANY(audiences)"
        assert figures[f"group.{group}"].value == sql(f"SELECT count(*) {of_group}")
        assert figures[f"group.{group}.reach"].value == sql(f"SELECT sum(reach) {of_group}")
    for sector in SECTORS:
        assert figures[f"sector.{sector}"].value == sql(f"SELECT count(*) {held} AND '{sector}' = ANY(sectors)")
    assert "group.elderly" not in figures
    client.force_login(doctor)
    for key in ("events", "group.women", "sector.mining", "kind.seminar"):
        behind = [one.label.split(" (")[0] for one in source.records(asked, key)]
        assert len(behind) == figures[key].value, key
        url = urlsplit(figures[key].url)
        rows = client.get(url.path, dict(parse_qsl(url.query)) | {"xuat": "csv"}).getvalue().decode().splitlines()[1:]
        assert sorted(row.split(",")[1] for row in rows) == sorted(behind), key


def test_materials_and_items_of_the_whole_province(scene, year):
    from atvsld.registers import proofs

    asked = proofs.Asked(date(2026, 1, 1), date(2026, 12, 31))
    materials = {one.key: one.value for one in proofs.measure_of("materials").figures(asked)}
    within = "BETWEEN '2026-01-01' AND '2026-12-31'"
    assert materials["titles"] == sql(f"SELECT count(*) FROM outreach_outreachmaterial WHERE made_on {within}")
    assert materials["copies"] == 100 * materials["titles"]
    press = {one.key: one.value for one in proofs.measure_of("press_items").figures(asked)}
    held = f"FROM outreach_pressitem WHERE published_on {within}"
    assert press["items"] == sql(f"SELECT count(*) {held}") == press["kind.news"] + press["kind.report"]
    assert press["minutes"] == sql(f"SELECT sum(minutes) {held}")
    assert press["tone.praise"] == sql(f"SELECT count(*) {held} AND tone = 'praise'")
    none = proofs.Asked(date(2026, 1, 1), date(2026, 12, 31), bodies=frozenset())
    assert {one.value for one in proofs.measure_of("press_items").figures(none)} == {0}


def test_the_list_shows_whom_it_reached(scene, year, doctor, client):
    client.force_login(doctor)
    page = client.get("/tuyen-truyen/", follow=True).content.decode()
    assert "Số lượt người theo nhóm đối tượng" in page
    assert "Tin, bài báo chí" in page


def _taken(user, rows, **options):
    from atvsld.platform.imports import taking, targets
    from atvsld.platform.imports.targets import Options

    return taking.take_rows(stage.act(user), targets.get("outreach-event"), rows, Options(**options)).outcome


ROW = {
    "title": "Lớp phổ biến tại làng nghề", "kind": "Lớp, buổi phổ biến", "channel": "Trực tiếp",
    "held_on": "12/03/2026", "audiences": "Người lao động nói chung; farmers", "reach": "45", "cost": "2.000.000",
}  # fmt: skip


def test_a_file_is_taken_once_and_bad_rows_are_told_with_row_column_and_remedy(scene, doctor):
    from atvsld.casework.outreach.models import OutreachEvent

    bad = [
        ROW | {"title": "Ngày sai", "held_on": "31/02/2026"},
        ROW | {"title": "Số sai", "reach": "nhiều", "informal_reach": "3"},
        ROW | {"title": "Phần lớn hơn tổng", "informal_reach": "99"},
        ROW | {"title": "Chưa đến", "held_on": "01/12/2026"},
        ROW | {"title": "Của người khác", "owner": "UBND xã Đồi Thử"},
        ROW,
    ]
    outcome = _taken(doctor, [ROW, *bad], all_or_nothing=True)
    assert not OutreachEvent.objects.exists()
    told = {(problem.row, problem.column) for problem in outcome.errors if problem.row}
    assert told == {
        (2, "held_on"), (3, "reach"), (4, "informal_reach"), (5, "held_on"), (6, "owner"), (7, "title"),
    }  # fmt: skip
    assert all(problem.remedy and "cột" in problem.message for problem in outcome.errors if problem.row)
    assert _taken(doctor, [ROW], dry_run=True).new == 1
    assert _taken(doctor, [ROW | {"owner": "so-y-te", "commune": scene.land.river.code}]).new == 1
    event = OutreachEvent.objects.get()
    assert (event.body, event.audiences, event.cost) == (scene.health, ["workers", "farmers"], 2_000_000)
    assert event.commune == scene.land.river
    again = _taken(doctor, [ROW])
    assert (again.unchanged, again.accepted) == (1, 0)
    changed = _taken(doctor, [ROW | {"reach": "50"}])
    assert (changed.changed, OutreachEvent.objects.get().reach, OutreachEvent.objects.get().version) == (1, 50, 2)


def test_the_template_is_read_back_and_one_import_is_undone(scene, doctor, tmp_path):
    from atvsld.casework.outreach.models import OutreachEvent
    from atvsld.platform.imports import taking, targets
    from atvsld.platform.imports.actions.undo import undo
    from atvsld.platform.imports.template import template_workbook

    target = targets.get("outreach-event")
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(target)))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    by_label = {target.spec()[name].label: value for name, value in ROW.items()}
    sheet.append([by_label.get(heading) for heading in headings])
    path = tmp_path / "buoi.xlsx"
    book.save(path)
    taken = taking.take_file(stage.act(doctor), target, path)
    assert (taken.outcome.new, taken.outcome.errors) == (1, [])
    undo(stage.act(doctor), run=taken.run)
    assert not OutreachEvent.objects.exists()


def test_other_systems_read_what_the_account_may_read(scene, year, doctor, client):
    client.force_login(stage.person("xa.song", "commune_officer", body=scene.river))
    assert client.get("/api/v1/ledgers/outreach_event").json()["items"] == []
    client.force_login(doctor)
    assert {one["word"] for one in client.get("/api/v1/ledgers").json()} >= {"outreach_event", "press_item"}
    found = client.get("/api/v1/ledgers/outreach_event", {"start": "2026-01-01", "limit": 3}).json()
    assert len(found["items"]) == 3
    one = client.get(f"/api/v1/ledgers/outreach_event/{found['items'][0]['id']}").json()
    assert one["values"]["held_on"] >= "2026-01-01"
    assert one["body_code"] in {"so-y-te", "ldld", "ldld-cu"}
    assert client.get("/api/v1/ledgers/moon").status_code == 404

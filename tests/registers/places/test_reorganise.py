"""A reorganisation by somebody: what is refused, what follows, and taking it back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.access.actor import Actor, Grant, Scope
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected
from atvsld.project.cli import places as command_line
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import holder
from atvsld.registers.offices.models import Office
from atvsld.registers.places import boundaries, drafts, tree
from atvsld.registers.places.actions import reorganise
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession, Reorganisation
from atvsld.registers.places.policy import REORGANISE
from atvsld.registers.places.tree import PlaceTree

DAY, TODAY = date(2027, 1, 1), date(2027, 3, 1)
HEAD = {"title": "Sắp xếp thử", "effective_on": DAY, "legal_basis": "Nghị quyết thử"}
MERGE = [
    {"kind": "merge", "code": "20992", "new_code": "20992", "new_name": "Xã Thử"},
    {"kind": "merge", "code": "20341", "new_code": "20992"},
]


def draft(*changes: dict[str, Any], **head: Any) -> drafts.Draft:
    return drafts.from_mapping({**HEAD, **head, "changes": list(changes)})


def problems_of(*changes: dict[str, Any]) -> set[str]:
    return {problem.code for problem in reorganise.preview(draft(*changes)).problems}


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    models = (Place, PlaceParent, PlaceSuccession, Body, Office)
    return {model.__name__: sorted(model.objects.values_list(), key=str) for model in models}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([{"kind": "merge", "code": "00000", "new_code": "99001"}], "unknown_code"),
        ([{"kind": "merge", "code": "20992", "new_code": ""}], "no_new_code"),
        ([{"kind": "merge", "code": "20992", "new_code": "20341", "new_name": "Xã Thử"}], "code_taken"),
        ([{"kind": "rename", "code": "20992", "new_code": "99001"}], "no_name"),
        (
            [
                {"kind": "split", "code": "20992", "new_code": "99001", "new_name": "Xã Một", "share": "0.5"},
                {"kind": "split", "code": "20992", "new_code": "99002", "new_name": "Xã Hai", "share": "0.4"},
            ],
            "shares",
        ),
        (
            [
                {"kind": "merge", "code": "20992", "new_code": "99001", "new_name": "Xã Một", "share": "0.5"},
                {"kind": "merge", "code": "20992", "new_code": "99002", "new_name": "Xã Hai", "share": "0.5"},
            ],
            "not_split",
        ),
        ([{"kind": "transfer", "code": "20992", "new_parent": "20341"}], "parent_level"),
        ([{"kind": "transfer", "code": "20992", "new_parent": "00000"}], "no_parent"),
        ([{"kind": "end", "code": "48"}], "no_parent"),
        ([MERGE[0], MERGE[1], {"kind": "end", "code": "20341"}], "two_kinds"),
        ([MERGE[0], {**MERGE[1], "new_name": "Xã Khác"}], "disagree"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_done(
    bodies: PlaceTree, changes: list[dict[str, Any]], code: str
) -> None:
    assert code in problems_of(*changes)


def test_a_file_with_faults_names_row_and_column() -> None:
    text = "kind,code,new_code,share\nmerge,20992,99001,\nsplit,,99001,1.5\nxoa,20341,,\n"
    with pytest.raises(Rejected) as raised:
        drafts.read_file(text.encode(), "thu.csv", head=HEAD)
    assert {(problem.row, problem.column) for problem in raised.value.problems} == {
        (3, "code"), (3, "share"), (4, "kind")
    }  # fmt: skip
    with pytest.raises(Rejected, match="năm-tháng-ngày"):
        drafts.read_file(text.encode(), "thu.csv")


def test_yaml_csv_and_json_state_one_draft() -> None:
    stated = draft(*MERGE)
    lines = [",".join(drafts.COLUMNS)]
    lines += [",".join(str(row.get(name, "")) for name in drafts.COLUMNS) for row in MERGE]
    from_csv = drafts.read_file("\r\n".join(lines).encode("utf-8-sig"), "x.csv", head=HEAD)
    held = yaml.safe_dump({**HEAD, "changes": MERGE}, allow_unicode=True).encode()
    assert drafts.read_file(held, "x.yaml") == stated
    assert drafts.from_mapping(stated.to_json()) == stated
    assert [(row.kind, row.code, row.new_code) for row in from_csv.changes] == [
        (row.kind, row.code, row.new_code) for row in stated.changes
    ]


def test_two_communes_become_one_with_committee_people_and_records(bodies: PlaceTree, act: Act) -> None:
    officer, old = _officer(bodies, "20341")
    case = AccidentCase.objects.create(place_id=old, occurred_at=datetime(2026, 5, 1, tzinfo=UTC))
    seen = reorganise.preview(draft(*MERGE))
    told = {effect.label: effect.count for effect in seen.effects}
    assert told["Đơn vị kết thúc"] == 2
    assert told["Người dùng có chức trách chuyển sang đơn vị mới"] == 1
    assert seen.levels[2] == ("commune", 94, 93)
    before = snapshot()
    done = reorganise.apply(act, draft=draft(*MERGE))

    places = tree.current()
    new = places.at("20992", DAY)
    assert new is not None
    assert new.name == "Xã Thử"
    parent = places.parent(new.pk, DAY)
    assert parent is not None
    assert parent.code == "48"
    assert {case.place_id, old} <= places.territory(new.pk)
    assert holder("commune", old, TODAY).name == "Ủy ban nhân dân xã Thử"
    office = officer.offices.get(valid_to__isnull=True)
    assert (office.place_id, office.body) == (new.pk, holder("commune", new.pk, TODAY))
    assert officer.offices.get(valid_to=date(2026, 12, 31)).place_id == old

    reorganise.undo(act, reorganisation=done)
    assert snapshot() == before
    with pytest.raises(Conflict):
        reorganise.undo(act, reorganisation=done)


def test_a_record_on_a_new_unit_keeps_it_from_being_taken_back(bodies: PlaceTree, act: Act) -> None:
    done = reorganise.apply(act, draft=draft(*MERGE))
    new = tree.current().at("20992", DAY)
    assert new is not None
    case = AccidentCase.objects.create(place_id=new.pk, occurred_at=datetime(2027, 1, 5, tzinfo=UTC))
    with pytest.raises(Rejected, match="1 dòng “vụ tai nạn lao động”"):
        reorganise.undo(act, reorganisation=done)
    case.delete()
    assert reorganise.undo(act, reorganisation=done).undone_at is not None


def test_the_last_one_is_taken_back_first(bodies: PlaceTree, act: Act) -> None:
    first = reorganise.apply(act, draft=draft(*MERGE))
    rename = {"kind": "rename", "code": "20992", "new_code": "20992", "new_name": "Phường Thử", "new_kind": "phuong"}
    second = reorganise.apply(act, draft=draft(rename, effective_on=date(2027, 7, 1)))
    with pytest.raises(Rejected, match="rút đợt đó trước"):
        reorganise.undo(act, reorganisation=first)
    reorganise.undo(act, reorganisation=second)
    reorganise.undo(act, reorganisation=first)


def test_shares_that_nobody_stated_are_equal_estimates(bodies: PlaceTree, act: Act) -> None:
    parts = [
        {"kind": "split", "code": "20992", "new_code": f"9900{n}", "new_name": f"Xã {n}"} for n in (1, 2, 3)
    ]  # fmt: skip
    officer, old = _officer(bodies, "20992")
    reorganise.apply(act, draft=draft(*parts))
    landings = tree.current().trace(old, TODAY)
    assert [str(landing.share) for landing in landings] == ["0.3333", "0.3333", "0.3334"]
    assert all(landing.estimate for landing in landings)
    assert officer.offices.filter(valid_to__isnull=True).count() == 1


def test_an_office_at_a_unit_without_heir_stops_the_reorganisation(bodies: PlaceTree, act: Act) -> None:
    _officer(bodies, "20992")
    assert problems_of({"kind": "end", "code": "20992"}) == {"stranded_offices"}
    assert not problems_of({"kind": "end", "code": "20992", "new_code": "20341"})
    with pytest.raises(Rejected):
        reorganise.apply(act, draft=draft({"kind": "end", "code": "20992"}))


def test_only_an_administrator_of_the_whole_may_do_it(bodies: PlaceTree) -> None:
    part = Grant("administrator", frozenset({REORGANISE}), Scope("place", frozenset({1})))
    act = Act(Actor("Một phần", grants=(part,)), Channel.PAGE, at=datetime(2026, 11, 24, tzinfo=UTC))
    with pytest.raises(Refused):
        reorganise.apply(act, draft=draft(*MERGE))


def _officer(places: PlaceTree, code: str) -> tuple[User, int]:
    node = places.at(code, date(2026, 7, 1))
    assert node is not None
    user = User.objects.create(username="canbo", email="canbo@example.invalid")
    body = holder("commune", node.pk, date(2026, 7, 1))
    Office.objects.create(
        user=user, role="commune_officer", place_id=node.pk, body=body, valid_from=date(2025, 7, 1)
    )  # fmt: skip
    return user, node.pk


def test_the_terminal_shows_then_carries_out_then_takes_back(
    bodies: PlaceTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in ("django", "require_migrated"):
        monkeypatch.setattr(command_line.start, step, lambda: None)
    file = tmp_path / "sap-xep.yaml"
    file.write_text(yaml.safe_dump({**HEAD, "changes": MERGE}, allow_unicode=True), encoding="utf-8")

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(command_line.command, ["reorganise", *arguments])

    shown = run(str(file))
    assert shown.exit_code == 0, shown.output
    assert "Cấp xã: 94 → 93" in shown.output
    assert not Reorganisation.objects.exists()
    done = json.loads(run(str(file), "--apply", "--json").output)
    assert (done["applied"], done["levels"][2]) == (True, {"level": "commune", "before": 94, "after": 93})
    assert run("--undo", done["id"]).exit_code == 0
    assert not Place.objects.filter(valid_from=DAY).exists()
    wrong = run(str(file), "--undo", "x")
    assert wrong.exit_code == 1
    assert run("--template").output.startswith("kind,code,new_code")


def test_the_terminal_loads_boundaries(
    places: PlaceTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.HOME = tmp_path / "home"
    for step in ("django", "require_migrated"):
        monkeypatch.setattr(command_line.start, step, lambda: None)
    ring = [[108, 15], [108.5, 15], [108.5, 15.5], [108, 15]]
    feature = {"properties": {"code": "20341"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    file = tmp_path / "x.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    done = CliRunner().invoke(command_line.command, ["boundaries", str(file), "--on", "2026-07-01", "--json"])
    assert json.loads(done.output)["outlines"] == 1
    assert boundaries.current() is not None
    file.write_text("[]", encoding="utf-8")
    assert CliRunner().invoke(command_line.command, ["boundaries", str(file)]).exit_code == 1


def test_a_divided_unit_is_told_with_its_parts(bodies: PlaceTree) -> None:
    parts = [
        {"kind": "split", "code": "20992", "new_code": f"9900{n}", "new_name": f"Xã {n}", "share": share}
        for n, share in ((1, "0.7"), (2, "0.3"))
    ]
    ended = reorganise.preview(draft(*parts)).effects[0]
    assert ended.lines == ("Xã Tam Hải (20992) → Xã 1 (70 %); Xã 2 (30 %)",)

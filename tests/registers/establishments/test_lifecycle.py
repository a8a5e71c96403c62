"""Renamed, moved, closed, opened again, divided: each with its act, and the year's people in their parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.registers.establishments.test_register import commune, draft, officer_of
from tests.registers.test_pages import sign_in, text

from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected
from atvsld.registers.establishments.actions import lifecycle
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.actions.workforce import set_workforce
from atvsld.registers.establishments.models import Establishment, WorkforceYear
from atvsld.registers.places.tree import PlaceTree


@pytest.fixture
def made(places: PlaceTree, act: Act) -> Establishment:
    return register_establishment(act, draft=draft(places))


def acts(record: Establishment) -> list[str]:
    events = record.events.select_related("pgh_context").order_by("pgh_id")
    return [event.pgh_context.metadata["act"].rsplit(":", 1)[1] for event in events]


def test_a_life_is_told_by_its_acts(made: Establishment, places: PlaceTree, act: Act) -> None:
    lifecycle.rename_establishment(act, establishment=made, version=1, name="  Tên   mới ")
    assert (made.name, made.name_folded) == ("Tên mới", "ten moi")
    there = commune(places, "20335")
    lifecycle.move_establishment(
        act, establishment=made, version=2, place_id=there, address="1 Đường mới", with_headquarters=False
    )
    assert (made.place_id, made.headquarters_place_id) == (there, commune(places, "20341"))
    lifecycle.close_establishment(act, establishment=made, version=3, on=date(2026, 11, 1))
    with pytest.raises(Rejected):
        lifecycle.close_establishment(act, establishment=made, version=4, on=date(2026, 11, 1))
    lifecycle.reopen_establishment(act, establishment=made, version=4)
    with pytest.raises(Conflict):
        lifecycle.rename_establishment(act, establishment=made, version=4, name="Cũ")
    assert acts(made) == ["registered", "renamed", "moved", "closed", "reopened"]


def test_nobody_moves_an_establishment_into_or_out_of_somebody_elses_area(
    made: Establishment, places: PlaceTree, act: Act
) -> None:
    for code in ("20341", "20335"):
        officer = replace(act, actor=officer_of(places, code), channel=Channel.PAGE)
        with pytest.raises(Refused):
            lifecycle.move_establishment(
                officer, establishment=made, version=1, place_id=commune(places, "20335"), address="",
                with_headquarters=True,
            )  # fmt: skip


def test_a_division_makes_the_parts_and_closes_the_whole_or_makes_nothing(
    made: Establishment, places: PlaceTree, act: Act
) -> None:
    part = draft(places, tax_code="0100112437", name="Phần A")
    with pytest.raises(Rejected):  # the second part has the tax code of the first
        lifecycle.split_establishment(act, establishment=made, version=1, parts=[part, part], close_on=None)
    assert Establishment.objects.count() == 1
    [new] = lifecycle.split_establishment(act, establishment=made, version=1, parts=[part], close_on=date(2026, 11, 1))
    made.refresh_from_db()
    assert (new.name, made.closed_on) == ("Phần A", date(2026, 11, 1))
    assert (acts(new), acts(made)[-1]) == (["divided"], "divided")
    with pytest.raises(Rejected):
        lifecycle.split_establishment(act, establishment=made, version=2, parts=[], close_on=None)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"elderly_workers": 101}, "workforce_part"),
        ({"minor_workers": -1}, "workforce_part"),
        ({"contract_workers": 60, "non_contract_workers": 41}, "workforce_contracts"),
        ({"arduous_workers": 5, "arduous_female_workers": 6}, "workforce_arduous"),
    ],
)
def test_parts_that_cannot_be_are_refused(made: Establishment, act: Act, parts: dict[str, Any], code: str) -> None:
    with pytest.raises(Rejected) as caught:
        set_workforce(
            act, establishment=made, year=2025, workers=100, female_workers=40, payroll=None, source="x", parts=parts
        )
    assert [problem.code for problem in caught.value.problems] == [code]


def test_parts_of_the_workforce_are_stated_and_shown_by_page(made: Establishment, bodies: PlaceTree) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    url = f"/co-so/{made.public_id}/lao-dong/"
    form = {"year": 2025, "workers": 100, "source": "Báo cáo", "contract_workers": 90, "arduous_workers": 12}
    shown = text(officer.post(url, form, follow=True))
    assert "nặng nhọc, độc hại, nguy hiểm: 12" in shown
    row = WorkforceYear.objects.get()
    assert (row.contract_workers, row.non_contract_workers, row.arduous_workers) == (90, None, 12)
    assert 'value="90"' in text(officer.get(url, {"nam": "2025"}))


def test_an_enterprise_shows_its_establishments_and_is_changed_by_page(
    made: Establishment, bodies: PlaceTree, act: Act
) -> None:
    register_establishment(act, draft=draft(bodies, tax_code=f"{made.tax_code}-001", name="Chi nhánh Một"))
    officer = sign_in(bodies, "province_officer", "48")
    assert made.enterprise is not None
    url = f"/co-so/doanh-nghiep/{made.enterprise.public_id}/"
    assert url in text(officer.get(f"/co-so/{made.public_id}/"))
    shown = text(officer.get(url))
    assert "Chi nhánh Một" in shown
    changed = officer.post(
        f"{url}sua/", {"name": "Tổng công ty", "sector_ministry": "Bộ Xây dựng", "version": 1}, follow=True
    )
    assert "Bộ Xây dựng" in text(changed)
    assert officer.post(f"{url}sua/", {"name": "Khác", "version": 1}).status_code == 409
    assert officer.post(f"{url}sua/", {"name": "Khác", "version": 2, "parent": "99"}).status_code == 422
    assert sign_in(bodies, "commune_officer", "20335").get(url).status_code == 404

"""Likely duplicates: found with few false alarms, merged by a person, taken back whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.registers.establishments import planted
from tests.registers.establishments.test_register import draft, officer_of
from tests.registers.test_pages import sign_in, text

from atvsld.platform.acts import Act, Channel, Refused, Rejected
from atvsld.registers.establishments import duplicates, facade, queries
from atvsld.registers.establishments.actions import merging
from atvsld.registers.establishments.actions.organisation import state_organisation
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.actions.workforce import set_workforce
from atvsld.registers.establishments.duplicates import Subject
from atvsld.registers.establishments.models import DuplicatePair, Establishment, EstablishmentMerge, WorkforceYear
from atvsld.registers.offices.models import Office
from atvsld.registers.places.tree import PlaceTree

ONE = Subject(1, "0100233488", "Công ty TNHH Thương mại và Dịch vụ An Phát", "12 Trần Phú", "0905123456", 7)


@pytest.mark.parametrize("seed", [11, 12])
def test_planted_duplicates_are_found_and_little_else(seed: int) -> None:
    made = planted.build(seed, base=2_000, duplicates=500)
    precision, recall, wrong, missed = planted.measured(made)
    assert precision >= 0.98, wrong
    assert recall >= 0.95, missed


@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({"name": "CTY TNHH TM & DV An Phát", "tax_code": "0400101394"}, True),
        ({"name": "CONG TY TNHH TMDV AN PHAT", "address": "Số 12, đường Trần Phú", "phone": ""}, True),
        ({"phone": "+84 905 123 456", "address": ""}, True),
        ({"tax_code": "0100233488001", "name": "Chi nhánh A – " + ONE.name}, False),
        ({"tax_code": "0400101394", "name": ONE.name + " 2"}, False),
        ({"tax_code": "0400101394", "name": "Công ty TNHH Vận tải An Phát"}, False),
        ({"tax_code": "0400101394", "address": "99 Lê Lợi", "phone": "", "place": 8}, False),
    ],
)
def test_what_makes_two_one(changes: dict[str, Any], alike: bool) -> None:
    other = replace(ONE, **({"pk": 2, "tax_code": "0400101394"} | changes))
    likeness = duplicates.compare(ONE, other)
    assert (likeness.score >= duplicates.THRESHOLD) is alike, likeness
    assert duplicates.compare(other, ONE) == likeness
    assert bool(duplicates.find([ONE, other])) is alike


@pytest.fixture
def pair(places: PlaceTree, act: Act) -> tuple[Establishment, Establishment]:
    """One firm entered twice; the second has an office, two years and an OSH organisation, the first one year."""
    kept = register_establishment(act, draft=draft(places, address="12 Trần Phú"))
    other = register_establishment(
        act,
        draft=draft(places, tax_code="0100112437", name="CTY TNHH ĐIỆN BÀN THỬ NGHIỆM", address="Số 12 đường Trần Phú"),
    )
    for record, year in ((kept, 2025), (other, 2025), (other, 2024)):
        set_workforce(act, establishment=record, year=year, workers=9, female_workers=1, payroll=None, source="Báo cáo")
    state_organisation(act, establishment=other, stated_on=act.day, source="Kiểm tra", values={"doctors": 1})
    return kept, other


def test_a_merge_moves_what_it_can_and_is_taken_back_whole(
    pair: tuple[Establishment, Establishment], places: PlaceTree, act: Act
) -> None:
    kept, other = pair
    sign_in(places, "employer", "20341", establishment=other)
    before = _state()
    merge = merging.merge_establishments(act, kept=kept, absorbed=other)
    assert sorted(kept.workforce.values_list("year", flat=True)) == [2024, 2025]
    assert list(other.workforce.values_list("year", flat=True)) == [2025]  # the kept record has its own
    assert Office.objects.get().establishment_id == kept.pk
    assert list(queries.visible(act.actor)) == [kept]
    assert facade.match_tax_codes(["0100112437"]) == {"0100112437": kept.pk}
    for again in ((kept, other), (other, kept), (kept, kept)):
        with pytest.raises(Rejected):
            merging.merge_establishments(act, kept=again[0], absorbed=again[1])
    merging.undo_merge(act, merge=merge)
    assert _state() == before
    with pytest.raises(Rejected):
        merging.undo_merge(act, merge=merge)
    acts = [
        event.pgh_context.metadata["act"] for event in other.events.select_related("pgh_context").order_by("pgh_id")
    ]
    assert acts[-2:] == ["establishments:establishment:merged", "establishments:establishment:separated"]


def _state() -> Any:
    return (
        sorted(WorkforceYear.objects.values_list("pk", "establishment_id", "year")),
        sorted(Office.objects.values_list("pk", "establishment_id")),
        sorted(Establishment.objects.values_list("pk", "merged_into_id", "enterprise_id")),
    )


def test_a_decision_stands_when_the_register_is_compared_again(
    pair: tuple[Establishment, Establishment], act: Act
) -> None:
    assert merging.find_duplicates(act) == 1
    merging.tell_apart(act, pair=DuplicatePair.objects.get())
    assert merging.find_duplicates(act) == 0
    assert DuplicatePair.objects.get().state == DuplicatePair.State.DIFFERENT


def test_only_who_may_change_both_may_merge_or_separate(
    pair: tuple[Establishment, Establishment], places: PlaceTree, act: Act
) -> None:
    stranger = replace(act, actor=officer_of(places, "20335"), channel=Channel.PAGE)
    with pytest.raises(Refused):
        merging.merge_establishments(stranger, kept=pair[0], absorbed=pair[1])
    merge = merging.merge_establishments(act, kept=pair[0], absorbed=pair[1])
    with pytest.raises(Refused):
        merging.undo_merge(stranger, merge=merge)
    assert merging.find_duplicates(stranger) == 0


def test_a_pair_is_compared_merged_and_separated_by_page(
    pair: tuple[Establishment, Establishment], bodies: PlaceTree, act: Act
) -> None:
    officer = sign_in(bodies, "province_officer", "48")
    assert "Có 1 cặp cần xem xét" in text(officer.post("/co-so/trung-lap/tim/", follow=True))
    shown = text(officer.get("/co-so/trung-lap/"))
    assert "trùng địa chỉ" in shown
    assert "lao động theo năm: 2" in shown
    pk = DuplicatePair.objects.get().pk
    merged = text(officer.post(f"/co-so/trung-lap/{pk}/", {"quyet-dinh": pair[0].pk}, follow=True))
    assert "Đã gộp vào" in merged
    absorbed = text(officer.get(f"/co-so/{pair[1].public_id}/"))
    assert "đã được gộp vào" in absorbed
    assert officer.get(f"/co-so/{pair[1].public_id}/sua/").status_code == 404
    merge = EstablishmentMerge.objects.get()
    assert "Đã tách lại" in text(officer.post(f"/co-so/tach-lai/{merge.pk}/", follow=True))
    officer.post(f"/co-so/trung-lap/{pk}/", {"quyet-dinh": "different"})
    assert DuplicatePair.objects.get().state == "different"
    neighbour = sign_in(bodies, "commune_officer", "20341")
    assert neighbour.get("/co-so/trung-lap/").status_code == 403

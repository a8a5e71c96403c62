"""A divided unit answers by address or by a place known otherwise; by its stated shares only when neither decides."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.registers.test_pages import sign_in

from atvsld.platform.acts import Act, Conflict, Rejected
from atvsld.project.cli import places as command_line
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.drafts import EstablishmentDraft
from atvsld.registers.places import drafts, queries, tree
from atvsld.registers.places.actions import reorganise
from atvsld.registers.places.actions.localities import state_localities
from atvsld.registers.places.addresses import names_locality, names_unit, words
from atvsld.registers.places.models import Place
from atvsld.registers.places.queries import DecidedBy
from atvsld.registers.places.tree import PlaceTree

THEN, NOW = date(2024, 9, 1), date(2026, 7, 1)
CODE = "20296"  # Xã Hòa Liên


def divided(places: PlaceTree) -> Place:
    node = places.at(CODE, THEN)
    assert node is not None
    return Place.objects.get(pk=node.pk)


def parts(place: Place) -> dict[str, int]:
    return {edge.successor.name: edge.pk for edge in place.successions.select_related("successor")}


def answer(address: str = "", known: int | None = None) -> tuple[list[tuple[str, float, bool]], DecidedBy]:
    found = queries.trace(CODE, THEN, NOW, address=address, known=known)
    return [(one.node.name, float(one.share), one.estimate) for one in found.landings], found.decided_by


@pytest.mark.parametrize(
    "address", ["Tổ 5, phường Hải Vân, Đà Nẵng", "to 5 P. Hai Van", "Hải Vân, TP Đà Nẵng", "PHƯỜNG HẢI VÂN"]
)
def test_an_address_that_names_the_new_ward_is_an_exact_answer(places: PlaceTree, address: str) -> None:
    assert answer(address) == ([("Phường Hải Vân", 1.0, False)], DecidedBy.ADDRESS)


@pytest.mark.parametrize(
    "address", ["", "Xã Hòa Liên", "quận Liên Chiểu cũ", "đường Hải Vân", "Hải Vân hoặc Liên Chiểu", "KCN Liên Chiểu"]
)
def test_an_address_that_names_none_or_several_leaves_the_shares_marked_as_estimates(
    places: PlaceTree, address: str
) -> None:
    landings, decided = answer(address)
    assert decided is DecidedBy.SHARE
    assert {name for name, _share, _estimate in landings} == {"Phường Hải Vân", "Phường Liên Chiểu"}
    assert all(estimate for _name, _share, estimate in landings)


def test_villages_recorded_for_a_part_decide_for_an_address(places: PlaceTree, act: Act) -> None:
    place = divided(places)
    edges = parts(place)
    stated = {edges["Phường Hải Vân"]: "Thôn Một;  Đường Số 5", edges["Phường Liên Chiểu"]: "thôn Mười"}
    state_localities(act, place=place, stated=stated, seen={})
    assert answer("Nhà 3, thôn Một, xã Hòa Liên")[0] == [("Phường Hải Vân", 1.0, False)]
    assert answer("12 đường số 5, Hòa Liên")[0] == [("Phường Hải Vân", 1.0, False)]
    assert answer("thon muoi xa Hoa Lien")[0] == [("Phường Liên Chiểu", 1.0, False)]
    # "thôn Mười" is not "thôn Mười Một", and a number is not the beginning of another.
    assert answer("đường số 50, Hòa Liên")[1] is DecidedBy.SHARE
    # The history of the province is untouched: only the list changed.
    assert tree.current().trace(place.pk, NOW)[0].share < 1


def test_one_village_cannot_go_two_ways_and_two_people_do_not_overwrite_each_other(places: PlaceTree, act: Act) -> None:
    place = divided(places)
    first, second = parts(place).values()
    with pytest.raises(Rejected, match="hai phần"):
        state_localities(act, place=place, stated={first: "Thôn Một", second: "thon mot"}, seen={})
    state_localities(act, place=place, stated={first: "Thôn Một"}, seen={})
    with pytest.raises(Conflict, match="người khác sửa"):
        state_localities(act, place=place, stated={first: "Thôn Hai"}, seen={first: ""})
    # The same answer again, after a lost one, is nothing new.
    state_localities(act, place=place, stated={first: "Thôn Một"}, seen={first: "Thôn Một"})


def test_a_place_known_otherwise_decides_before_the_address(places: PlaceTree) -> None:
    ward = places.at("20197", NOW)
    assert ward is not None
    assert answer("phường Hải Vân", known=ward.pk) == ([("Phường Liên Chiểu", 1.0, False)], DecidedBy.KNOWN_PLACE)
    elsewhere = places.at("20341", NOW)
    assert elsewhere is not None
    assert answer(known=elsewhere.pk)[1] is DecidedBy.SHARE


def test_a_unit_that_went_whole_asks_for_no_address(places: PlaceTree) -> None:
    found = queries.trace("20338", THEN, NOW, address="thôn nào cũng được")
    assert (found.decided_by, len(found.landings)) == (DecidedBy.WHOLE, 1)


def test_backwards_an_address_tells_the_old_commune(places: PlaceTree) -> None:
    found = queries.trace("20194", NOW, THEN, address="thôn X, xã Hòa Bắc, huyện Hòa Vang")
    assert [one.node.name for one in found.landings] == ["Xã Hòa Bắc"]


def test_a_split_stated_with_its_villages_answers_by_address_at_once(places: PlaceTree, act: Act) -> None:
    changes = [
        {"kind": "split", "code": "20341", "new_code": code, "new_name": name, "localities": localities}
        for code, name, localities in (
            ("29001", "Phường Đông", "Khối phố 1;Khối phố 2"),
            ("29002", "Phường Tây", "Khối phố 3"),
        )
    ]
    draft = drafts.from_mapping(
        {"title": "Chia", "effective_on": "2027-01-01", "legal_basis": "NQ thử", "changes": changes}
    )
    reorganise.apply(act, draft=draft)
    found = queries.trace("20341", NOW, date(2027, 2, 1), address="Khối phố 3, Tam Kỳ")
    assert [(one.node.name, one.estimate) for one in found.landings] == [("Phường Tây", False)]


def test_page_interface_and_terminal_take_the_address(
    bodies: PlaceTree, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(bodies, "province_officer", "48")
    query = {"from": "2024-09-01", "to": "2026-07-01", "address": "phường Hải Vân"}
    told = client.get(f"/api/v1/places/{CODE}/trace", query).json()
    assert told["decided_by"] == "address"
    assert [(row["name"], row["share"], row["estimate"]) for row in told["to"]] == [("Phường Hải Vân", 1.0, False)]
    place = divided(bodies)
    page = client.get(f"/dia-ban/{place.public_id}/", {"day": "2026-07-01", "address": "phường Hải Vân"})
    assert "Địa chỉ cho biết đúng một đơn vị" in page.content.decode()

    ward = bodies.at("20197", NOW)
    assert ward is not None
    draft = EstablishmentDraft(tax_code="0100233488", name="Công ty Thử", place_id=ward.pk)
    register_establishment(act, draft=draft)
    for step in ("django", "require_migrated"):
        monkeypatch.setattr(command_line.start, step, lambda: None)

    def typed(*more: str) -> Any:
        words = ["trace", CODE, "--from", "2024-09-01", "--to", "2026-07-01", *more, "--json"]
        return json.loads(CliRunner().invoke(command_line.command, words).output)

    assert typed("--address", "phường Hải Vân") == told
    known = typed("--establishment", "0100233488")
    assert (known["decided_by"], [row["name"] for row in known["to"]]) == ("known_place", ["Phường Liên Chiểu"])


def test_localities_are_stated_by_page_by_those_who_reorganise(bodies: PlaceTree) -> None:
    place = divided(bodies)
    address = f"/dia-ban/{place.public_id}/thon-duong/"
    assert sign_in(bodies, "province_officer", "48").get(address).status_code == 403
    admin = sign_in(bodies, "administrator", "48")
    form = admin.get(address)
    assert form.status_code == 200
    seen = form.context["form"]["seen"].value()
    first, second = parts(place).values()
    stated = {"seen": seen, f"edge-{first}": "Thôn Một\nThôn Hai", f"edge-{second}": ""}
    assert admin.post(address, stated).status_code == 302
    assert place.successions.get(pk=first).localities == "Thôn Một\nThôn Hai"
    # From the old page once more: somebody wrote in between.
    assert admin.post(address, stated | {f"edge-{first}": "Thôn Ba"}).status_code == 422
    whole = bodies.at("20338", THEN)
    assert whole is not None
    assert admin.get(f"/dia-ban/{Place.objects.get(pk=whole.pk).public_id}/thon-duong/").status_code == 404


def test_a_name_is_found_only_as_whole_words() -> None:
    assert names_unit(words("xã Hòa Liên"), "Xã Hòa Liên")
    assert not names_unit(words("xã Hòa Liên Sơn"), "Xã Liên")
    assert names_unit(words("thị trấn Núi Thành"), "Thị trấn Núi Thành")
    assert not names_locality(words("thôn Một Trăm"), "thôn Một Trăm Hai")


@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_whatever_is_an_address(address: str, localities: str) -> None:
    assert names_locality(words(address), localities) in (True, False)
    assert names_unit(words(address), localities) in (True, False)

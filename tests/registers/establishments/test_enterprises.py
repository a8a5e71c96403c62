"""An enterprise and its establishments, told by the stem of the tax code."""

from __future__ import annotations

import pytest
from tests.registers.establishments.test_intake import GOOD
from tests.registers.establishments.test_register import commune, draft

from atvsld.platform.acts import Act, Conflict, Rejected
from atvsld.registers.establishments import facade
from atvsld.registers.establishments.actions.enterprises import change_enterprise, link_enterprises
from atvsld.registers.establishments.actions.register import register_establishment
from atvsld.registers.establishments.intake import accept_rows
from atvsld.registers.establishments.models import Enterprise, Establishment
from atvsld.registers.places.tree import PlaceTree


def stems() -> dict[str, str]:
    found = Establishment.objects.values_list("tax_code", "enterprise__tax_code")
    return dict(found)


def test_a_unit_and_its_branches_are_one_enterprise_however_they_came(places: PlaceTree, act: Act) -> None:
    register_establishment(act, draft=draft(places, tax_code="0314409058"))
    facade.add_unverified([facade.Met("0314409058-002", "Chi nhánh A", commune(places, "20341"))])
    accept_rows(act, [GOOD | {"tax_code": "0314409058-003", "name": "Chi nhánh B"}, GOOD])
    assert stems() == {
        "0314409058": "0314409058", "0314409058002": "0314409058", "0314409058003": "0314409058",
        "0100233488": "0100233488",
    }  # fmt: skip
    assert Enterprise.objects.count() == 2
    assert [event.pgh_label for event in Establishment.objects.get(tax_code="0100233488").events.all()] == ["insert"]


def test_a_households_code_is_its_own_enterprise_and_bulk_rows_are_linked_later(places: PlaceTree, act: Act) -> None:
    here = commune(places, "20341")
    for code in ("000123456789", "0314409058002"):
        Establishment.objects.create(
            tax_code=code, name="Hộ kinh doanh", name_folded="ho", place_id=here, headquarters_place_id=here
        )
    assert link_enterprises() == 2
    assert link_enterprises() == 0
    assert stems() == {"000123456789": "000123456789", "0314409058002": "0314409058"}


def test_an_enterprise_is_changed_once_and_is_never_its_own_parent(places: PlaceTree, act: Act) -> None:
    first = register_establishment(act, draft=draft(places)).enterprise
    second = register_establishment(act, draft=draft(places, tax_code="0100112437")).enterprise
    assert first is not None
    assert second is not None
    change_enterprise(
        act, enterprise=first, version=1, values={"parent": second, "sector_ministry": "Bộ Công Thương", "name": "Mới"}
    )
    assert (first.parent, first.name_folded, first.version) == (second, "moi", 2)
    with pytest.raises(Conflict):
        change_enterprise(act, enterprise=first, version=1, values={"name": "Khác"})
    with pytest.raises(Rejected, match="Công ty mẹ"):
        change_enterprise(act, enterprise=second, version=1, values={"parent": first})

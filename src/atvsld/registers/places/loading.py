"""Places from the data files beside this module into the register; loading twice changes nothing."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

from atvsld.kit.text import fold
from atvsld.platform.acts import Act, action
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession
from atvsld.registers.places.policy import REORGANISE

Key = tuple[str, date]


@action(needs=REORGANISE, records="places:reference:loaded")
def load(act: Act) -> dict[str, int]:  # noqa: ARG001 — the act names the history
    """Add every place, parent and succession of the data files that is not yet there; counts of what was added.

    Rows already in the register are left as they are: the province may have corrected them.
    """
    places = _load_places()
    return {
        "places": places,
        "parents": _load_parents(keys := _keys()),
        "successions": _load_successions(keys),
    }


def _load_places() -> int:
    held = _keys()
    new = [
        Place(
            code=row["code"],
            name=row["name"],
            name_folded=fold(row["name"]),
            level=row["level"],
            kind=row["kind"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_from_known=row["valid_from_known"] == "1",
            valid_to=_day(row["valid_to"]),
            legal_basis=row["legal_basis"],
            latitude=row["latitude"] or None,
            longitude=row["longitude"] or None,
        )
        for row in _rows("places.csv")
        if (row["code"], date.fromisoformat(row["valid_from"])) not in held
    ]
    return len(Place.objects.bulk_create(new))


def _load_parents(keys: dict[Key, int]) -> int:
    held = set(PlaceParent.objects.values_list("place_id", "valid_from"))
    new = [
        PlaceParent(
            place_id=_key(keys, row["code"], row["valid_from"]),
            parent_id=_key(keys, row["parent_code"], row["parent_valid_from"]),
            valid_from=date.fromisoformat(row["from"]),
            valid_to=_day(row["to"]),
        )
        for row in _rows("parents.csv")
    ]
    return len(PlaceParent.objects.bulk_create([link for link in new if (link.place_id, link.valid_from) not in held]))


def _load_successions(keys: dict[Key, int]) -> int:
    held = set(PlaceSuccession.objects.values_list("predecessor_id", "successor_id"))
    new = [
        PlaceSuccession(
            predecessor_id=_key(keys, row["code"], row["valid_from"]),
            successor_id=_key(keys, row["successor_code"], row["successor_valid_from"]),
            kind=row["kind"],
            share=row["share"],
            share_is_estimate=row["share_is_estimate"] == "1",
            effective_on=date.fromisoformat(row["effective_on"]),
            legal_basis=row["legal_basis"],
            certainty=row["certainty"],
        )
        for row in _rows("successions.csv")
    ]
    return len(
        PlaceSuccession.objects.bulk_create(
            [edge for edge in new if (edge.predecessor_id, edge.successor_id) not in held]
        )
    )


def _keys() -> dict[Key, int]:
    return {(code, start): pk for pk, code, start in Place.objects.values_list("pk", "code", "valid_from")}


def _key(keys: dict[Key, int], code: str, start: str) -> int:
    return keys[code, date.fromisoformat(start)]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

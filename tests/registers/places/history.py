"""The two provinces as they stood in 2024, and the two real reorganisations stated as drafts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from atvsld.registers.places import loading
from atvsld.registers.places.drafts import Draft, from_mapping
from atvsld.registers.places.models import Place, PlaceParent

JANUARY, JULY = date(2025, 1, 1), date(2025, 7, 1)
Key = tuple[str, str]


def rows(name: str) -> list[dict[str, str]]:
    return loading._rows(f"{name}.csv")


def of_the_two_provinces() -> set[Key]:
    """Keys (code, valid_from) of every unit of any date below the two provinces, and of these themselves."""
    above: dict[Key, set[Key]] = {}
    for link in rows("parents"):
        above.setdefault((link["code"], link["valid_from"]), set()).add(
            (link["parent_code"], link["parent_valid_from"])
        )
    tops = {(row["code"], row["valid_from"]) for row in rows("places") if row["code"] in ("48", "49")}

    def belongs(key: Key) -> bool:
        return key in tops or any(belongs(up) for up in above.get(key, ()))

    return {key for row in rows("places") if belongs(key := (row["code"], row["valid_from"]))}


def stand_in_2024() -> None:
    """Write the units of autumn 2024 to the database, open-ended: nobody knows yet what will come."""
    keys = of_the_two_provinces()
    first = [row for row in rows("places") if (row["code"], row["valid_from"]) in keys and row["valid_from"] < "2025"]
    made = Place.objects.bulk_create(
        Place(
            code=row["code"],
            name=row["name"],
            name_folded=row["name"].lower(),
            level=row["level"],
            kind=row["kind"],
            valid_from=date.fromisoformat(row["valid_from"]),
        )
        for row in first
    )
    by_key = {(place.code, place.valid_from.isoformat()): place for place in made}
    PlaceParent.objects.bulk_create(
        PlaceParent(
            place=by_key[link["code"], link["valid_from"]],
            parent=by_key[link["parent_code"], link["parent_valid_from"]],
            valid_from=date.fromisoformat(link["from"]),
        )
        for link in rows("parents")
        if (link["code"], link["valid_from"]) in by_key and link["from"] < "2025"
    )


def reorganisation(day: date, **heads: Any) -> Draft:
    """What the resolutions of a day say, as an administrator would type it. `heirs`: code of an ended unit → taker."""
    keys, text = of_the_two_provinces(), day.isoformat()
    units = {(row["code"], row["valid_from"]): row for row in rows("places")}
    under = {
        (link["code"], link["valid_from"]): link["parent_code"] for link in rows("parents") if link["from"] == text
    }
    changes: list[dict[str, Any]] = []
    for edge in rows("successions"):
        old, new = (edge["code"], edge["valid_from"]), (edge["successor_code"], edge["successor_valid_from"])
        if edge["effective_on"] != text or old not in keys:
            continue
        unit = units[new]
        changes.append({
            "kind": {"part": "split", "whole": "merge"}.get(edge["kind"], edge["kind"]),
            "code": edge["code"], "new_code": unit["code"], "new_name": unit["name"], "new_kind": unit["kind"],
            "new_level": unit["level"], "new_parent": under.get(new, ""), "share": edge["share"],
            "estimate": edge["share_is_estimate"], "latitude": unit["latitude"], "longitude": unit["longitude"],
        })  # fmt: skip
    last = (day - timedelta(days=1)).isoformat()
    told = {change["code"] for change in changes}
    heirs = heads.pop("heirs", {})
    changes += [
        {"kind": "end", "code": code, "new_code": heirs.get(code, "")}
        for code, start in sorted(keys)
        if units[code, start]["valid_to"] == last and code not in told
    ]
    stated = {"title": f"Sắp xếp {text}", "effective_on": text, "legal_basis": "Nghị quyết", "changes": changes}
    return from_mapping(stated | heads)

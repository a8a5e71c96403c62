"""Bodies and zones from `data/*.yaml`, and the people's committees that follow from the places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from atvsld.kit.text import fold
from atvsld.platform.acts import Act, action
from atvsld.registers.bodies.functions import FUNCTIONS
from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession, Zone, ZoneAuthority
from atvsld.registers.bodies.policy import CHANGE
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession


@action(needs=CHANGE, records="bodies:reference:loaded")
def load(act: Act) -> dict[str, int]:  # noqa: ARG001 — the act names the history
    """Add every body, function and succession that is not yet there; counts of what was added.

    Needs the places. Rows already in the register are left as they are.
    """
    before = Body.objects.count()
    held = set(Body.objects.values_list("code", flat=True))
    bodies, functions = _provincial()
    committees, duties = _committees()
    new = [body for body in (*bodies, *committees) if body.code not in held]
    Body.objects.bulk_create(new)
    fresh = {body.code for body in new}
    # Rows were built on bodies that had no key yet; those that are new have one now.
    rows = [row for row in (*functions, *duties) if row.body.code in fresh]
    for row in rows:
        row.body_id = row.body.pk
    BodyFunction.objects.bulk_create(rows)
    return {
        "bodies": Body.objects.count() - before,
        "functions": len(rows),
        "successions": _load_successions(),
        "zones": _load_zones(),
    }


def _provincial() -> tuple[list[Body], list[BodyFunction]]:
    places = {(code, start): pk for pk, code, start in Place.objects.values_list("pk", "code", "valid_from")}
    bodies, functions = [], []
    for entry in _data()["bodies"]:
        code, start = entry["place"]
        valid_from, valid_to = entry["valid"]
        body = Body(
            code=entry["code"],
            name=entry["name"],
            name_folded=fold(entry["name"]),
            short_name=entry.get("short_name", ""),
            parent_line=entry.get("parent_line", ""),
            place_id=places[code, start],
            valid_from=valid_from,
            valid_to=valid_to,
            legal_basis=entry.get("legal_basis", ""),
            certainty=entry["certainty"],
            note=entry.get("note", ""),
        )
        bodies.append(body)
        for stated in entry["functions"]:
            name, since = (stated, valid_from) if isinstance(stated, str) else (stated["name"], stated["from"])
            if name not in FUNCTIONS:
                raise ValueError(f"bodies.yaml: {entry['code']}: unknown function {name}")
            functions.append(
                BodyFunction(body=body, function=name, place_id=body.place_id, valid_from=since, valid_to=valid_to)
            )
    return bodies, functions


def _committees() -> tuple[list[Body], list[BodyFunction]]:
    """One people's committee for each commune and district, for the span of the unit."""
    uppers = _names_above()
    pairs = [committee(place, uppers.get(place.pk, "")) for place in Place.objects.exclude(level=Place.Level.PROVINCE)]
    return [body for body, _duty in pairs], [duty for _body, duty in pairs]


def committee(place: Place, parent_line: str) -> tuple[Body, BodyFunction]:
    """The people's committee of a commune or district and its function, both for the span of the unit, unsaved."""
    unit = lowered(place.name)
    body = Body(
        code=committee_code(place.code, place.valid_from),
        name=f"Ủy ban nhân dân {unit}",
        name_folded=fold(f"Ủy ban nhân dân {unit}"),
        short_name=f"UBND {unit}",
        parent_line=parent_line,
        place=place,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        legal_basis=place.legal_basis,
    )
    duty = BodyFunction(
        body=body, function=place.level, place=place, valid_from=place.valid_from, valid_to=place.valid_to
    )
    return body, duty


def lowered(name: str) -> str:
    """The name of a unit as it stands inside another name: "Xã Tam Hải" → "xã Tam Hải"."""
    return name[:1].lower() + name[1:]


def committee_code(code: str, valid_from: date) -> str:
    """The code of the people's committee of a unit."""
    return f"ubnd-{code}-{valid_from:%Y-%m}"


def _names_above() -> dict[int, str]:
    """The name of the latest unit each unit belonged to, in capitals, as a letterhead prints it."""
    links = PlaceParent.objects.order_by("valid_from").values_list("place_id", "parent__name")
    return {pk: name.upper() for pk, name in links}


def _load_successions() -> int:
    held = set(BodySuccession.objects.values_list("predecessor_id", "successor_id"))
    codes = dict(Body.objects.values_list("code", "pk"))
    rows: Iterable[BodySuccession] = (*_stated_successions(codes), *_committee_successions(codes))
    new = [row for row in rows if (row.predecessor_id, row.successor_id) not in held]
    return len(BodySuccession.objects.bulk_create(new))


def _load_zones() -> int:
    """Zones that are not yet there, with their authorities."""
    held = set(Zone.objects.values_list("code", flat=True))
    codes = dict(Body.objects.values_list("code", "pk"))
    places = {(code, start): pk for pk, code, start in Place.objects.values_list("pk", "code", "valid_from")}
    new = 0
    for entry in _data("zones.yaml")["zones"]:
        if entry["code"] in held:
            continue
        zone = Zone.objects.create(
            code=entry["code"], name=entry["name"], kind=entry["kind"], place_id=places[tuple(entry["place"])]
        )
        ZoneAuthority.objects.bulk_create(
            ZoneAuthority(
                zone=zone, body_id=codes[body], valid_from=since, valid_to=until, certainty=mark, legal_basis=basis
            )
            for body, since, until, mark, basis in entry["authorities"]
        )
        new += 1
    return new


def _stated_successions(codes: dict[str, int]) -> list[BodySuccession]:
    return [
        BodySuccession(
            predecessor_id=codes[old],
            successor_id=codes[new],
            effective_on=day,
            certainty=certainty,
            legal_basis=basis,
            note=note,
        )
        for old, new, day, certainty, basis, note in _data()["successions"]
    ]


def _committee_successions(codes: dict[str, int]) -> list[BodySuccession]:
    edges = PlaceSuccession.objects.exclude(predecessor__level=Place.Level.PROVINCE)
    return [
        BodySuccession(
            predecessor_id=codes[committee_code(edge.predecessor.code, edge.predecessor.valid_from)],
            successor_id=codes[committee_code(edge.successor.code, edge.successor.valid_from)],
            effective_on=edge.effective_on,
            certainty=edge.certainty,
            legal_basis=edge.legal_basis,
            note=str(edge.get_kind_display()) if edge.kind == PlaceSuccession.Kind.PART else "",
        )
        for edge in edges.select_related("predecessor", "successor")
    ]


@cache
def _data(file: str = "bodies.yaml") -> dict[str, Any]:
    text = (files(__package__) / "data" / file).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded

"""Whom a report goes to: names of the day, from the registers and from `data/papers.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from atvsld.law import load_book
from atvsld.registers.bodies import queries as bodies
from atvsld.registers.bodies.models import Body
from atvsld.registers.places import tree

KINDS_OF_UNIT = ("Thành phố ", "Tỉnh ")


@dataclass(frozen=True, slots=True)
class Address:
    """Addressee, recipients of the paper, and the body that takes the report in (None when the register names none)."""

    addressed_to: str
    recipients: tuple[str, ...]
    recipient: Body | None


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / "papers.yaml").read_text(encoding="utf-8"))
    return found


def address_of(kind: str, place: int, on: date) -> Address:
    """Whom a report of a kind from a place goes to on a day."""
    unit = province_of(place, on)
    standing, committee = _holder("osh_lead", place, on), _holder("ppc", place, on)
    words = {
        "unit": _lower(unit),
        "committee": committee.name if committee else f"Ủy ban nhân dân {_lower(unit)}",
        "standing": standing.name if standing else load_book().name_of("labour_department", on=on),
        "ministry": load_book().name_of("labour_ministry", on=on),
        "party": "Thành ủy" if unit.startswith("Thành phố") else "Tỉnh ủy",
    }
    data = _data()[kind]
    return Address(
        data["addressed_to"].format(**words), tuple(one.format(**words) for one in data["recipients"]), standing
    )


def province_at(place: int, on: date) -> int:
    """The province or city (primary key) a place lies in on a day."""
    graph = tree.current()
    unit = graph.unit_on(place, on) or graph.nodes[place]
    line = [unit, *graph.ancestors(unit.pk, on)]
    return int(line[-1].pk)


def province_of(place: int, on: date) -> str:
    """The name of the province or city a place lies in on a day."""
    return str(tree.current().nodes[province_at(place, on)].name)


def bare(unit: str) -> str:
    """A unit without the word of its kind."""
    for kind in KINDS_OF_UNIT:
        unit = unit.removeprefix(kind)
    return unit


def _lower(unit: str) -> str:
    return unit[:1].lower() + unit[1:]


def _holder(function: str, place: int, on: date) -> Body | None:
    try:
        return bodies.holder(function, place, on)
    except bodies.HolderError:
        return None

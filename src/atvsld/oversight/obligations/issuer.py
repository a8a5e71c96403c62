"""Whose paper a reminder is written on: the body in charge of occupational safety in the province on a day."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from atvsld.law import load_book
from atvsld.oversight.reporting.subject import home_place_code
from atvsld.registers.bodies.queries import holders
from atvsld.registers.places import tree
from atvsld.registers.places.tree import Node

_KINDS = ("thành phố", "tỉnh")


@dataclass(frozen=True, slots=True)
class Seat:
    """The issuing office: its place, letterhead and symbol; `key` is what its numbers run with."""

    place_id: int
    key: str
    name: str
    parent: str
    place_name: str
    symbol: str


def seat(on: date) -> Seat:
    """The office of a day; `Rejected` on an installation without bodies."""
    unit = tree.current().at(home_place_code(on), on)
    assert unit is not None  # the code came from a body in office there
    held = holders("osh_lead", unit.pk, on)
    if len(held) == 1:
        key, name, parent = f"body:{held[0].pk}", held[0].name, held[0].parent_line
    else:
        name = f"{load_book().name_of('labour_department', on=on)} {_lowered(unit.name)}"
        key, parent = f"osh_lead:{unit.pk}", ""
    return Seat(unit.pk, key, name, parent, bare(unit), _initials(name, unit))


def bare(unit: Node) -> str:
    """The name of the province without its kind, as a letterhead names the place."""
    for kind in _KINDS:
        if unit.name.lower().startswith(f"{kind} "):
            return unit.name[len(kind) + 1 :]
    return unit.name


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _initials(name: str, unit: Node) -> str:
    """`SNV` of “Sở Nội vụ thành phố …”: the initials of the body without its place."""
    short = name
    for tail in (_lowered(unit.name), unit.name, bare(unit)):
        short = short.removesuffix(tail).strip()
    letters = (word[0].upper() for word in short.split() if word[0].isalpha())
    return "".join(letter if letter == "Đ" else unicodedata.normalize("NFD", letter)[0] for letter in letters)

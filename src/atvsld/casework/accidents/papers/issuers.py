"""Who issues a paper of a case, found by function, place and day; never by name in code."""

from __future__ import annotations

import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.platform.acts import Rejected
from atvsld.platform.papers.registry import Issuer, PaperKind
from atvsld.registers.bodies import queries as bodies
from atvsld.registers.bodies.loading import lowered
from atvsld.registers.places import tree
from atvsld.registers.places.tree import Node

_TITLES = {
    "establishment": "Người sử dụng lao động",
    "commune": "TM. Ủy ban nhân dân\nChủ tịch",
    "province": "Giám đốc",
    "ministry": "Bộ trưởng",
}
_FUNCTIONS = {"commune": "commune", "province": "osh_lead"}


def issuer(case: AccidentCase, kind: PaperKind, who: str, on: date) -> Issuer:
    """Key, letterhead, symbol and the usual title of who signs; everything but the key may be edited."""
    graph = tree.current()
    unit = graph.unit_on(case.place_id, on) or graph.nodes[case.place_id]
    top = next((up for up in graph.ancestors(unit.pk, on) if up.level == "province"), unit)
    if who == "establishment":
        return _establishment(case, kind, unit)
    if who == "ministry":
        name = load_book().name_of("labour_ministry", on=on)
        return Issuer("labour_ministry", name, symbol=_symbol(kind, name, None), signer_title=_TITLES[who])
    seat = unit if who == "commune" else top
    try:
        held = bodies.holder(_FUNCTIONS[who], unit.pk, on)
    except bodies.HolderError:
        # The register of bodies does not know it (yet): the name follows from the law's and the unit's own.
        name = (
            f"Ủy ban nhân dân {lowered(seat.name)}"
            if who == "commune"
            else f"{load_book().name_of('labour_department', on=on)} {lowered(seat.name)}"
        )
        return Issuer(f"{_FUNCTIONS[who]}:{seat.pk}", name, "", bare(seat), _symbol(kind, name, seat), _TITLES[who])
    return Issuer(
        f"body:{held.pk}", held.name, held.parent_line, bare(seat), _symbol(kind, held.name, seat), _TITLES[who]
    )


def bare(unit: Node) -> str:
    """The name of a unit without its kind, as a letterhead names the place: `Sông Thử`."""
    head = unit.name[: len(unit.kind)].lower()
    known = ("thành phố", "tỉnh", "phường", "xã", "đặc khu", "thị trấn", "thị xã", "huyện", "quận")
    kinds = (unit.kind.lower(), *known) if unit.kind and head == unit.kind.lower() else known
    for kind in kinds:
        if unit.name.lower().startswith(f"{kind} "):
            return unit.name[len(kind) + 1 :]
    return unit.name


def _establishment(case: AccidentCase, kind: PaperKind, unit: Node) -> Issuer:
    firm = case.establishment
    if firm is None:
        message = _("Hồ sơ không ghi cơ sở nên không có ai ban hành văn bản này.")
        raise Rejected([Problem("no_establishment", message, _("Ghi cơ sở vào hồ sơ trước."))])
    return Issuer(f"establishment:{firm.pk}", firm.name, "", bare(unit), kind.symbol or "CV", _TITLES["establishment"])


def _plain(letter: str) -> str:
    """Without tone and letter marks, but Đ stays: `Ủy ban nhân dân` is abbreviated UBND."""
    return unicodedata.normalize("NFD", letter)[0]


def _symbol(kind: PaperKind, name: str, seat: Node | None) -> str:
    """`QĐ-SNV`: the kind's abbreviation and the initials of the body without its place; a letter has these alone."""
    short = name
    for tail in (lowered(seat.name), seat.name, bare(seat)) if seat else ():
        short = short.removesuffix(tail).strip()
    initials = "".join(_plain(word[0].upper()) for word in short.split() if word[0].isalpha())
    return "-".join(part for part in (kind.symbol, initials) if part)
